"""The ranked search in a gazetteer; web-shared/search/matching.js finds the same by the same rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from shared.domain.search.gazetteer import House, Houses, Locality, Part, Street
from shared.domain.search.grades import Grade, grade, within_one_error
from shared.domain.search.index import Entry, Index
from shared.domain.search.words import Query, folded_number, is_optional, readings

BEST = 5  # of the hits that are given unless more are asked for

Key = tuple[int, ...]
Grades = dict[str, Grade]


class Tier(IntEnum):
    """The best first; ties go by what is missing, then by the number of addresses."""

    EXACT = 0
    PREFIX = 1
    WORD_STARTS = 2
    TYPING_ERROR = 3
    FORMER = 4


@dataclass(frozen=True)
class Hit:
    """A street, a part or a locality as a whole; `house` when one was asked for that is known."""

    tier: Tier
    locality: Locality
    street: Street | None = None
    part: Part | None = None
    house: House | None = None


def search(index: Index, text: str, most: int = BEST) -> list[Hit]:
    """The best first; nothing for a text without a letter or a digit."""
    queries = readings(text)
    found = [hit for query in queries for hit in _hits(index, query)]
    found = found or [hit for query in queries for hit in _hits_in_one(index, query)]
    found.sort(key=lambda pair: pair[0])
    best: dict[int, Hit] = {}
    for key, hit in found:
        best.setdefault(key[-1], hit)
        if len(best) == most:
            break
    return list(best.values())


def _hits(index: Index, query: Query) -> Iterator[tuple[Key, Hit]]:
    graded = [
        {word: found for word in index.places if (found := grade(typed, word)) < Grade.NONE}
        for typed in query.words
    ]
    for place in _candidates(index, query, graded):
        entry = index.entries[place]
        keys = (_matched(query, graded, name, entry.around) for name in entry.names)
        for former, key in enumerate(keys):
            if key:
                yield _hit(Tier.FORMER if former else Tier(key[0]), key[1:], entry, query, place)


def _candidates(index: Index, query: Query, graded: Sequence[Grades]) -> Iterable[int]:
    """Where every word stands that has to be there; of kinds and titles alone, any."""
    places = [frozenset().union(*(index.places[word] for word in found)) for found in graded]
    needed = [found for word, found in zip(query.words, places, strict=True) if not is_optional(word)]
    return frozenset.intersection(*needed) if needed else frozenset().union(*places)


def _hit(tier: Tier, key: Key, entry: Entry, query: Query, place: int) -> tuple[Key, Hit]:
    house = house_of(entry.houses, query.house)
    unknown = int(bool(query.house) and house is None)
    ranked = (tier, *key, unknown, -entry.count, place)
    return ranked, Hit(tier, entry.locality, entry.street, entry.part, house)


def _matched(
    query: Query, graded: Sequence[Grades], name: Sequence[str], around: Sequence[str]
) -> Key | None:
    """Tier, words typed in vain, not whole words, errors, grades, words left out; None: something else."""
    taken = _taken(query, graded, name, around)
    own = {typed: at for typed, (at, _) in taken.items() if at < len(name)}
    in_vain = [word for typed, word in enumerate(query.words) if typed not in taken]
    left_out = [word for at, word in enumerate(name) if at not in own.values() and not is_optional(word)]
    if not all(is_optional(word) for word in in_vain) or not _holds(query, name, own, left_out):
        return None
    grades = [found for _, found in taken.values()]
    broken = sum(found > Grade.WHOLE for found in grades)
    errors = sum(found > Grade.START for found in grades)
    tier = _tier(broken, errors, bool(left_out), _in_order(taken, query, name))
    return (tier, len(in_vain), broken, errors, sum(grades), len(left_out))


def _holds(query: Query, name: Sequence[str], own: Mapping[int, int], left_out: Sequence[str]) -> bool:
    """Whether what is typed names it at all: kinds, titles and initials do only when nothing else is typed.

    An initial in the register stands for a name only beside all its longer words.
    """
    long = {typed: at for typed, at in own.items() if len(query.words[typed]) > 1}
    initials = any(len(name[at]) == 1 and not name[at].isdigit() for at in long.values())
    if initials and any(len(word) > 1 for word in left_out):
        return False
    telling = [word for word in query.words if len(word) > 1 and not is_optional(word)]
    told = (at for typed, at in long.items() if not is_optional(query.words[typed]))
    return any(len(name[at]) > 1 or name[at].isdigit() for at in told) if telling else bool(own)


def _tier(broken: int, errors: int, left_out: bool, in_order: bool) -> Tier:
    if errors:
        return Tier.TYPING_ERROR
    if not broken:
        return Tier.PREFIX if left_out else Tier.EXACT
    return Tier.PREFIX if in_order else Tier.WORD_STARTS


def _taken(
    query: Query, graded: Sequence[Grades], name: Sequence[str], around: Sequence[str]
) -> dict[int, tuple[int, Grade]]:
    """Which word each typed one stands for; the longest chooses first, words around count last."""
    words = (*name, *around)
    taken: dict[int, tuple[int, Grade]] = {}
    free = set(range(len(words)))
    for typed in sorted(range(len(query.words)), key=lambda at: -len(query.words[at])):
        fit = [(graded[typed][words[at]], at) for at in free if words[at] in graded[typed]]
        if fit:
            found, at = min(fit)
            taken[typed] = (at, found)
            free.remove(at)
    return taken


def _in_order(taken: dict[int, tuple[int, Grade]], query: Query, name: Sequence[str]) -> bool:
    """The typed text is how the name begins, with or without its kind and titles."""
    places = [taken[at][0] for at in range(len(query.words)) if at in taken]
    whole = all(taken[at][1] == Grade.WHOLE for at in range(len(query.words) - 1) if at in taken)
    first = next((at for at, word in enumerate(name) if not is_optional(word)), 0)
    return whole and any(places == list(range(start, start + len(places))) for start in (0, first))


def _hits_in_one(index: Index, query: Query) -> Iterator[tuple[Key, Hit]]:
    """With a space forgotten, or one too many."""
    typed = "".join(query.words)
    for place, entry in enumerate(index.entries):
        core = "".join(word for word in entry.names[0] if not is_optional(word))
        if any(len(name) > len(query.words) and within_one_error(typed, name)
               for name in ("".join(entry.names[0]), core)):  # fmt: skip
            yield _hit(Tier.TYPING_ERROR, (0, 0, 1, 0, 0), entry, query, place)


def house_of(houses: Houses, number: str) -> House | None:
    """By its number; of 12/3 it may be the third flat in house 12."""
    for asked in (number, number.partition("/")[0]):
        for house in houses.listed:
            if asked and folded_number(house.number) == asked:
                return house
    return None
