"""What somebody asks about who types an address, or chooses one of those that were offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shared.domain.house_numbers import LONGEST_NUMBER
from shared.domain.search.gazetteer import Gazetteer, House, Houses, number_order
from shared.domain.search.index import Index
from shared.domain.search.matching import Hit, Tier, house_of, search
from shared.domain.search.words import folded_number, readings, words_of

MOST_OFFERED = 12
NEIGHBOURS = 4  # houses that are offered for a number that is not in the register


class Doubt(StrEnum):
    NOT_FOUND = "not_found"
    SIMILAR = "similar"  # with an error, by an old name, as a part of a locality
    SEVERAL = "several"
    NO_SUCH_NUMBER = "no_such_number"


@dataclass(frozen=True)
class Asked:
    """`meant`: a house, or all of a street or locality; with a doubt it is not sure. `offered`: what else may
    be meant, the best first."""

    meant: Hit | None = None
    doubt: Doubt | None = None
    offered: tuple[Hit, ...] = ()


def asked(index: Index, line: str) -> Asked:
    """Sure only of the one name that fits, with a number that the register has if one was typed."""
    hits = [_of_part(hit) for hit in search(index, line, MOST_OFFERED)]
    if not hits:
        return Asked(doubt=Doubt.NOT_FOUND)
    best = [hit for hit in hits if hit.tier == hits[0].tier]
    if hits[0].tier > Tier.PREFIX:
        return Asked(doubt=Doubt.SIMILAR, offered=tuple(_distinct(hits)))
    if len(best) > 1:
        return Asked(doubt=Doubt.SEVERAL, offered=tuple(_distinct(hits)))
    return _with_number(hits[0], line, tuple(hit for hit in hits[1:] if hit.tier <= Tier.PREFIX))


def chosen(gazetteer: Gazetteer, locality: str, street: str, number: str) -> Asked:
    """By codes (SYM, SYM_UL) and number; an empty street is none, an empty number all houses."""
    town = next((one for one in gazetteer.localities if one.sym == locality), None)
    road = next((one for one in town.streets if one.code == street), None) if town and street else None
    if town is None or (street and road is None):
        return Asked(doubt=Doubt.NOT_FOUND)
    meant = Hit(Tier.EXACT, town, road)
    house = house_of(_houses(meant), folded_number(number))
    return Asked(replace(meant, house=house)) if house or not number else _unknown_number(meant, number)


def called(hit: Hit) -> str:
    """As people write it: "Różana 12, Zawada", "Zawada 12"."""
    number = f" {hit.house.number}" if hit.house else ""
    if hit.street is None:
        return f"{hit.locality.name}{number}"
    return f"{hit.street.name}{number}, {hit.locality.name}"


def _of_part(hit: Hit) -> Hit:
    """The register knows no houses of a part of a locality: whoever names it is asked for the whole."""
    if hit.part is None:
        return hit
    return replace(hit, house=None, tier=max(hit.tier, Tier.TYPING_ERROR))


def _distinct(hits: Sequence[Hit]) -> Iterator[Hit]:
    """A part and its locality are one offer."""
    seen = set()
    for hit in hits:
        name = called(hit), hit.locality.sym
        if name not in seen:
            seen.add(name)
            yield replace(hit, part=None)


def _with_number(hit: Hit, line: str, others: tuple[Hit, ...]) -> Asked:
    number = "" if hit.house else _number_in(line, hit)
    return _unknown_number(hit, number) if number else Asked(hit, offered=others)


def _number_in(line: str, hit: Hit) -> str:
    """The number of a house that was typed; that of "3 Maja" belongs to the name."""
    name = words_of((hit.street or hit.locality).name)
    typed = (query.house for query in readings(line))
    return next((number for number in typed if number and number not in name), "")


def _unknown_number(hit: Hit, number: str) -> Asked:
    near = tuple(replace(hit, house=house) for house in _neighbours(_houses(hit), number))
    return Asked(hit, Doubt.NO_SUCH_NUMBER, near)


def _houses(hit: Hit) -> Houses:
    return hit.locality.houses if hit.street is None else hit.street.houses


def _neighbours(houses: Houses, number: str) -> Sequence[House]:
    """The nearest by number, in its order."""
    wanted, _ = number_order(number[:LONGEST_NUMBER])
    apart = sorted(houses.listed, key=lambda house: abs(number_order(house.number)[0] - wanted))
    nearest = apart[:NEIGHBOURS]
    return [house for house in houses.listed if house in nearest]
