"""No place in an area is missed; what is kept in error lies at its border."""

from __future__ import annotations

import json
import random
import re
from concurrent.futures import ThreadPoolExecutor
from math import cos, pi, radians, sin

import h3
import numpy as np
import pyproj
import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from infra.local.processes import ROOT
from shared.geo import cells
from shared.geo.cells import CELL_RADIUS_M
from shared.geo.cover import (
    FINE_RANGES,
    _close_gaps,
    _runs,
    _start,
    core_matcher,
    disc_radius,
    matcher,
    ranges_for,
)
from shared.geo.geojson import MOST_VERTICES
from shared.geo.plane import METRES_PER_DEGREE, Plane
from shared.geo.read_area import parse_area
from shared.geo.shapes import Area

REGISTER = ROOT.parent / "shared" / "data" / "teryt"
WGS84 = pyproj.Geod(ellps="WGS84")
CENTRE = (20.1, 50.9)


def in_degrees(shape: BaseGeometry, about: tuple[float, float] = CENTRE) -> Area:
    """An area from metres about a point."""
    lng, lat = about
    per_degree = np.array([METRES_PER_DEGREE * cos(radians(lat)), METRES_PER_DEGREE])
    area = Area.of(shapely.transform(shape, lambda xy: xy / per_degree + np.array([lng, lat])))
    assert area is not None
    return area


def star(rng: random.Random, radius: float, corners: int, x: float = 0, y: float = 0) -> Polygon:
    """An irregular, concave outline about (x, y)."""
    turns = sorted(rng.uniform(0, 2 * pi) for _ in range(corners))
    reach = [radius * rng.uniform(0.15, 1.0) for _ in turns]
    outline = [(x + r * cos(t), y + r * sin(t)) for t, r in zip(turns, reach, strict=True)]
    return Polygon(outline).buffer(0)


def random_shape(rng: random.Random) -> BaseGeometry:
    size = 10 ** rng.uniform(0.7, 4.3)
    kind = rng.choice(["concave", "thin", "holes", "parts", "tiny"])
    if kind == "thin":
        line = [(rng.uniform(-size, size), rng.uniform(-size, size)) for _ in range(rng.randint(2, 6))]
        return LineString(line).buffer(rng.uniform(1, 15))
    if kind == "holes":
        holes = [star(rng, size / 4, 9, x, y) for x, y in ((-size / 3, 0), (size / 3, size / 5))]
        return box(-size, -size, size, size).difference(shapely.union_all(holes))
    if kind == "parts":
        spots = [(rng.uniform(-2, 2) * size, rng.uniform(-2, 2) * size) for _ in range(rng.randint(2, 9))]
        return shapely.union_all([star(rng, size / 3, 12, x, y) for x, y in spots])
    if kind == "tiny":
        return Point(rng.uniform(-9, 9), rng.uniform(-9, 9)).buffer(rng.uniform(0.8, 4))
    return star(rng, size, rng.randint(5, 60))


def places_about(area: Area, rng: np.random.Generator, count: int) -> np.ndarray:
    """Rows lng, lat: all over the box, and crowded at the border."""
    west, south, east, north = area.geometry.bounds
    spread = rng.uniform((west, south), (east, north), (count, 2))
    border = area.geometry.boundary
    along = shapely.get_coordinates(border.interpolate(rng.uniform(0, border.length, count)))
    near = along + rng.uniform(-15, 15, (count, 2)) / METRES_PER_DEGREE
    return np.concatenate([spread, near, shapely.get_coordinates(border)[:count]])


def metres_outside(area: Area, lnglat: np.ndarray) -> np.ndarray:
    plane = Plane.at(float(lnglat[:, 1].mean()))
    return np.asarray(shapely.distance(plane.project(area.geometry), shapely.points(lnglat * plane.metres)))


def check(area: Area, lnglat: np.ndarray) -> None:
    names = [cells.cell_of(lat, lng) for lng, lat in lnglat]
    ranges = ranges_for(area)
    read = np.array([any(lo <= name <= hi for lo, hi in ranges) for name in names])
    matched = matcher(area)(names)
    meant = shapely.intersects_xy(area.geometry, lnglat[:, 0], lnglat[:, 1])
    assert (read | ~matched).all(), "a cell that the filter keeps was not read"
    assert matched[meant].all(), "a place in the area was missed"
    extra = lnglat[matched & ~meant]
    if len(extra):
        assert metres_outside(area, extra).max() <= 8.4


def well_formed(ranges: list[tuple[str, str]], most: int) -> bool:
    bounds = cells.ranks([bound for both in ranges for bound in both]).astype(np.int64)
    steps = np.diff(bounds)
    in_order = (steps[0::2] >= 0).all()
    disjoint_and_merged = (steps[1::2] > 1).all()
    return 1 <= len(ranges) <= most and bool(in_order) and bool(disjoint_and_merged)


@pytest.mark.parametrize("seed", range(120))
def test_random_shape_misses_no_place_and_strays_no_farther_than_its_border(seed):
    rng = random.Random(seed)
    area = in_degrees(random_shape(rng), (rng.uniform(14.5, 23.8), rng.uniform(49.3, 54.5)))
    check(area, places_about(area, np.random.default_rng(seed), 150))


def border_cells(area: Area, rng: np.random.Generator, count: int) -> list[str]:
    border = area.geometry.boundary
    along = shapely.get_coordinates(border.interpolate(rng.uniform(0, border.length, count)))
    on_it = np.concatenate([along, shapely.get_coordinates(border)[:count]])
    crossed = {cells.cell_of(lat, lng) for lng, lat in on_it}
    return sorted({near for cell in crossed for near in h3.grid_disk(cell, 2)})


def far_ends(of: list[str]) -> np.ndarray:
    """The places farthest from each cell's centre: its corners, just inside. Rows of six lng, lat."""
    corners = np.array([[corner[::-1] for corner in h3.cell_to_boundary(cell)[:6]] for cell in of])
    centres = np.stack(cells.centres(of)[::-1], axis=1)[:, None, :]
    return centres + (corners - centres) * 0.9999


@pytest.mark.parametrize("seed", range(1000, 1015))
def test_at_the_border_every_cell_with_a_corner_inside_is_kept_and_none_beyond_8_4_m(seed):
    rng = random.Random(seed)
    area = in_degrees(random_shape(rng), (rng.uniform(14.5, 23.8), rng.uniform(49.1, 54.5)))
    near = border_cells(area, np.random.default_rng(seed), 60)
    kept, places = matcher(area)(near), far_ends(near)
    inside = shapely.intersects_xy(area.geometry, places[..., 0], places[..., 1])
    assert kept[inside.any(axis=1)].all()
    ranges = ranges_for(area)
    assert all(
        any(lo <= cell <= hi for lo, hi in ranges) for cell, keep in zip(near, kept, strict=True) if keep
    )
    assert metres_outside(area, places[kept].reshape(-1, 2)).max() <= 8.4


@pytest.mark.parametrize("seed", range(24))
def test_ranges_are_no_more_than_allowed_in_order_disjoint_and_merged(seed):
    area = in_degrees(random_shape(random.Random(seed)))
    assert well_formed(ranges_for(area), FINE_RANGES)


def test_cells_of_several_resolutions_become_runs_and_only_neighbours_are_merged():
    coarse, fine = np.array([4, 1], dtype=np.uint64), np.array([14, 0, 16, 27], dtype=np.uint64)
    assert _runs([(coarse, 12), (fine, 13)]).tolist() == [[0, 0], [7, 14], [16, 16], [27, 34]]


@pytest.mark.parametrize("half", [1e-5, 1e-4, 0.003, 0.05, 0.7, 100])
def test_it_starts_from_the_finest_cells_as_large_as_the_reach_and_two_rings_about(half):
    lng, lat = CENTRE
    resolution, ranks = _start(box(lng - half, lat - half / 2, lng + half, lat + half / 2))
    radius = METRES_PER_DEGREE * half * 1.25**0.5
    finer = disc_radius(resolution + 1) if resolution < 13 else 0
    assert finer < radius
    assert radius <= disc_radius(resolution) or resolution == 0
    around = h3.grid_disk(h3.latlng_to_cell(lat, lng, resolution), 2)
    started = {f"{index:x}" for index in cells.index_of(ranks, resolution).tolist()}
    assert started == {cell for cell in around if not h3.is_pentagon(cell)}


def test_of_more_ranges_than_allowed_those_with_the_smallest_gaps_between_are_read_as_one():
    runs = np.array([[0, 9], [12, 19], [30, 39], [41, 49], [100, 109]], dtype=np.uint64)
    assert _close_gaps(runs, 3).tolist() == [[0, 19], [30, 49], [100, 109]]
    assert _close_gaps(runs, 1).tolist() == [[0, 109]]
    assert _close_gaps(runs, 5) is runs


def test_the_fine_cover_is_well_formed_and_holds_hardly_more_cells_than_are_kept():
    disc = Point(0, 0).buffer(500)
    ring = disc.difference(Point(0, 0).buffer(300))
    pair = MultiPolygon([disc, Point(5000, 0).buffer(500)])
    for shape in (disc, ring, pair):
        area = in_degrees(shape)
        ranges = ranges_for(area)
        assert well_formed(ranges, FINE_RANGES)
        bounds = cells.ranks([bound for both in ranges for bound in both]).astype(np.int64).reshape(-1, 2)
        read = cells.strings(np.concatenate([np.arange(lo, hi + 1) for lo, hi in bounds]).astype(np.uint64))
        assert len(read) <= 1.08 * matcher(area)(read).sum()


def test_a_hole_keeps_its_residents_out():
    ring = in_degrees(Point(0, 0).buffer(500).difference(Point(0, 0).buffer(300)))
    assert not matcher(ring)([cells.cell_of(CENTRE[1], CENTRE[0])])[0]


def test_several_threads_get_the_same_answer_from_one_matcher():
    area = in_degrees(star(random.Random(9), 600, 400))
    some = border_cells(area, np.random.default_rng(9), 200)
    alone = matcher(area)(some).tolist()
    matches = matcher(in_degrees(star(random.Random(9), 600, 400)))
    with ThreadPoolExecutor(8) as pool:
        assert all(kept.tolist() == alone for kept in pool.map(lambda _: matches(some), range(64)))


def test_matcher_of_no_cells_is_empty():
    assert matcher(in_degrees(box(0, 0, 50, 50)))([]).tolist() == []


@pytest.mark.parametrize("resolution", range(1, 14))
def test_no_descendant_in_poland_leaves_the_disc_that_stands_for_its_cell(resolution):
    rng = random.Random(resolution)
    for _ in range(60):
        lat, lng = rng.uniform(48.9, 55.1), rng.uniform(14.0, 24.3)
        cell = h3.latlng_to_cell(lat, lng, resolution)
        assert radius_m(cell) <= disc_radius(resolution)
        finest = h3.latlng_to_cell(lat, lng, 13)
        parent = h3.cell_to_latlng(h3.cell_to_parent(finest, resolution))
        assert h3.great_circle_distance(parent, (lat, lng), "m") <= disc_radius(resolution)


def test_the_disc_of_a_cell_is_as_many_times_larger_as_the_cell():
    discs = [disc_radius(resolution) for resolution in range(13, 0, -1)]
    assert discs == pytest.approx([1.075 * 4.2 * 7 ** (coarser / 2) for coarser in range(13)])


def radius_m(cell: str) -> float:
    """From its centre to its farthest corner, on WGS 84."""
    lat, lng = h3.cell_to_latlng(cell)
    return max(float(WGS84.inv(lng, lat, *corner[::-1])[2]) for corner in h3.cell_to_boundary(cell))


def test_a_place_is_never_farther_from_its_cells_centre_than_the_radius_of_a_cell():
    farthest = max(
        radius_m(cells.cell_of(lat, lng))
        for lat in np.linspace(48.9, 55.1, 30)
        for lng in np.linspace(14.0, 24.3, 30)
    )
    assert 4.19 < farthest < CELL_RADIUS_M


def test_the_residents_app_counts_with_the_same_radius():
    script = (ROOT / "web-residents/js/places/shapes.js").read_text()
    assert re.findall(r"const CELL_RADIUS_M = ([\d.]+);", script) == [str(CELL_RADIUS_M)]


def test_the_whole_of_poland_can_be_covered():
    area = Area.of(box(14.1, 49.0, 24.1, 54.8))
    assert area is not None
    check(area, np.array([[14.2, 49.1], [19.0, 52.0], [24.0, 54.7], [14.1, 54.8]]))


def register(name: str, every: int) -> list[Area]:
    file = next(REGISTER.glob(f"{name}_*.geojson"), None) if REGISTER.is_dir() else None
    if file is None:
        pytest.skip("the register's boundaries are not here")
    features = json.loads(file.read_text())["features"]
    return [Area.from_text(json.dumps(feature["geometry"])) for feature in features[::every]]


@pytest.mark.parametrize(("name", "every"), [("gminy", 40), ("powiaty", 12), ("wojewodztwa", 8)])
def test_register_units_are_covered_without_a_miss(name, every):
    for number, area in enumerate(register(name, every)):
        check(area, places_about(area, np.random.default_rng(number), 60))


def test_the_most_intricate_shape_taken_is_covered_like_any_other():
    half = MOST_VERTICES // 2 - 1  # the ring's first corner stands at its end once more
    spikes = [
        (19 + radius * cos(pi * n / half), 52 + 0.6 * radius * sin(pi * n / half))
        for n, radius in zip(range(2 * half), [0.01, 0.1] * half, strict=True)
    ]
    area = parse_area(json.loads(shapely.to_geojson(Polygon(spikes))))
    assert well_formed(ranges_for(area), FINE_RANGES)
    check(area, places_about(area, np.random.default_rng(1), 20))


# ---- What is taken out


@pytest.mark.parametrize("seed", range(8))
def test_what_is_taken_out_is_clear_of_every_place_outside(seed):
    rng = random.Random(seed)
    area = in_degrees(star(rng, 400, 12))
    lng, lat = rng.uniform(20.09, 20.11), rng.uniform(50.89, 50.91)
    spots = [(lng + rng.gauss(0, 0.004), lat + rng.gauss(0, 0.002)) for _ in range(2000)]
    out = core_matcher(area)([cells.cell_of(y, x) for x, y in spots])
    inside = [area.geometry.contains(Point(spot)) for spot in spots]
    assert all(within for within, taken in zip(inside, out, strict=True) if taken)


def test_what_is_narrower_than_two_cells_takes_nobody_out():
    path = in_degrees(LineString([(0, 0), (300, 200)]).buffer(4))
    along = [cells.cell_of(y, x) for x, y in shapely.get_coordinates(path.geometry)]
    assert not core_matcher(path)([*along, cells.cell_of(*path.centre[::-1])]).any()
