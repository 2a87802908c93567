"""What residents' apps left behind: places whose time is over, phones that were not heard of for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from shared.ports import Leftover
from shared.services.sweep.run import Run, Tally

# FCM docs, "Manage registration tokens": Android tokens expire after 270 days. Apps write every month.
IDLE = timedelta(days=270)


def end_places(run: Run, tally: Tally) -> None:
    """Nothing is sent for them any more, and nothing of them is kept."""
    _clear(run, tally, run.ports.walk.ended_places(run.now, run.ports.limits.places))


def prune_devices(run: Run, tally: Tally) -> None:
    """A push to them reaches nobody."""
    _clear(run, tally, run.ports.walk.idle_devices(run.now - IDLE, run.ports.limits.devices))


def _clear(run: Run, tally: Tally, leftovers: Sequence[Leftover]) -> None:
    """Deleted only as it was read: what an app writes anew at this moment stays.

    The trigger of the deletion takes it out of the index.
    """

    def clear(leftover: Leftover) -> int:
        run.ports.walk.clear(leftover)
        return 1

    run.each(tally, leftovers, clear)
