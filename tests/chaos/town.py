"""Who lives there, the areas that alerts are for, and whom an alert concerns."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import h3
import shapely
from shapely.geometry import Point, box, mapping, shape
from shapely.geometry.base import BaseGeometry

from demo import truth
from demo.generate import generate
from demo.municipality import read
from demo.residents import residents
from demo.seed import write_in_bulk, write_registers
from infra.local.stack import Stack
from shared import wiring
from shared.domain.audience import AudienceEntry
from shared.formats.parts_text import parts_of
from shared.geo.shapes import Area
from shared.services.audience.match_area import AreaMatch
from shared.services.audience.match_parts import PartsMatch, shape_taken
from shared.services.audience.spots import Spot
from tests.chaos.media import Medium

MOST = 2000  # residents
EVERY_CELL = ("8d", "8e")  # all of resolution 13
INSET = 0.0002  # degrees: what is drawn stays clear of the municipality's border


class Town:
    """Its shape is drawn from `seed`, and so are its residents."""

    def __init__(self, stack: Stack, medium: Medium) -> None:
        self._stack, self._medium = stack, medium
        self._municipality = read(generate(stack.state.folder / "gmina"))
        write_registers(self._municipality)
        stack.staff.ensure(self._municipality.terc)
        self._people = residents(self._municipality, MOST)
        self._inside = shape(self._municipality.boundary).buffer(-INSET)
        self.size = 0

    def grow(self, size: int) -> None:
        """Further residents, written by the index's own code; nothing else may be going on."""
        more = self._people[self.size : size]
        if more:
            with self._stack.without("eventarc"):
                write_in_bulk(more, lambda count: None)
            self.size = size

    def spot(self, dice: random.Random) -> tuple[float, float]:
        """Latitude and longitude of an address."""
        address = dice.choice(self._municipality.addresses)
        return address.lat, address.lon

    def where(self, dice: random.Random) -> dict[str, Any]:
        """Drawn, or every other time by names: the gmina except one of its villages."""
        if dice.random() < 0.5:
            return {"area": self._area(dice)}
        village = dice.choice(self._municipality.localities[1:])
        gmina = {"kind": "gmina", "code": self._municipality.terc}
        return {"parts": [gmina, {"kind": "locality", "code": village.sym, "subtract": True}]}

    def _area(self, dice: random.Random) -> dict[str, Any]:
        """The whole municipality, one side of a line through it, or all but a disc: many phones each."""
        whole = self._inside
        west, south, east, north = whole.bounds
        cut = dice.uniform(0.35, 0.65)
        pieces: list[BaseGeometry] = [
            whole,
            box(west, south, west + cut * (east - west), north),
            box(west, south + cut * (north - south), east, north),
            whole.difference(Point(*reversed(self.spot(dice))).buffer(0.01)),
        ]
        drawn = whole.intersection(dice.choice(pieces))
        largest = max(shapely.get_parts(drawn), key=lambda part: part.area)
        simple = shapely.set_precision(largest.simplify(INSET / 4), 1e-6)
        area: dict[str, Any] = json.loads(json.dumps(mapping(simple)))
        return area

    def addresses_in(self, where: dict[str, Any]) -> int:
        """About how many phones or, for letters, people, to tell how far a delivery came."""
        people = self._people[: self.size]
        phones = truth.expected(people, where.get("area") or self._municipality.boundary)
        if self._medium.tagged:
            return len(phones)
        return sum(any(device.value in phones for device in person.devices) for person in people)


def audience_at(read_time: datetime) -> list[AudienceEntry]:
    return list(wiring.audience().stream(*EVERY_CELL, read_time))


def meant(entries: Sequence[AudienceEntry], area: str, parts: str | None) -> list[AudienceEntry]:
    """Those of residents with a place in the area, or meant by its parts, by the exact filter."""
    steps = None if parts is None else parts_of(parts)
    if steps is None:
        inside = AreaMatch(Area.from_text(area)).matching(entries)
    else:
        found = PartsMatch(steps, shape_taken).inside([_spot(entry) for entry in entries])
        inside = [at in found for at in range(len(entries))]
    uids = {entry.uid for entry, matches in zip(entries, inside, strict=True) if matches}
    return [entry for entry in entries if entry.uid in uids]


def _spot(entry: AudienceEntry) -> Spot:
    return Spot(entry.cell, next(one.codes for one in entry.siblings if one.id == entry.place))


def plainly_inside(entries: Sequence[AudienceEntry], area: str, parts: str | None) -> list[AudienceEntry]:
    """Those of residents with a cell whose centre lies in what was drawn; none of the product's geometry. Of
    parts, whose codes are the gmina's and not the village's."""
    if parts is not None:
        gmina, village = (part["code"] for part in json.loads(parts))
        codes = [_spot(entry).codes for entry in entries]
        own = [
            (one.terc or "")[:6] == gmina[:6] and village not in (one.locality, one.part_of) for one in codes
        ]
        meant_by_codes = {entry.uid for entry, yes in zip(entries, own, strict=True) if yes}
        return [entry for entry in entries if entry.uid in meant_by_codes]
    drawn = shapely.from_geojson(area)
    centres = [h3.cell_to_latlng(entry.cell) for entry in entries]
    inside = shapely.contains_xy(drawn, [lng for _, lng in centres], [lat for lat, _ in centres])
    uids = {entry.uid for entry, matches in zip(entries, inside, strict=True) if matches}
    return [entry for entry in entries if entry.uid in uids]
