"""GeoJSON from outside: what is wrong is named by its code and its place, exactly."""

from __future__ import annotations

import pytest

from shared.geo.faults import Fault
from shared.geo.geojson import MOST_VERTICES, decoded, read

RING = [[20.0, 50.0], [20.1, 50.0], [20.1, 50.1], [20.0, 50.0]]
OPEN = [*RING[:-1], [20.0, 50.2]]
SHORT = [[20.0, 50.0], [20.1, 50.0], [20.0, 50.0]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}


def geometry(coordinates, type_="Polygon"):
    return {"type": type_, "coordinates": coordinates}


def collection(*parts):
    return {"type": "GeometryCollection", "geometries": list(parts)}


def feature(of):
    return {"type": "Feature", "geometry": of}


def features(*of):
    return {"type": "FeatureCollection", "features": [feature(one) for one in of]}


def multi(*rings):
    return geometry([[ring] for ring in rings], "MultiPolygon")


def at_position(position):
    """A ring whose third position is this one."""
    return geometry([[RING[0], RING[1], position, RING[3]]])


def polygons(value):
    return [outline.rings for outline in read(value).outlines]


NOT = "area-not-geojson"
FAULTS = [
    # no GeoJSON
    (5, NOT, {"at": ""}),
    ({}, NOT, {"at": ""}),
    ({"type": "Polygon"}, NOT, {"at": ""}),
    (geometry({}), NOT, {"at": "/coordinates"}),
    ({"type": "FeatureCollection"}, NOT, {"at": ""}),
    ({"type": "FeatureCollection", "features": {}}, NOT, {"at": "/features"}),
    ({"type": "FeatureCollection", "features": [feature(POLYGON), 5]}, NOT, {"at": "/features/1"}),
    ({"type": "FeatureCollection", "features": [POLYGON]}, NOT, {"at": "/features/0"}),
    ({"type": "FeatureCollection", "features": [{"type": "Feature"}]}, NOT, {"at": "/features/0"}),
    ({"type": "Feature"}, NOT, {"at": ""}),
    (feature(5), NOT, {"at": "/geometry"}),
    (feature({}), NOT, {"at": "/geometry"}),
    (features(POLYGON, 5), NOT, {"at": "/features/1/geometry"}),
    ({"type": "GeometryCollection"}, NOT, {"at": ""}),
    ({"type": "GeometryCollection", "geometries": {}}, NOT, {"at": "/geometries"}),
    (collection(POLYGON, {}), NOT, {"at": "/geometries/1"}),
    (features(collection({"type": "Polygon"})), NOT, {"at": "/features/0/geometry/geometries/0"}),
    (feature({"type": "GeometryCollection", "geometries": 5}), NOT, {"at": "/geometry/geometries"}),
    # another type
    (geometry(RING, "LineString"), "area-wrong-type", {"at": "", "type": "LineString"}),
    (geometry([], 5), "area-wrong-type", {"at": "", "type": "?"}),
    (geometry([], "P" * 41), "area-wrong-type", {"at": "", "type": "P" * 40}),
    (features(geometry([], "Point")), "area-wrong-type", {"at": "/features/0/geometry", "type": "Point"}),
    (collection(collection()), "area-nested-collection", {"at": "/geometries/0"}),
    # nothing in it
    (collection(), "area-empty", {}),
    (geometry([]), "area-empty", {"at": "/coordinates"}),
    (geometry([[]]), "area-empty", {"at": "/coordinates/0"}),
    (geometry([], "MultiPolygon"), "area-empty", {}),
    (geometry([[[*RING]], []], "MultiPolygon"), "area-empty", {"at": "/coordinates/1"}),
    (feature(None), "area-empty", {"at": ""}),
    (features(None, None), "area-empty", {"at": "/features/0"}),
    (features(None, geometry([], "Point")), "area-empty", {"at": "/features/0"}),
    # coordinates
    (geometry([5]), "area-coordinates", {"at": "/coordinates/0"}),
    (geometry([RING, "x"]), "area-coordinates", {"at": "/coordinates/1"}),
    (geometry([5], "MultiPolygon"), "area-coordinates", {"at": "/coordinates/0"}),
    (geometry([[RING], [RING, 5]], "MultiPolygon"), "area-coordinates", {"at": "/coordinates/1/1"}),
    (at_position(20.0), "area-coordinates", {"at": "/coordinates/0/2"}),
    (at_position([20.0]), "area-coordinates", {"at": "/coordinates/0/2"}),
    (at_position(["20", 50.0]), "area-coordinates", {"at": "/coordinates/0/2"}),
    (at_position([20.0, "50"]), "area-coordinates", {"at": "/coordinates/0/2"}),
    (at_position([True, 50.0]), "area-coordinates", {"at": "/coordinates/0/2"}),
    (at_position([20.0, float("nan")]), "area-not-finite", {"at": "/coordinates/0/2"}),
    (at_position([10**400, 50.0]), "area-not-finite", {"at": "/coordinates/0/2"}),
    # rings
    (geometry([[RING[0], RING[1]]]), "area-ring-short", {"at": "/coordinates/0"}),
    (geometry([[RING[0], RING[1], RING[0], RING[1]]]), "area-ring-short", {"at": "/coordinates/0"}),
    (geometry([SHORT]), "area-ring-short", {"at": "/coordinates/0"}),
    (multi(RING, SHORT), "area-ring-short", {"at": "/coordinates/1/0"}),
]


def found(value):
    with pytest.raises(Fault) as caught:
        polygons(value)
    return caught.value


@pytest.mark.parametrize(("value", "code", "params"), FAULTS)
def test_a_fault_is_named_by_its_code_and_its_path(value, code, params):
    fault = found(value)
    assert (fault.code, str(fault), fault.params) == (code, code, params)


@pytest.mark.parametrize(
    ("value", "rings"),
    [
        (POLYGON, [[RING]]),
        (geometry([RING, RING]), [[RING, RING]]),
        (multi(RING, RING[::-1]), [[RING], [RING[::-1]]]),
        (feature(POLYGON), [[RING]]),
        (features(POLYGON, multi(RING)), [[RING], [RING]]),
        (collection(POLYGON, multi(RING, RING)), [[RING]] * 3),
        (features(collection(POLYGON), POLYGON), [[RING]] * 2),
        (geometry([[[*point, 200.0, "m"] for point in RING]]), [[RING]]),  # an altitude says nothing
        (
            geometry([[[20, 50], [21, 50], [21, 51], [20, 50]]]),
            [[[[20.0, 50.0], [21.0, 50.0], [21.0, 51.0], [20.0, 50.0]]]],
        ),
    ],
)
def test_rings_are_read_in_their_order(value, rings):
    assert [[ring.tolist() for ring in of] for of in polygons(value)] == rings


NEARLY = [*RING[:-1], [20.000_000_04, 49.999_999_96]]


@pytest.mark.parametrize(
    ("ring", "closed", "told"),
    [
        (RING, RING, False),
        (NEARLY, RING, False),  # but for rounding
        (OPEN, [*OPEN, OPEN[0]], True),
        (RING[:-1], RING, True),
    ],
)
def test_a_ring_ends_where_it_began(ring, closed, told):
    (outline,) = read(geometry([ring])).outlines
    assert (outline.rings[0].tolist(), outline.was_open) == (closed, told)


def test_elements_without_an_area_are_left_out_by_their_place():
    reading = read(features(None, POLYGON, geometry([20, 50], "Point"), multi(RING, RING)))
    assert [outline.at for outline in reading.outlines] == [
        "/features/1/geometry",
        "/features/3/geometry/coordinates/0",
        "/features/3/geometry/coordinates/1",
    ]
    assert [(fault.code, fault.params) for fault in reading.left_out] == [
        ("area-empty", {"at": "/features/0"}),
        ("area-wrong-type", {"at": "/features/2/geometry", "type": "Point"}),
    ]


def test_a_feature_may_be_excluded_but_not_all_of_them():
    out = feature(POLYGON) | {"properties": {"excluded": True}}
    both = {"type": "FeatureCollection", "features": [feature(POLYGON), out]}
    assert [outline.excluded for outline in read(both).outlines] == [False, True]
    assert found({"type": "FeatureCollection", "features": [out]}).code == "area-empty"


def test_vertices_of_all_geometries_are_counted_together():
    half = [
        [20.0, 50.0],
        *[[20.0 + n / MOST_VERTICES, 50.1] for n in range(MOST_VERTICES // 2 - 2)],
        [20.0, 50.0],
    ]
    assert len(polygons(multi(half, half))) == 2
    fault = found(collection(multi(half, half), POLYGON))
    assert (fault.code, fault.params) == ("area-too-many-vertices", {"most": MOST_VERTICES})


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000, '{"type": }'])
def test_text_that_is_no_json_is_named(text):
    with pytest.raises(Fault) as caught:
        decoded(text)
    assert (caught.value.code, caught.value.params) == ("area-not-geojson", {})


def test_text_that_is_json_is_decoded():
    assert decoded('{"type": "Point"}') == {"type": "Point"}
