"""Entries of the audit in the commits of changes, in Firestore: who is refused, who tries again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from google.api_core.exceptions import AlreadyExists
from google.cloud.firestore import Client

from shared.adapters.audit_chain import ATTEMPTS, AuditChain, _NoChain
from shared.adapters.audit_log import FirestoreAuditLog
from shared.adapters.clock import SystemClock
from shared.domain.audit import Act, Fault, FaultKind, first_fault
from shared.errors import Conflict, Unavailable
from shared.ports import AuditFilter
from tests.fakes.alert_values import AUTHOR, TERC
from tests.fakes.audit import SEALER, FakeAuditKeys

pytestmark = pytest.mark.emulator

EDIT, STOP = Act(TERC, "alert.edit", AUTHOR, "alerts/a1"), Act(TERC, "alert.cancel", AUTHOR, "alerts/a1")


class Office:
    def __init__(self, project: str) -> None:
        self.client = Client(project=project)
        self.keys = FakeAuditKeys()
        self.chain = AuditChain(self.client, self.keys, SystemClock())
        self.log = FirestoreAuditLog(self.client, self.chain)

    def write(self, name: str, *acts: Act) -> None:
        document = self.client.document("things", name)
        self.chain.commit(lambda batch: batch.create(document, {"x": 1}), *acts)

    def there(self, name: str) -> bool:
        return self.client.document("things", name).get().exists

    @property
    def actions(self) -> list[str]:
        found = self.log.entries(TERC, AuditFilter(), 100, None).items
        return [one.act.action for one in reversed(found)]

    @property
    def fault(self) -> Fault | None:
        return first_fault(self.log.whole(TERC), SEALER, SystemClock().now())


@pytest.fixture
def office(project):
    return Office(project)


def test_change_and_entry_are_one_commit(office):
    office.write("a", EDIT)
    with pytest.raises(Conflict):
        office.write("a", EDIT)
    assert office.actions == ["alert.edit"]
    assert office.fault is None


def test_the_answers_are_those_of_the_change(office):
    document = office.client.document("things", "a")
    (result,) = office.chain.commit(lambda batch: batch.create(document, {}), EDIT, EDIT)
    assert document.get().update_time == result.update_time


def test_without_acts_nothing_of_the_audit_is_read_or_written(office):
    office.keys.missing = True
    office.write("a")
    assert office.there("a")
    assert office.log.head(TERC).seq == 0


def test_all_who_act_at_once_are_through(office):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: office.write(f"t{number}", EDIT), range(24)))
    assert office.actions == ["alert.edit"] * 24
    assert office.fault is None


def test_a_refusal_of_the_change_is_told_though_the_head_moved(office, monkeypatch):
    office.write("a", EDIT)
    once = iter([True])
    add = office.chain._add

    def overtaken(batch, following):
        if next(once, False):
            office.log.record(STOP)
        add(batch, following)

    monkeypatch.setattr(office.chain, "_add", overtaken)
    with pytest.raises(Conflict):
        office.write("a", EDIT)
    office.write("b", EDIT)
    assert office.actions == ["alert.edit", "alert.cancel", "alert.edit"]


def test_a_commit_whose_answer_was_lost_is_not_written_twice(office, monkeypatch):
    batches = office.client.batch

    def forgetful():
        batch = batches()
        commit = batch.commit

        def lose():
            commit()
            raise AlreadyExists("as the second of two attempts is told")

        batch.commit = lose
        return batch

    monkeypatch.setattr(office.client, "batch", forgetful)
    document = office.client.document("things", "a")
    (result,) = office.chain.commit(lambda batch: batch.create(document, {}), EDIT)
    assert document.get().update_time == result.update_time
    assert office.actions == ["alert.edit"]


def test_without_a_key_staff_change_nothing_but_stop_an_alert(office):
    office.keys.missing = True
    with pytest.raises(Unavailable):
        office.write("edited", EDIT)
    office.write("stopped", STOP)
    assert (office.there("edited"), office.there("stopped")) == (False, True)
    assert office.log.waiting(TERC) == 1


def test_what_waited_is_sealed_once_with_its_own_moment(office):
    office.keys.missing = True
    office.write("a", STOP)
    office.keys.missing = False
    office.write("b", EDIT)
    assert office.log.seal_waiting(10) == 1
    assert office.log.seal_waiting(10) == 0
    assert office.log.waiting(TERC) == 0
    sealed = office.log.entries(TERC, AuditFilter(action="alert.cancel"), 10, None).items[0]
    assert sealed.seq == 2
    assert sealed.act.happened < sealed.prev_at
    assert office.fault is None


def test_what_somebody_put_among_the_acts_that_wait_stays_there(office, monkeypatch):
    def no_head(*_):
        raise _NoChain

    with monkeypatch.context() as patch:
        patch.setattr(office.chain, "_next", no_head)
        office.write("a", STOP)
    waiting = office.client.collection("audit", TERC, "waiting")
    (own,) = waiting.get()
    waiting.add(own.to_dict() | {"by": {"uid": "uid-piotr", "name": "Piotr"}})
    assert office.log.seal_waiting(10) == 1
    assert office.log.waiting(TERC) == 1
    assert office.actions == [STOP.action]


def test_what_waits_while_there_is_no_key_goes_on_waiting(office):
    office.keys.missing = True
    office.write("a", STOP)
    assert office.log.seal_waiting(10) == 0
    assert office.log.waiting(TERC) == 1


@pytest.mark.parametrize(
    "head",
    [{"mac": "0" * 64}, {"seq": 1}, {"seal": ""}, {"key": "9"}, {"at": "noon"}],
    ids=str,
)
def test_on_a_head_that_somebody_wrote_nothing_is_built_and_an_alert_is_stopped(office, head):
    office.log.record(EDIT, EDIT)
    office.client.document("audit", TERC).update(head)
    with pytest.raises(Unavailable):
        office.write("edited", EDIT)
    office.write("stopped", STOP)
    assert office.there("stopped")
    assert office.log.waiting(TERC) == 1


def test_an_entry_in_the_place_of_the_next_one_is_no_reason_to_go_on_with_an_alert(office):
    office.log.record(EDIT)
    office.client.document("audit", TERC, "entries", "000000000002").set({"seq": 2})
    with pytest.raises(Unavailable):
        office.write("edited", EDIT)
    office.write("stopped", STOP)
    assert office.there("stopped")
    assert office.fault == Fault(2, FaultKind.ALTERED)


def test_a_head_that_is_gone_begins_no_chain_over_the_old_one(office):
    office.log.record(EDIT, EDIT)
    office.client.document("audit", TERC).delete()
    with pytest.raises(Unavailable):
        office.write("edited", EDIT)
    assert office.fault == Fault(1, FaultKind.BEYOND)


def test_who_cannot_get_through_the_crowd_stops_an_alert_all_the_same(office, monkeypatch):
    add, crowd = office.chain._add, AuditChain(office.client, office.keys, SystemClock())
    tries = []

    def overtaken(batch, following):
        tries.append(following)
        crowd.commit(lambda batch: None, EDIT)
        add(batch, following)

    monkeypatch.setattr(office.chain, "_add", overtaken)
    office.write("stopped", STOP)
    assert len(tries) == ATTEMPTS
    assert office.there("stopped")
    assert office.log.waiting(TERC) == 1
    with pytest.raises(Unavailable):  # and not Conflict: it may be told as a name that others have
        office.write("edited", EDIT)
