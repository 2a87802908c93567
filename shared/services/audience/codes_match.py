"""Whom an area of parts means: the index is asked for the codes of some, for the cells of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from shared.domain.area_parts import Leaf, Level, Steps, Unit, added, combined
from shared.domain.audience import AudienceEntry
from shared.domain.found_by import NO_GMINA, NO_STREET, code_of, codes_in
from shared.domain.place_codes import PlaceCodes, meant
from shared.domain.register_unit import RegisterUnit
from shared.domain.whole_units import is_whole
from shared.geo.cells import EVERYWHERE, Range
from shared.geo.cover import ranges_within
from shared.geo.shapes import Area
from shared.ports import AreaLibrary, AudienceStore
from shared.services.audience.match_area import AreaMatch, Query
from shared.services.audience.match_parts import PartsMatch, shape, shape_taken
from shared.services.audience.spots import Members, Spot

ANY = ""  # the code of a query for whoever lies in its cells


class CodesMatch(AreaMatch):
    """An area of parts: the index is asked for the codes of those that add, and for cells only where there is
    no code: for drawn parts, and for places of which the register tells too little.

    The queries are, in this order, the codes as they were said (or as the plan made them finer), the drawn
    shapes, the shapes of what has a code. An entry says by itself which of them finds it first, so workers
    need not agree.
    """

    def __init__(self, area: Area, steps: Steps) -> None:
        self.area = area
        self._steps = steps
        self._parts = PartsMatch(steps, shape_taken)
        leaves = list(dict.fromkeys(added(steps)))
        self._named = [leaf for leaf in leaves if isinstance(leaf, Unit)]
        self._drawn = [leaf for leaf in leaves if not isinstance(leaf, Unit)]
        self._codes = list(dict.fromkeys(code_of(unit) for unit in self._named))
        local = [unit for unit in self._named if unit.level in (Level.LOCALITY, Level.STREET)]
        self._unsure = {NO_GMINA: self._named} if len(local) < len(self._named) else {}
        self._unsure |= {NO_STREET: local} if local else {}

    def queries(self, audience: AudienceStore, read_time: datetime | None) -> list[Query]:
        """While the index still holds entries of a release that knew of no codes, everybody in the shapes is
        read as well: these are found by their cells alone."""
        old = bool(self._named) and audience.without_codes(read_time)
        asked = [
            *(Query(code, (EVERYWHERE,), self._lies(code)) for code in self._asked),
            Query(ANY, _ranges([*self._drawn, *(self._named if old else ())])),
            *(Query(code, _ranges(units)) for code, units in self._unsure.items()),
        ]
        return [query for query in asked if query.ranges]

    @property
    def _asked(self) -> Sequence[str]:
        return self.codes or self._codes

    def finer(
        self, terc: str, areas: AreaLibrary | None, audience: AudienceStore, read_time: datetime | None
    ) -> tuple[str, ...]:
        from shared.services.audience.finer_codes import finer_codes

        found = finer_codes(self._steps, self._codes, terc, areas, audience, read_time)
        return () if found == tuple(self._codes) else found

    def _lies(self, code: str) -> Area | None:
        if code not in self._codes:
            return self.area
        shapes = (shape_taken(unit) for unit in self._named if code_of(unit) == code)
        return next((known for known in shapes if known is not None), None)

    def inside(self, spots: Sequence[Spot]) -> Members:
        return self._parts.inside(spots)

    def part_of(self, unit: RegisterUnit, terc: str, whole: BaseGeometry) -> BaseGeometry:
        """By the codes of units, so that neighbours whose shapes overlap a little are told apart."""
        own = PlaceCodes(terc, unit.code, unit.parent)

        def geometry(leaf: Leaf, taken_out: bool) -> BaseGeometry:
            if not isinstance(leaf, Unit):
                area = shape(leaf, shape_taken)
            elif leaf.level is Level.STREET:
                area = None if taken_out or not leaf.code.startswith(unit.code) else shape_taken(leaf)
            else:
                return whole if meant(leaf, own) else MultiPolygon()
            return MultiPolygon() if area is None else area.geometry

        nothing: BaseGeometry = MultiPolygon()
        made = combined(self._steps, nothing, geometry, BaseGeometry.union, BaseGeometry.difference)
        return made.intersection(whole)

    def _first_found(self, entries: Sequence[AudienceEntry], code: str | None) -> Sequence[bool]:
        points = [one.cell for one in entries if not is_whole(one.cell)]
        drawn = {points[at] for at in self._parts.in_any(self._drawn, points)}
        asked = {one: frozenset(codes_in(one)) for one in self._asked}
        return [code == self._finds(entry, asked, entry.cell in drawn) for entry in entries]

    def _finds(self, entry: AudienceEntry, asked: Mapping[str, frozenset[str]], drawn: bool) -> str:
        """The code of the first query that finds the entry, wherever its place is meant."""
        if entry.found_by is None or is_whole(entry.cell):
            return ANY
        named = next((code for code, some in asked.items() if not some.isdisjoint(entry.found_by)), None)
        if named is not None:
            return named
        unsure = next((code for code in self._unsure if code in entry.found_by), ANY)
        return ANY if drawn else unsure


def _ranges(leaves: Sequence[Leaf]) -> Sequence[Range]:
    areas = (shape(leaf, shape_taken) for leaf in leaves)
    reaches = [area.reach for area in areas if area is not None]
    return ranges_within(shapely.union_all(reaches)) if reaches else ()
