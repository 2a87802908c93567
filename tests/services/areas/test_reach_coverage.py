"""What share of an area's addresses can be told by phone, beside how many people it reaches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.area_parts import Level, Step, Unit
from shared.domain.coverage import Coverage, StreetShare
from shared.domain.house_numbers import Houses
from shared.domain.reach import MOST_AN_HOUR
from shared.geo.shapes import Area
from shared.services.areas.ask_reach import ReachPorts, ask_reach
from tests.fakes.alert_values import TERC
from tests.fakes.areas import DWORCOWA, ROZANA, VILLAGE, FakeAreaLibrary
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import FakeClock
from tests.fakes.coverage import FakeCoverageStore
from tests.fakes.municipalities import BOUNDARY, FakeMunicipalityStore
from tests.fakes.questions import FakeQuestionStore
from tests.fakes.tokens import STAFF

STREETS = (
    StreetShare((ROZANA,), "ul. Różana", "Regionalna", 42, 20),
    StreetShare((DWORCOWA,), "ul. Dworcowa", "Regionalna", 117, 70),
    StreetShare((VILLAGE,), "Zawada", "Zawada", 12, 50),
)
ROUND_ABOUT = Area.from_text(BOUNDARY)


@pytest.fixture
def ports():
    clock, coverage = FakeClock(), FakeCoverageStore()
    coverage.put(Coverage(TERC, "2026-11", clock.now(), 171, 60, STREETS))
    audience, municipalities, questions = FakeAudienceStore(), FakeMunicipalityStore(), FakeQuestionStore()
    return ReachPorts(audience, municipalities, questions, clock, FakeAreaLibrary(), coverage)


def street(code, houses=None):
    return Step(Unit(Level.STREET, code, houses))


def ask(ports, *steps):
    return ask_reach(ports, STAFF["anna"], ROUND_ABOUT, None, steps or None).coverage


def test_of_two_streets_the_share_is_told_and_where_to_send_somebody(ports):
    told = ask(ports, street(ROZANA), street(DWORCOWA))
    assert (told.addresses, told.share, told.month) == (42 + 117, 57, "2026-11")
    assert [(one.name, one.share, one.inside) for one in told.streets] == [
        ("ul. Różana", 20, 42),
        ("ul. Dworcowa", 70, 117),
    ]


def test_of_a_drawn_area_too(ports):
    assert ask(ports).addresses == 171
    assert [one.name for one in ask(ports).streets] == ["ul. Różana", "Zawada", "ul. Dworcowa"]


@pytest.mark.parametrize("last", ["1", "5", "9"])
def test_of_fewer_than_ten_addresses_there_is_no_share(ports, last):
    told = ask(ports, street(ROZANA, Houses(last=last)))
    assert (told.addresses, told.share, told.streets) == (int(last), None, ())


def test_two_questions_that_differ_by_a_house_tell_the_same_of_it_whoever_lives_there(ports):
    with_it, without = (ask(ports, street(ROZANA, Houses(last=last))) for last in ("30", "29"))
    assert (with_it.share, with_it.streets[0].share) == (without.share, without.streets[0].share) == (20, 20)


def test_who_asked_too_often_is_told_of_addresses_all_the_same(ports):
    for _ in range(MOST_AN_HOUR + 1):
        reach = ask_reach(ports, STAFF["anna"], ROUND_ABOUT, None)
    assert reach.people is None
    assert reach.coverage.share == 56


def test_before_the_first_month_there_is_none(ports):
    assert ask(replace(ports, coverage=FakeCoverageStore()), street(ROZANA)) is None


def test_another_municipalitys_figures_are_not_told(ports):
    other = FakeCoverageStore()
    other.put(Coverage("1299999", "2026-11", ports.clock.now(), 171, 60, STREETS))
    assert ask(replace(ports, coverage=other), street(ROZANA)) is None


def test_without_a_register_of_names_there_is_none(ports):
    assert ask(replace(ports, areas=FakeAreaLibrary(())), street(ROZANA)) is None
