"""Municipalities as the importer leaves them in Firestore."""

from __future__ import annotations

import pytest
from google.cloud.firestore import Client, GeoPoint

from shared.adapters.municipalities import FirestoreMunicipalityStore
from shared.domain.municipality import Municipality

pytestmark = pytest.mark.emulator
TERC = "1201022"


@pytest.fixture
def client(project):
    return Client(project=project)


def test_a_municipality_is_read_with_its_shapes(client):
    client.document("municipalities", TERC).set(
        {"name": "Gmina Regionalna", "languages": ["pl", "en"], "center": GeoPoint(49.85, 19.95)}
    )
    client.document("areas", TERC).set({"geometry": "G", "kind": "municipality"})
    client.document("areas", TERC, "layers", "base").set({"geojson": "B"})
    store = FirestoreMunicipalityStore(client)
    assert store.get(TERC) == Municipality(TERC, "Gmina Regionalna", ("pl", "en"), (49.85, 19.95))
    assert (store.boundary(TERC), store.base_map(TERC)) == ("G", "B")


def test_what_is_not_there_is_none(client):
    store = FirestoreMunicipalityStore(client)
    assert (store.get(TERC), store.boundary(TERC), store.base_map(TERC)) == (None, None, None)
