"""What the slices of a delivery say together: pure arithmetic over their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from shared.domain.delivery import Slice
from shared.domain.statistics import Neighbourhood, PlatformFigures, SentFigures, shown_places
from shared.geo.coarse import centre, coarser, resolution_of

MOST_PLACES = 100  # of a large area; then they are taken together in coarser cells
COARSEST = 3  # H3: about 12,400 square kilometres
DIGITS = 4  # of a degree: a few metres, of the centre of square kilometres


def sum_slices(slices: Sequence[Slice]) -> SentFigures:
    """The figures of a delivery before anybody confirmed."""
    return SentFigures(
        targeted=sum(part.devices for part in slices),
        accepted=sum(part.accepted for part in slices),
        failed=added(part.failed for part in slices),
        by_kind=_by_kind(slices),
        places=_places(added(part.places for part in slices), added(part.homes for part in slices)),
        residents=sum(part.residents for part in slices),
    )


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


def _by_kind(slices: Sequence[Slice]) -> dict[str, PlatformFigures]:
    figures: dict[str, PlatformFigures] = {}
    for part in slices:
        for kind, handed in part.kinds.items():
            known = figures.get(kind, PlatformFigures())
            figures[kind] = replace(
                known,
                targeted=known.targeted + handed.targeted,
                accepted=known.accepted + handed.accepted,
                failed=known.failed + handed.failed,
                residents=known.residents + handed.residents,
            )
    return figures


def _places(phones: Mapping[str, int], homes: Mapping[str, int]) -> tuple[Neighbourhood, ...]:
    found, few = [], few_places(phones)
    for cell, accepted in shown_places(few, _as_coarse(homes, few)).items():
        lat, lng = centre(cell)
        found.append(Neighbourhood(cell, round(lat, DIGITS), round(lng, DIGITS), accepted))
    return tuple(found)


def _as_coarse(homes: Mapping[str, int], few: Mapping[str, int]) -> dict[str, int]:
    """The residents in cells as large as those of the phones; none of slices of a release before."""
    sizes = {resolution_of(cell) for cell in few}
    return added({coarser(cell, min(sizes)): count} for cell, count in homes.items()) if sizes else {}


def few_places(phones: Mapping[str, int]) -> dict[str, int]:
    """The same phones in at most `MOST_PLACES` cells, each time seven in one."""
    few, resolution = dict(phones), 7
    while len(few) > MOST_PLACES and resolution > COARSEST:
        resolution -= 1
        few = added({coarser(cell, resolution): count} for cell, count in few.items())
    return few
