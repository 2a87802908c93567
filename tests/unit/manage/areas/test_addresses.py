"""Address points of PRG: GML of both models, SHP with old and new columns, CSV, GeoJSON."""

from __future__ import annotations

import tempfile

import pytest
import shapely

from manage.areas.registers.addresses import renamed
from tests.unit.manage.areas.files import (
    ADDRESSES,
    MYSLENICE,
    SIMC,
    csv_file,
    geojson_file,
    layer_file,
    refusals,
    rows_of,
    surveyed,
    zip_file,
)
from tests.unit.manage.areas.prg_gml import gml_file

EAST, NORTH = MYSLENICE
POSITIONS = {2012: f"{NORTH} {EAST}", 2021: f"{EAST} {NORTH}"}
SHP_COLUMNS = {
    "old": ("TERYT", "PNA", "SIMC_id", "SIMC_nazwa", "ULIC_id", "ULIC_nazwa", "Numer"),
    "a town's own": ("KOD_GMINY", "PNA", "SIMC_KOD", "SIMC_NAZWA", "ULIC_KOD", "ULICA", "NR_PORZ"),
    "cut off": ("terytGminy", "kodPocztow", "kod_simc", "miejscowos", "kod_ulic", "ulica", "numerPorza"),
    "new": ("TERYT_GMI", "KOD_POCZT", "ID_SIMC", "NAZWA_MSC", "ID_ULIC", "NAZWA_ULC", "NUMER_PORZ"),
}
VALUES = ("1209034", "32-400", "0951617", "Myślenice", "16274", "Józefa Piłsudskiego", "12a")


def shape_file(path, columns, point=MYSLENICE, crs="EPSG:2180"):
    named = {column: [value] for column, value in zip(columns, VALUES, strict=True)}
    return layer_file(path, [shapely.Point(point)], named, "ESRI Shapefile", crs)


def is_myslenice(address, number):
    known = (address.gmina, address.sym, address.locality, address.sym_ul, address.street, address.number)
    assert known == ("1209034", "0951617", "Myślenice", "16274", "Józefa Piłsudskiego", number)
    assert address.postcode == "32-400"
    assert (address.lon, address.lat) == pytest.approx((19.908223, 49.830862), abs=2e-6)
    return True


@pytest.mark.parametrize("model", POSITIONS)
def test_gml_of_both_models_says_code_street_and_place(tmp_path, model):
    [address] = rows_of(gml_file(tmp_path / "1", model, [POSITIONS[model]]))
    assert is_myslenice(address, "1")
    assert address.identifier == "id-1"


@pytest.mark.parametrize("model", POSITIONS)
def test_gml_with_swapped_axes_is_refused_by_the_row(tmp_path, model):
    swapped = " ".join(reversed(POSITIONS[model].split()))
    [(row, reason)] = refusals(gml_file(tmp_path / "1", model, [POSITIONS[model], swapped]))
    assert (row, "axes are swapped" in reason) == (2, True)


@pytest.mark.parametrize("model", POSITIONS)
def test_gml_of_another_system_is_refused(tmp_path, model):
    [(row, reason)] = refusals(gml_file(tmp_path / "1", model, ["5520000 7400000"], system="EPSG:2178"))
    assert (row, "EPSG:2178" in reason) == (1, True)


@pytest.mark.parametrize(("model", "position"), [(2012, "1 2"), (2021, "1 2"), (2021, "x y"), (2021, "1")])
def test_a_point_outside_is_left_out_and_the_others_are_read(tmp_path, model, position):
    found, rejected = surveyed(gml_file(tmp_path / "1", model, [position, POSITIONS[model]]))
    assert [one.row for one in rejected] == [1]
    assert found.files[0].rows.total() == 1


@pytest.mark.parametrize("model", POSITIONS)
def test_a_point_whose_street_is_not_in_the_file_is_left_out(tmp_path, model):
    found, rejected = surveyed(gml_file(tmp_path / "1", model, [POSITIONS[model]], street="gone"))
    assert ["gone" in one.reason for one in rejected] == [True]
    assert len(found.refusals) == 1


@pytest.mark.parametrize("columns", SHP_COLUMNS)
def test_shp_with_old_and_new_columns(tmp_path, columns):
    [address] = rows_of(shape_file(tmp_path / "points.shp", SHP_COLUMNS[columns]))
    assert is_myslenice(address, "12a")


def test_shp_that_does_not_name_its_system(tmp_path):
    path = shape_file(tmp_path / "points.shp", SHP_COLUMNS["new"])
    path.with_suffix(".prj").unlink()
    [address] = rows_of(path)
    assert is_myslenice(address, "12a")


def test_shp_in_a_zip(tmp_path):
    path = shape_file(tmp_path / "points.shp", SHP_COLUMNS["old"])
    zipped = zip_file(tmp_path / "one.zip", *path.parent.glob("points.*"))
    [address] = rows_of(zipped)
    assert is_myslenice(address, "12a")


def test_shp_in_degrees(tmp_path):
    path = shape_file(tmp_path / "points.shp", SHP_COLUMNS["old"], (19.908223, 49.830862), "EPSG:4326")
    [address] = rows_of(path)
    assert is_myslenice(address, "12a")


@pytest.mark.parametrize("point", [(NORTH, EAST)])
def test_shp_with_swapped_axes_is_refused(tmp_path, point):
    path = shape_file(tmp_path / "points.shp", SHP_COLUMNS["old"], point)
    [(row, reason)] = refusals(path)
    assert (row, "axes are swapped" in reason) == (1, True)


def test_shp_without_the_codes_of_localities_is_refused(tmp_path):
    columns = ["X" if column == "SIMC_id" else column for column in SHP_COLUMNS["old"]]
    [(_, reason)] = refusals(shape_file(tmp_path / "points.shp", columns))
    assert "simc_id" in reason


def test_names_that_are_cut_off_alike_are_not_guessed():
    columns = ("numerPorza", "identyfika", "identyfi_1", "teryt")
    assert renamed(columns) == {"number": "numerPorza", "gmina": "teryt"}


def test_an_archive_of_archives_is_read_and_nothing_is_left(tmp_path, monkeypatch):
    (tmp_path / "unpacked").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "unpacked"))
    path = shape_file(tmp_path / "points.shp", SHP_COLUMNS["old"])
    inner = zip_file(tmp_path / "1209.zip", *tmp_path.glob("points.*"))
    addresses = csv_file(tmp_path / "addresses.csv", ADDRESSES)
    outer = zip_file(tmp_path / "12.zip", inner, zip_file(tmp_path / "1201.zip", addresses))
    assert sorted(address.number for address in rows_of(outer)) == ["12a", "1a", "3"]
    assert path.exists()
    assert list((tmp_path / "unpacked").iterdir()) == []


def test_a_damaged_archive_in_an_archive_is_refused(tmp_path):
    inner = zip_file(tmp_path / "1209.zip", csv_file(tmp_path / "addresses.csv", ADDRESSES))
    inner.write_bytes(inner.read_bytes()[:-40])
    [(_, reason)] = refusals(zip_file(tmp_path / "12.zip", inner))
    assert "damaged" in reason


def test_archives_without_an_end_are_refused(tmp_path):
    path = csv_file(tmp_path / "addresses.csv", ADDRESSES)
    for depth in range(5):
        path = zip_file(tmp_path / f"{depth}.zip", path)
    [(_, reason)] = refusals(path)
    assert "archives within archives" in reason


def test_csv_is_read_with_its_quotation_marks(tmp_path):
    first, second = rows_of(csv_file(tmp_path / "1", ADDRESSES))
    assert (first.number, first.street) == ("1a", "Piłsudskiego, Józefa")
    assert (second.sym, second.sym_ul, second.lon, second.lat) == ("0951617", "16274", 19.938323, 49.830962)


def test_csv_in_metres(tmp_path):
    lines = [
        ADDRESSES[0].replace("lon,lat", "e2180,n2180"),
        f"1209034,0951617,Myślenice,16274,Józefa Piłsudskiego,7,32-400,{EAST},{NORTH}",
    ]
    [address] = rows_of(csv_file(tmp_path / "1", lines))
    assert is_myslenice(address, "7")


def test_csv_with_latitude_first_is_refused(tmp_path):
    lines = [ADDRESSES[0].replace("lon,lat", "lat,lon"), *ADDRESSES[1:]]
    [(row, reason)] = refusals(csv_file(tmp_path / "1", lines))
    assert (row, "axes are swapped" in reason) == (2, True)


@pytest.mark.parametrize("column", ["sym", "lat"])
def test_csv_without_codes_or_coordinates_is_refused(tmp_path, column):
    lines = [ADDRESSES[0].replace(f",{column},", ",x,").replace(f",{column}", ",x"), *ADDRESSES[1:]]
    assert len(refusals(csv_file(tmp_path / "1", lines))) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0951617", "0951618"),
        ("16274", "1627"),
        (",3,", ",,"),
        ("49.830962", "nan"),
        ("1209034", "12"),
        ("19.938323", ""),
    ],
)
def test_a_bad_address_is_left_out_by_its_line(tmp_path, old, new):
    lines = [*ADDRESSES[:2], ADDRESSES[2].replace(old, new)]
    found, rejected = surveyed(csv_file(tmp_path / "1", lines))
    assert [one.row for one in rejected] == [3]
    assert found.files[0].rows.total() == 1


def test_an_address_that_is_there_twice_is_refused(tmp_path):
    assert [row for row, _ in refusals(csv_file(tmp_path / "1", [*ADDRESSES, ADDRESSES[1]]))] == [4]


def test_geojson(tmp_path):
    named = dict(zip(ADDRESSES[0].split(","), ADDRESSES[2].split(","), strict=True))
    path = geojson_file(tmp_path / "1", [named], [shapely.Point(19.938323, 49.830962)])
    assert rows_of(path) == rows_of(csv_file(tmp_path / "2", [ADDRESSES[0], ADDRESSES[2]]))


def test_addresses_of_localities_that_simc_does_not_know_are_counted(tmp_path):
    simc = csv_file(tmp_path / "simc", [SIMC[0], *SIMC[2:]])
    found, _ = surveyed(csv_file(tmp_path / "addresses", ADDRESSES), simc)
    assert [(file.kind, file.unknown) for file in found.files] == [("SIMC", 0), ("addresses", 2)]
    assert found.refusals == []
