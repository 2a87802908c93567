"""One contract for what anyone may read, in Firestore and in its fake."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.covered import Covered, CoveredName
from shared.domain.public_alert import Kind
from tests.fakes.alert_values import TERC
from tests.fakes.public_office import SENT, published, signed
from tests.fakes.public_store import FakePublicStore
from tests.public_documents import document, write

HOUR = timedelta(hours=1)
SEALED = signed(published())
FOLLOWER = published("a2", kind=Kind.UPDATE, version=2, sent=SENT + HOUR)
OTHER = published("b1", thread="b1", sent=SENT + 2 * HOUR, state=State.EXPIRED)
OLD = published("c1", thread="c1", sent=SENT - 900 * HOUR)
ELSEWHERE = published("d1", thread="d1", terc="1209033")
CANCELLED = published("e1", thread="e1", sent=SENT - HOUR, state=State.CANCELLED, cancelled=SENT)
COVERS = Covered((CoveredName("9990019:90001", "ul. Różana", 21, 42),), 21, 171, 1, 3)
NAMED = published("f1", thread="f1", sent=SENT - 800 * HOUR, state=State.EXPIRED, covers=COVERS)
ALL = (SEALED, FOLLOWER, OTHER, OLD, ELSEWHERE, CANCELLED, NAMED)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakePublicStore(ALL)
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.public_store import FirestorePublicStore

    client = Client(project=name)
    write(client, ALL)
    return FirestorePublicStore(client)


def ids(alerts):
    return [alert.id for alert in alerts]


@pytest.mark.parametrize("alert", ALL, ids=lambda alert: alert.id)
def test_an_alert_comes_back_as_it_was_published(store, alert):
    assert store.alert(alert.id) == alert


def test_there_is_none_under_another_id(store):
    assert store.alert("nothing") is None


def test_a_thread_has_its_messages_the_newest_first(store):
    assert ids(store.thread("a1")) == ["a2", "a1"]
    assert store.thread("nothing") == []


def test_active_ones_are_the_municipalitys_however_old(store):
    assert ids(store.active(TERC, 10)) == ["a2", "a1", "c1"]


def test_recent_ones_are_the_municipalitys_in_any_state(store):
    assert ids(store.sent_since(TERC, SENT - HOUR, 10)) == ["b1", "a2", "a1", "e1"]
    assert ids(store.sent_since(TERC, SENT, 10)) == ["b1", "a2", "a1"]


def test_no_more_come_than_are_asked_for_and_the_latest_do(store):
    assert ids(store.active(TERC, 1)) == ["a2"]
    assert ids(store.sent_since(TERC, SENT - HOUR, 2)) == ["b1", "a2"]


@pytest.mark.emulator
def test_a_copy_from_before_kinds_keys_and_signatures_is_an_unsigned_alert(project):
    from google.cloud.firestore import Client

    from shared.adapters.public_store import FirestorePublicStore

    client = Client(project=project)
    old = document(published())
    for name in ("kind", "signed", "signature", "key"):
        del old[name]
    client.document("published/a1").set(old)
    assert FirestorePublicStore(client).alert("a1") == published()
