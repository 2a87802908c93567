"""What the parts of an area are taken from: a municipality's boundary, its register, its saved areas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from shared.domain.area_parts import Level, Saved, Steps, Unit
from shared.domain.house_numbers import house_number
from shared.domain.municipality import Municipality
from shared.domain.register_unit import RegisterUnit
from shared.domain.saved_area import SavedArea
from shared.domain.search.gazetteer import Gazetteer, Street
from shared.errors import NotFound
from shared.formats.area_parts_json import MOST_PARTS
from shared.formats.parts_json import parts_json
from shared.geo.corridor import corridor
from shared.geo.shapes import Area, clip
from shared.ports import AreaLibrary, MunicipalityStore, SavedAreaStore
from shared.services.areas.check_area import boundary_of

_AT_ONCE = 16  # documents
_CODE = re.compile(r"[0-9]{7}(:[0-9]{5})?", re.ASCII)  # SYM, or SYM and SYM_UL


@dataclass(frozen=True)
class Register:
    """Of one municipality, for one request: whatever is asked twice is read once.

    `kept`: the parts that an alert has already. A saved area that is gone since is still theirs.
    """

    municipality: Municipality
    boundary: Area
    library: AreaLibrary
    saved: SavedAreaStore
    kept: Steps | None = None
    _units: dict[str, RegisterUnit | None] = field(default_factory=dict)
    _saved: dict[str, SavedArea | None] = field(default_factory=dict)
    _shapes: dict[Unit, Area | None] = field(default_factory=dict)

    @property
    def terc(self) -> str:
        return self.municipality.terc

    def fetch(self, parts: object) -> None:
        """Ask for the units that JSON of parts names side by side: one after the other many take seconds."""
        listed = parts if isinstance(parts, list) else []
        named = (part.get("code") for part in listed if isinstance(part, dict))
        codes = {code for code in named if isinstance(code, str) and _CODE.fullmatch(code)}
        missing = list(islice(codes - self._units.keys(), MOST_PARTS))
        if len(missing) > 1:
            with ThreadPoolExecutor(_AT_ONCE) as pool:
                found = pool.map(lambda code: self.library.unit(self.terc, code), missing)
                self._units.update(zip(missing, found, strict=True))

    def has(self, unit: Unit) -> bool:
        """Whether it is the municipality's own. Whatever is larger than a gmina never is."""
        if unit.level is Level.GMINA:
            return unit.code[:6] == self.terc[:6]
        found = self._unit(unit.code) if unit.level in (Level.LOCALITY, Level.STREET) else None
        return found is not None and found.level is unit.level

    def shape_of(self, unit: Unit) -> Area | None:
        """What lies in the municipality of it, as the register has it now; of a street's houses theirs."""
        if unit.level is Level.GMINA:
            return self.boundary
        if unit not in self._shapes:
            shape = self._shape(unit)
            self._shapes[unit] = None if shape is None else clip(shape, self.boundary)
        return self._shapes[unit]

    def is_retired(self, unit: Unit) -> bool:
        """Whether the newest register has it no more."""
        found = None if unit.level is Level.GMINA else self._unit(unit.code)
        return found is not None and found.retired is not None

    def name_of(self, unit: Unit) -> str | None:
        if unit.level is Level.GMINA:
            return self.municipality.name
        found = self._unit(unit.code)
        return None if found is None else found.name

    def saved_parts(self, area_id: str) -> object | None:
        """The JSON of a saved area's parts; None: there is none."""
        found = self._saved_area(area_id)
        if found is not None:
            parts: object = json.loads(found.parts)
            self.fetch(parts)
            return parts
        gone = self._taken.get(area_id)
        return None if gone is None else parts_json(gone)

    def saved_name(self, area_id: str) -> str | None:
        found = self._saved_area(area_id)
        return None if found is None else found.name

    @cached_property
    def gazetteer(self) -> Gazetteer | None:
        return self.library.gazetteer(self.terc)

    @cached_property
    def _taken(self) -> Mapping[str, Steps]:
        return dict(_saved_in(self.kept or ()))

    def _saved_area(self, area_id: str) -> SavedArea | None:
        if area_id not in self._saved:
            found = self.saved.get(self.terc, area_id)
            self._saved[area_id] = None if found is None else found.value
        return self._saved[area_id]

    def _unit(self, code: str) -> RegisterUnit | None:
        if code not in self._units:
            self._units[code] = self.library.unit(self.terc, code)
        return self._units[code]

    def _shape(self, unit: Unit) -> Area | None:
        if unit.houses is not None:
            return self._houses_shape(unit)
        found = self._unit(unit.code)
        return None if found is None or found.shape is None else Area.from_text(found.shape)

    def _houses_shape(self, unit: Unit) -> Area | None:
        street = self._street(unit.code)
        if street is None or unit.houses is None:
            return None
        numbered = ((house, house_number(house.number)) for house in street.houses.listed)
        meant = [house for house, number in numbered if number and unit.houses.hold(number)]
        return corridor([(house.lon, house.lat) for house in meant])

    def _street(self, code: str) -> Street | None:
        sym, _, own = code.partition(":")
        localities = self.gazetteer.localities if self.gazetteer else ()
        streets = (one for locality in localities if locality.sym == sym for one in locality.streets)
        return next((one for one in streets if one.code == own), None)


def register_of(
    municipalities: MunicipalityStore,
    library: AreaLibrary,
    saved: SavedAreaStore,
    terc: str,
    kept: Steps | None = None,
) -> Register:
    """Raises NotFound when the municipality has not been imported, or not rightly."""
    municipality = municipalities.get(terc)
    if municipality is None:
        raise NotFound("municipality-not-ready", terc=terc)
    boundary = boundary_of(municipalities, terc)
    return Register(municipality, boundary, library, saved, kept)


def _saved_in(steps: Steps) -> Iterator[tuple[str, Steps]]:
    for step in steps:
        if isinstance(step.part, Saved):
            yield step.part.id, step.part.steps
            yield from _saved_in(step.part.steps)
