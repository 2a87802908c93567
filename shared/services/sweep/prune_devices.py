"""Phones whose app has not been heard of for long: a push to them reaches nobody."""

from __future__ import annotations

from datetime import timedelta

from shared.ports import IdleDevice
from shared.services.sweep.run import Run, Tally

# FCM docs, "Manage registration tokens": Android tokens expire after 270 days. Apps write every month.
IDLE = timedelta(days=270)


def prune_devices(run: Run, tally: Tally) -> None:
    """Deleted only as it was read: an app that comes back at this moment keeps its device.

    The trigger of the deletion takes it out of the index.
    """
    walk = run.ports.walk

    def prune(device: IdleDevice) -> int:
        walk.prune(device)
        return 1

    run.each(tally, walk.idle_devices(run.now - IDLE, run.ports.limits.devices), prune)
