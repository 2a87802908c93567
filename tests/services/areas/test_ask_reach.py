"""Asking how many an area reaches: counted for each person, logged before it is answered, never blocking."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from shared.domain.area_parts import Level, Step, Unit
from shared.domain.covered import Covered, CoveredName
from shared.domain.found_by import found_by
from shared.domain.house_numbers import Houses
from shared.domain.place_codes import PlaceCodes
from shared.domain.reach import MOST_A_DAY, MOST_AN_HOUR, People, Reach
from shared.errors import Conflict
from shared.geo.shapes import Area
from shared.services.areas.ask_reach import ReachPorts, ask_reach
from tests.fakes.alert_values import TERC
from tests.fakes.areas import DWORCOWA, ROZANA, TOWN, FakeAreaLibrary, UnreadableLibrary
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import FakeClock
from tests.fakes.coverage import FakeCoverageStore
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.fakes.questions import FakeQuestionStore
from tests.fakes.tokens import STAFF
from tests.services.delivery_world import AREA, FAR_AWAY, resident

THE_AREA = Area.from_text(AREA)
HAMLET = json.dumps(
    {
        "features": [
            {"geometry": {"type": "MultiPoint", "coordinates": [[19.9327, 49.8318]] * 4}},
        ]
    }
)


@pytest.fixture
def ports():
    municipalities = FakeMunicipalityStore()
    municipalities.base_map_text = HAMLET
    library = FakeAreaLibrary(())
    audience, questions, coverage = FakeAudienceStore(), FakeQuestionStore(), FakeCoverageStore()
    return ReachPorts(audience, municipalities, questions, FakeClock(), library, coverage)


def populate(ports, people):
    for number in range(people):
        ports.audience.put(*resident(f"u{number}", (49.8318, 19.9327)))


def ask(ports, who="anna"):
    return ask_reach(ports, STAFF[who], THE_AREA, None)


@pytest.mark.parametrize("people", [0, 1, 9])
def test_of_a_hamlet_the_addresses_are_told_and_nobody_is_found(ports, people):
    populate(ports, people)
    assert ask(ports) == Reach(4, People(None, None, exact=True, announced=False))


def test_of_more_people_the_figures_are_rounded(ports):
    populate(ports, 13)
    assert ask(ports) == Reach(4, People(15, 15, exact=True, announced=False))


def test_where_no_addresses_were_imported_that_is_said(ports):
    ports.municipalities.base_map_text = None
    assert ask(ports).addresses is None


def test_each_question_is_logged_with_who_when_and_a_hash_of_the_area(ports):
    ask(ports)
    ((who, day), (question,)) = next(item for item in ports.questions.days.items() if item[1])
    assert (who, day) == (STAFF["anna"].person.uid, f"{ports.clock.now():%Y-%m-%d}")
    assert question.at == ports.clock.now()
    assert question.area == sha256(THE_AREA.text().encode()).hexdigest()


def answers(ports, number, apart, who="anna"):
    found = []
    for _ in range(number):
        found.append(ask(ports, who).people is not None)
        ports.clock.advance(apart)
    return found


def test_beyond_sixty_in_an_hour_only_addresses_are_told(ports):
    assert answers(ports, MOST_AN_HOUR + 3, timedelta(seconds=10)) == [True] * MOST_AN_HOUR + [False] * 3
    assert ask(ports) == Reach(4, None)
    ports.clock.advance(timedelta(hours=1))
    assert ask(ports).people is not None


def test_beyond_three_hundred_in_a_day_only_addresses_are_told(ports):
    assert answers(ports, MOST_A_DAY + 3, timedelta(minutes=2)).count(True) == MOST_A_DAY


def test_midnight_does_not_give_another_hours_questions(ports):
    midnight = ports.clock.now().replace(hour=23, minute=59, second=30)
    ports.clock.advance(midnight - ports.clock.now())
    assert answers(ports, MOST_AN_HOUR + 30, timedelta(seconds=1)).count(True) == MOST_AN_HOUR


def test_one_persons_questions_are_not_anothers(ports):
    answers(ports, MOST_AN_HOUR, timedelta())
    assert ask(ports).people is None
    assert ask(ports, "piotr").people is not None


def test_of_many_asked_at_once_none_is_answered_without_being_logged(ports):
    note = ports.questions.note
    others: list[None] = []

    def overtaken(uid, terc, question, before, acts):
        if len(others) < 3:
            others.append(note(uid, TERC, question, ports.questions.asked(uid, question.at)))
        note(uid, terc, question, before)

    ports.questions.note = overtaken
    assert ask(ports).people is not None
    assert len(ports.questions.asked(STAFF["anna"].person.uid, ports.clock.now()).questions) == 4


def test_who_is_always_overtaken_is_told_so(ports):
    def refuse(*_):
        raise Conflict

    ports.questions.note = refuse
    with pytest.raises(Conflict):
        ask(ports)


def living(number, street, where):
    codes = PlaceCodes(TERC, TOWN, None, street, "7")
    entries = resident(f"u{street}.{number}", where)
    return [
        replace(one, siblings=(replace(one.siblings[0], codes=codes),), found_by=found_by(codes))
        for one in entries
    ]


def test_of_parts_those_are_counted_whom_the_delivery_finds_by_code(ports):
    """Twelve of the street live outside its shape, thirty of another one inside it."""
    for number in range(12):
        ports.audience.put(*living(number, ROZANA, FAR_AWAY))
    for number in range(30):
        ports.audience.put(*living(number, DWORCOWA, (49.8318, 19.9327)))
    parts = (Step(Unit(Level.STREET, ROZANA, shape=AREA)),)
    told = ask_reach(ports, STAFF["anna"], THE_AREA, None, parts)
    assert told.people == People(10, 10, exact=True, announced=False)
    assert ask(ports).people == People(30, 30, exact=True, announced=False)


def test_what_is_covered_is_told_by_name_and_counts_the_addresses(ports):
    known = replace(ports, areas=FakeAreaLibrary())
    parts = (Step(Unit(Level.STREET, ROZANA, Houses(first="40"), shape=AREA)),)
    told = ask_reach(known, STAFF["anna"], THE_AREA, None, parts)
    assert (told.addresses, told.covers) == (3, Covered((CoveredName(ROZANA, "ul. Różana", 3, 42),), 3, 171))


def test_a_register_of_a_later_release_is_as_good_as_none(ports, caplog):
    assert ask_reach(replace(ports, areas=UnreadableLibrary()), STAFF["anna"], THE_AREA, None).addresses == 4
    assert "cannot be read" in caplog.text
