"""What is searched: every name of a gazetteer in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from shared.domain.search.gazetteer import Gazetteer, Houses, Locality, Part, Street
from shared.domain.search.words import words_of


@dataclass(frozen=True)
class Entry:
    """Something to be found: its names, the present one first; `around` are the words of where it lies."""

    locality: Locality
    street: Street | None
    part: Part | None
    names: tuple[tuple[str, ...], ...]
    around: tuple[str, ...]
    houses: Houses
    count: int


@dataclass(frozen=True)
class Index:
    """Made once for a gazetteer; `places` says in which entries a word stands."""

    entries: tuple[Entry, ...]
    places: Mapping[str, frozenset[int]]


def index_of(gazetteer: Gazetteer) -> Index:
    """Localities, their parts and their streets, in the register's order."""
    entries = tuple(entry for locality in gazetteer.localities for entry in _entries(locality))
    places: dict[str, set[int]] = defaultdict(set)
    for place, entry in enumerate(entries):
        for word in chain(entry.around, *entry.names):
            places[word].add(place)
    return Index(entries, {word: frozenset(found) for word, found in places.items()})


def _entries(locality: Locality) -> Iterator[Entry]:
    names = _names(locality.name, locality.former)
    yield Entry(locality, None, None, names, (), locality.houses, locality.count)
    for part in locality.parts:
        yield Entry(locality, None, part, _names(part.name, ()), names[0], Houses(), 0)
    for street in locality.streets:
        called = _names(street.name, street.former)
        yield Entry(locality, street, None, called, names[0], street.houses, street.houses.count)


def _names(name: str, former: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(words_of(text) for text in (name, *former))
