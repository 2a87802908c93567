"""One contract for a municipality's templates in Firestore and for their fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.alert import Person
from shared.domain.facts.office_template import StoredTemplate
from shared.errors import Conflict, Unreadable
from shared.formats.template_json import built_in
from tests.fakes.alert_values import TERC, at
from tests.fakes.templates import FakeTemplateStore

ANNA = Person("uid-anna", "Anna Nowak")
WATER = StoredTemplate("water_outage", 1, at(3), ANNA, built_in()["water_outage"], hidden=True)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeTemplateStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.templates import FirestoreTemplateStore

    return FirestoreTemplateStore(Client(project=name))


def test_what_was_written_is_found(store):
    store.put(TERC, None, WATER)
    assert store.get(TERC, "water_outage").value == WATER
    assert list(store.all(TERC)) == [WATER]


@pytest.mark.parametrize("template", built_in().values(), ids=built_in())
def test_every_built_in_template_can_be_kept(store, template):
    stored = replace(WATER, id=store.new_id(), template=template)
    store.put(TERC, None, stored)
    assert store.get(TERC, stored.id).value == stored


def test_another_municipality_has_its_own(store):
    store.put(TERC, None, WATER)
    assert store.get("9999999", "water_outage") is None
    assert list(store.all("9999999")) == []


@pytest.mark.parametrize("name", ["", "..", "a/b", "a/b/c", "__name__", "x" * 65, "ą"])
def test_what_is_no_id_is_not_there(store, name):
    assert store.get(TERC, name) is None


def test_what_is_there_is_not_created_again(store):
    store.put(TERC, None, WATER)
    with pytest.raises(Conflict):
        store.put(TERC, None, WATER)


def test_of_two_who_change_the_same_one_is_refused(store):
    store.put(TERC, None, WATER)
    before = store.get(TERC, "water_outage")
    changed = replace(WATER, revision=2, template=None, hidden=False)
    store.put(TERC, before, changed)
    with pytest.raises(Conflict):
        store.put(TERC, before, WATER)
    with pytest.raises(Conflict):
        store.delete(TERC, before)
    assert store.get(TERC, "water_outage").value == changed


def test_what_is_deleted_is_gone(store):
    store.put(TERC, None, WATER)
    store.delete(TERC, store.get(TERC, "water_outage"))
    assert store.get(TERC, "water_outage") is None


@pytest.mark.emulator
def test_one_that_cannot_be_read_takes_no_other_down(project):
    from google.cloud.firestore import Client

    from shared.adapters.templates import FirestoreTemplateStore

    client = Client(project=project)
    store = FirestoreTemplateStore(client)
    store.put(TERC, None, WATER)
    client.document(f"municipalities/{TERC}/templates/later").set({"revision": "2"})
    assert list(store.all(TERC)) == [WATER]
    with pytest.raises(Unreadable):
        store.get(TERC, "later")
