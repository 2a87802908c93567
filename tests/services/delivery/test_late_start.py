"""What no longer holds never rings: alerts that come after their time, and what a restored database says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Severity, State
from shared.domain.delivery import DeliveryState
from shared.domain.lateness import LATE
from shared.domain.wake import wake
from shared.errors import NotSendable, WrongState
from shared.services.alerts.approve_alert import approve_alert
from shared.services.delivery.expire_alert import expire_alert
from shared.services.delivery.start_alert import start_alert
from tests.fakes.alert_values import alert, content
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF
from tests.services.delivery_world import PUSH, World
from tests.services.sweep_world import MINUTE, SweptWorld

SECOND = timedelta(seconds=1)
NOT_URGENT = [
    {"severity": Severity.MINOR},
    {"severity": Severity.MODERATE},
    {"severity": Severity.EXTREME, "exercise": True},
]
URGENT = [{"severity": Severity.SEVERE}, {"severity": Severity.EXTREME}]


def late_world(late=LATE + SECOND, world=None, **changes):
    world = world or World()
    world.populate(12)
    world.approve(**changes)
    world.clock.advance(late)
    return world


def restored(world):
    world.ports = replace(world.ports, epoch=1)
    return world


@pytest.mark.parametrize("changes", NOT_URGENT)
def test_what_is_not_urgent_waits_and_asks(changes):
    world = late_world(**changes)
    world.alerts.put(replace(world.alert(), attempt=3))
    start_alert(world.ports, "a1", 1)
    assert not world.pushed
    assert (world.alert().state, world.alert().held) == (State.HELD, world.clock.now())
    assert world.alert().attempt == 0
    assert [(item.action, item.details) for item in world.alerts.history("a1")] == [("hold", {"why": "late"})]
    assert wake(world.alert()) == world.alert().content.expires


@pytest.mark.parametrize("changes", URGENT)
def test_what_is_urgent_goes_and_says_that_it_is_late(changes):
    world = late_world(**changes)
    start_alert(world.ports, "a1", 1)
    assert world.pushed
    titles = {message["data"]["title"] for message in world.push.messages}
    assert all(title.startswith("WYSŁANO Z OPÓŹNIENIEM: ") for title in titles)


@pytest.mark.parametrize("changes", [*NOT_URGENT, *URGENT])
def test_within_a_quarter_of_an_hour_nothing_is_asked(changes):
    world = late_world(late=LATE, **changes)
    start_alert(world.ports, "a1", 1)
    assert world.pushed
    assert not [one for one in world.push.messages if "OPÓŹNIENIEM" in one["data"]["title"]]


def test_when_nobody_answers_nobody_is_told_and_it_expires():
    world = late_world()
    start_alert(world.ports, "a1", 1)
    world.clock.advance(timedelta(hours=12))
    start_alert(world.ports, "a1", 1)
    assert world.alert().state is State.HELD
    expire_alert(world.ports, "a1", 1)
    assert not world.pushed
    assert (world.alert().state, world.alert().started) == (State.EXPIRED, None)
    assert not world.delivery.of("a1")


def test_a_repeated_start_of_a_held_alert_asks_no_second_time():
    world = late_world()
    start_alert(world.ports, "a1", 1)
    held = world.alert().held
    world.clock.advance(5 * MINUTE)
    start_alert(world.ports, "a1", 1)
    assert (world.alert().held, len(world.alerts.history("a1"))) == (held, 1)


def test_the_sound_of_a_delivery_that_comes_long_after_its_moment_stays_out():
    world = World()
    world.populate(12)
    world.approve(sound_at=world.clock.now() + timedelta(hours=1))
    world.run_all(until=10 * MINUTE)
    world.clock.advance(timedelta(hours=1) + LATE)
    world.run_all()
    assert world.delivery.get(world.delivery.of("a1")[1].value.ref).value.state is DeliveryState.STOPPED
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_whoever_approves_it_again_sends_it_with_sound():
    office = StaffApi()
    now = office.clock.now()
    known = alert(
        "a1",
        state=State.HELD,
        generation=1,
        approved=now - timedelta(hours=3),
        held=now,
        content=content(send_at=now - timedelta(hours=1), expires=now + timedelta(hours=5)),
    )
    office.alerts.put(known)
    again = approve_alert(office.ports, "a1", known.revision, STAFF["piotr"])
    assert (again.state, again.held, again.generation) == (State.SCHEDULED, None, 2)
    assert office.caller.calls


def held_with_sound(office, after):
    now = office.clock.now()
    said = content(send_at=now - timedelta(hours=3), sound_at=now + after, expires=now + timedelta(hours=5))
    office.alerts.put(alert("a1", state=State.HELD, generation=1, approved=now, held=now, content=said))
    return approve_alert(office.ports, "a1", 1, STAFF["piotr"])


@pytest.mark.parametrize("after", [-timedelta(hours=1), timedelta(0), timedelta(hours=1)])
def test_a_moment_for_the_sound_that_has_passed_is_no_fault_of_what_goes_now(after):
    assert held_with_sound(StaffApi(), after).held is None


def test_a_moment_for_the_sound_that_is_to_come_is_judged_from_now():
    with pytest.raises(NotSendable) as refused:
        held_with_sound(StaffApi(), timedelta(seconds=1))
    assert [error.code for error in refused.value.errors] == ["sound-at-too-soon"]


def test_what_is_not_held_is_not_approved_twice():
    office = StaffApi()
    office.alerts.put(alert("a1", state=State.SCHEDULED, generation=1, approved=office.clock.now()))
    with pytest.raises(WrongState):
        approve_alert(office.ports, "a1", 1, STAFF["piotr"])


@pytest.mark.parametrize("changes", [*NOT_URGENT, *URGENT])
def test_an_alert_of_before_a_restore_waits_whatever_its_severity_and_however_long(changes):
    world = restored(late_world(late=SECOND, **changes))
    world.run_all()
    assert not world.pushed
    assert world.alert().state in {State.HELD, State.EXPIRED}
    assert world.alert().held is not None
    assert world.alerts.history("a1")[0].details == {"why": "restored"}


@pytest.mark.parametrize("changes", [*NOT_URGENT, *URGENT])
def test_a_delivery_that_a_restored_database_says_is_under_way_sends_nothing_more(changes):
    world = SweptWorld()
    late_world(late=SECOND, world=world, **changes)
    start_alert(world.ports, "a1", 1, hand_over=True)
    restored(world)
    world.sweep_ports = replace(world.sweep_ports, epoch=1)
    world.live(timedelta(hours=1))
    assert not world.pushed
    assert (world.state(), world.of().refusal) == ("stopped", "restored")
    assert world.of().finished is not None
    assert world.of().figures is not None
    assert world.of().figures.targeted == 0
    assert world.summaries.get("a1").value.complete


def test_an_alert_approved_after_the_restore_is_sent():
    world = World()
    world.populate(12)
    world.alerts.put(replace(world.approve(), epoch=1))
    restored(world)
    start_alert(world.ports, "a1", 1)
    assert world.pushed
    assert world.of(PUSH).epoch == 1
