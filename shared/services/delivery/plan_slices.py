"""An area's audience cut into slices that workers deliver side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil, cos, hypot, radians

from shared.domain.delivery import Slice
from shared.geo import cells
from shared.ports import AudienceStore
from shared.services.audience.match_area import AreaMatch
from shared.services.audience.survey_ranges import Part, fitting, survey, together

MOST_SLICES = 400  # all are written in one commit; Firestore docs, quotas: 10 MiB


def plan_slices(
    match: AreaMatch, audience: AudienceStore, read_time: datetime, size: int
) -> tuple[Slice, ...]:
    """Slices of up to `size` places, nearest to the area's centre first; none when the ranges are empty.

    Each is a run of neighbours in string order, so it lies together and is read with few queries.
    """
    parts = survey(audience, match.ranges(), read_time)
    size = max(size, ceil(sum(part.count for part in parts) / (MOST_SLICES / 2)))
    in_order = sorted(fitting(audience, parts, size, read_time), key=lambda part: part.hull)
    near_first = sorted(_packed(in_order, size), key=lambda group: _distance(match.area.centre, group))
    return tuple(_slice(index, group) for index, group in enumerate(near_first))


def _packed(in_order: Sequence[Part], size: int) -> Iterator[list[Part]]:
    group: list[Part] = []
    for part in in_order:
        if group and sum(member.count for member in group) + part.count > size:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _slice(index: int, group: Sequence[Part]) -> Slice:
    """Its ranges in string order, so that one cursor tells how far a worker came."""
    return Slice(
        index=index,
        ranges=cells.touching_merged(together(group)),
        count=sum(part.count for part in group),
    )


def _distance(centre: tuple[float, float], group: Sequence[Part]) -> float:
    """Mean over its places, each taken for the middle of its part; for an order only."""
    places = sum(part.count for part in group)
    return sum(part.count * _away(centre, part) for part in group) / places


def _away(centre: tuple[float, float], part: Part) -> float:
    """In degrees of latitude."""
    lng, lat = centre
    middle = cells.split(*part.hull, 2)[-1][0]
    lats, lngs = cells.centres([middle])
    return hypot(float(lats[0]) - lat, (float(lngs[0]) - lng) * cos(radians(lat)))
