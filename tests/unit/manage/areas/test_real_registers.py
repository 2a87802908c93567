"""The real registers, where their extracts lie beside the repository (../shared/data/teryt)."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest

from infra.local.processes import ROOT
from tests.unit.manage.areas.files import csv_file, refusals, rows_of, surveyed

REAL = ROOT.parent / "shared" / "data" / "teryt"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="needs the extracts in ../shared/data/teryt")
MOST_MB = 300
ONE_ROW = {
    "schema_samples/SIMC_Statystyczny_2025-04-01.xml": "SIMC",
    "schema_samples/SIMC_Urzedowy_2025-04-01.xml": "SIMC",
    "schema_samples/TERC_Adresowy_2025-04-01.xml": "TERC",
    "schema_samples/ULIC_Adresowy_2025-04-01.xml": "ULIC",
    "schema_samples/ULIC_Urzedowy_2025-04-01.xml": "ULIC",
}
COUNTED = {
    "WMRODZ_2025-04-01.xml": ("WMRODZ", 12),
    "terytws1_PobierzKatalogTERC_response_2026-01-08.xml": ("TERC", 4_360),
    "PRG_sample_model2012.xml": ("addresses", 2),
    "PRG_sample_model2021.gml": ("addresses", 3),
    "gminy_jusuff_2021_epsg4326.geojson": ("boundaries", 2_477),
    "powiaty_jusuff_2021_epsg4326.geojson": ("boundaries", 380),
    "wojewodztwa_jusuff_2021_epsg4326.geojson": ("boundaries", 16),
    "demo_120903_myslenice/TERC_1209.csv": ("TERC", 17),
    "demo_120903_myslenice/SIMC_120903.csv": ("SIMC", 129),
    "demo_120903_myslenice/addresses_120903.csv": ("addresses", 254),
    "demo_120903_myslenice/addresses_120903.geojson": ("addresses", 254),
    "demo_120903_myslenice/boundary_1209033.geojson": ("boundaries", 1),
} | {name: (kind, 1) for name, kind in ONE_ROW.items()}
TERC_KINDS = {
    "województwo": 16, "powiat": 314, "miasto na prawach powiatu": 65,
    "miasto stołeczne, na prawach powiatu": 1, "gmina miejska": 301, "gmina miejska, miasto stołeczne": 1,
    "gmina wiejska": 1_453, "gmina miejsko-wiejska": 724, "miasto": 724, "obszar wiejski": 724,
    "delegatura": 19, "dzielnica": 18,
}  # fmt: skip
SIMC_KINDS = {
    "00": 36_239, "01": 43_052, "02": 3_165, "03": 4_814, "04": 5_664, "05": 2_170, "06": 10, "07": 22,
    "95": 18, "96": 944, "98": 19, "99": 6_796,
}  # fmt: skip


def test_the_whole_of_terc_and_simc_is_read_with_every_row_within_the_memory():
    """By a process of its own, whose peak is that of the import."""
    files = [REAL / "TERC_Urzedowy_2026-01-08.csv", REAL / "SIMC_Urzedowy_2020-09-26.zip"]
    ran = subprocess.run(
        [sys.executable, "-m", "manage.areas", "import", *map(str, files), "--dry-run"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(ran.stdout.splitlines()[-1])
    assert said["counts"] == {"TERC": 4_360, "SIMC": 102_913}
    assert (said["rejected"], said["refused"]) == (0, [])
    assert [file["rows"] for file in said["files"]] == [TERC_KINDS, SIMC_KINDS]
    assert said["peak_mb"] <= MOST_MB


@pytest.mark.parametrize("name", COUNTED)
def test_every_extract_is_read(name):
    found, rejected = surveyed(REAL / name)
    assert (rejected, found.refusals) == ([], [])
    assert [(file.kind, file.rows.total()) for file in found.files] == [COUNTED[name]]


@pytest.mark.parametrize("name", ["PRG_sample_model2012.xml", "PRG_sample_model2021.gml"])
def test_points_of_both_models_lie_in_lubuskie_with_their_codes(name):
    for address in rows_of(REAL / name):
        assert 14.5 < address.lon < 16.5
        assert 51.3 < address.lat < 53.2
        assert address.gmina.startswith("08")
        assert address.locality


def test_boundaries_that_terc_does_not_know_any_more_are_none():
    found, _ = surveyed(REAL / "gminy_jusuff_2021_epsg4326.geojson", REAL / "TERC_Urzedowy_2026-01-08.csv")
    assert [(file.kind, file.unknown) for file in found.files] == [("boundaries", 0), ("TERC", 0)]


@pytest.mark.parametrize(
    "name", ["ulic_street_names_mappings.csv", "demo_120903_myslenice/ulic_codes_120903.csv"]
)
def test_what_only_looks_like_a_register_is_refused(name):
    assert [row for row, _ in refusals(REAL / name)] == [1]


def test_a_whole_country_of_streets_is_read_and_lies_in_simc(tmp_path):
    """In the form of ULIC, since only pairs of SYM and SYM_UL with their names are there."""
    columns = "WOJ;POW;GMI;RODZ_GMI;SYM;SYM_UL;CECHA;NAZWA_1;NAZWA_2;STAN_NA"
    within = {one.sym: one.gmina for one in rows_of(REAL / "SIMC_Urzedowy_2020-09-26.zip")}
    with (REAL / "ulic_street_names_mappings.csv").open(encoding="utf-8", newline="") as file:
        pairs = {(row["teryt_simc_code"], row["teryt_ulic_code"]): row for row in csv.DictReader(file)}
    lines = [
        ";".join((*_parts(within[sym]), sym, code, "ul.", row["teryt_street_name"], "", "2020-01-01"))
        for (sym, code), row in pairs.items()
        if sym in within
    ]
    ulic = csv_file(tmp_path / "ulic", [columns, *lines])
    found, rejected = surveyed(ulic, REAL / "SIMC_Urzedowy_2020-09-26.zip")
    assert (rejected, found.refusals) == ([], [])
    assert len(lines) > 11_000
    assert [file.rows.total() for file in found.files] == [len(lines), 102_913]


def _parts(gmina):
    return gmina[:2], gmina[2:4], gmina[4:6], gmina[6]
