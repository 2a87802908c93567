"""A push target belongs to one resident: one browser under many accounts is one phone, not many."""

from __future__ import annotations

from shared.errors import Conflict
from shared.ports import Registration, TargetStore, Versioned

TRIES = 6


def own_target(uid: str, device: str, targets: TargetStore) -> None:
    """A device was written: its target leaves whoever had it, or this one, when another was later.

    Deleting a device is an event that takes it out of the index. In whatever order the events of several
    residents come, the last to register keeps it. Costs two reads, and a write when it is new or renewed;
    taking it away eight reads more. Raises Conflict when others keep writing.
    """
    for _ in range(TRIES):
        mine = targets.registration(uid, device)
        if mine is None:
            return
        try:
            _settle(mine, targets.owner(mine.target), targets)
        except Conflict:
            continue
        return
    raise Conflict


def _settle(mine: Registration, owner: Versioned[Registration] | None, targets: TargetStore) -> None:
    known = owner.value if owner else None
    if known is None or known.uid == mine.uid:
        if known is None or known.at < mine.at:
            targets.claim(mine, owner)
    elif (known.at, known.uid) > (mine.at, mine.uid):
        targets.take_away(mine.uid, mine.target, known.at)
    else:
        targets.take_away(known.uid, mine.target, mine.at)
        targets.claim(mine, owner)
