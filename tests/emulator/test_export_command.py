"""python -m manage.export against Firestore: what the present release writes, exported and read back."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from google.cloud.firestore import Client

from infra.local.processes import ROOT
from manage.audit.key_file import add_key
from manage.export.exporting import export
from manage.export.files import faults
from manage.export.parts import PARTS
from manage.export.residents import RESIDENTS
from shared.adapters.whole_municipality import PAGE, FirestoreWholeMunicipality
from tests.fakes.alert_values import TERC
from tests.releases.stories import office, people

pytestmark = pytest.mark.emulator

OF_RESIDENTS = ("ann", "bob", "zoe")  # of the story


@pytest.fixture
def client(project):
    return Client(project=project)


def rows(folder, name):
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]


def test_what_a_release_writes_is_exported_and_reads_back(client, tmp_path):
    """A part that reads a collection under a wrong name would be empty for ever."""
    office(client)
    folder = tmp_path / "out"
    export(FirestoreWholeMunicipality(client), TERC, folder, {}, lambda *_: None)
    assert faults(folder) == []
    alerts = {one.id for one in client.collection("alerts").list_documents()}
    assert {row["path"].partition("/")[2] for row in rows(folder, "alerts")} == alerts
    assert len(rows(folder, "history")) == len(alerts)
    assert [row["name"] for row in rows(folder, "staff")] == ["Anna Nowak"]
    empty = {part.name for part in PARTS if not rows(folder, part.name)}
    others = {
        "figures",
        "deliveries",
        "audit",
        "grants",
        "stand_in",
        "crisis_centres",
        "told_upwards",
        "after_action",
    }
    assert empty <= others, "not of this story"


def test_of_residents_nothing_is_exported(client, tmp_path):
    people(client)
    folder = tmp_path / "out"
    export(FirestoreWholeMunicipality(client), TERC, folder, {}, lambda *_: None)
    written = "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    assert not [name for name in OF_RESIDENTS if f'"{name}' in written or f"/{name}" in written]


def test_more_than_a_page_of_documents_is_read_in_order_and_once(client, tmp_path):
    names = [f"a{number:04}" for number in range(PAGE + 7)]
    for start in range(0, len(names), 400):
        batch = client.batch()
        for name in names[start : start + 400]:
            batch.set(client.document("alerts", name), {"terc": TERC})
            batch.set(client.document("alerts", f"other-{name}"), {"terc": "1201032"})
            batch.set(client.document("coverage", f"{TERC}.{name}"), {"terc": TERC})
        batch.commit()
    client.document("coverage/silent").set({"month": "2026-11"})
    source = FirestoreWholeMunicipality(client)
    assert [path for path, _ in source.said_to_be_of(TERC, "alerts")] == [f"alerts/{name}" for name in names]
    coverage = [path for path, _ in source.named("coverage", f"{TERC}.")]
    assert coverage == [f"coverage/{TERC}.{name}" for name in names]


def test_all_is_read_as_it_was_at_the_first_read(client):
    client.document("municipalities", TERC).set({"name": "Wzorów"})
    client.document("alerts/a1").set({"terc": TERC, "revision": 1})
    source = FirestoreWholeMunicipality(client)
    assert list(source.one(f"municipalities/{TERC}"))
    client.document("alerts/a1").update({"revision": 2})
    client.document("alerts/a2").set({"terc": TERC})
    assert list(source.said_to_be_of(TERC, "alerts")) == [("alerts/a1", {"revision": 1, "terc": TERC})]


def test_with_a_reason_the_places_of_residents_are_exported_without_their_targets(client, tmp_path):
    people(client)
    folder = tmp_path / "out"
    source = FirestoreWholeMunicipality(client)
    export(source, TERC, folder, {}, lambda *_: None, (*PARTS, *RESIDENTS))
    assert faults(folder) == []
    places = rows(folder, "residents_places")
    assert {place["path"].split("/")[1] for place in places} == {"ann"}, "bob left"
    assert "ann-1" not in (folder / "residents_places.jsonl").read_text(), "a push target"


def test_the_command_exports_and_the_audit_says_who_and_why(client, project, tmp_path):
    office(client)
    keys, folder = tmp_path / "keys.json", tmp_path / "out"
    add_key(keys)
    settings = {
        "GOOGLE_CLOUD_PROJECT": project,
        "PUBLIC_URL": "https://a.example",
        "WORKER_ACCOUNT": "w@x",
        "AUDIT_KEYS": str(keys),
    }

    def manage(*arguments):
        command = [sys.executable, "-m", "manage.export", *map(str, arguments)]
        env = {**os.environ, **settings}
        return subprocess.run(
            command, cwd=ROOT, env=env, timeout=240, capture_output=True, text=True, check=False
        )

    ended = manage(TERC, "--to", folder, "--by", "Jan Kowalski", "--why", "odejście gminy")
    assert ended.returncode == 0, ended.stderr
    assert manage("--check", "--to", folder).returncode == 0
    entries = [item.to_dict() for item in client.collection(f"audit/{TERC}/entries").stream()]
    said = [(entry["outcome"], entry["by"]["name"], entry["why"]) for entry in entries]
    assert said == [(outcome, "Jan Kowalski", "odejście gminy") for outcome in ("intent", "done")]
    assert manage(TERC, "--to", folder, "--by", "Jan").returncode == 2, "never into another export"
    assert manage("1201099", "--to", tmp_path / "none", "--by", "Jan").returncode == 1
