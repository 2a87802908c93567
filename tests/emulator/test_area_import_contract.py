"""One contract for what an import writes, in Firestore and in its fake."""

from __future__ import annotations

import json

import pytest

from shared.errors import Conflict
from shared.ports.area_import import Change
from tests.fakes.alert_values import TERC
from tests.fakes.area_import import FakeAreaImportStore

OTHER = "1209033"
AREA, SEARCH = f"areas/{TERC}", f"areas/{TERC}/layers/search"
UNIT, PAGE = f"{AREA}/units/{TERC}", f"{AREA}/layers/search.0"
MANY = 700  # more than one commit takes


def silent(done):
    pass


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


@pytest.fixture
def firestore(client):
    from shared.adapters.area_import import FirestoreAreaImport

    return FirestoreAreaImport(client)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    return FakeAreaImportStore() if request.param == "fake" else request.getfixturevalue("firestore")


def shown(text="names", page="page"):
    frame = {"kind": "frames", "frames": {TERC: [1.0, 2.0, 3.0, 4.0]}}
    return [
        Change(SEARCH, {"text": text}),
        Change(PAGE, {"text": page}),
        Change(AREA, {"kind": "municipality"}),
        Change("areas/frames", frame, merge=True),
        Change(f"municipalities/{TERC}", {"name": "Gmina"}, merge=True),
    ]


def test_of_a_municipality_all_is_found_that_was_written(store):
    store.write([Change(UNIT, {"name": "Gmina"}), Change("areas/12", {"name": "M"})], silent)
    store.switch(TERC, shown(), None)
    found, _ = store.documents(TERC)
    assert found == {
        UNIT: {"name": "Gmina"},
        SEARCH: {"text": "names"},
        PAGE: {"text": "page"},
        AREA: {"kind": "municipality"},
        "areas/12": {"name": "M"},
        "areas/frames": {"kind": "frames", "frames": {TERC: [1.0, 2.0, 3.0, 4.0]}},
        f"municipalities/{TERC}": {"name": "Gmina"},
    }
    assert store.served() == [TERC]


def test_of_another_municipality_nothing_is_found(store):
    store.switch(TERC, shown(), None)
    assert {path for path in store.documents(OTHER)[0] if path != "areas/12"} == set()


def test_what_is_merged_leaves_the_rest(store):
    store.switch(TERC, shown(), None)
    store.write([Change(f"municipalities/{TERC}", {"contact": {"phone": "1"}}, merge=True)], silent)
    frame = {"kind": "frames", "frames": {OTHER: [0.0, 0.0, 0.0, 0.0]}}
    store.write([Change("areas/frames", frame, merge=True)], silent)
    found, _ = store.documents(TERC)
    assert found[f"municipalities/{TERC}"] == {"name": "Gmina", "contact": {"phone": "1"}}
    assert found["areas/frames"]["frames"] == {TERC: [1.0, 2.0, 3.0, 4.0]}


def test_what_is_deleted_is_gone(store):
    store.write([Change(UNIT, {"name": "Gmina"})], silent)
    store.write([Change(UNIT, None)], silent)
    assert store.documents(TERC)[0] == {}


def test_who_read_before_another_import_changes_nothing(store):
    _, before = store.documents(TERC)
    store.switch(TERC, shown("first"), before)
    with pytest.raises(Conflict):
        store.switch(TERC, shown("second"), before)
    found, token = store.documents(TERC)
    assert found[SEARCH] == {"text": "first"}
    store.switch(TERC, [*shown("third"), Change(PAGE, None)], token)
    assert store.documents(TERC)[0][SEARCH] == {"text": "third"}
    assert PAGE not in store.documents(TERC)[0]


@pytest.mark.emulator
class TestFirestore:
    def test_many_are_written_some_at_a_time_and_told_of(self, firestore):
        told: list[int] = []
        changes = [Change(f"{AREA}/units/{number:07d}", {"name": "x"}) for number in range(MANY)]
        firestore.write(changes, told.append)
        assert len(firestore.documents(TERC)[0]) == MANY
        assert told == [300, 600, 700]

    def test_codes_are_found_in_alerts_and_saved_areas_of_the_municipality(self, client, firestore):
        parts = [{"kind": "street", "code": "0951617:00001"}, {"kind": "shape", "shape": {}}]
        inside = [{"kind": "saved", "id": "z", "parts": [{"kind": "locality", "code": "0951617"}]}]
        client.document("alerts/a1").set({"terc": TERC, "parts": json.dumps(parts)})
        client.document("alerts/a2").set({"terc": TERC, "parts": inside})
        client.document("alerts/a3").set({"terc": TERC, "parts": None})
        client.document("alerts/a4").set({"terc": OTHER, "parts": [{"code": "0000001"}]})
        client.document(f"{AREA}/saved/z").set({"parts": '[{"kind":"gmina","code":"120102"}]'})
        client.document(f"{AREA}/saved/y").set({"parts": "no parts"})
        assert firestore.named_codes(TERC) == {"0951617:00001", "0951617", "120102"}
