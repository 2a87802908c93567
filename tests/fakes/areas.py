"""Registers in memory, under the contract of tests/emulator/test_areas_contract.py, and a small made gmina.

Its town has ulica Różana (42 houses) and ulica Dworcowa (117), its village Zawada has 12 and no streets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import shapely

from shared.domain.area_parts import Level
from shared.domain.register_unit import RegisterUnit, units_in
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part, Street
from shared.errors import Unreadable
from shared.formats.search_json import packed
from tests.fakes.alert_values import TERC
from tests.fakes.municipalities import BOUNDARY

TOWN, VILLAGE, HAMLET = "9990019", "9990025", "9990031"
ROZANA, DWORCOWA = f"{TOWN}:90001", f"{TOWN}:90002"
HOUSE_DEGREES = 0.0002  # between two houses of a street
SHAPE_DEGREES = 0.0003  # from a house to the edge of its street's shape


def row_of_houses(count: int, lon: float, lat: float) -> Houses:
    """Numbers from 1, eastwards."""
    return Houses.of(
        House(str(number), round(lon + number * HOUSE_DEGREES, 5), lat) for number in range(1, count + 1)
    )


GAZETTEER = Gazetteer(
    TERC,
    "Gmina Regionalna",
    (
        Locality(
            TOWN,
            "Regionalna",
            streets=(
                Street("90001", "ul. Różana", row_of_houses(42, 19.93, 49.834)),
                Street("90002", "ul. Dworcowa", row_of_houses(117, 19.93, 49.838), ("Lenina",)),
            ),
        ),
        Locality(VILLAGE, "Zawada", (Part(HAMLET, "Przysiółek"),), houses=row_of_houses(12, 19.96, 49.87)),
    ),
)


class FakeAreaLibrary:
    """Fulfils ports.AreaLibrary. `retired` units are kept beside those of the gazetteers."""

    def __init__(
        self, gazetteers: Iterable[Gazetteer] = (GAZETTEER,), retired: Iterable[RegisterUnit] = ()
    ) -> None:
        self.gazetteers = {one.terc: one for one in gazetteers}
        self.retired = {one.code: one for one in retired}

    def gazetteer(self, terc: str) -> Gazetteer | None:
        return self.gazetteers.get(terc)

    def search_texts(self, terc: str) -> tuple[str, ...]:
        known = self.gazetteers.get(terc)
        return () if known is None else packed(known)

    def generation(self, terc: str) -> str | None:
        texts = self.search_texts(terc)
        return hashlib.sha256("".join(texts).encode()).hexdigest()[:16] if texts else None

    def unit(self, terc: str, code: str) -> RegisterUnit | None:
        known = self.gazetteers.get(terc)
        units = () if known is None else register_units(known)
        return next((one for one in units if one.code == code), self.retired.get(code))

    def units(self, terc: str, parent: str) -> Sequence[RegisterUnit]:
        known = self.gazetteers.get(terc)
        return () if known is None else units_in(known, parent)


class UnreadableLibrary(FakeAreaLibrary):
    """Written by a later release: nothing of it can be read."""

    def gazetteer(self, terc: str) -> Gazetteer | None:
        raise Unreadable

    def unit(self, terc: str, code: str) -> RegisterUnit | None:
        raise Unreadable


def register_units(gazetteer: Gazetteer) -> Sequence[RegisterUnit]:
    """The gmina and all that lies in it, with plain shapes: a band about the houses."""
    count = sum(locality.count for locality in gazetteer.localities)
    terc = gazetteer.terc
    found = [RegisterUnit(Level.GMINA, terc, gazetteer.name, terc[:4], count, BOUNDARY)]
    for locality in gazetteer.localities:
        streets = [street.houses for street in locality.streets]
        shape = _band(locality.houses, *streets)
        found.append(RegisterUnit(Level.LOCALITY, locality.sym, locality.name, terc, locality.count, shape))
        shapes = {f"{locality.sym}:{street.code}": _band(street.houses) for street in locality.streets}
        within = units_in(gazetteer, locality.sym)
        found += [
            RegisterUnit(one.level, one.code, one.name, one.parent, one.addresses, shapes.get(one.code))
            for one in within
        ]
    return found


def _band(*rows: Houses) -> str | None:
    lines = [[(house.lon, house.lat) for house in row.listed] for row in rows if row.count]
    if not lines:
        return None
    shape = shapely.MultiPoint([point for line in lines for point in line]).buffer(SHAPE_DEGREES, 4)
    return shapely.to_geojson(shape)
