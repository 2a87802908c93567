"""A register's addresses: every house once, with its codes, the name that people know and its cell."""

from __future__ import annotations

from shared.domain.covered import covered
from shared.domain.place_codes import PlaceCodes
from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Part, Street
from shared.geo.cells import cell_of
from shared.services.audience.register_addresses import addresses_of, municipal_addresses
from tests.fakes.alert_values import TERC
from tests.fakes.areas import DWORCOWA, GAZETTEER, ROZANA, TOWN, VILLAGE

ONE = Houses.of([House("1", 19.95, 49.85)])


def test_every_house_is_there_once():
    found = addresses_of(GAZETTEER)
    assert len(found) == len(set(found)) == 42 + 117 + 12


def test_a_house_has_the_codes_and_the_name_of_its_street():
    first = next(one for one in addresses_of(GAZETTEER) if one.codes.street == ROZANA)
    assert first.codes == PlaceCodes(TERC, TOWN, None, ROZANA, "1")
    assert (first.name, first.cell) == ("ul. Różana", cell_of(49.834, 19.9302))


def test_a_house_without_a_street_has_the_name_of_its_village():
    last = addresses_of(GAZETTEER)[-1]
    assert last.codes == PlaceCodes(TERC, VILLAGE, None, None, "12")
    assert last.name == "Zawada"


def test_what_is_covered_is_told_by_the_names():
    found = addresses_of(GAZETTEER)
    inside = [at for at, one in enumerate(found) if one.codes.street == DWORCOWA]
    assert [(one.name, one.inside, one.total) for one in covered(found, inside).names] == [
        ("ul. Dworcowa", 117, 117)
    ]


def test_streets_of_one_name_are_told_apart_by_their_localities():
    streets = (Street("90001", "Leśna", ONE), Street("90002", "Polna", ONE))
    localities = (Locality("1", "Zawada", streets=streets), Locality("2", "Bór", streets=streets[:1]))
    names = [one.name for one in addresses_of(Gazetteer(TERC, "", localities))]
    assert names == ["Leśna (Zawada)", "Polna", "Leśna (Bór)"]


def test_houses_of_a_part_say_what_it_is_a_part_of():
    street = Street("90001", "Leśna", ONE)
    localities = (
        Locality("9990019", "Zawada", (Part("9990025", "Bór"),), houses=ONE),
        Locality("9990025", "Bór", streets=(street,)),
    )
    found = addresses_of(Gazetteer(TERC, "", localities))
    assert [one.codes.part_of for one in found] == [None, "9990019"]


def test_a_place_beside_a_house_gets_its_codes():
    assert municipal_addresses(GAZETTEER).codes_at(49.83401, 19.9302) == PlaceCodes(
        TERC, TOWN, None, ROZANA, "1"
    )
