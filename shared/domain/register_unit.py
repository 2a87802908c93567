"""What the register has under a code: a gmina, a locality or a part of one, a street."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain.area_parts import Level
from shared.domain.search.gazetteer import Gazetteer, Locality, Street


@dataclass(frozen=True)
class RegisterUnit:
    """`areas/{terc}/units/{code}`: TERC of seven digits, SYM, or "SYM:SYM_UL"; `parent` is a code too.

    `shape` is GeoJSON text in degrees, None where the register has neither a boundary nor an address.
    `retired`: the day (ISO 8601) of the register that has it no more; it is kept while alerts name it.
    """

    level: Level
    code: str
    name: str
    parent: str
    addresses: int = 0
    shape: str | None = None
    retired: str | None = None

    @property
    def means_somebody(self) -> bool:
        """Whether an alert to it could reach anyone: a part of a locality often has no address of its own."""
        return self.addresses > 0 or self.shape is not None


def units_in(gazetteer: Gazetteer, parent: str) -> tuple[RegisterUnit, ...]:
    """What lies directly in a gmina or a locality, in the register's order and without shapes."""
    if parent[:6] == gazetteer.terc[:6] and len(parent) == len(gazetteer.terc):
        parts = part_of(gazetteer)
        whole = (one for one in gazetteer.localities if one.sym not in parts)
        return tuple(_locality(one, gazetteer) for one in whole)
    found = next((one for one in gazetteer.localities if one.sym == parent), None)
    return () if found is None else tuple(_within(found, gazetteer))


def street_code(locality: Locality, street: Street) -> str:
    return f"{locality.sym}:{street.code}"


def part_of(gazetteer: Gazetteer) -> dict[str, str]:
    """SYM of each part of a locality -> SYM of the locality."""
    return {part.sym: one.sym for one in gazetteer.localities for part in one.parts}


def _within(locality: Locality, gazetteer: Gazetteer) -> Iterator[RegisterUnit]:
    known = {one.sym: one for one in gazetteer.localities}
    for part in locality.parts:
        count = known[part.sym].count if part.sym in known else 0
        yield RegisterUnit(Level.LOCALITY, part.sym, part.name, locality.sym, count)
    for street in locality.streets:
        code = street_code(locality, street)
        yield RegisterUnit(Level.STREET, code, street.name, locality.sym, street.houses.count)


def _locality(locality: Locality, gazetteer: Gazetteer) -> RegisterUnit:
    """With the addresses of its parts, which it means too."""
    parts = {part.sym for part in locality.parts}
    count = locality.count + sum(one.count for one in gazetteer.localities if one.sym in parts)
    return RegisterUnit(Level.LOCALITY, locality.sym, locality.name, gazetteer.terc, count)
