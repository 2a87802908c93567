"""What alerts keep of residents who are gone is erased, a page of alerts in each run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.alert import State
from shared.domain.delivery import Delivery, DeliveryState
from tests.fakes.alert_values import alert, content, entry
from tests.fakes.municipalities import CENTRE
from tests.services.sweep_world import MINUTE, SweptWorld, repaired

ALERTS = [f"a{number}" for number in range(5)]


@pytest.fixture
def world():
    world = SweptWorld()
    world = SweptWorld(limits=replace(world.limits, traced=2))
    world.traces.left = {alert_id: {"ann", "bob"} for alert_id in ALERTS}
    return world


def named(world, uid):
    return [alert_id for alert_id, uids in sorted(world.traces.left.items()) if uid in uids]


def test_all_alerts_are_looked_through_page_by_page(world):
    world.traces.ask("ann", world.clock.now())
    reports = world.live(3 * MINUTE)
    assert [report.steps["erased"].acted for report in reports] == [0, 0, 1]
    assert (named(world, "ann"), named(world, "bob")) == ([], ALERTS)
    assert not world.traces.asked(10)


def test_it_does_not_count_as_a_repair(world):
    world.traces.ask("ann", world.clock.now())
    assert [report.repaired for report in world.live(3 * MINUTE)] == [0, 0, 0]


def test_a_resident_who_is_there_again_keeps_what_is_theirs(world):
    world.residents.write_resident("ann", "pl")
    world.traces.ask("ann", world.clock.now())
    assert repaired(world.live(3 * MINUTE), "erased") == 0
    assert named(world, "ann") == ALERTS
    assert not world.traces.asked(10)


def test_what_is_being_sent_is_waited_for(world):
    active = alert("a3", state=State.ACTIVE, started=world.clock.now())
    world.alerts.create(active, entry(active), None)
    now, sending = world.clock.now(), DeliveryState.SENDING
    known = world.delivery.put(
        Delivery("a3", "nobody's", 1, 1, 1, False, now, now, state=sending, started=now)
    )
    world.traces.ask("ann", world.clock.now())
    world.live(3 * MINUTE, tasks=False)
    assert named(world, "ann") == ["a3", "a4"]
    world.delivery.replace(known, replace(known.value, state=DeliveryState.DONE))
    world.live(2 * MINUTE, tasks=False)
    assert named(world, "ann") == []


def test_what_is_about_to_be_sent_is_waited_for(world):
    due = alert("a3", state=State.SCHEDULED, approved=world.clock.now())
    world.alerts.create(due, entry(due), None)
    world.traces.ask("ann", world.clock.now())
    world.live(3 * MINUTE, tasks=False)
    assert named(world, "ann") == ["a3", "a4"]


def test_what_is_scheduled_for_later_is_not_waited_for(world):
    content_later = content(send_at=world.clock.now() + 60 * MINUTE)
    later = alert("a3", state=State.SCHEDULED, approved=world.clock.now(), content=content_later)
    world.alerts.create(later, entry(later), None)
    world.traces.ask("ann", world.clock.now())
    world.live(3 * MINUTE, tasks=False)
    assert named(world, "ann") == []


def test_one_who_cannot_be_cleared_away_keeps_no_other(world, monkeypatch):
    erase = world.traces.erase

    def failing(alert_id, uid):
        if uid == "ann":
            raise ValueError("an unreadable document")
        erase(alert_id, uid)

    monkeypatch.setattr(world.traces, "erase", failing)
    for uid in ("ann", "bob"):
        world.traces.ask(uid, world.clock.now())
    world.live(3 * MINUTE)
    assert (named(world, "ann"), named(world, "bob")) == (ALERTS, [])
    assert [erasure.uid for erasure in world.traces.asked(10)] == ["ann"]


def test_the_account_goes_last_when_all_alerts_were_looked_through(world):
    world.accounts.residents = {"ann", "bob"}
    world.traces.ask("ann", world.clock.now())
    there = [(world.sweep(), "ann" in world.accounts.residents)[1] for _ in range(3)]
    assert there == [True, True, False]
    assert world.accounts.residents == {"bob"}


def test_whoever_comes_back_while_traces_are_cleared_away_keeps_the_account(world, monkeypatch):
    world.accounts.residents = {"ann"}
    world.traces.ask("ann", world.clock.now())
    erase = world.traces.erase

    def meanwhile(alert_id, uid):
        erase(alert_id, uid)
        if alert_id == ALERTS[-1]:
            world.residents.write_resident(uid, "pl")

    monkeypatch.setattr(world.traces, "erase", meanwhile)
    world.live(4 * MINUTE)
    assert world.accounts.residents == {"ann"}
    assert not world.traces.asked(10)


@pytest.mark.parametrize("kind", ["place", "device"])
def test_whoever_has_written_a_place_or_a_device_before_the_resident_keeps_the_account(world, kind):
    world.accounts.residents = {"ann"}
    if kind == "place":
        world.residents.write_place("ann", "1", point=CENTRE)
    else:
        world.residents.write_device("ann", "1", "phone")
    world.traces.ask("ann", world.clock.now())
    world.live(4 * MINUTE)
    assert world.accounts.residents == {"ann"}


def test_while_auth_does_not_answer_nothing_is_forgotten(world):
    world.accounts.residents, world.accounts.broken = {"ann"}, True
    world.traces.ask("ann", world.clock.now())
    assert world.live(3 * MINUTE)[-1].steps["erased"].failed == 1
    world.accounts.broken = False
    world.live(MINUTE)
    assert not world.accounts.residents
    assert not world.traces.asked(10)


def test_who_asked_first_is_served_first_and_cannot_be_overtaken(world):
    """Five others ask again each minute, with uids that come before."""
    world.traces.left = {}
    world.traces.ask("zoe", world.clock.now())
    for _ in range(3):
        for number in range(5):
            world.traces.ask(f"a{number}", world.clock.now() + MINUTE)
        world.live(MINUTE)
    assert "zoe" not in {erasure.uid for erasure in world.traces.asked(100)}


def test_those_that_never_succeed_hold_up_nobody(world, monkeypatch):
    erase = world.traces.erase

    def failing(alert_id, uid):
        if uid.startswith("a"):
            raise ValueError("an unreadable document")
        erase(alert_id, uid)

    monkeypatch.setattr(world.traces, "erase", failing)
    for number in range(10):
        world.traces.ask(f"a{number}", world.clock.now())
    world.traces.ask("bob", world.clock.now() + MINUTE)
    world.live(10 * MINUTE)
    assert named(world, "bob") == []


def test_one_who_waits_for_a_delivery_lets_others_go_first(world):
    due = alert("a0", state=State.SCHEDULED, approved=world.clock.now())
    world.alerts.create(due, entry(due), None)
    world.traces.ask("ann", world.clock.now())
    world.traces.ask("bob", world.clock.now() + MINUTE / 2)
    world.live(MINUTE, tasks=False)
    assert [erasure.uid for erasure in world.traces.asked(2)][-1] == "bob"


def test_phones_of_who_left_are_nobodys(world):
    world.traces.targets = {"ann", "bob"}
    world.traces.ask("ann", world.clock.now())
    world.live(3 * MINUTE)
    assert world.traces.targets == {"bob"}


def test_the_next_run_goes_on_behind_the_last_that_was_looked_through(world):
    active = alert("a2", state=State.ACTIVE, started=world.clock.now())
    world.alerts.create(active, entry(active), None)
    now, sending = world.clock.now(), DeliveryState.SENDING
    world.delivery.put(Delivery("a2", "nobody's", 1, 1, 1, False, now, now, state=sending, started=now))
    world.traces.ask("ann", world.clock.now())
    world.live(MINUTE, tasks=False)
    assert [erasure.after for erasure in world.traces.asked(10)] == ["a1"]
