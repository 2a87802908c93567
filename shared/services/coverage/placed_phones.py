"""The places of a municipality in the index, with the phones of whoever lives there."""

from __future__ import annotations

from collections.abc import Iterator

from shared.domain.area_parts import Level, Unit
from shared.domain.audience import AudienceEntry
from shared.domain.found_by import code_of
from shared.domain.place_codes import UNKNOWN, PlaceCodes
from shared.domain.search.gazetteer import Gazetteer
from shared.domain.whole_units import WholeUnit
from shared.geo.cells import EVERYWHERE
from shared.ports import AudienceStore


def placed_phones(gazetteer: Gazetteer, audience: AudienceStore) -> Iterator[AudienceEntry]:
    """Each once: those found by the gmina's code, and those that are the whole gmina or a whole locality.

    Costs a read for each, and one for each locality that nobody chose as a whole. An entry of a release that
    knew no codes is found when `sweep` has indexed it anew.
    """
    terc = gazetteer.terc
    yield from audience.stream(*EVERYWHERE, None, code=code_of(Unit(Level.GMINA, terc)))
    localities = {locality.sym for locality in gazetteer.localities}
    parts = {part.sym for locality in gazetteer.localities for part in locality.parts}
    wholes = [
        WholeUnit.of(Level.GMINA, terc),
        *(WholeUnit.of(Level.LOCALITY, sym) for sym in localities | parts),
    ]
    for whole in wholes:
        yield from audience.stream(whole.cell, whole.cell, None)


def codes_of(entry: AudienceEntry) -> PlaceCodes:
    """Those of the place that the entry is of."""
    return next((one.codes for one in entry.siblings if one.id == entry.place), UNKNOWN)
