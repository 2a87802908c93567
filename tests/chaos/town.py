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
from shared.services.audience.match_area import AreaMatch
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

    def area(self, dice: random.Random) -> dict[str, Any]:
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

    def addresses_in(self, area: dict[str, Any]) -> int:
        """About how many phones or, for letters, people, to tell how far a delivery came."""
        people = self._people[: self.size]
        phones = truth.expected(people, area)
        if self._medium.tagged:
            return len(phones)
        return sum(any(device.value in phones for device in person.devices) for person in people)


def audience_at(read_time: datetime) -> list[AudienceEntry]:
    return list(wiring.audience().stream(*EVERY_CELL, read_time))


def meant(entries: Sequence[AudienceEntry], area: str) -> list[AudienceEntry]:
    """Those of residents with a place in the area by the exact filter."""
    inside = AreaMatch.of_text(area).matching(entries)
    uids = {entry.uid for entry, matches in zip(entries, inside, strict=True) if matches}
    return [entry for entry in entries if entry.uid in uids]


def plainly_inside(entries: Sequence[AudienceEntry], area: str) -> list[AudienceEntry]:
    """Those of residents with a cell whose centre lies in what was drawn; none of the product's geometry."""
    drawn = shapely.from_geojson(area)
    centres = [h3.cell_to_latlng(entry.cell) for entry in entries]
    inside = shapely.contains_xy(drawn, [lng for _, lng in centres], [lat for lat, _ in centres])
    uids = {entry.uid for entry, matches in zip(entries, inside, strict=True) if matches}
    return [entry for entry in entries if entry.uid in uids]
