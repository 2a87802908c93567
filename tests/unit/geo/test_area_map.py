"""The small map of an alert's page: true to scale, within its frame, and small."""

from __future__ import annotations

import json
import re

import pytest
import shapely
from shapely.geometry import Point, Polygon, shape

from shared.geo.area_map import (
    BOUNDARY_TOLERANCE_M,
    HEIGHT,
    LEAST_EXTENT_M,
    MARGIN,
    WIDTH,
    area_map,
    overview,
    simplified,
)
from shared.geo.plane import METRES_PER_DEGREE, Plane

LAT, LNG = 49.84, 19.94
STREET = shapely.to_geojson(shapely.box(LNG, LAT, LNG + 0.01, LAT + 0.0005))
BOUNDARY = shapely.to_geojson(shapely.box(LNG - 0.05, LAT - 0.05, LNG + 0.05, LAT + 0.05))
RAGGED = Point(LNG, LAT).buffer(0.02, quad_segs=4000).difference(Point(LNG, LAT).buffer(0.01, quad_segs=900))


def rings(path):
    return [
        [tuple(map(int, point.split())) for point in re.split("[LM]", ring) if point]
        for ring in path.split("z")
        if ring
    ]


@pytest.mark.parametrize(
    "area", [STREET, shapely.to_geojson(RAGGED), shapely.to_geojson(Point(LNG, LAT).buffer(1e-4))]
)
def test_the_whole_area_lies_within_the_frame_with_a_margin(area):
    points = [point for ring in rings(area_map(area, None).area) for point in ring]
    assert all(10 < x < WIDTH - 10 and 10 < y < HEIGHT - 10 for x, y in points)


def test_lengths_are_those_of_the_scale():
    drawn = area_map(STREET, None)
    xs = [x for ring in rings(drawn.area) for x, _ in ring]
    units_per_metre = drawn.scale / drawn.scale_m
    metres = 0.01 * Plane.at(LAT + 0.0005).metres[0]
    assert max(xs) - min(xs) == pytest.approx(metres * units_per_metre, rel=0.02)


def test_points_lie_where_the_area_is_drawn():
    drawn = area_map(STREET, None)
    corners = shapely.get_coordinates(shapely.from_geojson(STREET))
    placed = {(round(x), round(y)) for x, y in drawn.framed.units(corners).tolist()}
    assert placed == {point for ring in rings(drawn.area) for point in ring}


@pytest.mark.parametrize("area", [STREET, shapely.to_geojson(Point(LNG, LAT).buffer(1e-5))])
def test_the_frame_has_the_proportions_of_the_drawing_about_the_areas_middle(area):
    west, south, east, north = area_map(area, None).framed.frame
    middle = Plane.of(shapely.from_geojson(area)).project(shapely.from_geojson(area)).envelope.centroid
    assert (north - south) / (east - west) == pytest.approx(HEIGHT / WIDTH)
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx((middle.x, middle.y))
    assert east - west >= LEAST_EXTENT_M * (1 + 2 * MARGIN) - 1e-6


def test_north_is_up():
    tip = Polygon([(LNG, LAT), (LNG + 0.01, LAT), (LNG + 0.005, LAT + 0.01)])
    [ring] = rings(area_map(shapely.to_geojson(tip), None).area)
    assert min(ring, key=lambda point: point[1])[0] == pytest.approx(WIDTH / 2, abs=2)


@pytest.mark.parametrize("metres", [5, 80, 900, 20_000])
def test_the_scale_is_a_round_length_that_fits(metres):
    area = shapely.to_geojson(Point(LNG, LAT).buffer(metres / METRES_PER_DEGREE))
    drawn = area_map(area, None)
    assert str(drawn.scale_m).rstrip("0") in {"1", "2", "5"}
    assert WIDTH / 20 < drawn.scale <= 200


def test_holes_stay_open():
    assert len(rings(area_map(shapely.to_geojson(RAGGED), None).area)) == 2


def test_thousands_of_corners_become_a_few_hundred_bytes():
    assert len(area_map(shapely.to_geojson(RAGGED), BOUNDARY).area) < 1500


def test_the_border_is_drawn_where_the_frame_shows_it():
    at_the_border = shapely.to_geojson(shapely.box(LNG + 0.04, LAT, LNG + 0.05, LAT + 0.005))
    assert area_map(at_the_border, BOUNDARY).border.startswith("M")
    assert area_map(STREET, BOUNDARY).border == ""


def test_in_the_overview_even_a_house_is_seen():
    house = shapely.to_geojson(Point(LNG, LAT).buffer(5 / METRES_PER_DEGREE))
    drawn = overview(house, BOUNDARY)
    [ring] = rings(drawn.area)
    xs = [x for x, _ in ring]
    assert max(xs) - min(xs) >= 10
    assert len(rings(drawn.border)[0]) == 5


def test_a_simplified_boundary_is_near_the_true_one_and_much_smaller():
    text = shapely.to_geojson(RAGGED)
    short = simplified(text)
    plane = Plane.of(RAGGED)
    apart = shapely.hausdorff_distance(
        plane.project(RAGGED).boundary, plane.project(shape(json.loads(short))).boundary, densify=0.01
    )
    assert apart <= BOUNDARY_TOLERANCE_M
    assert len(short) < len(text) / 10
    assert not re.search(r"\d\.\d{6}", short)


def metres_box(wide, high):
    """So many metres about the place, as GeoJSON."""
    plane = Plane.at(LAT)
    half = (wide / plane.metres[0] / 2, high / plane.metres[1] / 2)
    return shapely.to_geojson(shapely.box(LNG - half[0], LAT - half[1], LNG + half[0], LAT + half[1]))


def extent(path):
    points = [point for ring in rings(path) for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize(
    ("wide", "high", "units"),
    [
        (2000, 10, (WIDTH / (1 + 2 * MARGIN), 10 / 2000 * WIDTH / (1 + 2 * MARGIN))),  # as wide as it can be
        (10, 2000, (10 / 2000 * HEIGHT / (1 + 2 * MARGIN), HEIGHT / (1 + 2 * MARGIN))),
        (1600, 1000, (WIDTH / (1 + 2 * MARGIN), HEIGHT / (1 + 2 * MARGIN))),
        (
            24,
            15,
            (0.1 * WIDTH / (1 + 2 * MARGIN), 0.1 * HEIGHT / (1 + 2 * MARGIN)),
        ),  # a house, of LEAST_EXTENT_M
    ],
)
def test_an_area_lies_in_the_middle_with_a_margin_of_its_own_extent(wide, high, units):
    west, north, east, south = extent(area_map(metres_box(wide, high), None).area)
    assert (east - west, south - north) == pytest.approx(units, abs=2)
    assert ((west + east) / 2, (north + south) / 2) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=1)


@pytest.mark.parametrize(
    ("wide", "metres"),
    [
        (10, 100),
        (260, 100),
        (550, 200),
        (1100, 200),
        (1300, 500),
        (3000, 1000),
        (30_000, 10_000),
        (300_000, 100_000),
    ],
)
def test_the_scale_is_the_longest_round_length_of_a_third_of_the_drawing(wide, metres):
    assert area_map(metres_box(wide, 1), None).scale_m == metres


def test_paths_are_nothing_but_moves_and_lines_and_only_areas_are_closed():
    drawn = area_map(shapely.to_geojson(shapely.box(LNG + 0.04, LAT, LNG + 0.05, LAT + 0.005)), BOUNDARY)
    line = r"M\d+ \d+(L-?\d+ -?\d+)+"
    assert re.fullmatch(f"({line}z)+", drawn.area)
    assert re.fullmatch(f"({line})+", drawn.border)


def test_a_speck_beside_a_large_part_is_left_out():
    speck = shapely.box(LNG + 0.02, LAT, LNG + 0.020001, LAT + 0.000001)
    both = shapely.to_geojson(shapely.union_all([shapely.from_geojson(STREET), speck]))
    assert len(rings(area_map(both, None).area)) == 1
