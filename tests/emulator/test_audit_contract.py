"""One contract for the audit in Firestore and for its fake."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.audit import Act, AuditHead, Outcome, first_fault
from shared.errors import InvalidInput
from shared.ports import AuditFilter
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC, at
from tests.fakes.audit import SEALER, FakeAuditKeys, FakeAuditLog
from tests.fakes.clock import FakeClock
from tests.fakes.tokens import NEIGHBOUR

EVERYTHING = AuditFilter()


@pytest.fixture
def clock():
    return FakeClock(at(3))


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def log(request, clock):
    if request.param == "fake":
        return FakeAuditLog(clock)
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.audit_chain import AuditChain
    from shared.adapters.audit_log import FirestoreAuditLog

    client = Client(project=name)
    return FirestoreAuditLog(client, AuditChain(client, FakeAuditKeys(), clock))


def act(action="alert.edit", by=AUTHOR, about="alerts/a1", terc=TERC, **more):
    return Act(terc, action, by, about, **more)


def fault(log, now, terc=TERC):
    return first_fault(log.whole(terc), SEALER, now)


def entries(log, wanted=EVERYTHING, limit=50, after=None):
    return log.entries(TERC, wanted, limit, after)


def test_nothing_was_done_where_nobody_acted(log, clock):
    assert log.head(TERC) == AuditHead()
    assert entries(log).items == ()
    assert fault(log, clock.now()) is None


def test_an_act_is_read_as_it_was_written(log, clock):
    done = act(
        before={"headline": {"pl": "Woda"}, "ring": [[1.5, 2], [None, True]]},
        after={},
        why="bo tak",
        where="10.1.2.0/24 s1",
        outcome=Outcome.REFUSED,
        happened=at(2),
    )
    log.record(done)
    (entry,) = entries(log).items
    assert (entry.seq, entry.at, entry.act) == (1, clock.now(), done)
    assert fault(log, clock.now()) is None


def test_several_acts_are_as_many_entries_each_over_the_one_before(log, clock):
    log.record(act("alert.create"), act("alert.submit"))
    log.record(act("alert.expire", by=None))
    newest, middle, oldest = entries(log).items
    assert [one.act.action for one in (oldest, middle, newest)] == [
        "alert.create", "alert.submit", "alert.expire",
    ]  # fmt: skip
    assert (middle.prev, newest.prev) == (oldest.mac, middle.mac)
    assert oldest.at < middle.at < newest.at
    assert log.head(TERC).mac == newest.mac
    assert fault(log, clock.now()) is None


def test_a_clock_that_went_back_puts_no_entry_before_another(log, clock):
    log.record(act())
    clock.advance(timedelta(hours=-1))
    log.record(act())
    second, first = entries(log).items
    assert second.at > first.at


def test_each_municipality_has_a_chain_of_its_own(log, clock):
    log.record(act(), act(terc=NEIGHBOUR))
    log.record(act(terc=NEIGHBOUR))
    assert (log.head(TERC).seq, log.head(NEIGHBOUR).seq) == (1, 2)
    assert fault(log, clock.now()) is None
    assert fault(log, clock.now(), NEIGHBOUR) is None


def test_they_are_read_page_by_page(log):
    log.record(*(act(about=f"alerts/a{number}") for number in range(5)))
    first = entries(log, limit=3)
    second = entries(log, limit=3, after=first.next)
    assert [one.seq for one in (*first.items, *second.items)] == [5, 4, 3, 2, 1]
    assert second.next is None


@pytest.mark.parametrize("cursor", ["", "0", "99", "-1", "a/b", "1" * 40])
def test_a_cursor_that_was_not_given_is_refused(log, cursor):
    log.record(act())
    with pytest.raises(InvalidInput):
        entries(log, after=cursor)


def test_they_are_found_by_person_action_subject_and_time(log, clock):
    log.record(act(), act("alert.approve", by=APPROVER), act(about="alerts/a2"))
    clock.advance(timedelta(hours=1))
    log.record(act("alert.expire", by=None))

    def found(**wanted):
        return [one.seq for one in entries(log, AuditFilter(**wanted)).items]

    assert found(uid=APPROVER.uid) == [2]
    assert found(action="alert.edit") == [3, 1]
    assert found(about="alerts/a1") == [4, 2, 1]
    assert found(since=clock.now()) == [4]
    assert found(until=clock.now()) == [3, 2, 1]
    assert found(uid=AUTHOR.uid, about="alerts/a2", until=clock.now()) == [3]
    assert found(uid="nobody") == []
