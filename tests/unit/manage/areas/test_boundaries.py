"""Boundaries of voivodeships, powiats and gminas: SHP, GML, GeoJSON."""

from __future__ import annotations

import pytest
import shapely

from tests.unit.manage.areas.files import (
    TERC,
    csv_file,
    geojson_file,
    layer_file,
    refusals,
    rows_of,
    surveyed,
)

EAST, NORTH = 560_000, 215_000
SQUARE = shapely.box(EAST, NORTH, EAST + 5_000, NORTH + 5_000)
DEGREES = shapely.box(19.85, 49.78, 19.95, 49.83)
COLUMNS = {"JPT_KOD_JE": ["1209033"], "JPT_NAZWA_": ["Myślenice"]}
DRIVERS = {"ESRI Shapefile": "a03.shp", "GML": "a03.gml", "GeoJSON": "a03.geojson"}


@pytest.mark.parametrize("driver", DRIVERS)
def test_every_format_says_code_name_and_shape(tmp_path, driver):
    path = layer_file(tmp_path / DRIVERS[driver], [SQUARE], COLUMNS, driver, "EPSG:2180")
    [boundary] = rows_of(path)
    assert (boundary.code, boundary.name) == ("1209033", "Myślenice")
    west, south, east, north = boundary.shape.bounds
    assert 19.83 < west < east < 19.91
    assert 49.79 < south < north < 49.86


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1250"])
@pytest.mark.parametrize("named", [True, False])
def test_shp_in_either_encoding_whether_it_names_it_or_not(tmp_path, encoding, named):
    columns = {"JPT_KOD_JE": ["1209033"], "JPT_NAZWA_": ["Łękawica Żółta"]}
    path = layer_file(tmp_path / "1.shp", [SQUARE], columns, "ESRI Shapefile", "EPSG:2180", encoding)
    if not named:
        path.with_suffix(".cpg").unlink()
    assert [boundary.name for boundary in rows_of(path)] == ["Łękawica Żółta"]


def test_shp_that_names_another_encoding_than_it_has_is_refused(tmp_path):
    columns = {"JPT_KOD_JE": ["1209033"], "JPT_NAZWA_": ["Łękawica"]}
    path = layer_file(tmp_path / "1.shp", [SQUARE], columns, "ESRI Shapefile", "EPSG:2180", "CP1250")
    path.with_suffix(".cpg").write_text("UTF-8")
    assert len(refusals(path)) == 1


def test_gml_is_read_without_leaving_a_file_beside_it(tmp_path):
    path = layer_file(tmp_path / "a03.gml", [SQUARE], COLUMNS, "GML", "EPSG:2180")
    (tmp_path / "a03.xsd").unlink(missing_ok=True)
    rows_of(path)
    assert [file.name for file in tmp_path.iterdir()] == ["a03.gml"]


@pytest.mark.parametrize(("code", "level"), [("12", "voivodeship"), ("1209", "powiat"), ("1209033", "gmina")])
def test_the_level_follows_from_the_code(tmp_path, code, level):
    found, _ = surveyed(geojson_file(tmp_path / "1", [{"terc": code, "name": "x"}], [DEGREES]))
    assert found.files[0].rows == {level: 1}


def test_swapped_axes_are_refused_by_the_row(tmp_path):
    swapped = shapely.transform(SQUARE, lambda points: points[:, ::-1])
    columns = {"JPT_KOD_JE": ["1209033", "1209034"], "JPT_NAZWA_": ["a", "b"]}
    path = layer_file(tmp_path / "1.shp", [SQUARE, swapped], columns, "ESRI Shapefile", "EPSG:2180")
    [(row, reason)] = refusals(path)
    assert (row, "axes are swapped" in reason) == (2, True)


def test_latitude_before_longitude_is_refused(tmp_path):
    swapped = shapely.transform(DEGREES, lambda points: points[:, ::-1])
    assert len(refusals(geojson_file(tmp_path / "1", [{"terc": "1209033", "name": "x"}], [swapped]))) == 1


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("120", DEGREES),
        ("3009033", DEGREES),
        ("1209034", shapely.Point(19.9, 49.8)),
        ("1209034", shapely.LineString([(19.9, 49.8), (19.91, 49.8)])),
    ],
)
def test_what_is_no_boundary_is_left_out(tmp_path, code, shape):
    named = [{"terc": "1209033", "name": "x"}, {"terc": code, "name": "y"}]
    found, rejected = surveyed(geojson_file(tmp_path / "1", named, [DEGREES, shape]))
    assert [one.row for one in rejected] == [2]
    assert found.files[0].rows.total() == 1


def test_a_ring_that_touches_itself_is_made_valid(tmp_path):
    ring = shapely.Polygon([(19.8, 49.8), (19.9, 49.8), (19.9, 49.85), (19.85, 49.8), (19.8, 49.85)])
    assert not ring.is_valid
    [boundary] = rows_of(geojson_file(tmp_path / "1", [{"terc": "1209033", "name": "x"}], [ring]))
    assert boundary.shape.is_valid


def test_a_code_that_is_there_twice_is_refused(tmp_path):
    named = [{"terc": "1209033", "name": "x"}] * 2
    assert [row for row, _ in refusals(geojson_file(tmp_path / "1", named, [DEGREES, DEGREES]))] == [2]


def test_a_file_of_several_layers_is_refused(tmp_path):
    members = "".join(
        f"""<gml:featureMember><o:{layer}><o:geom><gml:Polygon srsName="EPSG:4326"><gml:exterior>
        <gml:LinearRing><gml:posList>19.8 49.8 19.9 49.8 19.9 49.9 19.8 49.8</gml:posList></gml:LinearRing>
        </gml:exterior>
        </gml:Polygon></o:geom><o:JPT_KOD_JE>12</o:JPT_KOD_JE><o:JPT_NAZWA_>x</o:JPT_NAZWA_></o:{layer}>
        </gml:featureMember>"""
        for layer in ("A01", "A02")
    )
    path = tmp_path / "both.gml"
    path.write_text(
        '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:o="urn:o">'
        f"{members}</gml:FeatureCollection>"
    )
    [(_, reason)] = refusals(path)
    assert "More than one layer" in reason


def test_a_truncated_file_is_refused(tmp_path):
    path = layer_file(tmp_path / "1.shp", [SQUARE], COLUMNS, "ESRI Shapefile", "EPSG:2180")
    path.write_bytes(path.read_bytes()[:60])
    assert len(refusals(path)) == 1


def test_gminas_are_compared_with_terc_by_six_digits_and_differences_counted(tmp_path):
    named = [{"terc": "1209032", "name": "x"}, {"terc": "1209999", "name": "y"}]
    found, _ = surveyed(
        geojson_file(tmp_path / "1", named, [DEGREES, DEGREES]), csv_file(tmp_path / "2", TERC)
    )
    assert [(file.kind, file.unknown) for file in found.files] == [("boundaries", 1), ("TERC", 0)]
