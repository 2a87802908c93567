"""One contract for the municipalities' public keys in Firestore and for their fake."""

from __future__ import annotations

import pytest

from shared.errors import Conflict
from tests.fakes.alert_values import TERC, at
from tests.fakes.keys import FakeKeyStore
from tests.fakes.signer import SeededKey

KEYS = (SeededKey(1).public(at(1), at(3)), SeededKey(2).public(at(2)))


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeKeyStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.municipality_keys import FirestoreKeyStore

    client = Client(project=name)
    client.document("municipalities", TERC).set({"name": "Gmina Regionalna"})
    return FirestoreKeyStore(client)


def test_a_municipality_that_is_not_served_has_no_list(store):
    assert store.get("1209033") is None


def test_before_its_first_key_the_list_is_empty(store):
    assert store.get(TERC).value == ()


def test_keys_are_read_as_they_were_written(store):
    store.replace(TERC, store.get(TERC), KEYS)
    assert store.get(TERC).value == KEYS


def test_of_two_who_change_them_one_is_refused(store):
    before = store.get(TERC)
    store.replace(TERC, before, KEYS[:1])
    with pytest.raises(Conflict):
        store.replace(TERC, before, KEYS)
    assert store.get(TERC).value == KEYS[:1]


@pytest.mark.emulator
def test_the_rest_of_the_municipality_stays(project):
    from google.cloud.firestore import Client

    from shared.adapters.municipality_keys import FirestoreKeyStore

    document = Client(project=project).document("municipalities", TERC)
    document.set({"name": "Gmina Regionalna"})
    store = FirestoreKeyStore(Client(project=project))
    store.replace(TERC, store.get(TERC), KEYS[1:])
    [key] = KEYS[1:]
    stored = {"id": key.id, "key": key.key, "from": at(2), "until": None}
    assert document.get().to_dict() == {"name": "Gmina Regionalna", "keys": [stored]}
