"""The coverage that is kept of a month: by street, by phone, and of phones that cannot ring."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.coverage import Silence
from shared.domain.place_codes import PlaceCodes
from shared.domain.whole_units import WholeUnit
from tests.fakes.alert_values import TERC
from tests.fakes.areas import DWORCOWA, HAMLET, ROZANA, VILLAGE, FakeAreaLibrary
from tests.services.coverage.counted_world import (
    IPHONE,
    JOINED,
    REGISTERED,
    WAITING_IPHONE,
    CountedWorld,
    at_rozana,
)

MONTH = "2026-11"


@pytest.fixture
def world():
    return CountedWorld()


def counted(world, silent=None):
    assert world.count(silent)
    return world.store.months[TERC, MONTH]


def shares(coverage):
    return {code: one.share for one in coverage.streets for code in one.codes}


def test_a_street_has_the_share_of_its_addresses_with_a_phone(world):
    for number in range(1, 22):
        world.live(f"r{number}", at_rozana(number))
    coverage = counted(world)
    assert shares(coverage) == {ROZANA: 50, DWORCOWA: 10, VILLAGE: 10}
    assert coverage.addresses == 42 + 117 + 12
    assert coverage.share == 10


def test_several_phones_at_an_address_are_one_address(world):
    for number in range(21):
        world.live(f"r{number}", at_rozana(1), JOINED, JOINED)
    assert shares(counted(world))[ROZANA] == 10


@pytest.mark.parametrize("number", ["42 ", "042", "99", "", None])
def test_a_number_that_the_register_lacks_is_no_address(world, number):
    for at in range(1, 15):
        world.live(f"r{at}", at_rozana(at))
    world.live("odd", replace(at_rozana(1), number=number))
    assert shares(counted(world))[ROZANA] in (30, 40)
    assert counted(world).addresses == 171


def test_a_house_without_a_street_counts_for_its_locality(world):
    for number in range(1, 13):
        world.live(f"r{number}", PlaceCodes(TERC, VILLAGE, None, None, str(number)))
    assert shares(counted(world))[VILLAGE] == 90


def test_a_neighbouring_municipality_counts_for_itself(world):
    for number in range(1, 22):
        world.live(f"r{number}", replace(at_rozana(number), terc="1099999"))
    assert shares(counted(world))[ROZANA] == 10


def test_phones_are_counted_once_however_many_places_they_have(world):
    for number in range(1, 13):
        for home in (1, 2):
            world.live(f"r{number}", at_rozana(20 * home + number), JOINED)
    assert counted(world).registered == 10  # of 12


def test_joined_is_who_showed_the_trial_and_iphones_stand_apart(world):
    for number in range(1, 21):
        world.live(f"a{number}", at_rozana(number), JOINED)
    for number in range(21, 36):
        world.live(f"i{number}", at_rozana(number), IPHONE)
    for number in range(36, 42):
        world.live(f"w{number}", at_rozana(number), WAITING_IPHONE, REGISTERED)
    found = counted(world)
    assert (found.registered, found.joined, found.iphones, found.iphones_joined) == (45, 35, 20, 15)


def test_fewer_than_ten_of_anything_are_not_told(world):
    for number in range(1, 10):
        world.live(f"r{number}", at_rozana(number), IPHONE, muted=True)
    found = counted(world, {TERC: {"lost": 9}, "nowhere": {"no_place": 1}})
    assert (found.registered, found.joined, found.iphones, found.iphones_joined) == (None,) * 4
    assert found.silent == {"permission": None, "no_place": None, "lost": None, "muted": None}


def test_a_phone_of_each_kind_that_cannot_ring_is_in_the_count(world):
    for number in range(1, 13):
        world.live(f"m{number}", at_rozana(number), muted=True)
        world.install(f"never asked {number}")
        world.install(f"no place {number}", place=False, device=True)
        world.install(f"dead {number}")
        world.phones.owners.add(f"dead {number}")
    silent = world.walk(MONTH, limit=7)[-1].found
    assert counted(world, silent).silent == {why.value: 10 for why in Silence}  # of 12 each, to the nearest 5


def test_where_no_register_was_imported_nothing_is_counted(world):
    world.areas = FakeAreaLibrary(())
    assert not world.count()
    assert not world.store.months


@pytest.mark.parametrize(
    "whole",
    [WholeUnit.of("gmina", TERC), WholeUnit.of("locality", VILLAGE), WholeUnit.of("locality", HAMLET)],
)
def test_who_chose_a_whole_unit_has_a_phone_and_no_address(world, whole):
    for number in range(15):
        world.live(f"r{number}", whole)
    found = counted(world)
    assert found.registered == 15
    assert set(shares(found).values()) == {10}


def test_whole_units_of_other_municipalities_are_not_ours(world):
    for number in range(15):
        world.live(f"r{number}", WholeUnit.of("locality", "0327416"))
    assert counted(world).registered is None
