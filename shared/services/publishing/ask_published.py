"""What the page of an alert answers who asks whether an address is in its area."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from shared.domain.area_parts import Steps
from shared.domain.covered import Address
from shared.domain.public_alert import PublicAlert
from shared.errors import InvalidArea
from shared.ports import AlertStore, AreaLibrary
from shared.services.audience.ask_address import AddressBook, Answer, Question, Reason, Verdict
from shared.services.audience.known_registers import Prepared, known_gazetteer
from shared.services.audience.match_area import AreaMatch
from shared.services.audience.match_content import match_of
from shared.services.audience.spots import Spot
from shared.services.publishing.read_published import ReadAlert

_BOOKS = Prepared(AddressBook)


def ask_published(found: ReadAlert, question: Question, library: AreaLibrary, alerts: AlertStore) -> Answer:
    """A read for the alert as its office keeps it; the register is kept by the library for minutes.

    Of an alert whose area nobody can prove nothing is said: a forged area would have people stay at home.
    Raises Unavailable.
    """
    if found.doubtful:
        return Answer(Verdict.UNKNOWN, Reason.UNPROVEN)
    gazetteer = known_gazetteer(found.alert.terc, library)
    if gazetteer is None:
        return Answer(Verdict.UNKNOWN, Reason.NO_REGISTER)
    try:
        match = _match(found.alert.area, _parts(found.alert, alerts))
    except InvalidArea:
        return Answer(Verdict.UNKNOWN, Reason.NO_AREA)

    def inside(addresses: Sequence[Address]) -> Collection[int]:
        return match.inside([Spot(one.cell, one.codes) for one in addresses])

    return _BOOKS.of(gazetteer).answer(question, inside)


def _parts(alert: PublicAlert, alerts: AlertStore) -> Steps | None:
    """Those that what was signed is the outline of."""
    kept = alerts.get(alert.id)
    told = None if kept is None else kept.value.content
    return told.parts if told is not None and told.area == alert.area else None


@lru_cache(maxsize=16)
def _match(area: str, parts: Steps | None) -> AreaMatch:
    return match_of(area, parts)
