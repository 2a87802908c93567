"""The phones of a wave by platform and by place: pure, and cheap beside sending to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from shared.domain.delivery import Handed, Outcome, Slice
from shared.geo.coarse import coarser
from shared.services.delivery.read_waves import Batch

PLACE_RESOLUTION = 7  # H3: about 5 square kilometres
# The first characters of a cell decide its ancestor at resolution 7: mode, resolution, base cell, 7 digits.
_DECIDING, _LENGTH = 9, 15


def counted(part: Slice, batch: Batch, outcomes: Mapping[str, Outcome], given_up: Collection[str]) -> Slice:
    """The slice with the batch in its counts by platform and place; the second round rings the same phones
    again, so it counts nothing.

    A phone that is gone when it is to be tried again has no platform any more; `settled` counts it.
    """
    if part.round > 1:
        return part
    platforms, places = dict(part.platforms), Counter(part.places)
    for (platform, cell, outcome, failed), count in _groups(batch, outcomes, given_up).items():
        new, accepted = count * (not batch.retried), count * (outcome is Outcome.ACCEPTED)
        known = platforms.get(platform, Handed())
        platforms[str(platform)] = Handed(
            known.targeted + new, known.accepted + accepted, known.failed + count * failed
        )
        if accepted:
            places[coarser(cell.ljust(_LENGTH, "f"), PLACE_RESOLUTION)] += accepted
    return replace(part, platforms=platforms, places=dict(places))


def _groups(
    batch: Batch, outcomes: Mapping[str, Outcome], given_up: Collection[str]
) -> Counter[tuple[str, str, Outcome, bool]]:
    """Phones by platform, place, outcome and whether they were given up: a thousand are a few groups."""
    return Counter(
        (push.device.platform, push.entry.cell[:_DECIDING], outcomes[push.key], push.key in given_up)
        for push in batch.pushes
    )


def settled(part: Slice) -> Slice:
    """Of a slice that is done, whatever FCM did not take has failed, also what had no platform any more."""
    platforms = {
        platform: replace(handed, failed=max(0, handed.targeted - handed.accepted))
        for platform, handed in part.platforms.items()
    }
    return replace(part, platforms=platforms)
