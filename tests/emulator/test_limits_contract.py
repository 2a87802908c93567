"""One contract for the limits that an instance counts and for those that Firestore keeps for all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.adapters.instance_limits import InstanceLimits
from shared.domain.limits import Limit
from shared.errors import Conflict
from tests.fakes.alert_values import at

BURST = Limit.CODE.value.burst


@pytest.fixture(params=["instance", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "instance":
        return InstanceLimits()
    from shared.adapters.kept_limits import FirestoreLimits

    return FirestoreLimits(_client(request.getfixturevalue("project")))


def _client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


def spent(store, key="uid-anna", moment=None):
    return [store.take(Limit.CODE, key, moment or at(3)) for _ in range(BURST)]


def test_a_full_bucket_is_emptied_and_says_how_long(store):
    assert spent(store) == [0] * BURST
    wait = store.take(Limit.CODE, "uid-anna", at(3))
    assert wait == pytest.approx(600)
    assert store.take(Limit.CODE, "uid-anna", at(3) + timedelta(seconds=wait)) == 0


def test_a_bucket_is_of_one_key_and_one_limit(store):
    spent(store)
    assert store.take(Limit.CODE, "uid-piotr", at(3)) == 0
    assert store.take(Limit.MAIL, "uid-anna", at(3)) == 0


def test_a_bucket_that_is_given_back_is_full(store):
    spent(store)
    store.give_back(Limit.CODE, "uid-anna")
    assert spent(store) == [0] * BURST


def test_giving_back_what_nobody_took_is_no_error(store):
    store.give_back(Limit.CODE, "uid-anna")


@pytest.mark.emulator
def test_firestore_keeps_no_name_and_nothing_for_ever(project):
    from shared.adapters.kept_limits import FirestoreLimits

    client = _client(project)
    FirestoreLimits(client).take(Limit.CODE, "uid-anna", at(3))
    (kept,) = client.collection("limits").stream()
    assert "anna" not in kept.id
    assert kept.to_dict() == {"left": BURST - 1, "at": at(3), "expire": at(3) + timedelta(minutes=50 + 60)}


@pytest.mark.emulator
def test_what_cannot_be_read_is_a_full_bucket(project):
    from shared.adapters.kept_limits import FirestoreLimits

    store = FirestoreLimits(_client(project))
    spent(store)
    (kept,) = _client(project).collection("limits").stream()
    kept.reference.set({"left": "many"})
    assert store.take(Limit.CODE, "uid-anna", at(3)) == 0


@pytest.mark.emulator
def test_of_two_who_take_the_last_one_at_once_one_gets_a_conflict(project, monkeypatch):
    from shared.adapters.kept_limits import FirestoreLimits

    store = FirestoreLimits(_client(project))
    store.take(Limit.CODE, "uid-anna", at(3))
    write = store._write

    def overtaken(*arguments):
        monkeypatch.setattr(store, "_write", write)
        store.take(Limit.CODE, "uid-anna", at(3))
        write(*arguments)

    monkeypatch.setattr(store, "_write", overtaken)
    with pytest.raises(Conflict):
        store.take(Limit.CODE, "uid-anna", at(3))
