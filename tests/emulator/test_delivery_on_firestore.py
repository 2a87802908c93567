"""A whole delivery over the real stores: plan, read_time, waves, lease, figures and public copy."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer
from shared.domain.alert import Alert, Category, Severity, State
from shared.domain.preferences import NO_PREFERENCES, Preferences
from tests.emulator.test_delivery_contract import PART, planned, wave
from tests.fakes.alert_values import entry
from tests.fakes.audit import chain_of
from tests.fakes.clock import FakeClock
from tests.services.delivery_world import FAR_AWAY, World, inside, outside, resident

pytestmark = pytest.mark.emulator

DEAF = [Preferences(muted=frozenset({Category.FAILURE})), Preferences(least=Severity.SEVERE)]


class RealClock(FakeClock):
    """The system's time, which a test may still move on: Firestore refuses a read_time in the future."""

    def __init__(self) -> None:
        super().__init__()
        self._ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def advance(self, duration: timedelta) -> None:
        super().advance(duration)
        self._ahead += duration


class FirestoreWorld(World):
    """The same world with the real stores; residents are written in one go before the alert."""

    written = itertools.count()

    def populate(self, people: int = 40, seed: int = 1) -> None:
        rng = random.Random(seed)
        for number in range(people):
            places = [inside(rng), inside(rng)] if number % 5 == 0 else [inside(rng)]
            self.write(f"in{number}", *places, devices=2 if number % 4 == 0 else 1)
        for number in range(people // 2):
            self.write(f"out{number}", outside(rng), FAR_AWAY, meant=False)

    def write(
        self,
        uid: str,
        *points: tuple[float, float],
        devices: int = 1,
        meant: bool = True,
        preferences: Preferences = NO_PREFERENCES,
    ) -> None:
        from shared.ports import AudienceState

        entries = [replace(e, preferences=preferences) for e in resident(uid, *points, devices=devices)]
        state = AudienceState(f"digest {next(self.written)}", tuple(item.place for item in entries))
        self.audience.commit(uid, entries, state, self.audience.state(uid))
        if meant:
            self.expected |= {f"{uid}-{number}" for number in range(1, devices + 1)}

    def remove(self, uid: str) -> None:
        from shared.ports import AudienceState

        self.audience.commit(uid, [], AudienceState("gone", ()), self.audience.state(uid))

    def approve(self, alert_id: str = "a1", **changes: object) -> Alert:
        known = World(clock=self.clock).approve(alert_id, expires=self.clock.now() + timedelta(hours=1))
        self.alerts.create(known, entry(known), None)
        return known


@pytest.fixture
def world(project, monkeypatch):
    # The clock would jump over the pause, and the real Firestore refuses to read in the future.
    for module in ("schedule.alert_tasks", "delivery.delivery_tasks"):
        monkeypatch.setattr(f"shared.services.{module}.BACKUP_AFTER", timedelta())
    from google.cloud.firestore import Client

    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.audience import FirestoreAudienceStore
    from shared.adapters.delivery import FirestoreDeliveryStore
    from shared.adapters.published import FirestorePublishedStore
    from shared.adapters.summaries import FirestoreSummaryStore

    client, clock = Client(project=project), RealClock()
    stores: dict[str, Any] = {
        "alerts": FirestoreAlertStore(client, chain_of(client)),
        "audience": FirestoreAudienceStore(client, clock),
        "published": FirestorePublishedStore(client),
        "summaries": FirestoreSummaryStore(client),
        "delivery": FirestoreDeliveryStore(client, chain_of(client)),
    }
    return FirestoreWorld(clock=clock, **stores)


def test_everyone_is_pushed_once_and_the_alert_ends_active(world):
    world.populate()
    world.approve()
    world.call_start()
    world.run_all(until=timedelta(minutes=30))
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert world.alert().state is State.ACTIVE
    assert world.of().figures.accepted == len(world.expected)
    assert world.summaries.get("a1").value.complete
    assert [item.action for item in world.alerts.history("a1")] == ["create", "start"]
    assert world.state() == "done"


def test_the_audience_is_as_it_was_at_the_start_for_slices_and_retries(world):
    world.populate(people=12)
    world.approve()

    def change_the_audience():
        world.push.during = lambda: None
        for number in range(12):
            world.remove(f"in{number}")
        world.write("newcomer", (49.8305, 19.9305), meant=False)

    def busy_first(request, tried):
        return PushAnswer(request.key, Outcome.UNAVAILABLE if tried == 1 else Outcome.ACCEPTED)

    world.push.during, world.push.answering = change_the_audience, busy_first
    world.call_start()
    world.run_all(until=timedelta(minutes=30))
    assert world.pushed == dict.fromkeys(world.expected, 2)
    assert world.of().figures.accepted == len(world.expected)


@pytest.mark.parametrize("seed", range(3))
def test_each_is_sent_as_of_read_time_whatever_changes_between_waves_and_retries(world, seed):
    """Before every wave somebody mutes, unmutes, moves, changes phones or leaves; FCM is busy at times."""
    rng = random.Random(seed)
    people = [f"u{number}" for number in range(30)]
    for uid in people:
        meant = rng.random() < 0.7
        world.write(uid, inside(rng), meant=meant, preferences=NO_PREFERENCES if meant else rng.choice(DEAF))
    world.approve()
    waves = []

    def live_on():
        waves.append(len(world.push.waves))
        for uid in rng.sample(people, 3):
            match rng.choice(["mute", "unmute", "move", "leave", "phone"]):
                case "mute":
                    world.write(uid, inside(rng), meant=False, preferences=rng.choice(DEAF))
                case "unmute":
                    world.write(uid, inside(rng), meant=False)
                case "move":
                    world.write(uid, outside(rng), meant=False)
                case "phone":
                    world.write(uid, inside(rng), inside(rng), devices=2, meant=False)
                case "leave":
                    world.remove(uid)

    def busy_at_times(request, tried):
        busy = tried == 1 and rng.random() < 0.3
        return PushAnswer(request.key, Outcome.UNAVAILABLE if busy else Outcome.ACCEPTED)

    world.push.during, world.push.answering = live_on, busy_at_times
    world.call_start()
    world.run_all(until=timedelta(minutes=30))
    assert len(waves) > 3
    assert set(world.pushed) == world.expected
    assert world.of().figures.accepted == len(world.expected)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", ["delivery.plan", "delivery.save", "alerts.replace", "published.publish"])
def test_a_death_at_a_commit_misses_nobody(world, call, after):
    world.populate(people=10)
    world.approve()
    world.faults.at_call, world.faults.after = call, after
    world.call_start()
    world.run_all(until=timedelta(minutes=30))
    assert set(world.pushed) == world.expected
    assert sum(world.pushed.values()) - len(world.expected) <= world.pace.wave
    assert world.alert().state is State.ACTIVE


def test_a_cancelled_alert_is_stopped_and_published_as_cancelled(world):
    world.populate(people=30)
    world.approve()

    def cancel():
        world.push.during = lambda: None
        world.cancel()

    world.push.during = cancel
    world.call_start()
    world.run_all(until=timedelta(minutes=30))
    assert len(world.push.waves) == 1
    assert world.alert().state is State.CANCELLED
    assert world.published.token("a1") is not None


def test_the_log_tells_the_workers_of_a_slice_apart(project):
    from google.cloud.firestore import Client

    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.delivery import FirestoreDeliveryStore

    client = Client(project=project)
    delivery = FirestoreDeliveryStore(client, chain_of(client))
    ref = planned((FirestoreAlertStore(client, chain_of(client)), delivery), PART)
    for _ in range(2):
        claimed = delivery.save(ref, delivery.slice(ref, PART.index), PART, None)
        delivery.save(ref, claimed, replace(PART, waves=1), wave(PART.index))
    entries = client.document("alerts", ref.alert, "deliveries", ref.id).collection("waves")
    marks = [entry.get("mark") for entry in entries.order_by("position").stream()]
    first, again, second, second_again = [mark.partition(".")[0] for mark in marks]
    assert first == again != second == second_again
    assert len(set(marks)) == len(marks)
