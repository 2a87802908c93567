"""Which letters a mailing consists of: one for each address, in batches by street, in the houses' order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from shared.domain.search.gazetteer import Gazetteer, Houses, Locality, Street
from shared.domain.search.words import folded

MOST_IN_A_BATCH = 500
NO_STREET = "-"
_SYM_UL = re.compile(r"[0-9]{5}")
_SITE = re.compile(r"https://[a-z0-9.-]+")
_BETWEEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Letter:
    """`address` as people write it; `link` opens the app there."""

    locality: str
    street: str  # "" where there is none
    number: str
    link: str

    @property
    def address(self) -> str:
        where = f"{self.street} {self.number}, {self.locality}"
        return where if self.street else f"{self.locality} {self.number}"


@dataclass(frozen=True)
class Batch:
    """What is printed as one file; `name` of it, without an ending."""

    name: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True)
class Mailing:
    """`nameless`: streets without a code of the register, so that no link can name their houses."""

    batches: tuple[Batch, ...]
    nameless: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(len(batch.letters) for batch in self.batches)


Wanted = Callable[[Locality, Street | None], bool]


def everywhere(_locality: Locality, _street: Street | None) -> bool:
    return True


def site_of(text: str) -> str:
    """Raises ValueError for what is no address of a site, which alone is printed in words."""
    if not _SITE.fullmatch(text):
        raise ValueError(f"no address of a site, as in https://alerty.gmina.pl: {text!r}")
    return text


def join_link(site: str, terc: str, sym: str, sym_ul: str, number: str) -> str:
    """All that names the address stands behind the "#", which browsers send to no server.

    The number as the search document has it, without spaces.
    """
    return f"{site}/app/join#a={terc}.{sym}.{sym_ul}.{quote(''.join(number.split()), safe='/-')}"


def mailing_of(gazetteer: Gazetteer, site: str, wanted: Wanted = everywhere) -> Mailing:
    """`gazetteer` with all its houses; localities and streets by their names, as a sorting office does."""
    batches: list[Batch] = []
    nameless: list[str] = []
    for locality, street in _streets(gazetteer):
        if not wanted(locality, street):
            continue
        if street is not None and not _SYM_UL.fullmatch(street.code):
            nameless.append(f"{street.name}, {locality.name}")
            continue
        letters = _letters(gazetteer.terc, locality, street, site)
        batches += _batches(len(batches) + 1, locality, street, letters)
    return Mailing(tuple(batches), tuple(nameless))


def _streets(gazetteer: Gazetteer) -> Iterator[tuple[Locality, Street | None]]:
    for locality in sorted(gazetteer.localities, key=lambda one: (folded(one.name), one.sym)):
        if locality.houses.count:
            yield locality, None
        streets = sorted(locality.streets, key=lambda one: (folded(one.name), one.code))
        yield from ((locality, street) for street in streets if street.houses.count)


def _letters(terc: str, locality: Locality, street: Street | None, site: str) -> tuple[Letter, ...]:
    """One for each number, of how many points it may have in the register."""
    code, name = (street.code, street.name) if street else (NO_STREET, "")
    numbers = dict.fromkeys(house.number for house in _houses(locality, street).listed)
    return tuple(
        Letter(locality.name, name, number, join_link(site, terc, locality.sym, code, number))
        for number in numbers
    )


def _houses(locality: Locality, street: Street | None) -> Houses:
    houses = street.houses if street else locality.houses
    if len(houses.listed) != houses.count:
        raise ValueError(f"the houses of {locality.name} are not all there")
    return houses


def _batches(
    first: int, locality: Locality, street: Street | None, letters: tuple[Letter, ...]
) -> Iterator[Batch]:
    words = " ".join([locality.name, street.name if street else ""])
    name = _BETWEEN.sub("-", folded(words)).strip("-")
    for at, start in enumerate(range(0, len(letters), MOST_IN_A_BATCH)):
        yield Batch(f"{first + at:04}-{name}", letters[start : start + MOST_IN_A_BATCH])
