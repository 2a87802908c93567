"""python -m manage.areas import: what it prints, writes and answers."""

from __future__ import annotations

import csv
import io
import json

import pytest

from manage.areas.__main__ import main
from manage.areas.report import EVERY_S, Progress
from tests.unit.manage.areas.files import SIMC, TERC, csv_file


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


def test_nothing_is_imported_without_a_store(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["import", str(csv_file(tmp_path / "terc", TERC))])
    assert "--dry-run" in capsys.readouterr().err


def test_progress_is_told_now_and_then():
    now, told = [0.0], io.StringIO()
    progress = Progress(lambda: now[0], told)
    progress("simc", 1_000)
    now[0] += EVERY_S
    progress("simc", 2_500)
    progress("simc", 3_000)
    progress("simc", 4_000)
    assert told.getvalue() == "simc: 3,000 rows\n"
