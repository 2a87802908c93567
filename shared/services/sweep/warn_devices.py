"""Phones that will be forgotten for not being heard of: told while it can still be helped."""

from __future__ import annotations

from datetime import timedelta

from shared.domain.notice import Notice
from shared.ports import QuietDevice
from shared.services.audience.send_notice import send_notice
from shared.services.sweep.clear_leftovers import IDLE
from shared.services.sweep.run import Run, Tally, moment_at

# Before the end. A phone that gets the notice writes its device anew; the second is for one that was off.
WARNINGS = (timedelta(days=30), timedelta(days=14))
EVERY = timedelta(hours=1)


def warn_devices(run: Run, tally: Tally) -> None:
    """Each device once when it comes so near to its end; what is known of them is when they were written."""
    for warning in WARNINGS:
        _warn(run, tally, f"warned {warning.days}", IDLE - warning)


def _warn(run: Run, tally: Tally, cursor: str, quiet: timedelta) -> None:
    ports, until = run.ports, run.now - quiet
    position = run.position(cursor)
    after = max(moment_at(position) or run.now - IDLE, run.now - IDLE)
    if until - after < EVERY:
        return
    found = ports.walk.quiet_devices(after, until, ports.limits.devices)

    def warn(device: QuietDevice) -> int:
        channels = ports.channels.values()
        return int(send_notice(device.uid, device.id, Notice.STILL_HERE, ports.audience, channels))

    looked = run.each(tally, found, warn)
    finished = looked == len(found) < ports.limits.devices
    reached = until if finished else found[looked - 1].written if looked else None
    if reached is not None:
        run.move(cursor, reached.isoformat())
