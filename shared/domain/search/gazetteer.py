"""The names of a municipality's register that can be searched, with their houses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LEADING = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class House:
    """An address point; degrees."""

    number: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Houses:
    """Of a street, or of a locality beside its streets; `page`: where a large municipality lists them."""

    count: int = 0
    listed: tuple[House, ...] = ()
    page: int | None = None

    @staticmethod
    def of(houses: Iterable[House]) -> Houses:
        """All of them, in the order of their numbers."""
        listed = tuple(sorted(houses, key=lambda house: number_order(house.number)))
        return Houses(len(listed), listed)


@dataclass(frozen=True)
class Street:
    """`code` is its SYM_UL, `name` as the register shows it ("gen. Józefa Bema"), `former` its old names."""

    code: str
    name: str
    houses: Houses = Houses()
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a locality by its own SYM."""

    sym: str
    name: str


@dataclass(frozen=True)
class Locality:
    """`houses` are those that have no street."""

    sym: str
    name: str
    parts: tuple[Part, ...] = ()
    streets: tuple[Street, ...] = ()
    houses: Houses = Houses()
    former: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Of all its addresses."""
        return self.houses.count + sum(street.houses.count for street in self.streets)


@dataclass(frozen=True)
class Gazetteer:
    """`terc` has seven digits."""

    terc: str
    name: str
    localities: tuple[Locality, ...]


def number_order(number: str) -> tuple[int, str]:
    """So that 2 stands before 10, and 10 before 10A."""
    leading = LEADING.match(number)
    return (int(leading.group()) if leading else 0, number.upper())
