"""A register that was imported anew changes where residents are found, whatever their apps do."""

from __future__ import annotations

import pytest

from shared.domain.search.gazetteer import Gazetteer, House, Houses, Locality, Street
from shared.services.audience.index_resident import index_resident
from shared.services.sweep.sweep_ports import Limits
from tests.fakes.alert_values import TERC
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.municipalities import CENTRE
from tests.fakes.public_office import municipality
from tests.fakes.reachable import has_device
from tests.services.sweep_world import MINUTE, SweptWorld

SYM = "9990019"
FEW = Limits(residents=0, entries=0, changed=3)
PEOPLE = [f"uid-{number}" for number in range(7)]


def register(street):
    houses = Houses.of([House("1", CENTRE[1], CENTRE[0])])
    town = Locality(SYM, "Regionalna", streets=(Street(street, "ul. Różana", houses),))
    return Gazetteer(TERC, "Gmina", (town,))


@pytest.fixture
def world():
    """Everybody lives at one address, and nothing else of theirs is left to be looked at."""
    world = SweptWorld(limits=FEW, areas=FakeAreaLibrary([register("00001")]))
    world.municipalities.public = [municipality()]
    for uid in PEOPLE:
        world.residents.write_resident(uid, "pl")
        world.residents.write_place(uid, "1", point=CENTRE)
        world.residents.write_device(uid, "1", f"phone-{uid}")
        stores = world.residents, world.audience, world.municipalities
        index_resident(uid, *stores, has_device, world.areas)
    world.live(9 * MINUTE)
    return world


def on_street(world, code):
    return sum(f"{SYM}:{code}" in entry.found_by for entry in world.audience.documents.values())


def test_all_are_indexed_anew_step_by_step_and_then_nobody(world):
    world.areas.gazetteers[TERC] = register("00002")
    assert (on_street(world, "00001"), on_street(world, "00002")) == (7, 0)
    reports = world.live(5 * MINUTE)
    assert [report.steps["coded"].acted for report in reports] == [3, 3, 1, 0, 0]
    assert (on_street(world, "00001"), on_street(world, "00002")) == (0, 7)
    assert sum(report.steps["coded"].looked for report in reports) == 7


def test_what_it_remembers_names_nobody_once_it_is_done(world):
    world.areas.gazetteers[TERC] = register("00002")
    world.live(MINUTE)
    assert world.cursors.positions[f"register-{TERC}"].count(" ") == 2
    world.live(4 * MINUTE)
    assert world.cursors.positions[f"register-{TERC}"] == world.areas.generation(TERC)


def test_a_register_imported_in_the_middle_of_the_walk_is_followed_from_the_beginning(world):
    world.areas.gazetteers[TERC] = register("00002")
    world.live(2 * MINUTE)
    world.areas.gazetteers[TERC] = register("00003")
    world.live(5 * MINUTE)
    assert on_street(world, "00003") == 7


def test_where_there_are_no_registers_nothing_is_asked(world):
    world.areas.gazetteers.clear()
    world.live(5 * MINUTE)
    assert on_street(world, "00001") == 0
    assert world.sweep().steps["coded"].looked == 0


def test_a_resident_who_cannot_be_indexed_holds_up_nobody(world, monkeypatch):
    world.areas.gazetteers[TERC] = register("00002")
    read = world.residents.read

    def failing(uid):
        if uid == PEOPLE[2]:
            raise RuntimeError
        return read(uid)

    monkeypatch.setattr(world.residents, "read", failing)
    world.live(5 * MINUTE)
    assert on_street(world, "00002") == 6
