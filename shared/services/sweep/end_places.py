"""Places for a while whose time is over: nothing is sent for them, and nothing of them is kept."""

from __future__ import annotations

from shared.ports import EndedPlace
from shared.services.sweep.round import Round, Tally


def end_places(round_: Round, tally: Tally) -> None:
    """Deleted only as it was read: one that was given a new end at this moment stays.

    The trigger of the deletion takes it out of the index.
    """
    walk = round_.ports.walk

    def end(place: EndedPlace) -> int:
        walk.end(place)
        return 1

    round_.each(tally, walk.ended_places(round_.now, round_.ports.limits.places), end)
