"""One contract for the residents' copies in Firestore and for their fake."""

from __future__ import annotations

import pytest

from shared.domain.alert import State
from shared.domain.retention import CASE_KEPT
from shared.domain.signature import Signature
from shared.errors import Conflict
from tests.fakes.alert_values import SQUARE, alert, at
from tests.fakes.published import FakePublishedStore


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakePublishedStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.published import FirestorePublishedStore

    return FirestorePublishedStore(Client(project=name))


def sending(**changes):
    return alert("a1", **{"state": State.ACTIVE, "started": at(3), "version": 2, "revision": 4, **changes})


def test_before_it_is_published_there_is_no_token(store):
    assert store.token("a1") is None


def test_a_copy_is_made_and_then_follows(store):
    store.publish(sending(), None)
    first = store.token("a1")
    store.publish(sending(state=State.CANCELLED, finished=at(4)), first)
    assert store.token("a1") not in (None, first)


def test_a_copy_signed_anew_shows_the_same_alert(store):
    store.publish(sending(), None)
    unsigned = store.token("a1")
    store.publish(sending(), unsigned, Signature("text", "value", "id"))
    assert store.token("a1") != unsigned
    assert store.shows(sending())


def test_two_who_publish_first_cannot_both(store):
    store.publish(sending(), None)
    with pytest.raises(Conflict):
        store.publish(sending(state=State.ACTIVE), None)


def test_an_old_token_is_refused(store):
    store.publish(sending(), None)
    old = store.token("a1")
    store.publish(sending(state=State.CANCELLED, finished=at(4)), old)
    with pytest.raises(Conflict):
        store.publish(sending(state=State.ACTIVE), old)


def test_a_token_for_a_copy_that_is_gone_is_refused(store):
    store.publish(sending(), None)
    token = store.token("a1")
    with pytest.raises(Conflict):
        store.publish(alert("a2", state=State.ACTIVE, started=at(3)), token)


def test_without_receipts_both_counts_are_zero(store):
    none = {"android": 0, "ios": 0, "web": 0}
    assert store.receipts("a1") == {"received": none, "opened": none}


def test_without_reports_the_alert_concerned_everybody(store):
    assert store.not_mine("a1") == 0


@pytest.mark.emulator
def test_reports_are_counted_for_each_alert(project):
    from google.cloud.firestore import Client

    from shared.adapters.published import FirestorePublishedStore

    client = Client(project=project)
    for alert_id, uid in [("a1", "u1"), ("a1", "u2"), ("a2", "u1")]:
        report = {"reason": "not_mine", "device": "1", "proof": "5f" * 32, "at": at(4)}
        client.document(f"published/{alert_id}/reports/{uid}").set(report)
    client.document("published/a1/reports/u3").set({"reason": "not_mine", "at": at(4)})  # without a proof
    assert FirestorePublishedStore(client).not_mine("a1") == 2


@pytest.mark.emulator
def test_the_copy_says_what_residents_need_and_no_more(project):
    from google.cloud.firestore import Client

    from shared.adapters.published import FirestorePublishedStore

    client = Client(project=project)
    store = FirestorePublishedStore(client)
    store.publish(sending(), None, Signature("text", "value", "id"))
    assert client.document("published/a1").get().to_dict() == {
        "terc": "1201022",
        "kind": "alert",
        "state": "active",
        "category": "failure",
        "group": "failure",
        "severity": "Moderate",
        "event": None,
        "texts": {
            "pl": {
                "title": "Brak wody: ul. Główna",
                "body": "Pękła rura. Wody nie będzie do ok. 14:00.",
            }
        },
        "area": SQUARE,
        "area_name": "ul. Główna",
        "covers": None,
        "thread": "a1",
        "version": 2,
        "revision": 4,
        "sent": at(3),
        "expires": sending().content.expires,
        "event_ends": None,
        "next_info": None,
        "urgency": None,
        "certainty": None,
        "response": None,
        "source": None,
        "contact": None,
        "exercise": False,
        "cancelled": None,
        "expire": sending().content.expires + CASE_KEPT,
        "meant_for": None,
        "narrowed": None,
        "on_behalf": None,
        "signed": "text",
        "signature": "value",
        "key": "id",
    }
    store.publish(sending(state=State.CANCELLED, finished=at(4)), store.token("a1"))
    cancelled = client.document("published/a1").get().to_dict()
    assert (cancelled["state"], cancelled["cancelled"]) == ("cancelled", at(4))
    assert [cancelled[name] for name in ("signed", "signature", "key")] == [None] * 3  # nothing old stays


@pytest.mark.emulator
def test_receipts_are_counted_by_kind_platform_and_alert(project):
    from google.cloud.firestore import Client

    from shared.adapters.published import FirestorePublishedStore

    client = Client(project=project)
    for alert_id, phone, kind, platform in [
        ("a1", "u1.1", "received", "ios"),
        ("a1", "u1.1", "opened", "ios"),
        ("a1", "u2.1", "received", "ios"),
        ("a1", "u2.2", "received", "web"),
        ("a2", "u1.1", "received", "android"),
    ]:
        receipt = {"kind": kind, "platform": platform, "proof": "0" * 64, "at": at(4)}
        client.document(f"published/{alert_id}/receipts/{phone}.{kind}").set(receipt)
    assert FirestorePublishedStore(client).receipts("a1") == {
        "received": {"android": 0, "ios": 2, "web": 1},
        "opened": {"android": 0, "ios": 1, "web": 0},
    }
