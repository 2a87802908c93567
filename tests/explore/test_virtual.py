"""The turns that workers take."""

from __future__ import annotations

from functools import partial

import pytest

from tests.explore.virtual import NeverEndsError, Schedule, VirtualClock, Worker, moment_of, seconds_of


def test_whoever_waits_less_goes_first():
    schedule, order = Schedule(), []

    def work(name, seconds):
        schedule.pause(seconds)
        order.append((name, schedule.now))

    schedule.begin(Worker("a", 1), lambda: work("a", 3.0))
    schedule.begin(Worker("b", 2), lambda: work("b", 1.0))
    schedule.run()
    assert order == [("b", 1.0), ("a", 3.0)]


def test_workers_take_turns_in_the_middle_of_what_they_do():
    schedule, order = Schedule(), []

    def work(name):
        for _ in range(2):
            order.append((name, schedule.current.name))
            schedule.pause(1.0)

    schedule.begin(Worker("a", 1), lambda: work("a#1"))
    schedule.begin(Worker("b", 2), lambda: work("b#2"))
    schedule.run()
    assert order == [("a#1", "a#1"), ("b#2", "b#2")] * 2


def test_what_is_planned_happens_in_order_of_its_moment():
    schedule, order = Schedule(), []

    def happen(moment):
        order.append((moment, schedule.now))

    for moment in (5.0, 1.0, 5.0):
        schedule.at(moment, partial(happen, moment))
    schedule.run()
    assert order == [(1.0, 1.0), (5.0, 5.0), (5.0, 5.0)]


def test_every_process_has_a_clock_of_its_own():
    schedule, seen = Schedule(), []
    clock = VirtualClock(schedule, lambda read: read())
    for skew in (0.0, -20.0):
        schedule.begin(Worker("w", 1, skew), lambda: seen.append(seconds_of(clock.now())))
    schedule.at(7.0, lambda: seen.append(seconds_of(clock.now())))
    schedule.run()
    assert seen == [0.0, -20.0, 7.0]


def test_a_life_without_an_end_is_ended():
    schedule = Schedule()

    def work():
        while True:
            schedule.pause(1.0)

    schedule.begin(Worker("w", 1), work)
    with pytest.raises(NeverEndsError):
        schedule.run()


def test_moments_are_counted_from_the_beginning():
    assert seconds_of(moment_of(12.5)) == 12.5
