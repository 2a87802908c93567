"""One contract for plan, slices and waves in Firestore and for their fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.alert import State
from shared.domain.delivery import Handed, Lease, Slice
from shared.errors import Conflict, NotFound
from shared.ports import Wave
from tests.fakes.alert_values import alert, at, entry
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.delivery import FakeDeliveryStore

KEY = "ab" * 32
CELLS = ("8d1e2a0b0c0003f", "8d1e2a0b0c0007f", "8d1e2a0b0c000bf")
PART = Slice(index=0, ranges=((CELLS[0], CELLS[1]), (CELLS[2], CELLS[2])), count=2500)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def stores(request):
    if request.param == "fake":
        alerts = FakeAlertStore()
        return alerts, FakeDeliveryStore(alerts)
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.delivery import FirestoreDeliveryStore

    client = Client(project=name)
    return FirestoreAlertStore(client), FirestoreDeliveryStore(client)


def scheduled(alerts):
    new = alert(alerts.new_id(), state=State.SCHEDULED, generation=1, approved=at(2))
    alerts.create(new, entry(new), None)
    return alerts.get(new.id)


def started(before, slices=1):
    return replace(
        before.value, state=State.SENDING, started=at(3), read_time=at(3), slices_total=slices, updated=at(3)
    )


def planned(stores, *slices):
    alerts, delivery = stores
    before = scheduled(alerts)
    after = started(before, len(slices))
    delivery.plan(before, after, entry(after, "start", None), slices, KEY)
    return after.id


def wave(index=0, **outcomes):
    return Wave(index, at(3, 1), outcomes or {"u1.1/1": "accepted"})


def test_a_plan_writes_alert_history_slices_and_key(stores):
    alerts, delivery = stores
    alert_id = planned(stores, PART, replace(PART, index=1, count=7))
    assert alerts.get(alert_id).value.state is State.SENDING
    assert [item.action for item in alerts.history(alert_id)] == ["create", "start"]
    assert [(part.index, part.count) for part in delivery.slices(alert_id)] == [(0, 2500), (1, 7)]
    assert delivery.proof_key(alert_id) == KEY


def test_a_plan_over_a_changed_alert_writes_nothing(stores):
    alerts, delivery = stores
    before = scheduled(alerts)
    alerts.replace(before, replace(before.value, state=State.CANCELLED), None)
    with pytest.raises(Conflict):
        delivery.plan(before, started(before), entry(started(before), "start"), [PART], KEY)
    assert alerts.get(before.value.id).value.state is State.CANCELLED
    assert delivery.slices(before.value.id) == []
    with pytest.raises(NotFound):
        delivery.proof_key(before.value.id)


def test_a_plan_of_many_slices_is_one_commit(stores):
    slices = [replace(PART, index=index) for index in range(400)]
    alert_id = planned(stores, *slices)
    assert [part.index for part in stores[1].slices(alert_id)] == list(range(400))


def test_an_empty_plan_is_a_plan(stores):
    alert_id = planned(stores)
    assert stores[0].get(alert_id).value.slices_total == 0
    assert stores[1].slices(alert_id) == []


def test_a_slice_comes_back_as_it_was_saved(stores):
    _, delivery = stores
    alert_id = planned(stores, PART)
    whole = replace(
        PART,
        cursor=(CELLS[0], "u1.2"),
        waves=3,
        exhausted=True,
        done=True,
        stopped=True,
        attempt=4,
        retries=2,
        resume_at=at(4),
        lease=Lease(5, at(5)),
        devices=10,
        accepted=7,
        failed={"bad-target": 2, "unregistered": 1},
        platforms={"android": Handed(8, 6, 2), "web": Handed(2, 1, 1)},
        places={"871e2adb5ffffff": 6, "871e2adb4ffffff": 1},
        retry=("u1.1/1", "u2.3/2"),
    )
    delivery.save(alert_id, delivery.slice(alert_id, 0), whole, None)
    assert delivery.slice(alert_id, 0).value == whole
    assert delivery.slices(alert_id) == [whole]


def test_a_slice_nobody_planned_is_absent(stores):
    assert stores[1].slice(planned(stores, PART), 1) is None
    assert stores[1].slice("nobody", 0) is None


def test_who_saves_first_wins_and_the_other_changes_nothing(stores):
    _, delivery = stores
    alert_id = planned(stores, PART)
    seen = delivery.slice(alert_id, 0)
    delivery.save(alert_id, seen, replace(PART, lease=Lease(1, at(4))), None)
    with pytest.raises(Conflict):
        delivery.save(alert_id, seen, replace(PART, lease=Lease(1, at(5)), waves=1), wave())
    assert delivery.slice(alert_id, 0).value.waves == 0


def test_saves_in_a_row_go_on_from_each_other(stores):
    _, delivery = stores
    alert_id = planned(stores, PART)
    current = delivery.slice(alert_id, 0)
    for number in range(3):
        after = replace(current.value, waves=number + 1, lease=Lease(1, at(4, number)))
        current = delivery.save(alert_id, current, after, wave())
    assert delivery.slice(alert_id, 0).value.waves == 3


def test_done_slices_are_counted_per_alert(stores):
    _, delivery = stores
    one, other = planned(stores, PART, replace(PART, index=1)), planned(stores, PART)
    delivery.save(one, delivery.slice(one, 1), replace(PART, index=1, done=True), None)
    assert (delivery.done(one), delivery.done(other)) == (1, 0)


def test_a_finished_slice_cannot_be_saved_again(stores):
    _, delivery = stores
    alert_id = planned(stores, PART)
    seen = delivery.slice(alert_id, 0)
    delivery.save(alert_id, seen, replace(PART, done=True), wave())
    for token_of in (seen, delivery.slice(alert_id, 0)):
        with pytest.raises(Conflict):
            delivery.save(alert_id, token_of, replace(PART, waves=1), wave())


def test_slices_do_not_see_each_others_progress(stores):
    _, delivery = stores
    alert_id = planned(stores, PART, replace(PART, index=1))
    delivery.save(alert_id, delivery.slice(alert_id, 1), replace(PART, index=1, devices=5), wave(index=1))
    assert [part.devices for part in delivery.slices(alert_id)] == [0, 5]
    assert delivery.slice(alert_id, 0).value == PART


@pytest.mark.emulator
def test_the_ledger_of_a_full_wave_is_small_and_complete_and_expires(project):
    from google.cloud.firestore import Client

    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.delivery import LEDGER_KEPT, FirestoreDeliveryStore

    client = Client(project=project)
    alerts, delivery = FirestoreAlertStore(client), FirestoreDeliveryStore(client)
    alert_id = planned((alerts, delivery), PART)
    keys = [f"{'u' * 28}{number:04}.1/1" for number in range(1000)]
    full = wave(**dict.fromkeys(keys[:900], "accepted"), **dict.fromkeys(keys[900:], "unavailable"))
    delivery.save(alert_id, delivery.slice(alert_id, 0), replace(PART, waves=1, retry=tuple(keys)), full)
    stored = client.document(f"alerts/{alert_id}/waves/0000.0001").get().to_dict()
    found = {key: outcome for outcome, text in stored["outcomes"].items() for key in text.split("\n")}
    assert found == full.outcomes
    assert sum(len(text) for text in stored["outcomes"].values()) < 50_000
    assert stored["expire"] == alerts.get(alert_id).value.content.expires + LEDGER_KEPT
    assert delivery.slice(alert_id, 0).value.retry == tuple(keys)


@pytest.mark.emulator
def test_a_worker_whose_commit_got_no_answer_knows_its_own_entry(project, monkeypatch):
    from google.api_core.exceptions import AlreadyExists
    from google.cloud.firestore import Client, WriteBatch

    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.delivery import FirestoreDeliveryStore

    client = Client(project=project)
    stores = FirestoreAlertStore(client), FirestoreDeliveryStore(client)
    delivery, alert_id = stores[1], planned(stores, PART)
    before, commit = delivery.slice(alert_id, 0), WriteBatch.commit

    def answer_lost(batch, *args, **named):
        commit(batch, *args, **named)
        raise AlreadyExists("the library's second try")

    monkeypatch.setattr(WriteBatch, "commit", answer_lost)
    claimed = delivery.save(alert_id, before, replace(before.value, lease=Lease(1, at(4))), None)
    with pytest.raises(Conflict):
        delivery.save(alert_id, before, replace(before.value, lease=Lease(2, at(4))), None)
    monkeypatch.undo()
    delivery.save(alert_id, claimed, replace(claimed.value, waves=1), wave())
    assert delivery.slice(alert_id, 0).value.waves == 1
