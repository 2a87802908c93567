"""An area's audience cut into slices that workers deliver side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil, cos, hypot, radians

from shared.domain.delivery import Slice
from shared.domain.whole_units import is_whole
from shared.geo import cells
from shared.ports import AudienceStore
from shared.services.audience.match_area import AreaMatch
from shared.services.audience.narrowed import narrowed
from shared.services.audience.survey_match import Surveyed, surveyed
from shared.services.audience.survey_ranges import Part, fitting, together

MOST_SLICES = 400  # all are written in one commit; Firestore docs, quotas: 10 MiB


def plan_slices(
    match: AreaMatch, audience: AudienceStore, read_time: datetime, size: int
) -> tuple[Slice, ...]:
    """Slices of up to `size` places, nearest to the area's centre first; none when there is nobody.

    Each is a run of neighbours in string order, so it lies together and is read with few queries; and each
    is of one code.
    """
    found = surveyed(match, audience, read_time)
    size = max(size, ceil(sum(one.count for one in found) / (MOST_SLICES / 2)))
    groups = [(one.code, group) for one in found for group in _groups(one, audience, read_time, size)]
    near_first = sorted(groups, key=lambda pair: _distance(match.area.centre, pair[1]))
    return tuple(_slice(index, code, group) for index, (code, group) in enumerate(near_first))


def _groups(
    found: Surveyed, audience: AudienceStore, read_time: datetime, size: int
) -> Iterator[Sequence[Part]]:
    parts = fitting(narrowed(audience, found.code), found.parts, size, read_time)
    return _packed(sorted(parts, key=lambda part: part.hull), size)


def _packed(in_order: Sequence[Part], size: int) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in in_order:
        if group and sum(member.count for member in group) + part.count > size:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _slice(index: int, code: str | None, group: Sequence[Part]) -> Slice:
    """Its ranges in string order, so that one cursor tells how far a worker came."""
    wholes = is_whole(group[0].hull[0])
    return Slice(
        index=index,
        ranges=tuple(part.hull for part in group) if wholes else cells.touching_merged(together(group)),
        count=sum(part.count for part in group),
        code=code,
    )


def _distance(centre: tuple[float, float], group: Sequence[Part]) -> float:
    """Mean over its places, each taken for the middle of its part; for an order only."""
    places = sum(part.count for part in group)
    return sum(part.count * _away(centre, part) for part in group) / places


def _away(centre: tuple[float, float], part: Part) -> float:
    """In degrees of latitude; none of what is read wherever it lies."""
    if part.hull == cells.EVERYWHERE or is_whole(part.hull[0]):
        return 0.0
    lng, lat = centre
    middle = cells.split(*part.hull, 2)[-1][0]
    lats, lngs = cells.centres([middle])
    return hypot(float(lats[0]) - lat, (float(lngs[0]) - lng) * cos(radians(lat)))
