"""What the slices of a delivery say together: pure arithmetic over their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from shared.domain.delivery import Platform, Slice
from shared.domain.statistics import Neighbourhood, PlatformFigures, Summary, shown_places
from shared.geo.coarse import centre, coarser

MOST_PLACES = 100  # of a large area; then they are taken together in coarser cells
COARSEST = 3  # H3: about 12,400 square kilometres
DIGITS = 4  # of a degree: a few metres, of the centre of square kilometres


def sum_slices(slices: Sequence[Slice], total: int | None, now: datetime) -> Summary:
    """The figures before anybody confirmed. `total`: slices in the plan, None before it is written."""
    first = [part for part in slices if part.round == 1]
    return Summary(
        targeted=sum(part.devices for part in first),
        accepted=sum(part.accepted for part in first),
        failed=_added(part.failed for part in first),
        received=0,
        opened=0,
        complete=total is not None and sum(part.done for part in slices) >= total,
        updated=now,
        rung=sum(part.accepted for part in slices if part.round > 1),
        slices=total or 0,
        by_platform=_by_platform(first),
        places=_places(_added(part.places for part in first)),
    )


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


def _by_platform(slices: Sequence[Slice]) -> dict[str, PlatformFigures]:
    """Every platform, so that the page shows zeros rather than gaps."""
    figures = {platform.value: PlatformFigures() for platform in Platform}
    for part in slices:
        for platform, handed in part.platforms.items():
            known = figures[platform]
            figures[platform] = replace(
                known,
                targeted=known.targeted + handed.targeted,
                accepted=known.accepted + handed.accepted,
                failed=known.failed + handed.failed,
            )
    return figures


def _places(phones: Mapping[str, int]) -> tuple[Neighbourhood, ...]:
    found = []
    for cell, accepted in shown_places(few_places(phones)).items():
        lat, lng = centre(cell)
        found.append(Neighbourhood(cell, round(lat, DIGITS), round(lng, DIGITS), accepted))
    return tuple(found)


def few_places(phones: Mapping[str, int]) -> dict[str, int]:
    """The same phones in at most `MOST_PLACES` cells, each time seven in one."""
    few, resolution = dict(phones), 7
    while len(few) > MOST_PLACES and resolution > COARSEST:
        resolution -= 1
        few = _added({coarser(cell, resolution): count} for cell, count in few.items())
    return few
