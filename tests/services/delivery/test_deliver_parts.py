"""Alerts to streets and villages by code, from the resident's documents to the pushes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.area_parts import Drawn, Level, Step, Unit
from shared.domain.audience import Device, Place, Platform, Resident, Target
from shared.domain.delivery import DeliveryState, Slice
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import PlaceCodes
from shared.domain.whole_units import WholeUnit
from shared.errors import Unreadable
from shared.geo.cells import cell_of
from shared.services.audience.index_resident import index_entries
from shared.services.audience.match_content import match_of
from shared.services.audience.match_parts import outline_of, shape_taken
from shared.services.audience.measure_reach import measure_reach
from shared.services.delivery.start_alert import start_alert
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
from tests.fakes.municipalities import FakeMunicipalityStore, square
from tests.fakes.reachable import has_device
from tests.services.delivery_world import PUSH, World

AREAS = FakeAreaLibrary()
FIELDS = (49.88, 19.91)  # in the gmina, far from every address
WHOLE_TOWN, WHOLE_VILLAGE, WHOLE_GMINA = (
    WholeUnit.of("locality", TOWN),
    WholeUnit.of("locality", VILLAGE),
    WholeUnit.of("gmina", TERC),
)


def at(locality, street, number):
    """Where a house of the register stands."""
    found = next(one for one in GAZETTEER.localities if one.sym == locality)
    if street is None:
        houses = found.houses
    else:
        houses = next(one.houses for one in found.streets if street.endswith(one.code))
    house = next(one for one in houses.listed if one.number == str(number))
    return house.lat, house.lon


def unit(level, code, houses=None):
    known = AREAS.unit(TERC, code)
    return Unit(level, code, houses, None if known is None else known.shape)


GMINA, THE_VILLAGE = unit(Level.GMINA, TERC), unit(Level.LOCALITY, VILLAGE)
STREET, ODD = unit(Level.STREET, ROZANA), unit(Level.STREET, ROZANA, Houses(Parity.ODD))


class Office:
    """A delivery to people whose documents are indexed as the function does it."""

    def __init__(self):
        self.world = World()
        self.world.ports = replace(self.world.ports, areas=AREAS)

    def live(self, uid, *places, indexed=True):
        """A place is a point or a whole unit."""
        made = [
            Place(str(slot), None, whole=place)
            if isinstance(place, WholeUnit)
            else Place(str(slot), cell_of(*place))
            for slot, place in enumerate(places, 1)
        ]
        phone = Device("1", Platform.ANDROID, Target("token", uid))
        resident = Resident(uid, "pl", tuple(made), (phone,))
        entries = index_entries(resident, FakeMunicipalityStore(), has_device, AREAS)
        self.world.audience.put(*(entries if indexed else map(of_a_release_before, entries)))

    def send(self, *steps, area=None):
        """The uids that were pushed, as often as they were."""
        outline = area or outline_of(steps, shape_taken).text()
        self.world.approve(area=outline, parts=steps or None)
        self.world.call_start()
        self.world.run_all()
        return sorted(self.pushed())

    def pushed(self):
        return self.world.push.pushed.elements()


def of_a_release_before(entry):
    siblings = tuple(replace(one, codes=PlaceCodes()) for one in entry.siblings)
    return replace(entry, siblings=siblings, found_by=None)


@pytest.fixture
def office():
    office = Office()
    for number in (1, 2, 3):
        office.live(f"rozana-{number}", at(TOWN, ROZANA, number))
        office.live(f"dworcowa-{number}", at(TOWN, DWORCOWA, number))
    office.live("village", at(VILLAGE, None, 1))
    office.live("both", at(VILLAGE, None, 2), at(TOWN, ROZANA, 4))
    office.live("fields", FIELDS)
    return office


def test_a_street_reaches_its_houses_and_each_resident_once(office):
    assert office.send(Step(STREET)) == ["both", "rozana-1", "rozana-2", "rozana-3"]
    assert office.world.of(PUSH).by_parts
    assert {part.code for part in office.world.slices()} == {ROZANA}


def test_its_odd_numbers_reach_no_even_ones(office):
    assert office.send(Step(ODD)) == ["rozana-1", "rozana-3"]


def test_the_gmina_except_a_village_reaches_who_has_another_place(office):
    found = office.send(Step(GMINA), Step(THE_VILLAGE, subtracted=True))
    assert found == [
        "both",
        *(f"dworcowa-{n}" for n in (1, 2, 3)),
        "fields",
        *(f"rozana-{n}" for n in (1, 2, 3)),
    ]


def test_a_drawn_shape_beside_a_street_tells_nobody_twice(office):
    lat, lng = at(TOWN, ROZANA, 2)
    drawn = Drawn(square(lat, lng, 0.0003))
    assert office.send(Step(drawn), Step(STREET)) == ["both", "rozana-1", "rozana-2", "rozana-3"]


def test_entries_of_a_release_before_are_reached_by_the_shape_until_they_are_indexed_anew(office):
    office.live("old", at(TOWN, ROZANA, 5), indexed=False)
    office.live("old-elsewhere", at(VILLAGE, None, 3), indexed=False)
    assert office.send(Step(STREET)) == ["both", "old", "rozana-1", "rozana-2", "rozana-3"]


class TestWholeVillages:
    @pytest.fixture(autouse=True)
    def residents(self, office):
        office.live("whole-village", WHOLE_VILLAGE)
        office.live("whole-town", WHOLE_TOWN)
        office.live("whole-gmina", WHOLE_GMINA)

    def test_one_address_of_the_unit_is_enough(self, office):
        found = office.send(Step(ODD))
        assert found == ["rozana-1", "rozana-3", "whole-gmina", "whole-town"]
        assert office.world.of(PUSH).units == (f"={TERC[:6]}", f"={TOWN}")

    def test_without_parts_too(self, office):
        lat, lng = at(VILLAGE, None, 1)
        assert office.send(area=square(lat, lng, 0.00005)) == ["village", "whole-gmina", "whole-village"]

    def test_a_shape_between_its_houses_reaches_into_it(self, office):
        lat, lng = at(VILLAGE, None, 12)
        assert office.send(area=square(lat, lng + 0.0002, 0.00008)) == ["whole-gmina", "whole-village"]

    def test_where_nobody_lives_the_gmina_alone_is_meant(self, office):
        lat, lng = FIELDS
        assert office.send(area=square(lat, lng, 0.0001)) == ["fields", "whole-gmina"]

    def test_what_is_taken_out_by_code_is_not_reached_though_its_shape_touches(self, office):
        found = office.send(Step(GMINA), Step(THE_VILLAGE, subtracted=True))
        assert "whole-town" in found
        assert "whole-village" not in found

    def test_a_register_that_cannot_be_read_holds_no_alert_up(self, office):
        office.world.ports = replace(office.world.ports, areas=UnreadableLibrary())
        assert office.send(Step(ODD)) == ["rozana-1", "rozana-3", "whole-gmina"]

    def test_a_village_that_cannot_be_read_is_left_in(self, office):
        class WithoutUnits(FakeAreaLibrary):
            def unit(self, terc, code):
                raise Unreadable

        office.world.ports = replace(office.world.ports, areas=WithoutUnits())
        assert office.send(Step(ODD)) == [
            "rozana-1",
            "rozana-3",
            "whole-gmina",
            "whole-town",
            "whole-village",
        ]

    def test_a_part_without_a_shape_is_meant_with_what_it_is_a_part_of(self, office):
        office.live("whole-hamlet", WholeUnit.of("locality", HAMLET))
        assert "whole-hamlet" in office.send(Step(THE_VILLAGE))

    def test_a_place_that_is_meant_stands_for_the_resident_before_a_whole_unit(self, office):
        office.live("ann", WHOLE_TOWN, at(TOWN, ROZANA, 7))
        assert office.send(Step(STREET)).count("ann") == 1
        keys = [key for _, wave in office.world.deliveries.waves for key in wave.outcomes]
        assert [key for key in keys if key.startswith("ann.")] == ["ann.2/1"]

    def test_the_preview_counts_them(self, office):
        match = match_of(outline_of((Step(ODD),), shape_taken).text(), (Step(ODD),), {f"={TOWN}"})
        counted = measure_reach(match, office.world.audience)
        assert (counted.residents, counted.places) == (3, 3)


def test_a_delivery_that_a_release_before_planned_goes_by_the_outline(office):
    """It knew no parts: its slices hold ranges of cells, and nobody is left to one that was not planned."""
    world = office.world
    outline = outline_of((Step(STREET),), shape_taken).text()
    world.approve(area=outline, parts=(Step(STREET),))
    start_alert(world.ports, "a1", 1, hand_over=True)
    planned = world.deliveries.get(PUSH)
    before = replace(planned.value, by_parts=False, units=(), slices=1)
    world.deliveries.plan(planned, before, [Slice(0, tuple(match_of(outline, None).ranges()), 4)])
    world.run_all()
    assert world.of(PUSH).state is DeliveryState.DONE
    assert sorted(office.pushed()) == ["both", "rozana-1", "rozana-2", "rozana-3"]
