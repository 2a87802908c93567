"""An export: all of one municipality, nothing of another and nothing of residents, and read back."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from manage.export.exporting import export
from manage.export.files import MANIFEST, faults
from manage.export.parts import PARTS
from shared.errors import Unavailable
from tests.unit.manage.export.kept import Kept
from tests.unit.recorded import Record, kind_of

TERC, OTHER = "1201022", "1201032"
SQUARE = '{"type":"Polygon","coordinates":[[[19,49],[20,49],[20,50],[19,49]]]}'
SECRETS = ("proof-key", "ann", "push-token", "hash-of-a-code", "1234567890abcdef")
DOCUMENTS: dict[str, dict[str, Any]] = {
    f"municipalities/{TERC}": {"name": "Wzorów", "languages": ["pl"]},
    f"municipalities/{OTHER}": {"name": "Obca"},
    f"municipalities/{TERC}/templates/water": {"template": {"name": {"pl": "Brak wody"}}, "revision": 1},
    "series/s1": {"terc": TERC, "state": "approved", "content": {"texts": {"pl": {"title": "Syreny"}}}},
    "series/s2": {"terc": OTHER, "state": "approved"},
    "alerts/a1": {
        "terc": TERC,
        "state": "expired",
        "texts": {"pl": {"title": '=cmd "x"', "body": "Do 14:00,\nprzepraszamy"}},
        "area": SQUARE,
        "author": {"uid": "uid-anna", "name": "Anna Nowak"},
        "exercise": False,
    },
    "alerts/a2": {"terc": TERC, "state": "draft", "area": None},
    "upwards/a1": {"terc": TERC, "tellings": []},
    "upwards/b1": {"terc": OTHER, "tellings": []},
    "after_action/a1": {"terc": TERC, "thread": "a1", "sha256": "0" * 64},
    f"centres/{TERC}": {"powiat": {"name": "PCZK"}, "revision": 1},
    "alerts/b1": {"terc": OTHER, "state": "expired", "area": SQUARE},
    "alerts/a1/history/0001-create": {"action": "create", "by": {"uid": "uid-anna", "name": "Anna Nowak"}},
    "alerts/b1/history/0001-create": {"action": "create"},
    "alerts/a1/private/proof": {"key": "proof-key"},
    "alerts/a1/summary/current": {"accepted": 120, "opened": None, "least": 10},
    "alerts/a2/summary/current": {"accepted": 3},
    "alerts/a1/deliveries/push.1": {"state": "done", "figures": {"targeted": 3}, "units": ["=1201022"]},
    "alerts/a1/deliveries/push.1/waves/0001.0001": {"outcomes": {"accepted": "ann.1/1"}},
    "published/a1": {"terc": TERC, "signed": "{}", "texts": {"pl": {"title": "Brak wody"}}},
    "published/a1/receipts/ann.1.opened": {"proof": "1234567890abcdef"},
    "residents/ann": {"language": "pl"},
    "residents/ann/devices/1": {"target": {"kind": "token", "value": "push-token"}},
    f"areas/{TERC}": {"terc": TERC, "geometry": SQUARE, "name": "Wzorów"},
    f"areas/{TERC}/saved/zone1": {
        "name": "Strefa 1",
        "parts": f'[{{"kind":"shape","shape":{SQUARE}}},{{"kind":"gmina","code":"120102"}}]',
    },
    f"areas/{TERC}/units/0000001": {"level": "locality", "name": "Wieś", "shape": SQUARE},
    f"coverage/{TERC}.2026-11": {"terc": TERC, "month": "2026-11", "share": 40},
    "coverage/silent": {"found": {"ann": 1}},
    "staff/uid-anna": {"terc": TERC, "name": "Anna Nowak", "roles": ["author"], "code": "hash-of-a-code"},
    "staff/uid-obcy": {"terc": OTHER, "name": "Obcy"},
    "grants/g1": {"terc": TERC, "name": "Anna Nowak", "roles": ["approver"], "state": "open"},
    f"standins/{TERC}": {"terc": TERC, "name": "Starostwo", "people": [{"uid": "uid-jan", "name": "Jan"}]},
    f"audit/{TERC}/entries/000000000001": {"seq": 1, "action": "alert.create", "by": {"name": "Anna Nowak"}},
    f"audit/{OTHER}/entries/000000000001": {"seq": 1, "action": "alert.create"},
    "questions/uid-anna.2026-11-01": {"terc": TERC, "uid": "uid-anna", "asked": []},
    "questions/uid-anna.2026-11-02": {"terc": OTHER, "uid": "uid-anna", "asked": []},
}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "out"
    export(Kept(DOCUMENTS), TERC, made, {"residents": False}, lambda *_: None)
    return made


def rows(folder, name):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_export_reads_back_as_its_manifest_says(folder):
    assert faults(folder) == []
    manifest = json.loads((folder / MANIFEST).read_text())
    counts = {file["name"]: file["rows"] for file in manifest["files"]}
    assert counts["alerts.jsonl"] == counts["alerts.csv"] == 2
    assert (
        counts["alert_areas.geojson"] == counts["border.geojson"] == counts["saved_areas_drawn.geojson"] == 1
    )
    assert manifest["residents"] is False


def test_all_of_the_municipality_is_in_it_and_nothing_of_another(folder):
    assert [row["path"] for row in rows(folder, "alerts")] == ["alerts/a1", "alerts/a2"]
    assert [row["path"] for row in rows(folder, "history")] == ["alerts/a1/history/0001-create"]
    assert [row["name"] for row in rows(folder, "staff")] == ["Anna Nowak"]
    assert len(rows(folder, "questions_of_reach")) == 1
    assert not {part.name for part in PARTS if not rows(folder, part.name)}, "every part is in the sample"


# What is stored and is no part of an export: of residents (some of it with a reason), secrets, and what only
# keeps the system going.
LEFT_BEHIND = {
    *("residents/*", "residents/*/places/*", "residents/*/devices/*", "audience/*", "audience_state/*"),
    *("targets/*", "erasures/*", "published/*/receipts/*", "published/*/reports/*"),
    *("alerts/*/private/*", "alerts/*/deliveries/*/slices/*", "alerts/*/deliveries/*/waves/*"),
    *("alerts/*/slices/*", "alerts/*/waves/*", "areas/*/saved_names/*", "areas/*/layers/*"),
    *("factors/*", "invitations/*", "recovery_codes/*", "lost_phones/*", "sessions/*"),
    *("calls/*", "duty/*"),
    *("idempotency/*", "changes/*", "sweep/*", "limits/*", "audit/*", "audit/*/waiting/*"),
}


def test_whatever_is_stored_is_exported_or_left_behind_on_purpose(folder):
    exported = {kind_of(row["path"]) for part in PARTS for row in rows(folder, part.name)}
    shapes = {"areas/*"}
    assert Record().kinds == exported | shapes | LEFT_BEHIND
    assert not exported & LEFT_BEHIND


def test_nothing_of_residents_and_no_secret_leaves(folder):
    written = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert [secret for secret in SECRETS if f'"{secret}"' in written or f"{secret}." in written] == []
    assert "figures" not in rows(folder, "deliveries")[0]


def test_figures_of_few_people_stay_and_that_is_said(folder):
    assert [row["path"] for row in rows(folder, "figures")] == ["alerts/a1/summary/current"]
    assert json.loads((folder / MANIFEST).read_text())["kept_back"] == {"figures": 1}


def test_a_table_is_read_by_a_spreadsheet_and_runs_nothing(folder):
    first = table(folder, "alerts")[0]
    assert first["title"] == '\'=cmd "x"'
    assert first["body"] == "Do 14:00,\nprzepraszamy"
    assert (first["author"], first["exercise"], first["event"]) == ("Anna Nowak", "false", "")


def test_the_same_data_is_the_same_files(folder, tmp_path):
    again = tmp_path / "again"
    export(Kept(DOCUMENTS), TERC, again, {"residents": False}, lambda *_: None)
    assert {file.name: file.read_bytes() for file in again.iterdir()} == {
        file.name: file.read_bytes() for file in folder.iterdir()
    }


def test_what_was_cut_off_is_no_export_and_the_next_try_is_whole(tmp_path):
    class Broken(Kept):
        def one(self, path):
            yield from super().one(path)
            if path.startswith("areas/"):
                raise Unavailable

    made = tmp_path / "out"
    with pytest.raises(Unavailable):
        export(Broken(DOCUMENTS), TERC, made, {}, lambda *_: None)
    assert not made.exists()
    export(Kept(DOCUMENTS), TERC, made, {}, lambda *_: None)
    assert faults(made) == []
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


def test_an_export_is_not_written_over_another(folder):
    with pytest.raises(FileExistsError):
        export(Kept(DOCUMENTS), TERC, folder, {}, lambda *_: None)


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("alerts.jsonl", '{"path":"alerts/a1"}\n', "alerts.jsonl was changed"),
        ("added.jsonl", "{}\n", "added.jsonl is not in the manifest"),
        ("staff.csv", None, "staff.csv is missing"),
    ],
)
def test_what_was_changed_afterwards_is_found(folder, file, text, said):
    if text is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(text)
    assert faults(folder) == [said]
