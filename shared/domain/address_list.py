"""The addresses inside an alert, for those who go from door to door: every one, and none called safe."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from shared.domain.alert import Alert, Person, Severity, State
from shared.domain.covered import Address
from shared.domain.place_codes import PlaceCodes
from shared.domain.search.gazetteer import number_order

SHORTEST_REASON, LONGEST_REASON = 10, 500  # characters


class Contact(IntEnum):
    """What is known of an address, the most urgent first.

    A receipt says that a phone showed the alert. The phone may lie in a drawer: nobody is called safe.
    """

    NO_PHONE = 0
    NO_RECEIPT = 1
    RECEIPT = 2


class Refusal(StrEnum):
    """Why somebody does not get the list."""

    OFF = "off"  # not switched on in this deployment
    ROLE = "role"
    STANDS_IN = "stands-in"  # for the municipality's own staff: who does so sees no lists of people
    NOT_EXTREME = "not-extreme"
    NOT_ACTIVE = "not-active"
    REASON = "reason"
    SAME_PERSON = "same-person"
    NOT_ASKED = "not-asked"
    NOT_THEIRS = "not-theirs"


@dataclass(frozen=True)
class Opening:
    """Asked for by one person with a reason, opened by another; the audit keeps both."""

    alert: str
    asked_by: Person
    reason: str
    asked: datetime
    opened_by: Person | None = None
    opened: datetime | None = None


@dataclass(frozen=True)
class ListedAddress:
    street: str  # or the locality, where there are no streets
    number: str
    contact: Contact


@dataclass(frozen=True)
class AddressList:
    """`watermark` stands on every page: who looks, when, and in which alert."""

    addresses: tuple[ListedAddress, ...]
    watermark: str


def refusal_to_ask(alert: Alert, reason: str) -> Refusal | None:
    """None: somebody with the role may ask for the list of this alert."""
    if alert.content.severity is not Severity.EXTREME or alert.content.exercise:
        return Refusal.NOT_EXTREME
    if alert.state is not State.ACTIVE:
        return Refusal.NOT_ACTIVE
    return None if SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON else Refusal.REASON


def refusal_to_open(alert: Alert, opening: Opening | None, person: Person) -> Refusal | None:
    """The second person is not the one who asked."""
    if alert.state is not State.ACTIVE:
        return Refusal.NOT_ACTIVE
    if opening is None:
        return Refusal.NOT_ASKED
    return Refusal.SAME_PERSON if opening.asked_by.uid == person.uid else None


def refusal_to_read(alert: Alert, opening: Opening | None, person: Person) -> Refusal | None:
    """Only the two who opened it read it, and only until the alert's thread closes."""
    if alert.state is not State.ACTIVE:
        return Refusal.NOT_ACTIVE
    if opening is None or opening.opened_by is None:
        return Refusal.NOT_ASKED
    theirs = person.uid in {opening.asked_by.uid, opening.opened_by.uid}
    return None if theirs else Refusal.NOT_THEIRS


def listed(
    addresses: Iterable[Address], contacts: Mapping[tuple[str, str], Contact]
) -> tuple[ListedAddress, ...]:
    """All of them, those without a phone first; `contacts` by code of the street and number."""
    found = [
        (contacts.get(key_of(one.codes), Contact.NO_PHONE), one.name, one.codes.number or "")
        for one in addresses
    ]
    found.sort(key=lambda row: (row[0], row[1], number_order(row[2])))
    return tuple(ListedAddress(name, number, contact) for contact, name, number in found)


def key_of(codes: PlaceCodes) -> tuple[str, str]:
    """By which a resident's place is found at its address."""
    return codes.street or codes.locality or "", (codes.number or "").upper()


def contact_of(phones: Collection[tuple[str, str]], confirmed: Collection[tuple[str, str]]) -> Contact:
    """Of an address with these phones (uid and slot)."""
    if not phones:
        return Contact.NO_PHONE
    return Contact.RECEIPT if any(phone in confirmed for phone in phones) else Contact.NO_RECEIPT


def watermark(opening: Opening, reader: Person, now: datetime) -> str:
    return f"{reader.name}, {now:%Y-%m-%d %H:%M:%S} UTC, {opening.alert}"
