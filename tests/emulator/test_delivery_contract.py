"""One contract for plan, slices and waves in Firestore and for their fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.alert import State
from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState, Handed, Slice
from shared.domain.statistics import Neighbourhood, PlatformFigures, SentFigures
from shared.errors import Conflict, NotFound
from shared.ports import Replacement, Wave
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


def active(before):
    return replace(before.value, state=State.ACTIVE, started=at(3), updated=at(3))


def of(alert_id, channel="push", number=1, **changes):
    return replace(
        Delivery(alert_id, channel, number, 1, 1, urgent=True, due=at(3), expires=at(9)), **changes
    )


def started(stores, *deliveries):
    """An alert that is active, with its deliveries."""
    alerts, delivery = stores
    before = scheduled(alerts)
    after = active(before)
    begun = [of(after.id, **changes) for changes in deliveries or ({},)]
    return after.id, delivery.start(before, after, entry(after, "start", None), begun, KEY)


def planned(stores, *slices):
    """The name of a delivery that is being sent."""
    _, (known,) = started(stores)
    sending = replace(
        known.value, state=DeliveryState.SENDING, read_time=at(3), started=at(3), slices=len(slices)
    )
    stores[1].plan(known, sending, slices)
    return sending.ref


def wave(index=0, **outcomes):
    return Wave(index, at(3, 1), outcomes or {"u1.1/1": "accepted"})


def test_a_start_writes_alert_history_deliveries_and_key(stores):
    alerts, delivery = stores
    alert_id, known = started(stores, {}, {"number": 2, "due": at(6)})
    assert alerts.get(alert_id).value.state is State.ACTIVE
    assert [item.action for item in alerts.history(alert_id)] == ["create", "start"]
    assert [item.value for item in delivery.of(alert_id)] == [item.value for item in known]
    assert delivery.proof_key(alert_id) == KEY


def test_what_a_start_answers_can_be_planned_without_reading_it_again(stores):
    ref = planned(stores, PART)
    assert stores[1].get(ref).value.state is DeliveryState.SENDING


def test_a_start_over_a_changed_alert_writes_nothing(stores):
    alerts, delivery = stores
    before = scheduled(alerts)
    alerts.replace(before, replace(before.value, state=State.CANCELLED), None)
    after = active(before)
    with pytest.raises(Conflict):
        delivery.start(before, after, entry(after, "start"), [of(after.id)], KEY)
    assert alerts.get(after.id).value.state is State.CANCELLED
    assert delivery.of(after.id) == []
    with pytest.raises(NotFound):
        delivery.proof_key(after.id)


def test_what_an_older_release_began_can_be_started_once_more(stores):
    """It left an entry in the history and a key; its alert is scheduled again."""
    alerts, delivery = stores
    alert_id, _ = started(stores)
    known = alerts.get(alert_id)
    again = alerts.replace(known, replace(known.value, state=State.SCHEDULED), None)
    after = active(again)
    delivery.start(again, after, entry(after, "start", None), [of(alert_id, channel="stub")], KEY)
    assert [item.action for item in alerts.history(alert_id)] == ["create", "start"]
    assert alerts.get(alert_id).value.state is State.ACTIVE


def test_a_delivery_comes_back_as_it_was_saved(stores):
    _, delivery = stores
    _, (known,) = started(stores)
    figures = SentFigures(
        targeted=9,
        accepted=7,
        failed={"bad-target": 2},
        by_kind={"ios": PlatformFigures(9, 7, 2, 6)},
        places=(Neighbourhood("871e2adb5ffffff", 49.83, 19.93, 7),),
        residents=6,
    )
    whole = replace(
        known.value,
        state=DeliveryState.DONE,
        attempt=3,
        read_time=at(3),
        started=at(3),
        finished=at(4),
        slices=2,
        refusal="pl ios (400)",
        figures=figures,
    )
    delivery.replace(known, whole)
    assert delivery.get(whole.ref).value == whole


def test_a_delivery_that_is_not_there_is_absent(stores):
    assert stores[1].get(DeliveryRef("nobody", "push.1")) is None
    assert stores[1].of("nobody") == []


def test_of_two_who_change_a_delivery_the_first_wins(stores):
    _, delivery = stores
    _, (known,) = started(stores)
    delivery.replace(known, replace(known.value, attempt=1))
    with pytest.raises(Conflict):
        delivery.replace(known, replace(known.value, attempt=2))
    with pytest.raises(Conflict):
        delivery.plan(known, replace(known.value, state=DeliveryState.SENDING), [PART])
    assert delivery.get(known.value.ref).value.attempt == 1
    assert delivery.slices(known.value.ref) == []


def test_deliveries_wake_when_they_are_due_and_while_they_are_sent(stores):
    _, delivery = stores
    _, (late, later, over) = started(
        stores, {"due": at(4)}, {"number": 2, "due": at(6)}, {"channel": "stub", "due": at(2)}
    )
    delivery.replace(over, replace(over.value, state=DeliveryState.DONE))
    sending = replace(later.value, state=DeliveryState.SENDING, started=at(3))
    delivery.replace(later, sending)
    mine = [item.value.ref for item in delivery.waking(at(5), 1000) if item.value.alert == late.value.alert]
    assert mine == [sending.ref, late.value.ref]
    assert len(delivery.waking(at(5), 1)) == 1
    assert late.value.ref not in [item.value.ref for item in delivery.waking(at(3), 1000)]


def test_a_plan_of_many_slices_is_one_commit(stores):
    slices = [replace(PART, index=index) for index in range(400)]
    ref = planned(stores, *slices)
    assert [part.index for part in stores[1].slices(ref)] == list(range(400))


def test_an_empty_plan_is_a_plan(stores):
    ref = planned(stores)
    assert stores[1].get(ref).value.to_nobody
    assert stores[1].slices(ref) == []


def test_deliveries_of_an_alert_do_not_see_each_others_slices(stores):
    _, delivery = stores
    _, known = started(stores, {}, {"channel": "stub"})
    for item in known:
        sending = replace(item.value, state=DeliveryState.SENDING, slices=1)
        delivery.plan(item, sending, [PART])
    first, second = (item.value.ref for item in known)
    delivery.save(first, delivery.slice(first, 0), replace(PART, waves=1, done=True), wave())
    assert (delivery.done(first), delivery.done(second)) == (1, 0)
    assert delivery.slice(second, 0).value == PART


def test_a_slice_comes_back_as_it_was_saved(stores):
    _, delivery = stores
    ref = planned(stores, PART)
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
        held_until=at(5),
        devices=10,
        accepted=7,
        failed={"bad-target": 2, "unregistered": 1},
        residents=7,
        kinds={"android": Handed(8, 6, 2, 5), "web": Handed(2, 1, 1, 2)},
        places={"871e2adb5ffffff": 6, "871e2adb4ffffff": 1},
        homes={"871e2adb5ffffff": 5, "871e2adb4ffffff": 2},
        retry=("u1.1/1", "u2.3/2"),
    )
    delivery.save(ref, delivery.slice(ref, 0), whole, None)
    assert delivery.slice(ref, 0).value == whole
    assert delivery.slices(ref) == [whole]


def test_a_slice_nobody_planned_is_absent(stores):
    assert stores[1].slice(planned(stores, PART), 1) is None
    assert stores[1].slice(DeliveryRef("nobody", "push.1"), 0) is None


def test_who_saves_first_wins_and_the_other_changes_nothing(stores):
    _, delivery = stores
    ref = planned(stores, PART)
    seen = delivery.slice(ref, 0)
    delivery.save(ref, seen, replace(PART, held_until=at(4)), None)
    with pytest.raises(Conflict):
        delivery.save(ref, seen, replace(PART, held_until=at(5), waves=1), wave())
    assert delivery.slice(ref, 0).value.waves == 0


def test_saves_in_a_row_go_on_from_each_other(stores):
    _, delivery = stores
    ref = planned(stores, PART)
    current = delivery.slice(ref, 0)
    for number in range(3):
        after = replace(current.value, waves=number + 1, held_until=at(4, number))
        current = delivery.save(ref, current, after, wave())
    assert delivery.slice(ref, 0).value.waves == 3


def test_done_slices_are_counted_per_delivery(stores):
    _, delivery = stores
    one, other = planned(stores, PART, replace(PART, index=1)), planned(stores, PART)
    delivery.save(one, delivery.slice(one, 1), replace(PART, index=1, done=True), None)
    assert (delivery.done(one), delivery.done(other)) == (1, 0)


def test_a_finished_slice_cannot_be_saved_again(stores):
    _, delivery = stores
    ref = planned(stores, PART)
    seen = delivery.slice(ref, 0)
    delivery.save(ref, seen, replace(PART, done=True), wave())
    for token_of in (seen, delivery.slice(ref, 0)):
        with pytest.raises(Conflict):
            delivery.save(ref, token_of, replace(PART, waves=1), wave())


def test_slices_do_not_see_each_others_progress(stores):
    _, delivery = stores
    ref = planned(stores, PART, replace(PART, index=1))
    delivery.save(ref, delivery.slice(ref, 1), replace(PART, index=1, devices=5), wave(index=1))
    assert [part.devices for part in delivery.slices(ref)] == [0, 5]
    assert delivery.slice(ref, 0).value == PART


@pytest.mark.emulator
def test_the_ledger_of_a_full_wave_is_small_and_complete_and_expires(project):
    from google.cloud.firestore import Client

    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.delivery import FirestoreDeliveryStore
    from shared.adapters.delivery_documents import LEDGER_KEPT

    client = Client(project=project)
    alerts, delivery = FirestoreAlertStore(client), FirestoreDeliveryStore(client)
    ref = planned((alerts, delivery), PART)
    keys = [f"{'u' * 28}{number:04}.1/1" for number in range(1000)]
    full = wave(**dict.fromkeys(keys[:900], "accepted"), **dict.fromkeys(keys[900:], "unavailable"))
    delivery.save(ref, delivery.slice(ref, 0), replace(PART, waves=1, retry=tuple(keys)), full)
    stored = client.document(f"alerts/{ref.alert}/deliveries/{ref.id}/waves/0000.0001").get().to_dict()
    found = {key: outcome for outcome, text in stored["outcomes"].items() for key in text.split("\n")}
    assert found == full.outcomes
    assert sum(len(text) for text in stored["outcomes"].values()) < 50_000
    assert stored["expire"] == at(9) + LEDGER_KEPT
    assert delivery.slice(ref, 0).value.retry == tuple(keys)


@pytest.mark.emulator
def test_a_worker_whose_commit_got_no_answer_knows_its_own_entry(project, monkeypatch):
    from google.api_core.exceptions import AlreadyExists
    from google.cloud.firestore import Client, WriteBatch

    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.delivery import FirestoreDeliveryStore

    client = Client(project=project)
    stores = FirestoreAlertStore(client), FirestoreDeliveryStore(client)
    delivery, ref = stores[1], planned(stores, PART)
    before, commit = delivery.slice(ref, 0), WriteBatch.commit

    def answer_lost(batch, *args, **named):
        commit(batch, *args, **named)
        raise AlreadyExists("the library's second try")

    monkeypatch.setattr(WriteBatch, "commit", answer_lost)
    claimed = delivery.save(ref, before, replace(before.value, held_until=at(4)), None)
    with pytest.raises(Conflict):
        delivery.save(ref, before, replace(before.value, held_until=at(4)), None)
    monkeypatch.undo()
    delivery.save(ref, claimed, replace(claimed.value, waves=1), wave())
    assert delivery.slice(ref, 0).value.waves == 1


def replacement(alerts):
    """What becomes of an active alert in whose place another one starts."""
    known = started_alone(alerts)
    after = replace(known.value, state=State.SUPERSEDED, finished=at(3))
    return Replacement(known, after, entry(after, "supersede", None))


def started_alone(alerts):
    new = alert(alerts.new_id(), state=State.ACTIVE, started=at(2))
    alerts.create(new, entry(new), None)
    return alerts.get(new.id)


def test_what_an_alert_replaces_gives_way_in_the_commit_of_its_start(stores):
    alerts, delivery = stores
    before = scheduled(alerts)
    gone, after = replacement(alerts), active(before)
    delivery.start(before, after, entry(after, "start", None), [of(after.id)], KEY, (), gone)
    old = gone.after.id
    assert (alerts.get(old).value.state, alerts.get(after.id).value.state) == (State.SUPERSEDED, State.ACTIVE)
    assert [one.action for one in alerts.history(old)] == ["create", "supersede"]


def test_nothing_starts_when_what_it_replaces_was_written_meanwhile(stores):
    alerts, delivery = stores
    before = scheduled(alerts)
    gone, after = replacement(alerts), active(before)
    alerts.replace(gone.before, replace(gone.before.value, attempt=1), None)
    with pytest.raises(Conflict):
        delivery.start(before, after, entry(after, "start", None), [of(after.id)], KEY, (), gone)
    assert alerts.get(after.id).value.state is State.SCHEDULED
    assert alerts.get(gone.after.id).value.state is State.ACTIVE
    assert not delivery.of(after.id)


def test_the_ledger_tells_who_was_sent_what_and_who_of_them_aside(stores):
    ref = planned(stores, PART, replace(PART, index=1, told=True, ranges=(("00", "ff"),)))
    delivery = stores[1]
    begun = delivery.save(ref, delivery.slice(ref, 0), replace(PART, held_until=at(4)), None)
    delivery.save(ref, begun, replace(PART, waves=1), wave(u1="accepted"))
    told = delivery.slice(ref, 1)
    assert (told.value.told, told.value.ranges) == (True, (("00", "ff"),))
    aside = Wave(1, at(3, 2), {"u2.1/1": "accepted", "u3.1/1": "network"}, frozenset({"u3.1/1"}))
    delivery.save(ref, told, replace(told.value, waves=1, in_doubt=True), aside)
    assert delivery.slice(ref, 1).value.in_doubt
    found = sorted(delivery.ledger(ref), key=lambda one: one.slice)
    assert [(one.slice, one.outcomes, set(one.aside)) for one in found] == [
        (0, {"u1": "accepted"}, set()),
        (1, {"u2.1/1": "accepted", "u3.1/1": "network"}, {"u3.1/1"}),
    ]


def test_whose_ledgers_a_delivery_reads_is_read_again(stores):
    alert_id, _ = started(stores, {"recipients_of": ("b2", "a1")})
    assert stores[1].get(DeliveryRef(alert_id, "push.1")).value.recipients_of == ("b2", "a1")
