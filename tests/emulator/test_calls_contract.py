"""One contract for calls of staff and rosters in Firestore and for their fakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.audit import Act
from shared.domain.call import Attempt, Call, CallKind, End, Outcome, Way
from shared.domain.duty import DutyRow, Roster
from shared.errors import Conflict
from tests.fakes.alert_values import AUTHOR, TERC, at
from tests.fakes.audit import FakeAuditKeys
from tests.fakes.calls import FakeCallStore, FakeDutyStore
from tests.fakes.clock import FakeClock

TRIED = Attempt(0, "uid-anna", "Anna", Way.SMS, at(3), Outcome.INTENT, 1)
CALL = Call("a1.approve.1", TERC, CallKind.APPROVE, at(3), at(3), alert="a1", key="1", attempts=(TRIED,))
ROSTER = Roster(TERC, (DutyRow("mon", "08:00", "16:00", "uid-anna", "uid-jan"),), 1)
ACT = Act(TERC, "call.acknowledge", AUTHOR)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def stores(request):
    if request.param == "fake":
        return FakeCallStore(), FakeDutyStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.audit_chain import AuditChain
    from shared.adapters.calls import FirestoreCallStore, FirestoreDutyStore

    client = Client(project=name)
    chain = AuditChain(client, FakeAuditKeys(), FakeClock())
    return FirestoreCallStore(client, chain), FirestoreDutyStore(client, chain)


def test_a_call_is_kept_as_it_was_and_the_matter_has_one(stores):
    calls, _ = stores
    assert calls.get(CALL.id) is None
    calls.create(CALL, [ACT])
    with pytest.raises(Conflict):
        calls.create(CALL)
    assert calls.get(CALL.id).value == CALL
    assert [found.value for found in calls.of("a1")] == [CALL]
    assert calls.get("a/b") is None


def test_what_was_written_since_is_not_written_over(stores):
    calls, duty = stores
    calls.create(CALL)
    before = calls.get(CALL.id)
    after = CALL.with_attempt(replace(TRIED, outcome=Outcome.SENT))
    assert calls.replace(before, after).value == after
    with pytest.raises(Conflict):
        calls.replace(before, CALL)
    assert calls.replace(calls.get(CALL.id), CALL.over(End.ACTED, at(4)), [ACT]).value.ended == at(4)
    duty.put(None, ROSTER, [ACT])
    known = duty.get(TERC)
    assert known.value == ROSTER
    duty.put(known, replace(ROSTER, revision=2))
    for stale in (known, None):
        with pytest.raises(Conflict):
            duty.put(stale, ROSTER)


def test_open_ones_drills_and_those_that_are_due_are_found(stores):
    calls, _ = stores
    later = replace(CALL, id="a2.approve.1", alert="a2", created=at(4), wake=at(9))
    drill = Call("drill.1", TERC, CallKind.DRILL, at(5), at(5), named=("uid-anna",))
    elsewhere = replace(CALL, id="a3.approve.1", alert="a3", terc="0202022", wake=at(4))
    over = replace(CALL, id="a4.approve.1", alert="a4").over(End.ACTED, at(4))
    for call in (later, CALL, drill, elsewhere, over):
        calls.create(call)
    assert [found.value.id for found in calls.open(TERC, 10)] == [CALL.id, later.id, drill.id]
    assert calls.drills(TERC) == [drill]
    assert [found.value.id for found in calls.waking(at(5), 10)] == [CALL.id, elsewhere.id, drill.id]
    assert [found.value.id for found in calls.waking(at(5) + timedelta(days=1), 2)] == [CALL.id, elsewhere.id]
