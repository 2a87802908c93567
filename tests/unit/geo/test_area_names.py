"""Which names a small map has room for, and where they stand; which houses an area holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.geo.area_map import HEIGHT, WIDTH, Framed
from shared.geo.area_names import LETTER, LINE, MOST_DRAWN, DrawnName, Houses, houses_within, names_drawn

# A degree is a metre and a metre a unit: x to the right, y up from the lower edge.
FRAMED = Framed((0.0, 0.0, float(WIDTH), float(HEIGHT)), (1.0, 1.0))
Point = tuple[float, ...]


def feature(name: object, *points: Point, **properties: Any) -> dict[str, Any]:
    """Of one point a place, of several the houses of a street; y as drawn, from the upper edge."""
    turned = [[x, HEIGHT - y, *more] for x, y, *more in points]
    one = len(turned) == 1
    geometry = {"type": "Point" if one else "MultiPoint", "coordinates": turned[0] if one else turned}
    return {"type": "Feature", "geometry": geometry, "properties": {"name": name, **properties}}


def base(*features: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def drawn(*features: object, places_only: bool = False) -> list[DrawnName]:
    return list(names_drawn(FRAMED, base(*features), places_only))


def street(name: str, *points: Point) -> dict[str, Any]:
    return feature(name, *points, kind="street")


def test_a_street_is_named_at_the_house_in_the_middle_of_those_that_are_seen():
    houses = [(100, 100), (300, 180), (320, 310), (410, 200), (-50, 200), (700, 200), (300, 5), (300, 500)]
    assert drawn(street("Różana", *houses)) == [DrawnName("Różana", 300, 180, place=False)]


def test_a_place_is_told_from_a_street_by_its_geometry_or_its_kind():
    found = drawn(
        feature("Zawada", (320, 200)),
        feature("Brzegi", (320, 250), (320, 251), kind="locality"),
        feature("Długa", (320, 300), (320, 301)),
    )
    assert [(one.name, one.place) for one in found] == [("Brzegi", True), ("Zawada", True), ("Długa", False)]


def test_places_come_before_streets_and_those_with_more_houses_first():
    many = street("Długa", (320, 300), (320, 301), (320, 302))
    features = (street("Krótka", (320, 200), (320, 201)), many, feature("Zawada", (320, 100)))
    assert [one.name for one in drawn(*features)] == ["Zawada", "Długa", "Krótka"]
    assert [one.name for one in drawn(*features, places_only=True)] == ["Zawada"]


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        ((320, LINE), False), ((320, LINE + 1), True), ((320, HEIGHT - 1), True), ((320, HEIGHT), False),
    ],
)  # fmt: skip
def test_a_point_on_the_edge_of_the_drawing_is_not_seen(at: Point, seen: bool):
    assert len(drawn(feature("Bór", at))) == seen


@pytest.mark.parametrize("points", [[(0, 200), (0, 201)], [(WIDTH, 200), (WIDTH, 201)]])
def test_houses_on_the_sides_do_not_move_the_name(points: list[Point]):
    """Seen, they would pull the middle towards the edge."""
    kept = [(300, 200), (340, 200), (360, 200)]
    [one] = drawn(street("Sad", *kept, *points))
    assert (one.x, one.y) == (340, 200)


@pytest.mark.parametrize(("x", "fits"), [(0, False), (1, True)])
def test_a_name_without_letters_still_stands_inside(x: float, fits: bool):
    assert len(drawn(feature("", (x, 200)))) == fits


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("beyond", "fits"), [(0, False), (1, True)])
def test_a_name_keeps_half_its_length_from_the_sides(mirrored: bool, beyond: int, fits: bool):
    x = 5 * LETTER + beyond  # ten letters
    assert len(drawn(feature("Dziesięćlt", (WIDTH - x if mirrored else x, 300)))) == fits


@pytest.mark.parametrize(("apart", "both"), [(7 * LETTER - 1, False), (7 * LETTER, True)])
def test_names_of_one_line_do_not_touch(apart: int, both: bool):
    """Four letters and ten: half of each."""
    features = (feature("Bory", (200, 200)), feature("Dziesięćlt", (200 + apart, 200)))
    assert len(drawn(*features)) == 1 + both
    assert len(drawn(*reversed(features))) == 1 + both


@pytest.mark.parametrize(("apart", "both"), [(LINE - 1, False), (LINE, True)])
def test_lines_do_not_touch(apart: int, both: bool):
    features = (feature("Bory", (200, 200)), feature("Lasy", (200, 200 + apart)))
    assert len(drawn(*features)) == 1 + both


def test_a_name_that_found_no_room_takes_none():
    found = drawn(feature("Bory", (200, 200)), feature("Lasy", (201, 201)), feature("Gaje", (235, 205)))
    assert [one.name for one in found] == ["Bory"]
    beside = drawn(feature("Bory", (200, 200)), feature("Lasy", (220, 205)), feature("Gaje", (240, 200)))
    assert [one.name for one in beside] == ["Bory", "Gaje"]


def test_there_are_only_so_many_names():
    grid = [feature(f"w{n}", (60 + 60 * (n % 9), 60 + 60 * (n // 9))) for n in range(MOST_DRAWN + 5)]
    assert len(drawn(*grid)) == MOST_DRAWN


@pytest.mark.parametrize(
    "odd",
    [
        {"geometry": {"type": "Point", "coordinates": [1, 1]}},
        {"geometry": {"type": "Point", "coordinates": [1, 1]}, "properties": {"name": 7}},
        {"properties": {"name": "Nigdzie"}},
        {"geometry": None, "properties": {"name": "Nigdzie"}},
        {"geometry": {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}, "properties": {"name": "Tor"}},
        {"geometry": {"type": "MultiPoint", "coordinates": []}, "properties": {"name": "Pusta"}},
    ],
)
def test_what_has_no_name_or_no_points_keeps_nothing_else_from_being_drawn(odd: dict[str, Any]):
    assert [one.name for one in drawn(odd, feature("Bory", (200, 200)))] == ["Bory"]


def test_heights_are_left_out():
    assert drawn(street("Górna", (200, 200, 312.5), (202, 200, 313.0)))[0].y == 200


@pytest.mark.parametrize("text", ["{}", '{"features": []}'])
def test_of_a_map_without_features_nothing_is_told(text: str):
    square = '{"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}'
    assert names_drawn(FRAMED, text) == ()
    assert houses_within(square, text) == ()


def test_the_houses_of_an_area_are_told_by_name_those_with_most_inside_first():
    square = '{"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}'

    def houses(name: str, inside: int, outside: int) -> dict[str, Any]:
        points = [[1 + n / 100, 1] for n in range(inside)] + [[20, 20]] * outside
        return {"geometry": {"type": "MultiPoint", "coordinates": points}, "properties": {"name": name}}

    told = houses_within(square, base(houses("Zła", 2, 1), houses("Ala", 2, 0), houses("Bez", 0, 3),
                                      houses("Cis", 3, 4), houses("Dąb", 1, 0)))  # fmt: skip
    assert told == (Houses("Cis", 3, 7), Houses("Ala", 2, 2), Houses("Zła", 2, 3))
