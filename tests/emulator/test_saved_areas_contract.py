"""One contract for saved areas in Firestore and for their fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.saved_area import SavedArea
from shared.errors import Conflict, NameTaken
from tests.fakes.alert_values import AUTHOR, TERC, at
from tests.fakes.saved_areas import FakeSavedAreaStore
from tests.fakes.tokens import NEIGHBOUR

PARTS = '[{"kind":"gmina","code":"120102"}]'


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeSavedAreaStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.saved_areas import FirestoreSavedAreaStore

    return FirestoreSavedAreaStore(Client(project=name))


def area(store, name="Strefa 1", terc=TERC):
    return SavedArea(store.new_id(), terc, name, PARTS, AUTHOR, at(3), addresses=7)


def saved(store, name="Strefa 1", terc=TERC):
    made = area(store, name, terc)
    store.create(made)
    return made


def test_what_is_saved_is_found(store):
    made = saved(store)
    assert store.get(TERC, made.id).value == made
    assert list(store.list(TERC)) == [made]


def test_another_municipalitys_is_not_there(store):
    made = saved(store)
    assert store.get(NEIGHBOUR, made.id) is None
    assert list(store.list(NEIGHBOUR)) == []


@pytest.mark.parametrize("unknown", ["", "nobody", "a/b", "..", "__a__", "x" * 2000])
def test_what_nobody_saved_is_not_there(store, unknown):
    assert store.get(TERC, unknown) is None


def test_they_are_listed_by_name(store):
    for name in ("zawada", "Bór", "Ala"):
        saved(store, name)
    assert [one.name for one in store.list(TERC)] == ["Ala", "Bór", "zawada"]


def test_a_name_is_given_once_whatever_its_case_and_spaces(store):
    saved(store, "Strefa Północ")
    with pytest.raises(NameTaken):
        store.create(area(store, "strefa  PÓŁNOC"))
    saved(store, "Strefa Północ", NEIGHBOUR)
    assert len(store.list(TERC)) == 1


def test_a_name_can_be_changed_and_the_old_one_given_anew(store):
    made = saved(store)
    store.replace(store.get(TERC, made.id), replace(made, name="Strefa 2", revision=2))
    with pytest.raises(NameTaken):
        store.create(area(store, "Strefa 2"))
    saved(store, "Strefa 1")


def test_its_own_name_is_not_taken(store):
    made = saved(store)
    store.replace(store.get(TERC, made.id), replace(made, name="STREFA 1", addresses=None))
    store.replace(store.get(TERC, made.id), replace(made, parts="[]"))
    assert store.get(TERC, made.id).value.parts == "[]"


def test_a_name_of_another_is_not_taken_over(store):
    saved(store, "Strefa 2")
    made = saved(store)
    with pytest.raises(NameTaken):
        store.replace(store.get(TERC, made.id), replace(made, name="Strefa 2"))
    assert store.get(TERC, made.id).value == made


def test_what_was_changed_meanwhile_is_neither_written_over_nor_deleted(store):
    made = saved(store)
    before = store.get(TERC, made.id)
    store.replace(before, replace(made, revision=2))
    with pytest.raises(Conflict):
        store.replace(before, replace(made, name="Other"))
    with pytest.raises(Conflict):
        store.delete(before)
    assert store.get(TERC, made.id).value.revision == 2


def test_what_was_deleted_is_gone_and_so_is_its_name(store):
    made = saved(store)
    before = store.get(TERC, made.id)
    store.delete(before)
    assert store.get(TERC, made.id) is None
    with pytest.raises(Conflict):
        store.replace(before, made)
    saved(store)
