"""The invented municipality looks like a real one, down to the bytes of its files."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import MultiPoint, Polygon, shape

from demo.generate import checked_sym, generate

OFFICIAL = ("SIMC_109901.csv", "TERC_1099.csv", "ULIC_109901.csv")
EXTRACTS = ("addresses_109901.csv", "ulic_codes_109901.csv")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.name.startswith(("SIMC", "TERC", "ULIC")):
            return list(csv.DictReader(file, delimiter=";", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(file))


def header(path: Path) -> str:
    return path.read_text(encoding="utf-8-sig").splitlines()[0]


@pytest.fixture(scope="session")
def addresses(folder: Path) -> list[dict[str, str]]:
    return rows(folder / "addresses_109901.csv")


@pytest.mark.parametrize("number", [95_161, 32_759, 32_737, 32_746])
def test_check_digit_is_that_of_real_localities(number):
    assert checked_sym(number) in {"0951617", "0327592", "0327379", "0327468"}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(folder, tmp_path):
    again, other = generate(tmp_path / "again"), generate(tmp_path / "other", seed=2)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted([*OFFICIAL, *EXTRACTS, "boundary_1099013.geojson", "contact.json"])
    assert all((folder / name).read_bytes() == (again / name).read_bytes() for name in names)
    assert (folder / EXTRACTS[0]).read_bytes() != (other / EXTRACTS[0]).read_bytes()


@pytest.mark.parametrize("name", OFFICIAL)
def test_register_files_have_bom_crlf_and_a_blank_last_line(folder, name):
    content = (folder / name).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize("name", EXTRACTS)
def test_extracts_are_plain_csv(folder, name):
    content = (folder / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("addresses_109901.csv", "addresses_120903.csv"),
        ("SIMC_109901.csv", "SIMC_120903.csv"),
        ("TERC_1099.csv", "TERC_1209.csv"),
        ("ulic_codes_109901.csv", "ulic_codes_120903.csv"),
    ],
)
def test_columns_are_those_of_the_real_files(folder, real_folder, ours, theirs):
    assert header(folder / ours) == header(real_folder / theirs)


def test_there_are_about_seven_thousand_addresses_each_once(addresses):
    assert 6_500 <= len(addresses) <= 8_500
    numbers = Counter((row["sym"], row["sym_ul"], row["numer"]) for row in addresses)
    assert max(numbers.values()) == 1
    points = MultiPoint([(float(row["e2180"]), float(row["n2180"])) for row in addresses])
    nearest = shapely.STRtree(list(points.geoms)).query_nearest(
        list(points.geoms), exclusive=True, return_distance=True
    )[1]
    assert nearest.min() > 10


def test_degrees_and_metres_of_an_address_are_one_place(addresses):
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:2180", always_xy=True)
    degrees = np.array([(float(row["lon"]), float(row["lat"])) for row in addresses])
    metres = np.array([(float(row["e2180"]), float(row["n2180"])) for row in addresses])
    assert np.abs(np.column_stack(to_metres.transform(*degrees.T)) - metres).max() < 0.15
    assert (metres[:, 0] > metres[:, 1]).all(), "easting and northing are told apart by their size here"


def test_town_and_villages_have_their_own_part_of_the_gmina(addresses):
    parts = {row["miejscowosc"]: row["teryt_gmina"] for row in addresses}
    assert parts.pop("Regionalna") == "1099014"
    assert set(parts.values()) == {"1099015"}
    assert len(parts) >= 15


def test_glowna_is_the_long_street_of_the_town(addresses):
    streets = Counter((row["miejscowosc"], row["ulica"]) for row in addresses if row["ulica"])
    assert streets.most_common(1)[0][0] == ("Regionalna", "Główna")
    assert sum(row["ulica"] == "Główna" for row in addresses) == streets["Regionalna", "Główna"] > 300
    points = [(float(r["e2180"]), float(r["n2180"])) for r in addresses if r["ulica"] == "Główna"]
    corners = shapely.get_coordinates(MultiPoint(points).minimum_rotated_rectangle)
    width, length = sorted(np.hypot(*(corners[1:3] - corners[:2]).T))
    assert length > 3_500
    assert width > 150, "it bends"


def test_some_villages_have_streets_and_most_have_none(addresses):
    with_streets = {row["miejscowosc"] for row in addresses if row["ulica"]}
    without = {row["miejscowosc"] for row in addresses if not row["ulica"]}
    assert len(with_streets) == 5
    assert len(without) >= 10
    assert not with_streets & without


def test_every_code_is_in_its_register(folder, addresses):
    simc = rows(folder / "SIMC_109901.csv")
    syms = {row["SYM"]: row["NAZWA"] for row in simc}
    ulic = {(row["SYM"], row["SYM_UL"]): row for row in rows(folder / "ULIC_109901.csv")}
    for row in addresses:
        assert syms[row["sym"]] == row["miejscowosc"]
        if row["sym_ul"]:
            entry = ulic[row["sym"], row["sym_ul"]]
            assert f"{entry['NAZWA_2']} {entry['NAZWA_1']}".strip() == row["ulica"]
    assert all(row["SYMPOD"] in syms for row in simc)
    assert all(checked_sym(int(sym[:6])) == sym for sym in syms)
    assert {row["RODZ_GMI"] for row in simc} == {"4", "5"}


def test_a_streets_name_has_one_code_in_every_locality(folder):
    codes: dict[tuple[str, ...], str] = {}
    for row in rows(folder / "ULIC_109901.csv"):
        name = (row["CECHA"], row["NAZWA_1"], row["NAZWA_2"])
        assert codes.setdefault(name, row["SYM_UL"]) == row["SYM_UL"]
    assert len(set(codes.values())) == len(codes)


def test_terc_is_complete_and_nobodys(folder):
    own = rows(folder / "TERC_1099.csv")
    assert [row["RODZ"] for row in own] == ["", "", "3", "4", "5"]
    register = next((Path(__file__).parents[4] / "shared" / "data" / "teryt").glob("TERC_*.csv"), None)
    if register is None:
        pytest.skip("the register is not here")
    real = rows(register)
    assert not [row for row in real if (row["WOJ"], row["POW"]) == ("10", "99")]
    gminas = {row["NAZWA"] for row in real if row["RODZ"]}
    assert not gminas & {
        row["NAZWA"] for row in rows(folder / "SIMC_109901.csv") if row["SYM"] == row["SYMPOD"]
    }


def test_boundary_is_irregular_concave_and_holds_every_address(folder, addresses):
    (feature,) = json.loads((folder / "boundary_1099013.geojson").read_text())["features"]
    outline = shape(feature["geometry"])
    assert isinstance(outline, Polygon)
    assert feature["properties"] == {"terc": "1099013", "name": "Regionalna"}
    assert outline.is_valid
    assert len(outline.exterior.coords) > 80
    assert outline.area < 0.92 * outline.convex_hull.area
    inside = shapely.contains_xy(
        outline, *np.array([(float(r["lon"]), float(r["lat"])) for r in addresses]).T
    )
    assert inside.all()


@pytest.mark.parametrize("seed", [2, 3, 11])
def test_any_seed_gives_a_usable_municipality(tmp_path, seed):
    folder = generate(tmp_path, seed)
    (feature,) = json.loads((folder / "boundary_1099013.geojson").read_text())["features"]
    outline = shape(feature["geometry"])
    points = np.array([(float(r["lon"]), float(r["lat"])) for r in rows(folder / "addresses_109901.csv")])
    assert outline.is_valid
    assert shapely.contains_xy(outline, *points.T).all()
    assert 6_000 <= len(points) <= 9_000
