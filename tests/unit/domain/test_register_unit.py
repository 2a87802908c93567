"""What lies in what, by the search document alone."""

from __future__ import annotations

from shared.domain.area_parts import Level
from shared.domain.register_unit import RegisterUnit, units_in
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part
from tests.fakes.alert_values import TERC
from tests.fakes.areas import DWORCOWA, GAZETTEER, HAMLET, ROZANA, TOWN, VILLAGE


def test_localities_lie_in_the_gmina_with_all_their_addresses():
    assert units_in(GAZETTEER, TERC) == (
        RegisterUnit(Level.LOCALITY, TOWN, "Regionalna", TERC, 159),
        RegisterUnit(Level.LOCALITY, VILLAGE, "Zawada", TERC, 12),
    )


def test_the_kind_of_a_gmina_in_its_code_changes_over_the_years():
    assert units_in(GAZETTEER, f"{TERC[:6]}3") == units_in(GAZETTEER, TERC)


def test_streets_and_parts_lie_in_a_locality():
    assert [(one.code, one.addresses) for one in units_in(GAZETTEER, TOWN)] == [(ROZANA, 42), (DWORCOWA, 117)]
    assert [one.code for one in units_in(GAZETTEER, VILLAGE)] == [HAMLET]


def test_a_part_with_houses_of_its_own_lies_in_its_locality_and_not_in_the_gmina():
    house = Houses.of([House("1", 19.95, 49.85)])
    localities = (Locality(TOWN, "Zawada", (Part(HAMLET, "Bór"),)), Locality(HAMLET, "Bór", houses=house))
    gazetteer = Gazetteer(TERC, "", localities)
    assert [(one.code, one.addresses) for one in units_in(gazetteer, TERC)] == [(TOWN, 1)]
    assert [(one.code, one.addresses) for one in units_in(gazetteer, TOWN)] == [(HAMLET, 1)]


def test_nothing_lies_in_what_is_not_known_or_in_another_gmina():
    assert (
        units_in(GAZETTEER, "1299011") == units_in(GAZETTEER, "0000000") == units_in(GAZETTEER, ROZANA) == ()
    )


def test_a_part_without_addresses_and_shape_means_nobody():
    (hamlet,) = units_in(GAZETTEER, VILLAGE)
    assert not hamlet.means_somebody
    assert all(one.means_somebody for one in units_in(GAZETTEER, TOWN))
