"""What is expected is plain geometry, and every kind of wrong delivery is seen."""

from __future__ import annotations

import pytest
from shapely.geometry import box, mapping, shape

from demo.plane import METRES_PER_DEGREE, moved
from demo.residents import DemoDevice, DemoPlace, DemoResident, residents
from demo.shapes import locality_area, street_area
from demo.truth import Comparison, border, compare, expected
from demo.wishes import NO_WISHES, Wishes
from shared.domain.audience import Platform
from shared.geo.cells import cell_of
from shared.geo.cover import matcher, ranges_for
from shared.geo.read_area import parse_area

WEST, SOUTH, EAST, NORTH = 20.0, 50.0, 20.01, 50.01
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]],
}
INSIDE, AWAY = (20.005, 50.005), (20.05, 50.05)


def alert(**changes):
    return {"area": SQUARE, "category": "failure", "severity": "Moderate", "exercise": False, **changes}


def north_of_it(metres: float) -> tuple[float, float]:
    return moved(20.005, NORTH, 0, metres)


def resident(
    name: str, *places: tuple[float, float], devices: int = 1, wishes: Wishes = NO_WISHES
) -> DemoResident:
    targets = tuple(DemoDevice(Platform.ANDROID, "token", f"{name}{slot}") for slot in range(1, devices + 1))
    return DemoResident("pl", tuple(DemoPlace("Dom", *place) for place in places), targets, wishes)


EVERYONE = [
    resident("in", INSIDE, devices=2),
    resident("both", AWAY, INSIDE),
    resident("edge", (20.005, NORTH)),
    resident("near", north_of_it(8.3)),
    resident("near-and-in", north_of_it(8.3), INSIDE),
    resident("beyond", north_of_it(8.5)),
    resident("away", AWAY),
]
MEANT = {"in1", "in2", "both1", "edge1", "near-and-in1"}


def test_all_devices_of_everyone_with_a_place_inside_are_expected():
    assert expected(EVERYONE, SQUARE) == MEANT


def test_border_is_those_close_outside_and_nobody_else():
    assert border(EVERYONE, SQUARE) == {"near1"}
    assert border(EVERYONE, SQUARE, metres=9) == {"near1", "beyond1"}


def test_a_hole_has_a_border_too():
    ring = mapping(shape(SQUARE).difference(box(20.004, 50.004, 20.006, 50.006)))
    hole = [resident("middle", INSIDE), resident("rim", moved(20.005, 50.006, 0, -5))]
    assert expected(hole, ring) == set()
    assert border(hole, ring) == {"rim1"}


def test_a_perfect_delivery_is_exact():
    found = compare(EVERYONE, alert(), sorted(MEANT))
    assert found == Comparison(expected=5, pushed=5, missed=0, twice=0, outside=0, border=0)
    assert found.exact


@pytest.mark.parametrize(
    ("pushed", "fault"),
    [
        (MEANT - {"in2"}, {"pushed": 4, "missed": 1}),
        ([*MEANT, "in1"], {"twice": 1}),
        ([*MEANT, "in1", "in1", "both1"], {"twice": 2}),
        (MEANT | {"away1"}, {"pushed": 6, "outside": 1}),
        (MEANT | {"beyond1"}, {"pushed": 6, "outside": 1}),
        (MEANT | {"nobody's"}, {"pushed": 6, "outside": 1}),
        ([], {"pushed": 0, "missed": 5}),
    ],
)
def test_every_wrong_push_is_counted(pushed, fault):
    right = {"expected": 5, "pushed": 5, "missed": 0, "twice": 0, "outside": 0, "border": 0}
    found = compare(EVERYONE, alert(), pushed)
    assert found == Comparison(**(right | fault))
    assert not found.exact


def test_a_push_at_the_border_is_allowed_and_counted():
    found = compare(EVERYONE, alert(), [*MEANT, "near1"])
    assert (found.border, found.exact) == (1, True)


WISHING = [
    resident("no-failures", INSIDE, devices=2, wishes=Wishes(muted=("failure",))),
    resident("no-events", INSIDE, wishes=Wishes(muted=("event", "disruption"))),
    resident("severe-only", INSIDE, wishes=Wishes(least_severity="Severe")),
    resident("quiet", INSIDE, wishes=Wishes(quiet_hours=("00:00", "23:59"))),
    resident("no-failures-near", north_of_it(8.3), wishes=Wishes(muted=("failure",))),
    resident("no-failures-away", AWAY, wishes=Wishes(muted=("failure",))),
]
FAILURES, EVENTS, CHOOSY, QUIET = (
    {"no-failures1", "no-failures2"},
    {"no-events1"},
    {"severe-only1"},
    {"quiet1"},
)


@pytest.mark.parametrize(
    ("changes", "meant"),
    [
        ({}, EVENTS | QUIET),
        ({"category": "event"}, FAILURES | QUIET),
        ({"severity": "Severe"}, EVENTS | CHOOSY | QUIET),
        ({"category": "event", "severity": "Minor"}, FAILURES | QUIET),
        ({"category": "warning"}, FAILURES | EVENTS | QUIET),
        ({"severity": "Extreme"}, FAILURES | EVENTS | CHOOSY | QUIET),
        ({"severity": "Extreme", "exercise": True}, EVENTS | CHOOSY | QUIET),
    ],
    ids=lambda value: str(sorted(value)),
)
def test_those_whose_wishes_let_it_through_are_expected_and_the_others_muted(changes, meant):
    found = compare(WISHING, alert(**changes), meant)
    assert found.exact
    assert (found.expected, found.muted) == (len(meant), 5 - len(meant))


@pytest.mark.parametrize(
    ("more", "fault"),
    [("no-failures2", "unwanted"), ("no-failures-near1", "unwanted"), ("no-failures-away1", "outside")],
)
def test_a_push_against_somebodys_wish_is_a_fault(more, fault):
    found = compare(WISHING, alert(), [*EVENTS, *QUIET, more])
    assert getattr(found, fault) == 1
    assert not found.exact


def test_who_wanted_it_and_did_not_get_it_was_missed():
    assert compare(WISHING, alert(), QUIET).missed == 1


def test_a_metre_is_a_metre():
    east, north = moved(20.0, 50.0, 0, METRES_PER_DEGREE)
    assert (east, north) == (20.0, 51.0)


@pytest.mark.parametrize("where", ["regionalna", "real"])
def test_targeting_meets_the_truth_on_every_kind_of_area(request, where):
    """The product's own ranges and filter, applied to every resident, against plain geometry."""
    municipality = request.getfixturevalue(where)
    people = residents(municipality, 2_000)
    places = list(municipality.streets)[:3]
    areas = [street_area(municipality, street, locality) for locality, street in places]
    areas += [locality_area(municipality, place.name) for place in municipality.localities[:3]]
    for drawn in areas:
        found = compare(people, alert(area=drawn), pushed_by_product(people, drawn))
        assert found.exact
        assert found.expected > 0


def pushed_by_product(people: list[DemoResident], drawn: dict) -> list[str]:
    area = parse_area(drawn)
    ranges, matches = ranges_for(area), matcher(area)
    pushed = []
    for person in people:
        cells = [cell_of(place.lat, place.lon) for place in person.places]
        read = [cell for cell in cells if any(lo <= cell <= hi for lo, hi in ranges)]
        if matches(read).any():
            pushed += [device.value for device in person.devices]
    return pushed
