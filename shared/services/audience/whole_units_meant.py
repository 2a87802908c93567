"""Which whole villages an area means, for residents who chose one instead of an address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from shared.domain.area_parts import Level
from shared.domain.whole_units import EVERY_WHOLE, WholeUnit
from shared.errors import Unreadable
from shared.geo.shapes import Area
from shared.ports import AreaLibrary, AudienceStore
from shared.services.audience.match_area import AreaMatch
from shared.services.audience.spots import Spot

if TYPE_CHECKING:
    from shared.domain.register_unit import RegisterUnit
    from shared.domain.search.gazetteer import Gazetteer

NOWHERE = box(0, 0, 1, 1)  # in the Gulf of Guinea


def whole_units(
    match: AreaMatch,
    terc: str,
    areas: AreaLibrary | None,
    audience: AudienceStore,
    read_time: datetime | None,
) -> frozenset[str]:
    """Their cells (WholeUnit.cell): the gmina itself, and each locality of which the area covers an address
    or reaches into the shape.

    Where no register can be read, the gmina alone. Costs one read where nobody chose any, else one more for
    each locality of which no address is covered.
    """
    if areas is None or not audience.count(*EVERY_WHOLE, read_time):
        return frozenset()
    from shared.services.audience.known_registers import known_gazetteer

    gazetteer = known_gazetteer(terc, areas)
    localities = () if gazetteer is None else _localities(match, gazetteer, areas)
    units = [WholeUnit.of(Level.GMINA, terc), *(WholeUnit.of(Level.LOCALITY, sym) for sym in localities)]
    return frozenset(unit.cell for unit in units)


def _localities(match: AreaMatch, gazetteer: Gazetteer, areas: AreaLibrary) -> Iterator[str]:
    """By SYM; a locality with its parts, as a part of an area means it."""
    from shared.domain.register_unit import part_of
    from shared.services.audience.known_registers import known_addresses

    addresses = known_addresses(gazetteer)
    inside = match.inside([Spot(one.cell, one.codes) for one in addresses])
    codes = [addresses[at].codes for at in inside]
    meant = {sym for one in codes for sym in (one.locality, one.part_of) if sym is not None}
    yield from meant
    known = {one.sym for one in gazetteer.localities} | part_of(gazetteer).keys()
    yield from (sym for sym in sorted(known - meant) if _may_be_reached(match, gazetteer.terc, sym, areas))


def _may_be_reached(match: AreaMatch, terc: str, sym: str, areas: AreaLibrary) -> bool:
    """Doubt leaves people in: of a unit that cannot be read nobody knows that it lies elsewhere."""
    try:
        unit = areas.unit(terc, sym)
    except Unreadable:
        return True
    return unit is not None and _reached(match, terc, unit)


def _reached(match: AreaMatch, terc: str, unit: RegisterUnit) -> bool:
    """A strip along the border counts for nothing: shapes of neighbours overlap by as much. Without a shape
    the codes decide, as nothing is drawn where it is then taken to lie."""
    shape = None if unit.shape is None else Area.from_text(unit.shape)
    if shape is None:
        whole: BaseGeometry = NOWHERE
    else:
        whole = shape.geometry if shape.core.is_empty else shape.core
    return not match.part_of(unit, terc, whole).is_empty
