"""What people may type for a name of a gazetteer, made by rules: each query with what is right for it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from shared.domain.search.gazetteer import Gazetteer, Locality, Street
from shared.domain.search.matching import Hit
from shared.domain.search.words import canonical, folded, forms_of, is_optional, words_of

LETTERS = "abcdefghijklmnoprstuwyz"
SHORTEST_WITH_ERROR = 5  # letters of a word in which somebody errs


STREETS = 0.8  # of the queries; localities otherwise
HOUSES = 0.3  # of the queries have a number
OLD = 10  # every tenth query is an old name, where streets have some

Change = Callable[[random.Random, str], str]
Named = tuple[Locality, Street | None]


@dataclass(frozen=True)
class Asked:
    """`name` is right, of a street or a locality, and `house` when one was typed."""

    rule: str
    text: str
    name: str
    house: str = ""


def asked_of(gazetteer: Gazetteer, count: int, seed: int) -> list[Asked]:
    """Mostly streets, else localities; where a street's name stands twice, its locality is typed too."""
    pick = random.Random(seed)
    places: list[Named] = [(locality, None) for locality in gazetteer.localities]
    named: list[Named] = [(locality, street) for locality, _ in places for street in locality.streets]
    often = Counter(words_of((street or locality).name) for locality, street in named + places)
    chosen = [pick.choice(named if pick.random() < STREETS else places) for _ in range(count)]
    asked = [_asked(pick, rule, one, often) for rule, one in zip(cycle(RULES), chosen, strict=False)]
    renamed = [street for _, street in named if street and street.former]
    if renamed:
        for at, rule in zip(range(0, count, OLD), cycle(RULES), strict=False):
            asked[at] = _asked_of_old(pick, rule, pick.choice(renamed))
    return asked


def _asked_of_old(pick: random.Random, rule: str, street: Street) -> Asked:
    return Asked(f"{rule}, an old name", RULES[rule](pick, pick.choice(street.former)), street.name)


def _asked(pick: random.Random, rule: str, named: Named, often: Counter[tuple[str, ...]]) -> Asked:
    locality, street = named
    one = street or locality
    text = RULES[rule](pick, one.name)
    if street and often[words_of(street.name)] > 1:
        text += f" {locality.name}"
    listed = one.houses.listed
    house = pick.choice(listed).number if listed and pick.random() < HOUSES else ""
    return Asked(rule, f"{text} {house}".strip(), one.name, house)


def _as_written(_: random.Random, name: str) -> str:
    return name


def _without_diacritics(_: random.Random, name: str) -> str:
    return folded(name)


def _swapped(pick: random.Random, name: str) -> str:
    words = name.split()
    pick.shuffle(words)
    return " ".join(words)


def _other_forms(pick: random.Random, name: str) -> str:
    """Abbreviations are written in full, and words that have one are abbreviated."""
    words = [word.rstrip(".") for word in folded(name).split()]
    return " ".join(pick.choice(forms_of(canonical(word))) if is_optional(word) else word for word in words)


def _with_kind(pick: random.Random, name: str) -> str:
    return name if is_optional(words_of(name)[0]) else f"{pick.choice(['ul.', 'ul', 'ulica', 'Ul.'])} {name}"


def _with_initials(_: random.Random, name: str) -> str:
    *before, last = [word for word in words_of(name) if not is_optional(word)] or [name]
    return " ".join([*(word[0] if word[0].isalpha() else word for word in before), last])


def _without_titles(_: random.Random, name: str) -> str:
    return " ".join(word for word in name.split() if not is_optional(folded(word).rstrip("."))) or name


def _with_an_error(pick: random.Random, name: str) -> str:
    words = folded(name).split()
    long = [at for at, word in enumerate(words) if len(word) >= SHORTEST_WITH_ERROR and word.isalpha()]
    if long:
        at = pick.choice(long)
        words[at] = pick.choice(list(_errors(pick, words[at])))
    return " ".join(words)


def _errors(pick: random.Random, word: str) -> Iterator[str]:
    at = pick.randrange(len(word) - 1)
    letter = pick.choice(LETTERS)
    yield word[:at] + word[at + 1 :]
    yield word[:at] + letter + word[at:]
    yield word[:at] + letter + word[at + 1 :]
    yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _swapped_with_an_error(pick: random.Random, name: str) -> str:
    return _swapped(pick, _with_an_error(pick, name))


RULES: dict[str, Change] = {
    "as written": _as_written,
    "no diacritics": _without_diacritics,
    "words swapped": _swapped,
    "other forms": _other_forms,
    "with its kind": _with_kind,
    "initials": _with_initials,
    "no titles": _without_titles,
    "one error": _with_an_error,
    "swapped, one error": _swapped_with_an_error,
}


def is_right(hit: Hit, asked: Asked) -> bool:
    """Of two with the same words either is."""
    named = (hit.street or hit.part or hit.locality).name
    return words_of(named) == words_of(asked.name) and (hit.house.number if hit.house else "") == asked.house
