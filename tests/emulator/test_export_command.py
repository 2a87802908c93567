"""python -m manage.export against Firestore: what the present release writes, exported and read back."""

from __future__ import annotations

import json

import pytest
from google.cloud.firestore import Client

from manage.export.exporting import export
from manage.export.files import faults
from manage.export.parts import PARTS
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
    assert empty <= {"figures", "deliveries", "questions_of_reach"}, "of the other stories"


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
