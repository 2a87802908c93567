"""The rules of the interlock, as one table, and the digest by which a content is told from another."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.alert_documents import from_document, to_document
from shared.domain.alert import Content, Severity, State, Text
from shared.domain.altered import is_altered
from shared.domain.area_parts import Around, Drawn, Level, Saved, Step, Unit
from shared.domain.content import Category, Hazard
from shared.domain.content_digest import SAID, content_digest, differs
from shared.domain.covered import Covered
from shared.domain.house_numbers import Houses, Parity
from shared.domain.interlock import (
    Fault,
    Found,
    Interlock,
    Shown,
    fault_in_numbers,
    is_other_than_shown,
    moved_on,
    of_generation,
)
from tests.fakes.alert_values import SQUARE, TERC, alert, content

# Approved (addresses, phones), found (addresses, phones), what a Minor or Moderate alert is held for.
TABLE = [
    ((31, 100), (31, 100), None),
    ((31, 100), (31, 110), None),  # honest growth of 10 %
    ((31, 100), (31, 120), None),  # by a fifth, not by more
    ((31, 100), (31, 121), Fault.PHONES),
    ((31, 100), (31, 80), None),
    ((31, 100), (31, 79), Fault.PHONES),
    ((31, 10), (31, 20), None),  # twice as many, but only ten
    ((31, 10), (31, 21), Fault.PHONES),
    ((31, 3), (31, 13), None),
    ((31, 1000), (31, 1200), None),
    ((31, 1000), (31, 1201), Fault.PHONES),
    ((31, 12), (31, 2), None),
    ((31, 12), (31, 1), Fault.PHONES),
    ((31, 12), (31, 0), Fault.NOBODY),
    ((31, 1), (31, 0), Fault.NOBODY),
    ((31, 0), (31, 0), None),  # nobody there has a phone, and nobody had
    ((0, 0), (0, 0), Fault.NOBODY),
    ((0, 5), (0, 5), None),
    ((None, 5), (None, 0), Fault.NOBODY),
    ((None, 0), (None, 0), None),  # without a register nobody knows
    ((31, 100), (32, 100), Fault.ADDRESSES),
    ((31, 100), (30, 100), Fault.ADDRESSES),
    ((31, 100), (None, 100), None),  # the register cannot be read: nothing waits for it
    ((None, 100), (32, 100), None),
    ((31, None), (31, None), None),  # of a series: compared by its digest alone
    ((None, None), (None, 0), None),
    ((31, 0), (31, 11), Fault.PHONES),
]


def test_the_table_of_numbers():
    for (addresses, phones), found, fault in TABLE:
        approved = Interlock("1:x", 1, None, addresses, phones)
        counted = Found(*found)
        assert fault_in_numbers(approved, counted, lesser=True) is fault, (addresses, phones, found)
        assert fault_in_numbers(approved, counted, lesser=False) is None, "what endangers people waited"


def test_nobody_is_a_surprise_once():
    approved = Interlock("1:x", 2, None, 0, 0, again=True)
    assert fault_in_numbers(approved, Found(0, 0), lesser=True) is None


def test_people_are_compared_with_what_was_shown():
    for shown, sent_to, other in (
        (100, 120, False),
        (100, 121, True),
        (100, 79, True),
        (None, 0, False),  # fewer than ten
        (None, 19, False),
        (None, 20, True),
        (15, 4, True),
        (15, 5, False),
    ):
        assert is_other_than_shown(Shown(None, shown), sent_to) is other, (shown, sent_to)


def test_an_approval_of_another_generation_says_nothing():
    approved = Interlock("1:x", 2)
    assert of_generation(approved, 3) is of_generation(None, 3) is None
    assert of_generation(approved, 2) is approved
    assert moved_on(approved, 2, 3) == replace(approved, generation=3)
    assert moved_on(approved, 1, 3) is None


EVERYTHING = content(
    texts={"pl": Text("Tytuł", "Treść", "Zrób to"), "en": Text("Title", "Body")},
    event=Hazard("flood"),
    contact="600 100 200",
    source="IMGW",
    on_behalf="Powiat",
    parts=(
        Step(Unit(Level.STREET, "9990019:90001", Houses(Parity.ODD, "1", "9A"), SQUARE)),
        Step(Saved("s1", (Step(Drawn(SQUARE)), Step(Around(49.83, 19.93, 300), subtracted=True)))),
    ),
    covers=Covered((), 3, 5),
)
OTHER: dict[str, Any] = {
    "area": SQUARE.replace("19.93", "19.92"),
    "area_name": "ul. Inna",
    "category": Category.WARNING,
    "severity": Severity.MINOR,
    "event": Hazard("water_outage"),
    "exercise": True,
    "urgency": "Future",
    "certainty": "Likely",
    "response": "Avoid",
    "source": "Gmina",
    "contact": None,
    "on_behalf": None,
}


def other_contents():
    for name, value in OTHER.items():
        yield name, replace(EVERYTHING, **{name: value})
    polish = EVERYTHING.texts["pl"]
    for changed in (
        replace(polish, title="Tytu"),
        replace(polish, title="TytułTreść", body=""),
        replace(polish, instruction=None),
    ):
        yield "texts", replace(EVERYTHING, texts={**EVERYTHING.texts, "pl": changed})
    yield "texts", replace(EVERYTHING, texts={"pl": polish})
    yield "texts", replace(EVERYTHING, texts={"pl": EVERYTHING.texts["en"], "en": polish})
    street, saved = EVERYTHING.parts
    for parts in (
        None,
        (),
        (street,),
        (saved, street),
        (replace(street, subtracted=True), saved),
        (replace(street, part=replace(street.part, houses=None)), saved),
        (replace(street, part=replace(street.part, shape=None)), saved),
        (street, Step(Saved("s1", (Step(Drawn(SQUARE)), Step(Around(49.83, 19.93, 301), subtracted=True))))),
        (street, Step(Saved("s1", (Step(Drawn(SQUARE)), Step(Around(49.83, 19.93, 300)))))),
    ):
        yield "parts", replace(EVERYTHING, parts=parts)


def test_whatever_decides_who_is_told_what_makes_another_digest():
    digest = content_digest(TERC, EVERYTHING)
    made = [(name, content_digest(TERC, one)) for name, one in other_contents()]
    made.append(("terc", content_digest("1201032", EVERYTHING)))
    assert [name for name, one in made if one == digest] == []
    named = {one for _, one in made}
    assert len(named) == len(made) - 1, "only no parts and an empty list of them are the same"
    assert {name for name, _ in made} >= set(SAID)


def test_times_and_what_is_worked_out_are_no_part_of_it():
    """What may be moved or extended under the same approval, and what a later register tells otherwise."""
    left = {one.name for one in fields(Content)} - set(SAID)
    assert left == {"covers", "expires", "event_ends", "next_info", "send_at", "sound_at"}
    hour = timedelta(hours=1)
    later = replace(EVERYTHING, expires=EVERYTHING.expires + hour, next_info=EVERYTHING.expires, covers=None)
    assert content_digest(TERC, later) == content_digest(TERC, EVERYTHING)


@pytest.mark.parametrize("told", [EVERYTHING, content(), replace(EVERYTHING, parts=None)])
def test_what_is_stored_and_read_again_has_the_same_digest(told):
    approved = Interlock(
        content_digest(TERC, told), 1, told.expires, 3, 7, Shown(10, None), True, told.expires
    )
    kept = alert(state=State.SCHEDULED, generation=1, content=told, interlock=approved)
    again = from_document("a1", to_document(kept))
    assert again.interlock == approved
    assert not is_altered(again)
    assert is_altered(replace(again, content=replace(told, area_name="x")))


def test_a_document_without_what_it_lacks_is_read_and_not_compared():
    document = to_document(alert(state=State.SCHEDULED, generation=1))
    del document["interlock"]
    assert from_document("a1", document).interlock is None
    for stored in (
        {},
        {"digest": "2:later", "generation": 1, "of_later": 5},
        {"digest": "", "generation": 1},
    ):
        known = from_document("a1", {**document, "interlock": stored})
        assert not is_altered(known)


def test_of_another_form_nothing_is_compared():
    assert not differs("", TERC, content())
    assert not differs("2:abc", TERC, content())
    assert differs("1:abc", TERC, content())
