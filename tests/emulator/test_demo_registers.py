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
from shared.adapters.area_import import FirestoreAreaImport
from shared.adapters.areas import FirestoreAreaLibrary
from shared.adapters.municipalities import FirestoreMunicipalityStore
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.emulator


@pytest.fixture(scope="module")
def regionalna(tmp_path_factory: pytest.TempPathFactory) -> Municipality:
    return read(generate(tmp_path_factory.mktemp("gmina")))


@pytest.fixture
def client(project: str) -> Client:
    return Client(project=project)


@pytest.fixture
def written(client: Client, regionalna: Municipality, tmp_path, monkeypatch):
    """What stands in Firestore after an import."""
    monkeypatch.setattr(wiring, "firestore", lambda: client)
    areas = FirestoreAreaImport(client)
    monkeypatch.setattr(wiring, "area_import", lambda: areas)
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


def test_it_brings_the_library_the_map_and_the_boundary(written, regionalna, client):
    written()
    found = FirestoreAreaLibrary(client, FakeClock())
    gazetteer = found.gazetteer(regionalna.terc)
    assert gazetteer is not None
    assert sum(one.count for one in gazetteer.localities) == len(regionalna.addresses)
    town = gazetteer.localities[0]
    main = next(one for one in town.streets if one.name == "ul. Główna")
    unit = found.unit(regionalna.terc, f"{town.sym}:{main.code}")
    assert unit is not None
    assert unit.shape is not None
    assert unit.addresses == main.houses.count
    municipalities = FirestoreMunicipalityStore(client, FakeClock())
    assert municipalities.boundaries_about([regionalna.center])
    assert "Główna" in (municipalities.base_map(regionalna.terc) or "")
