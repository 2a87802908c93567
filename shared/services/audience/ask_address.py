"""Whether an address lies in an alert's area: what its page answers, by the rule that delivers the alert."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.asked_address import Asked, Doubt, asked, called, chosen
from shared.domain.covered import Address
from shared.domain.search.gazetteer import Gazetteer
from shared.domain.search.index import index_of
from shared.domain.search.matching import Hit
from shared.services.audience.known_registers import known_addresses

Inside = Callable[[Sequence[Address]], Collection[int]]  # which of them the area holds, by their index


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why it is not known."""

    NOT_FOUND = "not_found"
    SIMILAR = "similar"
    SEVERAL = "several"
    NO_SUCH_NUMBER = "no_such_number"
    PARTLY = "partly"  # of the street or locality: it depends on the house
    NO_HOUSES = "no_houses"  # the register has none there
    NO_REGISTER = "no_register"
    UNPROVEN = "unproven"  # nobody knows whether the area is the municipality's
    NO_AREA = "no_area"  # it cannot be read


@dataclass(frozen=True)
class Choice:
    """An address of the register to ask about instead: its codes, and how people write it."""

    name: str
    locality: str
    street: str
    number: str


@dataclass(frozen=True)
class Answer:
    """`name` is what the register calls the address meant; `inside` of the `total` addresses there.

    `choices`: what may be meant instead, or what else.
    """

    verdict: Verdict
    reason: Reason | None = None
    name: str = ""
    inside: int = 0
    total: int = 0
    is_house: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Question:
    """One line as people write it, or the codes (SYM, SYM_UL) and number of a Choice."""

    line: str = ""
    locality: str = ""
    street: str = ""
    number: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.line.strip() or self.locality)


class AddressBook:
    """The register of one municipality, prepared once for many questions."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._index = index_of(gazetteer)
        self._addresses = known_addresses(gazetteer)

    def answer(self, question: Question, inside: Inside) -> Answer:
        found = self._asked(question)
        choices = tuple(map(_choice, found.offered))
        if found.meant is None:
            return Answer(Verdict.UNKNOWN, Reason(found.doubt or Doubt.NOT_FOUND), choices=choices)
        houses = self._houses(found.meant)
        held = len(inside(houses)) if houses else 0
        verdict, reason = _verdict(found, held, len(houses))
        is_house = found.meant.house is not None
        return Answer(verdict, reason, called(found.meant), held, len(houses), is_house, choices)

    def _asked(self, question: Question) -> Asked:
        if question.locality:
            return chosen(self._gazetteer, question.locality, question.street, question.number)
        return asked(self._index, question.line)

    def _houses(self, meant: Hit) -> list[Address]:
        return [one for one in self._addresses if _is_meant(one, meant)]


def _is_meant(address: Address, meant: Hit) -> bool:
    """A locality alone means all its houses, with a number only those beside its streets."""
    codes, street, house = address.codes, meant.street, meant.house
    if codes.locality != meant.locality.sym:
        return False
    if street is not None and codes.street != f"{meant.locality.sym}:{street.code}":
        return False
    if house is None:
        return True
    return codes.number == house.number and (street is not None or codes.street is None)


def _verdict(found: Asked, held: int, total: int) -> tuple[Verdict, Reason | None]:
    """Of several points of one number one inside is enough: delivery leaves nobody out."""
    if found.doubt is not None:
        return Verdict.UNKNOWN, Reason(found.doubt)
    if total == 0:
        return Verdict.UNKNOWN, Reason.NO_HOUSES
    one_house = found.meant is not None and found.meant.house is not None
    if held == total or (one_house and held):
        return Verdict.YES, None
    return (Verdict.UNKNOWN, Reason.PARTLY) if held else (Verdict.NO, None)


def _choice(hit: Hit) -> Choice:
    street = "" if hit.street is None else hit.street.code
    return Choice(called(hit), hit.locality.sym, street, hit.house.number if hit.house else "")
