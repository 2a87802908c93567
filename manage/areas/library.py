"""All that the library keeps of a municipality, made of its rows and of what was there before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from manage.areas.base_layer import base_layer, middle
from manage.areas.kept_rows import MunicipalRows
from manage.areas.naming import named
from manage.areas.unit_shapes import UnitShapes
from shared.adapters.area_documents import area_document, search_documents, unit_document
from shared.adapters.municipality_documents import REGISTER, frame_document
from shared.domain.area_parts import Level
from shared.domain.register_unit import RegisterUnit, part_of, units_in
from shared.domain.search.gazetteer import Gazetteer, Locality
from shared.formats.search_json import packed
from shared.geo.shapes import Area

Documents = Mapping[str, dict[str, Any]]  # by path


@dataclass(frozen=True)
class Library:
    """`days`: of each register, ISO 8601; empty where a file did not say it."""

    gazetteer: Gazetteer
    texts: Sequence[str]
    boundary: str | None  # GeoJSON text
    days: Mapping[str, str]

    @property
    def terc(self) -> str:
        return self.gazetteer.terc

    @property
    def as_of(self) -> str:
        return max(self.days.values(), default="")

    @property
    def addresses(self) -> int:
        return sum(one.count for one in self.gazetteer.localities)

    @property
    def generation(self) -> str:
        """Another one when any place may have other codes."""
        whole = "\n".join([*self.texts, self.boundary or ""])
        return hashlib.sha256(whole.encode()).hexdigest()[:16]

    @property
    def centre(self) -> tuple[float, float] | None:
        """Latitude and longitude of where most people live, else of a point in the boundary."""
        found = next(filter(None, map(middle, self.gazetteer.localities)), None)
        if found is None and self.boundary is not None:
            point = shapely.from_geojson(self.boundary).representative_point()
            found = (point.x, point.y)
        return None if found is None else (found[1], found[0])

    def units(self) -> Iterator[RegisterUnit]:
        """The gmina, its localities, their parts and streets, with their shapes."""
        area = None if self.boundary is None else Area.from_text(self.boundary)
        shapes, terc = UnitShapes(area), self.terc
        name = self.gazetteer.name
        yield RegisterUnit(Level.GMINA, terc, name, terc[:4], self.addresses, self.boundary)
        yield from _localities(self.gazetteer, shapes)

    def unit_documents(self) -> Documents:
        return {f"{self._path}/units/{one.code}": unit_document(one, self.as_of) for one in self.units()}

    def shown_documents(self, served: bool) -> Documents:
        """All that readers find the rest by; written in one commit, after the units. The boundary of a
        municipality that is not `served` would give places a municipality that nobody alerts."""
        found = search_documents(self.texts, self.generation, self.days)
        layers = {f"{self._path}/layers/{name}": document for name, document in found.items()}
        layers[f"{self._path}/layers/base"] = {"geojson": base_layer(self.gazetteer)}
        if served and self.boundary is not None:
            layers[self._path] = area_document(self.terc, self.gazetteer.name, self.boundary)
        return layers

    def frame(self, served: bool) -> Documents:
        """To be merged into what is there."""
        if not served or self.boundary is None:
            return {}
        return {"/".join(REGISTER): frame_document(self.terc, self.boundary)}

    @property
    def _path(self) -> str:
        return f"areas/{self.terc}"


def library(
    rows: MunicipalRows, name: str, before: Gazetteer | None, boundary: str | None, days: Mapping[str, str]
) -> Library:
    """`before` and `boundary`: what was imported earlier. The addresses of `rows` are used up."""
    gazetteer = named(rows, name, before)
    rows.addresses.clear()  # of a large city the gazetteer alone is memory enough
    if rows.boundary is not None and (area := Area.of(rows.boundary.shape)) is not None:
        boundary = area.text()
    return Library(gazetteer, packed(gazetteer), boundary, days)


def _localities(gazetteer: Gazetteer, shapes: UnitShapes) -> Iterator[RegisterUnit]:
    known = {one.sym: one for one in gazetteer.localities}
    parts = part_of(gazetteer)
    whole = {one.code: one for one in units_in(gazetteer, gazetteer.terc)}
    for locality in gazetteer.localities:
        if locality.sym not in parts:
            yield _shaped(
                whole[locality.sym],
                shapes,
                [locality, *(known[p.sym] for p in locality.parts if p.sym in known)],
            )
        streets = {f"{locality.sym}:{one.code}": one for one in locality.streets}
        for unit in units_in(gazetteer, locality.sym):
            if unit.level is Level.STREET:
                yield _with(unit, shapes.street(streets[unit.code].houses))
            else:
                yield _shaped(unit, shapes, [known[unit.code]] if unit.code in known else [])


def _shaped(unit: RegisterUnit, shapes: UnitShapes, localities: Sequence[Locality]) -> RegisterUnit:
    rows = [one.houses for one in localities]
    rows += [street.houses for one in localities for street in one.streets]
    return _with(unit, shapes.locality(rows))


def _with(unit: RegisterUnit, shape: str | None) -> RegisterUnit:
    return RegisterUnit(unit.level, unit.code, unit.name, unit.parent, unit.addresses, shape)
