"""A municipality's document as the demonstration imports it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from google.cloud.firestore import Client

from demo import seed
from demo.generate import generate
from demo.municipality import Municipality, read
from shared import wiring
from shared.adapters.municipalities import FirestoreMunicipalityStore
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def regionalna(tmp_path_factory: pytest.TempPathFactory) -> Municipality:
    return read(generate(tmp_path_factory.mktemp("gmina")))


@pytest.fixture
def written(project: str, regionalna: Municipality, tmp_path, monkeypatch):
    """What stands in Firestore after an import."""
    client = Client(project=project)
    monkeypatch.setattr(wiring, "firestore", lambda: client)
    municipalities = FirestoreMunicipalityStore(client, FakeClock())
    monkeypatch.setattr(wiring, "municipalities", lambda: municipalities)
    monkeypatch.setattr(seed, "settings", lambda: SimpleNamespace(signing_keys=str(tmp_path)))

    def write(**changes: Any) -> dict[str, object]:
        seed.write_registers(replace(regionalna, **changes))
        return client.document("municipalities", regionalna.terc).get().to_dict() or {}

    return write


def test_it_says_how_to_reach_the_office(written, regionalna):
    assert written()["contact"] == regionalna.contact


def test_another_import_keeps_contact_and_keys(written, regionalna):
    first = written()
    again = written(name="Gmina Nowa", contact={})
    assert again == {**first, "name": "Gmina Nowa"}
    assert len(first["keys"]) == 1
