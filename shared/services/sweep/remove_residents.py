"""Residents whose apps are gone without a farewell: what they wrote is kept no longer than it can serve."""

from __future__ import annotations

from shared.ports import QuietResident
from shared.services.sweep.clear_leftovers import IDLE
from shared.services.sweep.run import Run, Tally

QUIET = "quiet"  # name of the walk


def remove_residents(run: Run, tally: Tally) -> None:
    """Deleted whole when neither resident nor place nor device was written for as long as a device lives.

    An app writes `seen`, and with it `updated`, when it is opened, so those that are used are not even looked
    at; of the others some still write their device. The walk goes round, since these stay in it.
    """
    ports, before = run.ports, run.now - IDLE
    position = run.position(QUIET)
    quiet = ports.walk.quiet_residents(before, position, ports.limits.quiet)

    def remove(resident: QuietResident) -> int:
        return int(ports.walk.remove(resident.uid, before))

    looked = run.each(tally, quiet, remove)
    finished = looked == len(quiet) < ports.limits.quiet
    reached = "" if finished else quiet[looked - 1].position if looked else position
    run.move(QUIET, reached)
