"""An area from outside is usable, or refused with the one thing that is wrong with it."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from math import cos, pi, sin

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from shared.entry_rules import rules
from shared.errors import InvalidArea
from shared.geo import crossings as crossings_of
from shared.geo.geojson import MOST_VERTICES
from shared.geo.plane import METRES_PER_DEGREE, Plane
from shared.geo.read_area import parse_area
from shared.geo.shapes import Area, buffered, clip, square_metres, within

SQUARE = [[20.0, 50.0], [20.01, 50.0], [20.01, 50.01], [20.0, 50.01], [20.0, 50.0]]
OTHER = [[20.005, 50.005], [20.02, 50.005], [20.02, 50.02], [20.005, 50.02], [20.005, 50.005]]
FAR = [[20.1, 50.0], [20.11, 50.0], [20.11, 50.01], [20.1, 50.0]]
HOLE = [[20.002, 50.002], [20.004, 50.002], [20.004, 50.004], [20.002, 50.002]]
BOW_TIE = [[20.0, 50.0], [20.01, 50.01], [20.01, 50.0], [20.0, 50.01], [20.0, 50.0]]


def polygon(*rings: object) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: object) -> dict[str, object]:
    return {"type": "Feature", "properties": {"type": "x"}, "geometry": geometry}


def collection(*geometries: object) -> dict[str, object]:
    return {"type": "GeometryCollection", "geometries": list(geometries)}


def features(*geometries: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": [feature(one) for one in geometries]}


def circle(corners: int) -> list[list[float]]:
    ring = [
        [20 + 0.1 * cos(2 * pi * n / corners), 50 + 0.1 * sin(2 * pi * n / corners)] for n in range(corners)
    ]
    return [*ring, ring[0]]


def nested(depth: int) -> object:
    value: object = polygon(SQUARE)
    for _ in range(depth):
        value = collection(value)
    return value


def deep_coordinates(depth: int) -> object:
    value: object = 20.0
    for _ in range(depth):
        value = [value]
    return {"type": "Polygon", "coordinates": value}


def fault(value: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(InvalidArea) as caught:
        parse_area(value, pointer="/content/area")
    (error,) = caught.value.errors
    assert error.pointer == "/content/area"
    return error.code, dict(error.params)


SQUARE_M2 = square_metres(Polygon(SQUARE))


@pytest.mark.parametrize(
    ("value", "type_", "parts", "squares"),
    [
        (polygon(SQUARE), "Polygon", 1, 1.0),
        (json.dumps(polygon(SQUARE)), "Polygon", 1, 1.0),
        (polygon(SQUARE, HOLE), "Polygon", 1, 0.98),
        (polygon(SQUARE[::-1]), "Polygon", 1, 1.0),
        (polygon([[*position, 210.5] for position in SQUARE]), "Polygon", 1, 1.0),
        (polygon([*SQUARE[:2], *SQUARE[1:]]), "Polygon", 1, 1.0),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [FAR]]}, "MultiPolygon", 2, 1.5),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [OTHER]]}, "Polygon", 1, 3.0),
        (feature(polygon(SQUARE)), "Polygon", 1, 1.0),
        (feature(collection(polygon(SQUARE), polygon(FAR))), "MultiPolygon", 2, 1.5),
        (features(polygon(SQUARE), polygon(OTHER)), "Polygon", 1, 3.0),
        (collection(polygon(SQUARE), polygon(OTHER), polygon(FAR)), "MultiPolygon", 2, 3.5),
    ],
)
def test_polygons_of_every_kind_become_one_valid_shape(value, type_, parts, squares):
    area = parse_area(value)
    assert area.geojson()["type"] == type_
    assert len(shapely.get_parts(area.geometry)) == parts
    assert square_metres(area.geometry) == pytest.approx(squares * SQUARE_M2, rel=2e-3)
    assert area.geometry.is_valid
    assert not area.geometry.has_z


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        True,
        [],
        {},
        "",
        "{",
        "[" * 100_000,
        '{"a":' * 50_000,
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": None},
        {"type": "Polygon", "coordinates": {}},
        {"type": "Feature"},
        {"type": "FeatureCollection"},
        {"type": "FeatureCollection", "features": {}},
        {"type": "FeatureCollection", "features": [3]},
        {"type": "FeatureCollection", "features": [polygon(SQUARE)]},
        {"type": "GeometryCollection"},
        {"type": "GeometryCollection", "geometries": ["x"]},
        {"coordinates": [SQUARE]},
    ],
)
def test_what_is_not_geojson_is_refused(value):
    assert fault(value)[0] == "area-not-geojson"


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ({"type": "Point", "coordinates": [20, 50]}, "Point"),
        ({"type": "LineString", "coordinates": SQUARE}, "LineString"),
        ({"type": "MultiPoint", "coordinates": SQUARE}, "MultiPoint"),
        ({"type": "polygon", "coordinates": [SQUARE]}, "polygon"),
        ({"type": 7, "coordinates": [SQUARE]}, "?"),
        ({"type": ["Polygon"], "coordinates": [SQUARE]}, "?"),
        (features({"type": "Point", "coordinates": [20, 50]}), "Point"),
        (collection({"type": "LineString", "coordinates": SQUARE}), "LineString"),
        ({"type": "Topology" * 1000}, ("Topology" * 5)),
    ],
)
def test_points_lines_and_unknown_types_are_refused_by_name(value, type_):
    code, params = fault(value)
    assert (code, params["type"]) == ("area-wrong-type", type_)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (polygon(), "area-empty"),
        (polygon([]), "area-empty"),
        ({"type": "MultiPolygon", "coordinates": []}, "area-empty"),
        (features(), "area-empty"),
        (collection(), "area-empty"),
        (feature(None), "area-empty"),
        (features(None, None), "area-empty"),
        (polygon([SQUARE[0], SQUARE[1], SQUARE[0]]), "area-ring-short"),
        (polygon([SQUARE[0]]), "area-ring-short"),
        (polygon([[float("nan"), 50], *SQUARE[1:]]), "area-not-finite"),
        (polygon([[20, float("inf")], *SQUARE[1:]]), "area-not-finite"),
        ('{"type":"Polygon","coordinates":[[[NaN,50],[20,50],[20,51],[NaN,50]]]}', "area-not-finite"),
        (polygon([[10**400, 50], *SQUARE[1:]]), "area-not-finite"),
        (polygon([["20", "50"], *SQUARE[1:]]), "area-coordinates"),
        (polygon([[None, 50], *SQUARE[1:]]), "area-coordinates"),
        (polygon([[True, False], *SQUARE[1:]]), "area-coordinates"),
        (polygon([[20], *SQUARE[1:]]), "area-coordinates"),
        (polygon([20, 50]), "area-coordinates"),
        (polygon("ring"), "area-coordinates"),
        ({"type": "Polygon", "coordinates": SQUARE}, "area-coordinates"),
        ({"type": "Polygon", "coordinates": [[SQUARE]]}, "area-coordinates"),
        ({"type": "MultiPolygon", "coordinates": [SQUARE]}, "area-coordinates"),
        ({"type": "MultiPolygon", "coordinates": [7]}, "area-coordinates"),
        (deep_coordinates(100_000), "area-coordinates"),
        (nested(2), "area-nested-collection"),
        (nested(100_000), "area-nested-collection"),
        (feature(nested(2)), "area-nested-collection"),
        (polygon([[20, 50], [20.01, 50], [20.02, 50], [20, 50]]), "area-too-small"),
        (polygon([[20, 50]] * 4), "area-ring-short"),
        (polygon([[20, 50], [20.000001, 50], [20.000001, 50.000001], [20, 50]]), "area-too-small"),
        (polygon(SQUARE, FAR), "area-hole-outside"),
        (polygon(BOW_TIE), "area-self-crossing"),
        (features(polygon(FAR), polygon(BOW_TIE)), "area-self-crossing"),
        (polygon([[lat, lng] for lng, lat in SQUARE]), "area-swapped"),
        (polygon([[lng - 20, lat] for lng, lat in SQUARE]), "area-outside-poland"),
        (polygon([*SQUARE[:3], [0, 0], SQUARE[0]]), "area-outside-poland"),
        (
            polygon([[565_297, 218_564], [565_397, 218_564], [565_397, 218_664], [565_297, 218_564]]),
            "area-system",
        ),
        (polygon([[-20, -50], [-21, -50], [-21, -51], [-20, -50]]), "area-outside-poland"),
    ],
)
def test_each_fault_has_its_own_code(value, code):
    assert fault(value)[0] == code


def test_a_crossing_is_told_with_its_place():
    assert fault(polygon(BOW_TIE))[1] == {"lng": 20.005, "lat": 50.005, "at": ""}


def test_a_wrong_position_is_told_with_its_path():
    value = features(polygon(SQUARE), polygon(FAR, [*HOLE[:1], [20.004, "x"], *HOLE[2:]]))
    assert fault(value)[1] == {"at": "/features/1/geometry/coordinates/1/1"}


def test_a_place_outside_poland_is_told():
    assert fault(polygon([*SQUARE[:3], [0, 1], SQUARE[0]]))[1] == {"lng": 0, "lat": 1}


POLAND = rules()["places"]["poland"]
WEST, SOUTH, EAST, NORTH = (POLAND[side] for side in ("west", "south", "east", "north"))


@pytest.mark.parametrize(
    ("lng", "lat"), [(WEST - 0.01, 52), (EAST + 0.01, 52), (19, SOUTH - 0.01), (19, NORTH + 0.01)]
)
def test_beyond_each_side_of_poland_is_outside_and_the_sides_are_not(lng, lat):
    corner = [lng, lat]
    assert fault(polygon([corner, *SQUARE[1:4], corner])) == ("area-outside-poland", {"lng": lng, "lat": lat})
    parse_area(shapely.to_geojson(box(WEST, SOUTH, EAST, NORTH)))


THIN_HOOK = [[20.0, 50.0], [20.001, 50.0], [20.001, 50.00000001], [20.00000001, 50.00000001],
             [20.00000001, 50.001], [20.0, 50.001], [20.0, 50.0]]  # fmt: skip


@pytest.mark.parametrize("ring", [[[20, 50], [20.01, 50], [20.02, 50], [20, 50]], THIN_HOOK])
def test_the_least_area_is_told(ring):
    code, params = fault(polygon(ring))
    assert (code, params["least"]) == ("area-too-small", 1)


def test_a_trusted_text_without_an_area_is_refused():
    with pytest.raises(InvalidArea) as caught:
        Area.from_text('{"type":"Point","coordinates":[20,50]}')
    assert [error.code for error in caught.value.errors] == ["area-empty"]


def test_the_most_vertices_are_taken_and_one_more_is_not():
    assert parse_area(polygon(circle(MOST_VERTICES - 1))).geometry.is_valid
    assert fault(polygon(circle(MOST_VERTICES))) == ("area-too-many-vertices", {"most": MOST_VERTICES})
    halves = {
        "type": "MultiPolygon",
        "coordinates": [[circle(MOST_VERTICES // 2)], [circle(MOST_VERTICES // 2)]],
    }
    assert fault(halves)[0] == "area-too-many-vertices"


def test_corners_that_arise_where_polygons_cross_count_as_well():
    count, wide = 60, 0.0001
    long, offsets = 2 * count * wide, [2 * number * wide for number in range(count)]
    upright = [box(20 + at, 50, 20 + at + wide, 50 + long) for at in offsets]
    level = [box(20, 50 + at, 20 + long, 50 + at + wide) for at in offsets]
    grid = json.loads(shapely.to_geojson(MultiPolygon([*upright, *level])))
    assert fault(grid) == (
        "area-too-many-vertices",
        {"most": MOST_VERTICES},
    )


def multi(parts):
    return json.loads(shapely.to_geojson(MultiPolygon(parts)))


def slivers(count):
    """As many upright as level ones, each crossing all of the others."""
    wide, starts = 0.02 / count, [0.04 * number / count for number in range(count // 2)]
    upright = [box(20 + at, 50, 20 + at + wide, 50.02) for at in starts]
    return [*upright, *(box(20, 50 + at, 20.02, 50 + at + wide) for at in starts)]


@pytest.mark.parametrize(
    "parts", [slivers(800), slivers(1998), [box(20, 50, 20.001, 50.001)] * 1_999], ids=["800", "1998", "same"]
)
def test_what_would_be_dear_to_unite_is_refused_before(parts, monkeypatch):
    monkeypatch.setattr("shared.geo.shapes.shapely.union_all", None)
    assert fault(multi(parts)) == ("area-too-many-vertices", {"most": MOST_VERTICES})


def test_corners_of_the_union_count_where_the_crossings_alone_are_few_enough():
    assert fault(multi(slivers(92))) == ("area-too-many-vertices", {"most": MOST_VERTICES})


def test_many_parts_that_hardly_meet_are_taken():
    """As a map of parcels or of a city's districts: neighbours share their borders."""
    side = 42
    parts = [box(20 + i / 1000, 50 + j / 1000, 20 + (i + 1) / 1000, 50 + (j + 1) / 1000)
             for i in range(side) for j in range(side)]  # fmt: skip
    assert parse_area(multi(parts)).geometry.equals(box(20, 50, 20 + side / 1000, 50 + side / 1000))


def moved(ring, lng, lat):
    return [[x + lng, y + lat] for x, y in ring]


@pytest.mark.parametrize(
    ("other", "crossings"),
    [
        (moved(SQUARE, 0.005, 0.005), 2),
        (moved(SQUARE, -0.005, 0.005), 2),
        (moved(SQUARE[::-1], 0.005, -0.005), 2),
        (moved(SQUARE, 0.02, 0.0), 0),
        (moved(SQUARE, 0.0, 0.0), 0),  # the same edges meet everywhere and cross nowhere
        ([[19.995, 50.003], [20.015, 50.004], [20.015, 50.006], [19.995, 50.005], [19.995, 50.003]], 4),
        ([[20.003, 49.995], [20.004, 50.015], [20.006, 50.015], [20.005, 49.995], [20.003, 49.995]], 4),
        ([[20.002, 50.002], [20.008, 50.002], [20.005, 50.008], [20.002, 50.002]], 0),  # lies inside
        # A slope beside the square: its box meets edges that it does not cross.
        ([[20.008, 50.018], [20.018, 50.008], [20.02, 50.02], [20.008, 50.018]], 0),
        ([[20.005, 50.014], [20.014, 50.005], [20.02, 50.02], [20.005, 50.014]], 2),
    ],
)
def test_crossings_of_two_polygons_are_counted_exactly(other, crossings, monkeypatch):
    both = {"type": "MultiPolygon", "coordinates": [[SQUARE], [other]]}
    for most in range(6):
        monkeypatch.setattr(crossings_of, "_MOST_CROSSED", 2 * most)  # each is met from both its edges
        if most < crossings:
            assert fault(both)[0] == "area-too-many-vertices"
        else:
            parse_area(both)


def test_a_ring_that_crosses_itself_is_told_with_its_place_to_the_centimetre():
    third = 1 / 3
    bow = [[20.0, 50.0], [20.01, 50.01], [20.01, 50.0 + 0.01 * third], [20.0, 50.01], [20.0, 50.0]]
    code, params = fault(polygon(bow))
    assert code == "area-self-crossing"
    place = [params["lng"], params["lat"]]
    assert all(isinstance(value, float) and value == round(value, 7) for value in place)
    assert (params["lng"], params["lat"]) == pytest.approx((20.006, 50.006), abs=1e-3)


def test_holes_outside_and_in_each_other_are_named():
    inner = [[20.0025, 50.0022], [20.0035, 50.0022], [20.0035, 50.0032], [20.0025, 50.0022]]
    around = [[20.001, 50.001], [20.006, 50.001], [20.006, 50.006], [20.001, 50.006], [20.001, 50.001]]
    assert fault(polygon(SQUARE, FAR))[0] == "area-hole-outside"
    assert fault(polygon(SQUARE, around, inner))[0] == "area-hole-outside"


@pytest.mark.parametrize(
    "coordinates", [[["no position"] * 100_000], [SQUARE] * 2_001 + ["no ring"]], ids=["ring", "rings"]
)
def test_of_too_many_vertices_no_more_is_read(coordinates):
    assert fault({"type": "Polygon", "coordinates": coordinates})[0] == "area-too-many-vertices"


def outlines() -> st.SearchStrategy[list[list[float]]]:
    position = st.tuples(st.floats(19.99, 20.01), st.floats(49.99, 50.01)).map(list)
    return st.lists(position, min_size=3, max_size=12).map(lambda ring: [*ring, ring[0]])


def test_corners_nearer_than_a_centimetre_become_one():
    twice = [19.9921875066, 49.9921874934]
    area = parse_area(
        polygon([[19.996093, 49.996093], twice, twice, [19.992187, 50.0], [19.996093, 49.996093]])
    )
    assert area == Area.from_text(area.text()) == parse_area(area.geojson())
    assert isinstance(area.geometry, Polygon)
    assert len(area.geometry.exterior.coords) == 4


@settings(deadline=None)
@given(st.lists(outlines(), min_size=1, max_size=3))
def test_whatever_is_taken_survives_being_stored(rings):
    try:
        area = parse_area(polygon(*rings))
    except InvalidArea:
        return
    assert area.geometry.is_valid
    again = parse_area(json.loads(area.text()))
    assert Area.from_text(area.text()).geometry.equals_exact(area.geometry)
    assert again == parse_area(area.geojson())
    assert again.geometry.equals(area.geometry)


KINDS = st.sampled_from(["Polygon", "MultiPolygon", "Feature", "FeatureCollection", "GeometryCollection"])
MEMBERS = st.sampled_from(["type", "coordinates", "geometries", "features", "geometry"])
LEAVES = st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.just(SQUARE)


def containers(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(inner, max_size=4) | st.dictionaries(MEMBERS, inner | KINDS, max_size=3)


@settings(deadline=None)
@given(st.recursive(LEAVES, containers, max_leaves=20))
def test_rubbish_is_refused_and_never_crashes(value):
    with suppress(InvalidArea):
        assert parse_area(value).geometry.is_valid


def test_stored_text_is_compact_with_seven_digits():
    area = parse_area(polygon([[lng + 1e-9, lat + 0.000_000_049] for lng, lat in SQUARE]))
    text = area.text()
    assert " " not in text
    assert max(len(number.split(".")[-1].rstrip("]}")) for number in text.split(",") if "." in number) <= 7


def test_rounding_never_makes_a_shape_invalid():
    narrow = [[20.01, 50.0], [20.01, 50.00000004], [20.005, 50.00000002]]
    spike = [[20.0, 50.0], *narrow, [20.005, 50.005], [20.0, 50.005], [20.0, 50.0]]
    area = parse_area(polygon(spike))
    assert area.geometry.is_valid
    assert Area.from_text(area.text()).geometry.is_valid


SPECK = [[20.005, 50.005], [20.00500000001, 50.005], [20.00500000001, 50.00500000001], [20.005, 50.005]]


def test_a_hole_of_which_rounding_leaves_nothing_is_closed():
    assert parse_area(polygon(SQUARE, SPECK)).geometry.equals(Polygon(SQUARE))


@pytest.mark.parametrize("far", [0.0, 0.5])
def test_a_part_of_which_rounding_leaves_nothing_is_dropped(far):
    both = MultiPolygon([Polygon(SQUARE), Polygon(moved(SPECK, far, 0.1))])
    assert Area.of(both).geometry.equals(Polygon(SQUARE))
    assert Area.of(Polygon(SPECK)) is None


def test_a_large_boundary_is_trusted():
    boundary = Area.from_text(json.dumps(polygon(circle(30_000))))
    assert isinstance(boundary.geometry, Polygon)
    assert len(boundary.geometry.exterior.coords) > 10_000


def test_an_area_of_a_stored_feature_collection_is_its_union():
    assert isinstance(Area.from_text(json.dumps(features(polygon(SQUARE), polygon(OTHER)))).geometry, Polygon)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("metres", [4.2, 10.0])
def test_everything_within_the_distance_is_in_the_buffered_shape(seed, metres):
    rng = np.random.default_rng(seed)
    turns = np.sort(rng.uniform(0, 2 * pi, 14))
    size = 10 ** rng.uniform(-4, 0)
    radii = size * rng.uniform(0.1, 1, 14)
    area = Area.of(
        Polygon(np.stack([19 + radii * np.cos(turns), 52 + radii * np.sin(turns)], axis=1)).buffer(0)
    )
    assert area is not None
    border = area.geometry.boundary
    on = shapely.get_coordinates(border.interpolate(rng.uniform(0, border.length, 300)))
    on = np.concatenate([on, shapely.get_coordinates(border)])
    bearing = rng.uniform(0, 2 * pi, len(on))
    east_west = METRES_PER_DEGREE * np.cos(np.radians(on[:, 1]))
    moved = on + metres * np.stack([np.sin(bearing) / east_west, np.cos(bearing) / METRES_PER_DEGREE], axis=1)
    grown = buffered(area, metres)
    assert shapely.contains_xy(grown, moved[:, 0], moved[:, 1]).all()


def test_a_buffer_grows_by_little_more_than_asked():
    area = parse_area(polygon(SQUARE))
    plane = Plane.of(area.geometry)
    farthest = shapely.hausdorff_distance(plane.project(area.reach), plane.project(area.geometry))
    assert 4.2 <= farthest < 4.22


def test_an_area_is_within_a_boundary_up_to_the_tolerance():
    boundary = parse_area(polygon(SQUARE))
    ten_metres = 10 / METRES_PER_DEGREE
    assert within(boundary, boundary)
    assert within(area_of(box(20.001, 50.001, 20.009, 50.01 + 0.9 * ten_metres)), boundary)
    assert not within(area_of(box(20.001, 50.001, 20.009, 50.01 + 1.1 * ten_metres)), boundary)
    assert not within(parse_area(polygon(FAR)), boundary)
    assert within(area_of(box(20.001, 50.001, 20.009, 50.0103)), boundary, tolerance_m=50)


def area_of(geometry: BaseGeometry) -> Area:
    area = Area.of(geometry)
    assert area is not None
    return area


def test_clip_keeps_what_lies_in_the_boundary():
    boundary = parse_area(polygon(SQUARE))
    clipped = clip(parse_area(polygon(OTHER)), boundary)
    assert clipped is not None
    assert clipped.geometry.equals(box(20.005, 50.005, 20.01, 50.01))
    assert within(clipped, boundary)


def test_clip_of_what_only_touches_or_lies_elsewhere_is_nothing():
    boundary = parse_area(polygon(SQUARE))
    assert clip(parse_area(polygon(FAR)), boundary) is None
    assert clip(area_of(box(20.01, 50.0, 20.02, 50.01)), boundary) is None


def test_clip_drops_lines_and_points_that_touch():
    comb = area_of(MultiPolygon([box(20.0, 50.0, 20.002, 50.004), box(20.01, 50.0, 20.02, 50.01)]))
    clipped = clip(comb, parse_area(polygon(SQUARE)))
    assert clipped is not None
    assert clipped.geojson()["type"] == "Polygon"


def test_centre_lies_in_the_area_even_of_a_ring():
    ring = area_of(Point(20, 50).buffer(0.1).difference(Point(20, 50).buffer(0.09)))
    assert ring.geometry.covers(Point(ring.centre))
    assert area_of(box(20, 50, 20.2, 50.1)).centre == pytest.approx((20.1, 50.05))
    assert area_of(Polygon([(20, 50), (20.3, 50), (20, 50.3)])).centre == pytest.approx((20.1, 50.1))


def test_random_areas_survive_storage_exactly():
    rng = random.Random(3)
    for _ in range(50):
        turns = sorted(rng.uniform(0, 2 * pi) for _ in range(40))
        ring = [(20 + 0.01 * rng.random() * cos(t), 50 + 0.01 * rng.random() * sin(t)) for t in turns]
        area = area_of(Polygon(ring).buffer(0))
        assert Area.from_text(area.text()).geometry.equals_exact(area.geometry)
