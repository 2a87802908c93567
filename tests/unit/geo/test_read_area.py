"""An area from outside is read part by part: what is mended or left out is told, what is excluded is out."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box

from shared.errors import InvalidArea
from shared.geo.plane import METRES_PER_DEGREE
from shared.geo.read_area import MOST_NOTES, parse_area, read_area
from shared.geo.shapes import square_metres

SQUARE = [[20.0, 50.0], [20.01, 50.0], [20.01, 50.01], [20.0, 50.01], [20.0, 50.0]]
TOUCH = [20.005, 50.005]
UPPER = [[20.0, 50.01], [20.01, 50.01]]
HOURGLASS = [[20.0, 50.0], TOUCH, *UPPER, TOUCH, [20.01, 50.0], [20.0, 50.0]]
TRIANGLES = MultiPolygon([Polygon([TOUCH, *UPPER]), Polygon([[20.0, 50.0], TOUCH, [20.01, 50.0]])])
BOW_TIE = [[20.0, 50.0], [20.01, 50.01], [20.01, 50.0], [20.0, 50.01], [20.0, 50.0]]
SPIKED = [*SQUARE[:2], [20.02, 50.0], *SQUARE[1:]]
# A ring that runs round a hole and back by the way it came, as exports without holes write it.
KEYHOLE = [
    [20.0, 50.0], [20.004, 50.004], [20.006, 50.004], [20.006, 50.006], [20.004, 50.006], [20.004, 50.004],
    [20.0, 50.0], [20.0, 50.01], [20.01, 50.01], [20.01, 50.0], [20.0, 50.0],
]  # fmt: skip
ONCE_MORE = [*SQUARE, *SQUARE[1:]]  # twice round


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def multi(*polygons):
    return {"type": "MultiPolygon", "coordinates": [one["coordinates"] for one in polygons]}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def features(*of):
    return {"type": "FeatureCollection", "features": list(of)}


def rectangle(west, south, east, north):
    return polygon([[west, south], [east, south], [east, north], [west, north], [west, south]])


def notes(value):
    return [(note.code, note.params) for note in read_area(value).notes]


def refusal(value):
    with pytest.raises(InvalidArea) as caught:
        parse_area(value)
    return caught.value.errors[0]


# ---- What is mended


@pytest.mark.parametrize(
    ("ring", "same"),
    [
        (HOURGLASS, TRIANGLES),
        (SPIKED, box(20.0, 50.0, 20.01, 50.01)),
    ],
)
def test_a_ring_that_touches_itself_is_mended_where_all_readings_agree(ring, same):
    read = read_area(polygon(ring))
    assert square_metres(shapely.symmetric_difference(read.area.geometry, same)) < 1
    assert [(note.code, note.params) for note in read.notes] == [
        ("area-repaired", {"at": "", "number": 1, "metres": 0.0})
    ]


def test_a_hole_that_a_ring_runs_round_stays_a_hole():
    (note,) = read_area(polygon(KEYHOLE)).notes
    assert note.code == "area-repaired"
    assert not parse_area(polygon(KEYHOLE)).geometry.covers(Point(20.005, 50.005))


def test_a_crossing_of_a_hairs_breadth_is_mended_and_told_in_square_metres():
    """As rounding makes it: a corner that lies a metre beyond the line it should touch."""
    metre = 1 / METRES_PER_DEGREE
    ring = [[20.0, 50.0], [20.01, 50.0], [20.01, 50.01], [20.005, 50.0 - metre], [20.0, 50.01], [20.0, 50.0]]
    (note,) = read_area(polygon(ring)).notes
    assert note.code == "area-repaired"
    assert 0 < float(note.params["metres"]) < 100


@pytest.mark.parametrize("ring", [BOW_TIE, [*ONCE_MORE[:-1], [20.02, 50.02], ONCE_MORE[0]]])
def test_where_readings_differ_nothing_is_guessed(ring):
    fault = refusal(features(feature(polygon(SQUARE)), feature(polygon(ring))))
    assert (fault.code, fault.params["at"]) == ("area-self-crossing", "/features/1/geometry")


def test_a_tangle_is_refused_before_it_costs(monkeypatch):
    monkeypatch.setattr("shared.geo.repair.shapely.make_valid", None)
    zigzag = [[20 + (n % 2) * 0.01, 50 + 0.01 * ((n * 577) % 4000) / 4000] for n in range(4000)]
    assert refusal(polygon([*zigzag, zigzag[0]])).code == "area-self-crossing"


def test_a_ring_is_closed_and_that_is_told():
    assert notes(polygon(SQUARE[:-1])) == [("area-closed", {"at": "", "number": 1})]
    assert parse_area(polygon(SQUARE[:-1])) == parse_area(polygon(SQUARE))


def test_an_end_that_differs_by_rounding_needs_no_word():
    assert notes(polygon([*SQUARE[:-1], [20.000000000000004, 50.0]])) == []


# ---- What is left out


def test_elements_without_an_area_are_left_out_and_told():
    point = {"type": "Point", "coordinates": [20, 50]}
    assert notes(features(feature(None), feature(polygon(SQUARE)), feature(point))) == [
        ("area-left-empty", {"at": "/features/0", "number": 1}),
        ("area-left-type", {"at": "/features/2/geometry", "number": 3, "type": "Point"}),
    ]


def test_of_many_notes_the_first_are_told():
    assert len(notes(features(feature(polygon(SQUARE)), *[feature(None)] * 500))) == MOST_NOTES


# ---- In which system


@pytest.mark.parametrize(
    "crs",
    [
        None,
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}},
        {"type": "name", "properties": {"name": "EPSG:4258"}},
        {"type": "name", "properties": {"name": "http://www.opengis.net/def/crs/EPSG/0/4326"}},
        {"type": "name", "properties": {"name": "WGS 84"}},
        "EPSG:4326",
    ],
)
def test_names_of_wgs_84_are_taken(crs):
    assert parse_area(polygon(SQUARE) | {"crs": crs}) == parse_area(polygon(SQUARE))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("urn:ogc:def:crs:EPSG::4179", "EPSG:4179"),
        ("EPSG:2180", "EPSG:2180"),
        ("urn:ogc:def:crs:EPSG:6.9:3857", "EPSG:3857"),
        ("Pulkovo 1942", "Pulkovo 1942"),
        ("x" * 300, "x" * 60),
        (5, "?"),
    ],
)
def test_another_system_is_refused_by_its_name_wherever_it_stands(name, told):
    crs = {"crs": {"type": "name", "properties": {"name": name}}}
    for value in (
        polygon(SQUARE) | crs,
        features(feature(polygon(SQUARE))) | crs,
        feature(polygon(SQUARE)) | crs,
    ):
        fault = refusal(value)
        assert (fault.code, fault.params) == ("area-system", {"system": told})


@pytest.mark.parametrize(
    ("corner", "told"),
    [
        ((565_297, 218_564), "EPSG:2180 (PL-1992)"),
        ((218_564, 565_297), "EPSG:2180 (PL-1992)"),
        ((7_500_123, 5_788_000), "EPSG:2178 (PL-2000)"),
        ((5_788_000, 6_500_123), "EPSG:2177 (PL-2000)"),
        ((2_230_000, 6_460_000), "EPSG:3857 (Web Mercator)"),
        ((500_000, 5_761_000), "UTM (EPSG:32633, EPSG:32634)"),
    ],
)
def test_metres_are_refused_by_the_name_of_their_system(corner, told):
    east, north = corner
    assert refusal(rectangle(east, north, east + 100, north + 100)).params == {"system": told}


# ---- What is excluded

A = rectangle(19.095, 51.885, 19.107, 51.895)
B = rectangle(19.099, 51.887, 19.111, 51.897)
H = rectangle(19.101, 51.889, 19.105, 51.893)
INSIDE = Point(19.103, 51.891)
UNION = box(19.095, 51.885, 19.107, 51.895).union(box(19.099, 51.887, 19.111, 51.897))


def same(value, shape):
    difference = shapely.symmetric_difference(parse_area(value).geometry, shape)
    return square_metres(difference) < 1


@pytest.mark.parametrize(
    "value",
    [
        multi(polygon(A["coordinates"][0], H["coordinates"][0]), B),
        multi(B, polygon(A["coordinates"][0], H["coordinates"][0])),
        features(feature(A), feature(B), feature(H, excluded=True)),
        features(feature(H, excluded=True), feature(multi(A, B))),
    ],
)
def test_what_is_excluded_is_cut_out_of_the_union(value):
    assert same(value, UNION.difference(box(19.101, 51.889, 19.105, 51.893)))
    assert notes(value) == []


def test_an_exclusion_may_cut_several_parts_and_the_border():
    out = rectangle(19.10, 51.88, 19.103, 51.90)
    value = features(feature(A), feature(B), feature(out, excluded=True))
    assert same(value, UNION.difference(box(19.10, 51.88, 19.103, 51.90)))


@pytest.mark.parametrize("filling", [H, rectangle(19.102, 51.890, 19.104, 51.892)])
def test_a_part_that_lies_in_a_hole_stays(filling):
    """As a town in its rural district: neither overlaps the other."""
    ring = polygon(A["coordinates"][0], H["coordinates"][0])
    assert parse_area(multi(ring, filling)).geometry.covers(INSIDE)


def hole_of(metres):
    d_lat = metres / METRES_PER_DEGREE / 2
    d_lng = d_lat / 0.6172
    return rectangle(19.103 - d_lng, 51.891 - d_lat, 19.103 + d_lng, 51.891 + d_lat)


@pytest.mark.parametrize(("metres", "told"), [(12, True), (16, True), (20, False), (60, False)])
def test_what_is_too_small_to_keep_anybody_out_is_told(metres, told):
    hole = hole_of(metres)
    expected = ["area-exclusion-small"] if told else []
    whole = polygon(A["coordinates"][0], hole["coordinates"][0])
    assert [code for code, _ in notes(whole)] == expected
    assert [code for code, _ in notes(features(feature(A), feature(hole, excluded=True)))] == expected


def test_an_exclusion_beside_the_area_is_told():
    aside = rectangle(19.2, 51.885, 19.21, 51.895)
    ((code, params),) = notes(features(feature(A), feature(aside, excluded=True)))
    assert (code, params["lng"]) == ("area-exclusion-elsewhere", 19.205)


def test_an_area_that_is_excluded_whole_is_refused():
    assert refusal(features(feature(H), feature(A, excluded=True))).code == "area-all-excluded"


def test_a_gap_between_neighbours_is_no_exclusion():
    gap = 1e-7
    west = rectangle(20.0, 50.0, 20.005 - gap, 50.01)
    east = rectangle(20.005, 50.0, 20.01, 50.01)
    top = rectangle(20.0, 50.0099, 20.01, 50.02)
    bottom = rectangle(20.0, 49.99, 20.01, 50.0001)
    assert notes(multi(west, east, top, bottom)) == []


def test_whatever_is_told_the_area_is_valid_and_stays_as_it_is():
    area = parse_area(features(feature(polygon(HOURGLASS)), feature(H, excluded=True)))
    assert area.geometry.is_valid
    assert parse_area(area.geojson()) == area


def test_numbers_at_the_end_of_all_numbers_are_refused_like_any_place_outside():
    far = 1.7e308
    with pytest.raises(InvalidArea):
        read_area(polygon([[far, 50.0], [20.0, 50.0], [20.0, 50.1], [-far, 50.1]]))
