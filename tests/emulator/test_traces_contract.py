"""One contract for the store of traces in Firestore and for its fake; and what Firestore keeps afterwards."""

from __future__ import annotations

import pytest

from shared.ports import Erasure
from tests.fakes.alert_values import at
from tests.fakes.traces import FakeTraceStore
from tests.traces import named_in

KINDS = ["fake", pytest.param("firestore", marks=pytest.mark.emulator)]
ANN, LIKE_ANN = "Ann0000000000000000000000001", "Ann00000000000000000000000012"


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


@pytest.fixture
def firestore(client):
    from shared.adapters.traces import FirestoreTraceStore

    return FirestoreTraceStore(client)


@pytest.fixture(params=KINDS)
def store(request):
    return FakeTraceStore() if request.param == "fake" else request.getfixturevalue("firestore")


def test_whoever_left_is_on_the_list_once_until_it_is_done(store):
    for minute, uid in enumerate((ANN, "bob", ANN)):
        store.ask(uid, at(3, minute))
    assert list(store.asked(10)) == [Erasure(ANN, ""), Erasure("bob", "")]
    assert len(store.asked(1)) == 1
    store.done(ANN)
    assert list(store.asked(10)) == [Erasure("bob", "")]


def test_how_far_it_has_come_is_kept_also_when_asked_again(store):
    store.ask(ANN, at(3))
    store.move_on(ANN, "a7")
    store.ask(ANN, at(4))
    assert list(store.asked(10)) == [Erasure(ANN, "a7")]


def test_who_asked_first_comes_first_whatever_the_uid(store):
    for hour, uid in enumerate(("zoe", "bob", ANN), start=3):
        store.ask(uid, at(hour))
    assert [one.uid for one in store.asked(10)] == ["zoe", "bob", ANN]
    store.move_on("zoe", "a1")
    store.ask("zoe", at(9))
    assert [one.uid for one in store.asked(1)] == ["zoe"]


def test_one_that_is_put_off_comes_after_all_others(store):
    for hour, uid in enumerate(("ann", "bob"), start=3):
        store.ask(uid, at(hour))
    store.put_off("ann", at(5))
    assert [one.uid for one in store.asked(10)] == ["bob", "ann"]


@pytest.mark.emulator
def test_what_a_release_before_asked_for_is_served_as_well(client, firestore):
    client.document("erasures/bob").set({"uid": "bob", "after": "a1"})
    firestore.ask("zoe", at(3))
    assert list(firestore.asked(10)) == [Erasure("zoe", ""), Erasure("bob", "a1")]
    assert [one.uid for one in firestore.asked(1)] == ["zoe"]


@pytest.mark.emulator
def test_the_register_forgets_the_phones_of_who_left_alone(client, firestore):
    for name, uid in (("t1", ANN), ("t2", ANN), ("t3", LIKE_ANN)):
        client.document(f"targets/{name}").set({"uid": uid})
    firestore.forget_targets(ANN)
    assert [found.id for found in client.collection("targets").stream()] == ["t3"]


def progress(*keys, cursor=None):
    end = None if cursor is None else {"cell": "8d1e2adb5a1d93f", "id": cursor}
    return {"accepted": 2, "failed": {"sender-mismatch": 1}, "retry": "\n".join(keys), "cursor": end}


@pytest.fixture(params=["alerts/a1/deliveries/push.1", "alerts/a1"], ids=["now", "0.1.0"])
def kept(request):
    """Where the record is: of a delivery, and as release 0.1.0 kept it."""
    return request.param


@pytest.fixture
def sent(client, kept):
    """An alert that was sent to two whose uids begin alike."""
    if "deliveries" in kept:
        client.document(kept).set({"state": "done"})
    both = [f"{ANN}.1/1", f"{LIKE_ANN}.1/1", f"{ANN}.2/8"]
    waves = client.collection(f"{kept}/waves")
    waves.document("0000.0001").set({"progress": progress(), "outcomes": {}, "at": None})
    outcomes = {"accepted": "\n".join(both), "sender-mismatch": f"{ANN}.1/2"}
    last = progress(*both, cursor=f"{ANN}.2")
    waves.document("0000.0002").set({"progress": last, "outcomes": outcomes, "at": at(4)})
    client.document(f"{kept}/slices/0000").set({"count": 2, **last})
    for uid in (ANN, LIKE_ANN):
        for kind in ("received", "opened"):
            client.document(f"published/a1/receipts/{uid}.1.{kind}").set({"kind": kind})
            client.document(f"published/a1/receipts/{uid}.8.{kind}").set({"kind": kind})
        client.document(f"published/a1/reports/{uid}").set({"reason": "not_mine"})


@pytest.mark.emulator
def test_no_document_names_the_resident_any_more(client, firestore, sent, kept):
    assert len(named_in(client, f"{ANN}.")) == 6
    firestore.erase("a1", ANN)
    assert [path for path in named_in(client, ANN) if LIKE_ANN not in path] == [
        f"{kept}/slices/0000",
        f"{kept}/waves/0000.0002",
    ]
    assert named_in(client, f"{ANN}.") == []


@pytest.mark.emulator
def test_the_counts_and_everybody_else_stay(client, firestore, sent, kept):
    firestore.erase("a1", ANN)
    wave = client.document(f"{kept}/waves/0000.0002").get().to_dict()
    assert wave["outcomes"] == {"accepted": f"{LIKE_ANN}.1/1", "sender-mismatch": ""}
    assert wave["progress"]["retry"] == f"{LIKE_ANN}.1/1"
    assert wave["progress"]["cursor"] == {"cell": "8d1e2adb5a1d93f", "id": ""}
    assert (wave["progress"]["accepted"], wave["progress"]["failed"]) == (2, {"sender-mismatch": 1})
    assert wave["at"] == at(4)
    assert len(named_in(client, LIKE_ANN)) == 4 + 1 + 2


@pytest.mark.emulator
def test_again_it_finds_nothing_to_write(client, firestore, sent, kept):
    firestore.erase("a1", ANN)
    before = client.document(f"{kept}/waves/0000.0002").get().update_time
    firestore.erase("a1", ANN)
    assert client.document(f"{kept}/waves/0000.0002").get().update_time == before


@pytest.mark.emulator
def test_alerts_are_paged_by_their_ids_whether_published_yet_or_not(client, firestore):
    for path in ("published/b", "alerts/b", "alerts/a", "published/c", "alerts/d"):
        client.document(path).set({"terc": "1209033"})
    assert list(firestore.alerts("", 2)) == ["a", "b"]
    assert list(firestore.alerts("b", 2)) == ["c", "d"]
