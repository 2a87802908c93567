"""The walk that finds phones which no alert can ring."""

from __future__ import annotations

import pytest

from shared.domain.audience import Place
from shared.domain.public_alert import PublicMunicipality
from shared.domain.whole_units import WholeUnit
from tests.fakes.alert_values import TERC
from tests.fakes.areas import VILLAGE
from tests.services.coverage.counted_world import CountedWorld, at_rozana

MONTH = "2026-11"
OFFICE = PublicMunicipality(TERC, "Gmina Regionalna", ("pl",), (49.85, 19.95), keys=())


@pytest.fixture
def world():
    return CountedWorld()


def found(world, limit=100):
    return world.walk(MONTH, limit)[-1].found


def test_who_can_be_reached_is_not_silent(world):
    world.live("anna", at_rozana(1))
    assert found(world) == {}


def test_an_app_that_was_never_allowed_to_notify_lacks_the_permission(world):
    world.install("anna")
    assert found(world) == {TERC: {"permission": 1}}


def test_a_phone_that_was_registered_once_is_lost(world):
    world.install("anna")
    world.phones.owners.add("anna")
    assert found(world) == {TERC: {"lost": 1}}


@pytest.mark.parametrize("device", [True, False])
def test_without_a_place_a_phone_belongs_to_no_municipality(world, device):
    world.install("anna", place=False, device=device)
    assert found(world) == {"nowhere": {"no_place": 1}}


def test_a_place_whose_time_is_over_is_none(world):
    world.residents.write_resident("anna", "pl")
    world.residents.write_place("anna", "1", point=(49.83, 19.94), until=world.clock.now())
    assert found(world) == {"nowhere": {"no_place": 1}}


def test_outside_every_municipality_nobody_is_told(world):
    world.residents.write_resident("anna", "pl")
    world.residents.write_place("anna", "1", point=(54.3, 18.6))
    assert found(world) == {}


def test_whose_index_is_not_written_yet_is_not_called_silent(world):
    world.install("anna", device=True)
    assert found(world) == {}


def test_every_resident_is_looked_at_once_however_small_the_pages(world):
    for number in range(10):
        world.install(f"r{number}")
    pages = world.walk(MONTH, limit=3)
    assert pages[-1].found == {TERC: {"permission": 10}}
    assert [page.position for page in pages] == ["", "r2", "r5", "r8", None]


def test_the_next_month_begins_anew(world):
    world.install("anna")
    world.walk(MONTH, limit=100)
    assert world.walk("2026-12", limit=100)[-1].found == {TERC: {"permission": 1}}


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (WholeUnit.of("gmina", TERC), {TERC: {"permission": 1}}),
        (WholeUnit.of("locality", VILLAGE), {TERC: {"permission": 1}}),
        (WholeUnit.of("locality", "0327416"), {}),
        (WholeUnit.of("gmina", "129999"), {}),
    ],
)
def test_a_place_that_is_a_whole_unit_belongs_to_its_municipality(world, whole, expected):
    world.municipalities.public = [OFFICE]
    world.residents.write_resident("anna", "pl")
    world.residents.documents["anna"].places["1"] = Place("1", None, whole=whole)
    world.residents.documents["anna"].tokens["1"] = 1
    assert found(world) == expected
