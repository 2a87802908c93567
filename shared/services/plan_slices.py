"""An area's audience cut into slices that workers deliver side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil, cos, hypot, radians

from shared.domain.delivery import Slice
from shared.geo import cells
from shared.ports import AudienceStore
from shared.services.match_area import AreaMatch
from shared.services.survey_ranges import Part, fitting, survey

MOST_SLICES = 400  # all are written in one commit; Firestore docs, quotas: 10 MiB


def plan_slices(
    match: AreaMatch, audience: AudienceStore, read_time: datetime, size: int
) -> tuple[Slice, ...]:
    """Slices of up to `size` places, nearest to the area's centre first; none when the ranges are empty."""
    parts = survey(audience, match.ranges(), read_time)
    size = max(size, ceil(sum(part.count for part in parts) / (MOST_SLICES / 2)))
    fit = fitting(audience, parts, size, read_time)
    near_first = sorted(fit, key=lambda part: _distance(match.area.centre, part))
    return tuple(_slice(index, group) for index, group in enumerate(_packed(near_first, size)))


def _packed(near_first: Sequence[Part], size: int) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in near_first:
        if group and sum(member.count for member in group) + part.count > size:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _slice(index: int, group: Sequence[Part]) -> Slice:
    """Its ranges in string order, so that one cursor tells how far a worker came."""
    ranges = sorted(one for part in group for one in part.ranges)
    return Slice(index=index, ranges=cells.touching_merged(ranges), count=sum(part.count for part in group))


def _distance(centre: tuple[float, float], part: Part) -> float:
    """From the area's centre to the middle of the part; in degrees of latitude, good for an order."""
    lng, lat = centre
    middle = cells.split(*part.hull, 2)[-1][0]
    lats, lngs = cells.centres([middle])
    return hypot(float(lats[0]) - lat, (float(lngs[0]) - lng) * cos(radians(lat)))
