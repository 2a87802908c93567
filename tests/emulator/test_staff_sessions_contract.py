"""One contract for the sessions of staff in Firestore and for their fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.audit import Act
from shared.domain.staff_session import Challenge, StaffSession
from shared.errors import Conflict
from shared.ports.staff_sessions import MOST_SESSIONS
from tests.fakes.alert_values import AUTHOR, TERC, at
from tests.fakes.audit import FakeAuditKeys
from tests.fakes.clock import FakeClock
from tests.fakes.staff_sessions import FakeSessionStore


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeSessionStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.audit_chain import AuditChain
    from shared.adapters.staff_sessions import FirestoreSessionStore

    client = Client(project=name)
    return FirestoreSessionStore(client, AuditChain(client, FakeAuditKeys(), FakeClock()))


def session(begun=None, uid="uid-anna", **changes):
    begun = begun or at(3)
    first = StaffSession(uid, TERC, begun, seen=begun, ends=begun + timedelta(hours=12), idle_s=1800)
    return replace(first, **changes)


def test_what_has_not_begun_is_not_found(store):
    assert store.get("uid-anna", at(3)) is None
    assert list(store.of("uid-anna")) == []


def test_a_session_is_found_as_it_began(store):
    begun = session(device="Firefox, Windows")
    store.begin(begun)
    assert store.get("uid-anna", at(3)).value == begun


def test_it_begins_once(store):
    store.begin(session())
    with pytest.raises(Conflict):
        store.begin(session(device="another"))


def test_what_is_noted_leaves_alone_what_others_wrote(store):
    store.begin(session())
    store.note(session(), session(ended=at(5)))
    store.note(session(), session(seen=at(6), challenge=Challenge("abc", at(6), "use")))
    found = store.get("uid-anna", at(3)).value
    assert (found.ended, found.seen, found.challenge) == (at(5), at(6), Challenge("abc", at(6), "use"))


def test_what_is_replaced_must_be_as_it_was_read(store):
    store.begin(session())
    before = store.get("uid-anna", at(3))
    store.replace(before, session(seen=at(4)))
    with pytest.raises(Conflict):
        store.replace(before, session(seen=at(5)))
    assert store.get("uid-anna", at(3)).value.seen == at(4)


def test_what_is_gone_is_not_noted(store):
    with pytest.raises(Conflict):
        store.note(session(), session(seen=at(4)))


def test_sessions_are_ended_together(store):
    both = [session(at(4)), session(at(5))]
    for one in both:
        store.begin(one)
    store.end(both, at(6), [Act(TERC, "session.end", AUTHOR)])
    assert {one.ended for one in store.of("uid-anna")} == {at(6)}
    with pytest.raises(Conflict):
        store.end([both[0], session(at(7))], at(8))
    assert store.get("uid-anna", at(4)).value.ended == at(6)


def test_a_persons_sessions_come_the_latest_first(store):
    for minute in (1, 3, 2):
        store.begin(session(at(4, minute)))
    store.begin(session(at(4, 4), uid="uid-piotr"))
    assert [one.begun for one in store.of("uid-anna")] == [at(4, 3), at(4, 2), at(4, 1)]
    assert store.last_sign_in("uid-anna") == at(4, 3)
    assert store.last_sign_in("uid-ewa") is None


def test_no_more_of_them_are_read_than_are_shown(store):
    for minute in range(MOST_SESSIONS + 1):
        store.begin(session(at(4) + timedelta(minutes=minute)))
    assert len(store.of("uid-anna")) == MOST_SESSIONS
