"""What is taken out of a whole by code is not read, as long as the index agrees with the register."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from shared.domain.area_parts import Drawn, Level, Saved, Step, Unit, added
from shared.domain.audience import Sibling
from shared.domain.found_by import any_of, beneath, code_of, codes_in, found_by
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import PlaceCodes
from shared.geo.cells import EVERYWHERE, cell_of
from shared.services.audience.finer_codes import finer_codes
from tests.fakes.alert_values import TERC
from tests.fakes.areas import (
    DWORCOWA,
    GAZETTEER,
    HAMLET,
    ROZANA,
    TOWN,
    VILLAGE,
    FakeAreaLibrary,
    UnreadableLibrary,
)
from tests.fakes.audience import FakeAudienceStore
from tests.services.delivery_world import AREA, inside, resident

CODE = TERC[:6]
GMINA, THE_TOWN = Unit(Level.GMINA, TERC), Unit(Level.LOCALITY, TOWN)
THE_VILLAGE, THE_HAMLET = Unit(Level.LOCALITY, VILLAGE), Unit(Level.LOCALITY, HAMLET)
ONE_STREET, OTHER_STREET = Unit(Level.STREET, ROZANA), Unit(Level.STREET, DWORCOWA)
ODD, EVEN = (replace(ONE_STREET, houses=Houses(parity)) for parity in Parity)
PEOPLE = {
    PlaceCodes(TERC): 30,
    PlaceCodes(TERC, TOWN): 40,
    PlaceCodes(TERC, TOWN, None, ROZANA, "3"): 60,
    PlaceCodes(TERC, TOWN, None, ROZANA, "10-13"): 20,
    PlaceCodes(TERC, TOWN, None, DWORCOWA, "4"): 50,
    PlaceCodes(TERC, VILLAGE): 60,
    PlaceCodes(TERC, HAMLET, VILLAGE): 70,
    PlaceCodes(): 25,
}


class CountingAudience(FakeAudienceStore):
    def __init__(self):
        super().__init__()
        self.counts = 0

    def count(self, lo, hi, read_time, code=None):
        self.counts += 1
        return super().count(lo, hi, read_time, code)


@pytest.fixture
def audience():
    audience, rng = CountingAudience(), random.Random(3)
    for number, codes in enumerate(codes for codes, count in PEOPLE.items() for _ in range(count)):
        live(audience, f"u{number}", inside(rng), codes)
    return audience


def live(audience, uid, point, codes, said=found_by):
    [entry] = resident(uid, point)
    audience.put(replace(entry, siblings=(Sibling("1", cell_of(*point), codes),), found_by=said(codes)))


def asked(audience, *steps, areas=None):
    """The codes that are read instead of those of what is added."""
    return finer_codes(steps, codes_of(steps), TERC, areas or FakeAreaLibrary(), audience, None)


def codes_of(steps):
    return tuple(dict.fromkeys(code_of(part) for part in added(steps) if isinstance(part, Unit)))


def without(whole, *parts):
    return Step(whole), *(Step(part, subtracted=True) for part in parts)


def read(audience, codes):
    return sum(audience.count(*EVERYWHERE, None, code) for code in codes)


def test_of_a_gmina_without_a_village_all_else_is_asked_for_at_once(audience):
    assert asked(audience, *without(GMINA, THE_VILLAGE)) == any_of([beneath(CODE, TOWN), beneath(CODE)])
    assert read(audience, asked(audience, *without(GMINA, THE_VILLAGE))) == 200


@pytest.mark.parametrize(
    ("steps", "places"),
    [
        (without(GMINA, THE_HAMLET), 260),
        (without(GMINA, ONE_STREET), 250),
        (without(GMINA, ONE_STREET, THE_VILLAGE), 120),
        (without(THE_TOWN, ONE_STREET), 90),
        (without(THE_TOWN, ONE_STREET, OTHER_STREET), 40),
        (without(THE_VILLAGE, THE_HAMLET), 60),
        (without(ONE_STREET, ODD), 20),
        (without(ONE_STREET, EVEN), 80),
        (without(GMINA, Saved("s", without(THE_VILLAGE, ONE_STREET))), 330),
        (without(GMINA, Saved("s", (Step(ONE_STREET), Step(THE_VILLAGE)))), 120),
        ((Step(Saved("s", without(GMINA, THE_TOWN))), Step(ONE_STREET)), 240),
    ],
)
def test_what_is_taken_out_is_not_read(audience, steps, places):
    assert read(audience, asked(audience, *steps)) == places


@pytest.mark.parametrize(
    "steps",
    [
        (Step(GMINA),),
        (Step(THE_VILLAGE, subtracted=True), Step(GMINA)),
        (*without(GMINA, THE_VILLAGE), Step(GMINA)),
        without(GMINA, replace(ONE_STREET, houses=Houses(first="2"))),
        without(GMINA, Drawn(AREA)),
        without(GMINA, Saved("s", without(THE_VILLAGE, THE_HAMLET))),
        without(ONE_STREET, replace(ODD, houses=Houses(Parity.ODD, "3"))),
    ],
)
def test_what_may_be_left_is_read_and_not_a_count_is_spent(audience, steps):
    codes = codes_of(steps)
    assert asked(audience, *steps) == codes
    assert audience.counts == 0


def test_a_part_that_was_taken_out_and_added_again_is_found_by_its_own_code(audience):
    first, *more = asked(audience, *without(GMINA, THE_TOWN), Step(ONE_STREET))
    assert set(codes_in(first)) == {beneath(CODE, VILLAGE), beneath(CODE)}
    assert more == [ROZANA]


class TestWhereTheRegisterIsNotAllThereIs:
    @pytest.mark.parametrize(
        "areas",
        [
            FakeAreaLibrary([]),
            UnreadableLibrary(),
            FakeAreaLibrary([replace(GAZETTEER, localities=GAZETTEER.localities[1:])]),
            FakeAreaLibrary([replace(GAZETTEER, terc="1209033")]),
        ],
    )
    def test_the_whole_is_read(self, audience, areas):
        assert asked(audience, *without(GMINA, THE_VILLAGE), areas=areas) == (CODE,)

    def test_a_place_in_a_locality_of_another_day_is_read(self, audience):
        live(audience, "ann", inside(random.Random(1)), PlaceCodes(TERC, "9990099"))
        assert asked(audience, *without(GMINA, THE_VILLAGE)) == (CODE,)

    def test_an_entry_that_says_less_than_this_release_writes_is_read(self, audience):
        def less(codes):
            return tuple(code for code in found_by(codes) if ">" not in code)

        live(audience, "ann", inside(random.Random(1)), PlaceCodes(TERC, TOWN), less)
        assert asked(audience, *without(GMINA, THE_VILLAGE)) == (CODE,)

    def test_a_locality_that_lies_in_two_gminas_is_read_whole(self, audience):
        live(audience, "ann", inside(random.Random(1)), PlaceCodes("9909993", TOWN))
        assert asked(audience, *without(GMINA, ONE_STREET)) == any_of(
            [beneath(CODE, TOWN), beneath(CODE, VILLAGE), beneath(CODE)]
        )

    def test_a_street_that_was_retired_is_not_read_either(self, audience):
        gone = PlaceCodes(TERC, TOWN, None, f"{TOWN}:90009", "1")
        for number in range(50):
            live(audience, f"gone{number}", inside(random.Random(number)), gone)
        found = asked(audience, *without(THE_TOWN, Unit(Level.STREET, gone.street)))
        assert read(audience, found) == 170


def test_a_few_are_read_rather_than_asked_about(audience):
    other = PlaceCodes(TERC, "9990026")
    live(audience, "ann", inside(random.Random(1)), other)
    assert asked(audience, *without(GMINA, Unit(Level.LOCALITY, other.locality))) == (CODE,)
    assert audience.counts == 1
