"""What the page of an alert answers who asks whether an address is in its area."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np

from shared.domain.area_parts import Steps
from shared.domain.covered import Address
from shared.domain.public_alert import PublicAlert
from shared.errors import InvalidArea
from shared.geo.cover import matcher
from shared.geo.shapes import Area
from shared.ports import AlertStore, AreaLibrary
from shared.services.audience.address_books import AddressBooks
from shared.services.audience.ask_address import Answer, Inside, Question, Reason, Verdict
from shared.services.audience.match_parts import PartsMatch, Spot, shape_taken
from shared.services.publishing.read_published import ReadAlert

_books = AddressBooks()


def ask_published(found: ReadAlert, question: Question, library: AreaLibrary, alerts: AlertStore) -> Answer:
    """A read for the alert as its office keeps it; the register is kept by the library for minutes.

    Of an alert whose area nobody can prove nothing is said: a forged area would have people stay at home.
    """
    if found.doubtful:
        return Answer(Verdict.UNKNOWN, Reason.UNPROVEN)
    gazetteer = library.gazetteer(found.alert.terc)
    if gazetteer is None:
        return Answer(Verdict.UNKNOWN, Reason.NO_REGISTER)
    try:
        inside = _inside(found.alert, alerts)
    except InvalidArea:
        return Answer(Verdict.UNKNOWN, Reason.NO_AREA)
    return _books.of(gazetteer).answer(question, inside)


def _inside(alert: PublicAlert, alerts: AlertStore) -> Inside:
    """As the alert is delivered: by its parts where it has some, else by its area."""
    kept = alerts.get(alert.id)
    if kept is not None and kept.value.content.parts and kept.value.content.area == alert.area:
        return _by_parts(kept.value.content.parts)
    return _by_area(alert.area)


def _by_parts(steps: Steps) -> Inside:
    match = PartsMatch(steps, shape_taken)
    return lambda addresses: match.inside([Spot(one.cell, one.codes) for one in addresses])


@lru_cache(maxsize=16)
def _by_area(area: str) -> Inside:
    matches = matcher(Area.from_text(area))

    def inside(addresses: Sequence[Address]) -> Collection[int]:
        return list(map(int, np.flatnonzero(matches([one.cell for one in addresses]))))

    return inside
