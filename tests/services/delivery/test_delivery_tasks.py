"""Names and times of the tasks."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Severity
from shared.domain.delivery import Delivery, Slice
from shared.domain.start import START, start_function
from shared.errors import Unavailable
from shared.services.delivery.delivery_tasks import (
    HOP,
    NEARLY,
    begin_task,
    expire_task,
    is_early,
    slice_task,
    start_task,
)
from tests.fakes.alert_values import alert, content
from tests.fakes.clock import SUNDAY_NIGHT as NOW

APPROVED = alert("a1", generation=1, approved=NOW)
PART = Slice(0, (("8d1e2a0b0c0003f", "8d1e2a0b0c0007f"),), 5)
WAY = ("deliver", "deliver_slice")
DELIVERY = Delivery("a1", "push", 1, generation=1, version=1, urgent=False, due=NOW, expires=NOW)


def scheduled(moment):
    return replace(APPROVED, content=content(send_at=moment, expires=moment + timedelta(days=1)))


def test_an_alert_for_now_has_its_task_a_little_later_than_the_direct_call():
    task = start_task(APPROVED, NOW)
    assert (task.queue, task.function, task.payload) == (
        "start",
        "start_alert",
        {"alert": "a1", "generation": 1},
    )
    assert timedelta() < task.at - NOW < timedelta(seconds=30)


def named(*step):
    return hashlib.sha256("\n".join(map(str, step)).encode()).hexdigest()[:40]


def test_names_say_the_step_and_stay_what_they_are_for_the_instances_of_another_release():
    alert_5 = replace(APPROVED, id="a5", version=2, generation=3, attempt=4, approved=NOW)
    delivery = replace(DELIVERY, alert="a5", version=2, generation=3, attempt=4, channel="stub", number=2)
    start, expires = (NOW + timedelta(seconds=5)).isoformat(), alert_5.content.expires.isoformat()
    assert start_task(alert_5, NOW).name == named("a5", 2, 3, "start", start, 4)
    assert expire_task(alert_5, NOW).name == named("a5", 2, 3, "expire", expires)
    begin = begin_task(delivery, START[False], NOW).name
    assert begin == named("a5", 2, 3, "stub.2", "begin", NOW.isoformat(), 4)
    part = replace(PART, index=7, attempt=6)
    assert slice_task(delivery, WAY, part).name == named("a5", 2, 3, "stub.2", "deliver", 7, 6)


def test_an_alert_ends_at_its_expiry():
    task = expire_task(APPROVED, NOW)
    assert (task.queue, task.function, task.at) == ("expire", "expire_alert", APPROVED.content.expires)
    assert task.payload == {"alert": "a1", "generation": 1}


@pytest.mark.parametrize(("direct", "after"), [(False, 0), (True, 5)])
def test_the_task_of_a_delivery_that_is_begun_directly_comes_a_little_later(direct, after):
    task = begin_task(replace(DELIVERY, direct=direct), START[True], NOW)
    assert (task.queue, task.function) == ("start-urgent", "start_urgent")
    assert task.at == NOW + timedelta(seconds=after)
    assert task.payload == {"alert": "a1", "generation": 1, "delivery": "push.1"}


@pytest.mark.parametrize(("sooner", "after"), [(-1, 5), (0, 5), (1, 0)])
def test_only_a_moment_that_has_come_at_the_approval_is_called_directly(sooner, after):
    moment = NOW + timedelta(seconds=sooner)
    assert start_task(scheduled(moment), NOW).at == moment + timedelta(seconds=after)


def test_a_moment_without_an_approval_is_waited_for_and_without_either_there_is_none():
    waiting = replace(scheduled(NOW + timedelta(hours=1)), approved=None)
    assert start_task(waiting, NOW).at == NOW + timedelta(hours=1)
    with pytest.raises(ValueError, match=r"^an alert that was never approved is never due$"):
        start_task(replace(APPROVED, approved=None), NOW)


def test_one_scheduled_for_a_moment_already_past_at_the_approval_is_for_now():
    assert start_task(scheduled(NOW - timedelta(hours=1)), NOW).at < NOW + timedelta(seconds=30)


def test_a_scheduled_alert_has_its_task_at_its_moment():
    moment = NOW + timedelta(hours=5)
    assert start_task(scheduled(moment), NOW).at == moment


@pytest.mark.parametrize("days", [29, 30, 31, 58, 59, 100, 365])
def test_hops_are_within_reach_and_the_same_for_every_caller(days):
    known = scheduled(NOW + timedelta(days=days))
    first = start_task(known, NOW)
    assert timedelta() < first.at - NOW <= HOP + timedelta(minutes=1)
    assert start_task(known, NOW + timedelta(hours=3)) == first
    assert start_task(known, first.at).at > first.at or first.at == known.content.send_at


@pytest.mark.parametrize("late", [timedelta(), timedelta(milliseconds=-30), timedelta(minutes=20)])
def test_a_hop_leads_on_even_when_its_clock_is_slow(late):
    known = scheduled(NOW + timedelta(days=70))
    first = start_task(known, NOW)
    following = start_task(known, first.at + late)
    assert following.name != first.name
    assert following.at - first.at == HOP


def test_what_may_happen_again_has_another_name():
    names = {
        start_task(APPROVED, NOW).name,
        start_task(replace(APPROVED, generation=2), NOW).name,
        start_task(replace(APPROVED, version=2), NOW).name,
        start_task(replace(APPROVED, id="a2"), NOW).name,
        expire_task(APPROVED, NOW).name,
        slice_task(DELIVERY, WAY, PART).name,
        slice_task(DELIVERY, WAY, replace(PART, index=1)).name,
        slice_task(DELIVERY, WAY, replace(PART, attempt=1)).name,
        slice_task(replace(DELIVERY, number=2), WAY, PART).name,
        slice_task(replace(DELIVERY, channel="stub"), WAY, PART).name,
        slice_task(replace(DELIVERY, generation=2), WAY, PART).name,
        begin_task(DELIVERY, START[False], NOW).name,
        begin_task(replace(DELIVERY, attempt=1), START[False], NOW).name,
        begin_task(replace(DELIVERY, number=2), START[False], NOW).name,
    }
    assert len(names) == 14
    assert all(name.isalnum() for name in names)


def test_what_is_the_same_step_has_the_same_name():
    assert slice_task(DELIVERY, WAY, PART).name == slice_task(DELIVERY, WAY, replace(PART, waves=3)).name


def test_a_retry_waits_for_its_moment():
    assert slice_task(DELIVERY, WAY, replace(PART, attempt=1, resume_at=NOW)).at == NOW


def test_early_is_early_and_almost_due_comes_back():
    assert not is_early(NOW, NOW)
    assert not is_early(NOW, NOW + timedelta(days=1))
    assert is_early(NOW + timedelta(minutes=11), NOW)
    assert is_early(NOW + NEARLY + timedelta(microseconds=1), NOW)
    for ahead in (timedelta(seconds=30), timedelta(minutes=5), NEARLY):  # also by a clock that is wrong
        with pytest.raises(Unavailable) as refused:
            is_early(NOW + ahead, NOW)
        assert refused.value.code == "not-yet-due"


def test_a_task_names_its_delivery_and_where_it_is_worked_on():
    task = slice_task(DELIVERY, ("deliver-urgent", "deliver_urgent"), replace(PART, attempt=3))
    assert (task.queue, task.function) == ("deliver-urgent", "deliver_urgent")
    assert task.payload == {"alert": "a1", "generation": 1, "delivery": "push.1", "slice": 0, "attempt": 3}


def test_a_delivery_far_ahead_hops_there():
    later = replace(DELIVERY, due=NOW + timedelta(days=70))
    assert begin_task(later, START[False], NOW).at == NOW + timedelta(days=12)


@pytest.mark.parametrize("severity", ["Extreme", "Severe"])
def test_an_urgent_alert_has_a_queue_and_a_service_of_its_own(severity):
    urgent = replace(APPROVED, content=content(severity=Severity(severity)))
    start = start_task(urgent, NOW)
    assert (start.queue, start.function) == ("start-urgent", "start_urgent")
    assert start_function(urgent) == "start_urgent"


@pytest.mark.parametrize(
    "changes", [{"severity": Severity.MODERATE}, {"severity": Severity.EXTREME, "exercise": True}]
)
def test_what_is_not_urgent_never_stands_before_it(changes):
    task = start_task(replace(APPROVED, content=content(**changes)), NOW)
    assert (task.queue, task.function) == ("start", "start_alert")
