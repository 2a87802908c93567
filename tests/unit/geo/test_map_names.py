"""Which names a small map has room for, and where they stand; which houses it shows; which an area holds."""

from __future__ import annotations

import json
import re
from itertools import accumulate
from typing import Any

import pytest
import shapely

from infra.local.processes import ROOT
from shared.geo.area_map import HEIGHT, WIDTH, Framed
from shared.geo.area_names import Houses, houses_within
from shared.geo.base_map import named
from shared.geo.map_names import (
    ABOVE,
    BELOW,
    BOLD_LETTER,
    LIFT,
    MOST_DOTS,
    MOST_NAMES,
    PLACE_SIZE,
    SCALE_CORNER,
    STREET_SIZE,
    DrawnName,
    houses_drawn,
    names_drawn,
)

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


def drawn(*features: object, first: tuple[str, ...] = (), places_only: bool = False) -> list[DrawnName]:
    return list(names_drawn(FRAMED, base(*features), first, places_only))


def street(name: str, *points: Point) -> dict[str, Any]:
    return feature(name, *points, kind="street")


def test_a_street_is_named_above_the_house_in_the_middle_of_those_that_are_seen():
    houses = [(100, 100), (300, 180), (320, 310), (410, 200), (-50, 200), (700, 200), (300, 500)]
    assert drawn(street("Różana", *houses)) == [DrawnName("Różana", 300, 180 - LIFT, place=False)]


def test_a_name_that_has_no_room_above_its_house_stands_below_it_or_at_another_house():
    one, two, three = (feature(name, (320, 200)) for name in ("Bory", "Lasy", "Gaje"))
    assert [name.y for name in drawn(one, two, three)] == [200 - LIFT, 200 + PLACE_SIZE]
    elsewhere = street("Sad", (320, 200), (320, 201), (320, 90))
    assert drawn(one, two, elsewhere)[2].y == 90 - LIFT


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


def test_those_that_an_alert_covers_come_first():
    features = (feature("Zawada", (320, 200)), street("Różana", (320, 199), (320, 200)))
    assert [one.name for one in drawn(*features, first=("Różana",))] == ["Różana", "Zawada"]
    assert [one.name for one in drawn(*features)] == ["Zawada", "Różana"]


@pytest.mark.parametrize("at", [(320, -1), (320, HEIGHT + 1), (-1, 200), (WIDTH + 1, 200)])
def test_a_point_beside_the_drawing_is_not_seen(at: Point):
    assert drawn(feature("Bór", at)) == []


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("beyond", "fits"), [(-1, False), (2, True)])
def test_a_name_stands_wholly_inside(mirrored: bool, beyond: int, fits: bool):
    x = round(10 * PLACE_SIZE * BOLD_LETTER / 2 + 3) + beyond
    assert len(drawn(feature("Dziesięćlt", (WIDTH - x if mirrored else x, 300)))) == fits


def test_where_the_scale_is_drawn_no_name_stands():
    left, top, right, bottom = SCALE_CORNER
    assert drawn(feature("Bory", ((left + right) / 2, (top + bottom) / 2))) == []


def test_no_name_covers_another():
    names = [feature(f"Miejscowość {n}", (100 + 43 * (n % 11), 60 + 37 * (n // 11))) for n in range(88)]
    streets = [street(f"ul. Długa {n}", (50 + 31 * n, 100), (50 + 31 * n, 300)) for n in range(18)]
    boxes = [box_of(one) for one in drawn(*names, *streets)]
    assert len(boxes) > 8
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])


def box_of(one: DrawnName) -> Any:
    """What the letters take at the sizes of the style sheet, a little less than is left free."""
    size, letter = (PLACE_SIZE, BOLD_LETTER) if one.place else (STREET_SIZE, 0.55)
    half = len(one.name) * size * letter / 2
    return shapely.box(one.x - half, one.y - size * ABOVE, one.x + half, one.y + size * BELOW - 1)


def test_the_style_sheet_has_the_sizes_that_room_is_left_for():
    styles = (ROOT / "web-residents/css/public.css").read_text()
    for selector, size in ((".map .name", STREET_SIZE), (".map .place", PLACE_SIZE)):
        assert re.findall(re.escape(selector) + r" \{[^}]*font-size: (\d+)px", styles) == [str(size)]


def test_there_are_only_so_many_names():
    grid = [feature(f"w{n}", (60 + 60 * (n % 9), 60 + 60 * (n // 9))) for n in range(MOST_NAMES + 9)]
    assert len(drawn(*grid)) == MOST_NAMES


def dots(path: str) -> list[tuple[int, int]]:
    """Where they stand: each is told from the one before it."""
    steps = [tuple(map(int, step.split())) for step in re.findall(r"m(-?\d+ -?\d+)h0", path)]
    return list(zip(accumulate(x for x, _ in steps), accumulate(y for _, y in steps), strict=True))


def test_houses_are_dots_and_those_in_the_area_are_told_apart():
    west = shapely.to_geojson(shapely.box(0, 0, 320, HEIGHT))
    row = street("Długa", (100, 50), (200, 50), (400, 50), (500, 60), (900, 50))
    found = houses_drawn(west, FRAMED, base(row, feature("Zawada", (10, 10))))
    assert dots(found.inside) == [(100, 50), (200, 50)]
    assert dots(found.outside) == [(400, 50), (500, 60)]


def test_of_very_many_houses_some_are_shown_everywhere():
    grid = [(x + 0.5, y + 0.5) for x in range(0, WIDTH, 4) for y in range(0, HEIGHT, 4)]
    found = houses_drawn(shapely.to_geojson(shapely.box(0, 0, 9, 9)), FRAMED, base(street("Gęsta", *grid)))
    shown = dots(found.outside)
    assert MOST_DOTS / 2 < len(shown) <= MOST_DOTS
    assert {(x // 160, y // 100) for x, y in shown} == {(x, y) for x in range(4) for y in range(4)}


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
    assert drawn(street("Górna", (200, 200, 312.5), (202, 200, 313.0)))[0].y == 200 - LIFT


@pytest.mark.parametrize("text", ["[]", "7", '{"features": 7}', '{"features": [7]}', "{"])
def test_what_is_no_base_map_is_said_to_be_none(text: str):
    with pytest.raises(ValueError, match=r"base map|Expecting"):
        named(text)


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
