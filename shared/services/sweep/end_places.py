"""Places for a while whose time is over: nothing is sent for them, and nothing of them is kept."""

from __future__ import annotations

from shared.ports import EndedPlace
from shared.services.sweep.run import Run, Tally


def end_places(run: Run, tally: Tally) -> None:
    """Deleted only as it was read: one that was given a new end at this moment stays.

    The trigger of the deletion takes it out of the index.
    """
    walk = run.ports.walk

    def end(place: EndedPlace) -> int:
        walk.end(place)
        return 1

    run.each(tally, walk.ended_places(run.now, run.ports.limits.places), end)
