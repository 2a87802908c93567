"""python -m manage.areas import: what it prints, writes and answers."""

from __future__ import annotations

import csv
import io
import json

import pytest
from shapely.geometry import box

from manage.areas.__main__ import main
from manage.areas.report import EVERY_S, Progress
from shared import wiring
from tests.fakes.alert_values import TERC as TERC_OF_FAKES
from tests.fakes.area_import import FakeAreaImportStore
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.unit.manage.areas.files import SIMC, TERC, csv_file, layer_file


def last_line(text: str) -> dict:
    return json.loads(text.splitlines()[-1])


def test_a_dry_run_says_counts_time_and_memory(tmp_path, capsys):
    files = [str(csv_file(tmp_path / "terc", TERC)), str(csv_file(tmp_path / "simc", SIMC))]
    assert main(["import", *files, "--dry-run"]) == 0
    said = last_line(capsys.readouterr().out)
    assert said["counts"] == {"TERC": 5, "SIMC": 3}
    assert said["files"][1]["rows"] == {"96": 1, "01": 1, "00": 1}
    assert (said["rejected"], said["refused"]) == (0, [])
    assert said["seconds"] >= 0
    assert said["peak_mb"] > 0


def test_a_refused_file_is_told_and_makes_the_command_fail(tmp_path, capsys):
    assert main(["import", str(csv_file(tmp_path / "terc", [*TERC, TERC[1]])), "--dry-run"]) == 1
    out = capsys.readouterr().out
    assert "refused: terc, row 7: the key stood in an earlier row" in out
    assert last_line(out)["refused"] == [
        {"file": "terc", "row": 7, "reason": "the key stood in an earlier row"}
    ]
    assert last_line(out)["counts"] == {}


def test_rejected_rows_go_into_a_file_with_their_reasons(tmp_path, capsys):
    path = csv_file(tmp_path / "simc", [*SIMC, SIMC[1].replace("0951617", "0951618")])
    rejected = tmp_path / "rejected.csv"
    assert main(["import", str(path), "--dry-run", "--rejected", str(rejected)]) == 0
    assert list(csv.reader(io.StringIO(rejected.read_text()))) == [
        ["file", "row", "reason"],
        ["simc", "5", "SYM has a wrong check digit: '0951618'"],
    ]
    assert last_line(capsys.readouterr().out)["rejected"] == 1


def test_without_such_a_file_they_are_printed(tmp_path, capsys):
    main(["import", str(csv_file(tmp_path / "simc", [*SIMC, SIMC[1].replace("0951617", "x")])), "--dry-run"])
    assert "rejected: simc, row 5: SYM" in capsys.readouterr().err


@pytest.fixture
def store(monkeypatch):
    store = FakeAreaImportStore()
    monkeypatch.setattr(wiring, "area_import", lambda: store)
    monkeypatch.setattr(wiring, "municipalities", FakeMunicipalityStore)
    monkeypatch.setattr(wiring, "clock", FakeClock)
    return store


def registers(folder):
    shape = [box(19.88, 49.8, 20.02, 49.88)]
    columns = {"JPT_KOD_JE": ["120102"], "JPT_NAZWA_": ["Wzorów"]}
    layer_file(folder / "a03.geojson", shape, columns, "GeoJSON", "EPSG:4326")
    for name, lines in {"terc": TERC, "simc": SIMC}.items():
        ours = [line.replace("12;09;03", "12;01;02").replace("12;09", "12;01") for line in lines]
        csv_file(folder / name, ours)
    return [str(folder / name) for name in ("a03.geojson", "terc", "simc")]


def test_an_import_says_what_it_did_and_the_second_that_nothing_was_to_do(store, tmp_path, capsys):
    command = ["import", *registers(tmp_path), "--terc", TERC_OF_FAKES]
    assert main(command) == 0
    (said,) = last_line(capsys.readouterr().out)["municipalities"]
    assert (said["localities"], said["deleted"]) == (2, 0)
    assert said["written"] == len(store.written) > 5
    assert main(command) == 0
    out = capsys.readouterr().out
    assert "nothing has changed, nothing was written" in out
    assert last_line(out)["municipalities"][0]["written"] == 0


def test_without_municipalities_nothing_is_imported(store, tmp_path, capsys):
    assert main(["import", *registers(tmp_path)]) == 1
    assert "No municipality is served" in capsys.readouterr().err


def test_those_that_are_served_are_imported(store, tmp_path):
    store.stored[f"municipalities/{TERC_OF_FAKES}"] = {"name": "Gmina Nasza"}
    assert main(["import", *registers(tmp_path)]) == 0
    assert store.stored[f"areas/{TERC_OF_FAKES}"]["name"] == "Gmina Nasza"


def test_a_municipality_is_opened_by_one_command(store, tmp_path, capsys):
    contact, keys = tmp_path / "contact.json", tmp_path / "keys"
    contact.write_text('{"phone": "+48 12 000 00 00"}')
    said = ["--contact", str(contact), "--keys", str(keys), "--languages", "pl,uk"]
    assert main(["open", TERC_OF_FAKES, *registers(tmp_path), *said]) == 0
    shown = store.stored[f"municipalities/{TERC_OF_FAKES}"]
    assert (shown["name"], shown["languages"]) == ("Gmina Myślenice", ["pl", "uk"])
    assert shown["contact"] == {"phone": "+48 12 000 00 00"}
    assert (keys / f"{TERC_OF_FAKES}.pem").exists()
    paths = [change.path for change in store.written]
    first_unit = min(at for at, path in enumerate(paths) if "/units/" in path)
    assert first_unit < paths.index(f"municipalities/{TERC_OF_FAKES}")


def test_opened_again_it_keeps_what_is_not_said(store, tmp_path):
    keys = ["--keys", str(tmp_path / "keys")]
    assert main(["open", TERC_OF_FAKES, *registers(tmp_path), *keys, "--name", "Gmina Nasza"]) == 0
    store.stored[f"municipalities/{TERC_OF_FAKES}"]["contact"] = {"phone": "1"}
    assert main(["open", TERC_OF_FAKES, *registers(tmp_path), *keys]) == 0
    shown = store.stored[f"municipalities/{TERC_OF_FAKES}"]
    assert (shown["name"], shown["contact"]) == ("Gmina Nasza", {"phone": "1"})


@pytest.mark.parametrize(
    "wrong",
    [
        ["open", "1209034", "x", "--keys", "k"],
        ["open", "120903", "x", "--keys", "k"],
        ["open", "1209033", "x"],
        ["open", "1209033", "x", "--keys", "k", "--languages", "en,pl"],
        ["open", "1209033", "x", "--keys", "k", "--languages", "pl,xx"],
        ["import", "x", "--as-of", "yesterday"],
    ],
)
def test_a_command_that_cannot_be_meant_is_refused(wrong, capsys):
    with pytest.raises(SystemExit):
        main(wrong)


@pytest.mark.parametrize("text", ["[]", '{"fax": "1"}', '{"phone": 1}', "{"])
def test_a_contact_that_is_none_is_refused(store, tmp_path, capsys, text):
    (tmp_path / "contact.json").write_text(text)
    files = registers(tmp_path)
    said = ["--contact", str(tmp_path / "contact.json"), "--keys", str(tmp_path)]
    assert main(["open", TERC_OF_FAKES, *files, *said]) == 1
    assert store.written == []


def test_opening_without_rows_of_the_municipality_is_refused(store, tmp_path, capsys):
    assert main(["open", "1401011", *registers(tmp_path), "--keys", str(tmp_path)]) == 1
    assert "no file says anything of it" in capsys.readouterr().out
    assert store.written == []


def test_progress_is_told_now_and_then():
    now, told = [0.0], io.StringIO()
    progress = Progress(lambda: now[0], told)
    progress("simc", 1_000)
    now[0] += EVERY_S
    progress("simc", 2_500)
    progress("simc", 3_000)
    progress("simc", 4_000)
    assert told.getvalue() == "simc: 3,000 rows\n"


def test_on_a_terminal_one_line_grows():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    now, told = [0.0], Terminal()
    progress = Progress(lambda: now[0], told)
    now[0] += 1
    progress.writing(50, 200)
    progress.writing(200, 200)
    assert told.getvalue().split("\r\x1b[K")[1:] == [
        "writing [#######.......................] 50 of 200 documents",
        "writing [##############################] 200 of 200 documents\n",
    ]
