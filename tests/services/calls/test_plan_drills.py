"""Drills begin by themselves: everybody in time, at office hours, spread, once, whatever dies in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from shared.domain.call import Call, CallKind
from shared.domain.drill_plan import due_drill, fortnight, moment
from shared.domain.public_alert import PublicMunicipality
from shared.domain.readiness import EVERY
from shared.domain.working_days import CLOSES, LOCAL, OPENS, is_office_time, is_working
from shared.services.calls.plan_drills import plan_drills
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC
from tests.fakes.faults import DiedError, Faults
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.services.calls.call_world import DEPUTY, PHONES, THIRD, CallWorld, person
from tests.services.sweep_world import SweptWorld

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BEGAN = datetime(2026, 11, 23, 5, tzinfo=UTC)
PEOPLE = (APPROVER.uid, DEPUTY, THIRD)


def drills(world: CallWorld) -> list[Call]:
    return sorted(world.calls.drills(TERC), key=lambda one: one.created)


def office(faults: Faults | None = None, **people: str) -> CallWorld:
    world = CallWorld(faults)
    world.clock.advance(BEGAN - world.clock.now())
    world.staff.records["uid-adam"] = person("uid-adam", "admin")
    return world


def hours(world: CallWorld, days: int, answering: Collection[str] = ()) -> None:
    """The sweep looks once an hour; some answer after two minutes, the others never."""
    for _ in range(days * 24):
        plan_drills(world.ports, TERC)
        world.run(2 * MINUTE)
        for call in drills(world):
            if call.is_open and call.named[0] in answering:
                found = world.calls.get(call.id)
                world.calls.replace(found, found.value.acknowledged_by(call.named[0], world.clock.now()))
        world.run(58 * MINUTE)


def test_everybody_is_called_within_ninety_days_at_office_hours_and_nobody_else():
    world = office()
    world.staff.records["uid-guest"] = replace(person("uid-guest", "approver"), terc="0202022")
    hours(world, 400, PEOPLE)
    for uid in PEOPLE:
        begun = [call.created for call in drills(world) if uid in call.named]
        gaps = [after - before for before, after in pairwise(begun)]
        assert 4 <= len(begun) <= 7, uid
        assert max(gaps) < EVERY, (uid, max(gaps))
        assert min(gaps) > 40 * DAY, (uid, min(gaps))
        assert all(is_office_time(at) for at in begun)
    assert {uid for call in drills(world) for uid in call.named} == set(PEOPLE)
    acts = [act for act in world.calls.audit.acts(TERC) if act.action == "call.drill"]
    assert len(acts) == len(drills(world))
    assert all(act.by is None for act in acts)


def test_whoever_does_not_answer_is_reminded_and_called_again_each_fortnight_and_admins_hear_of_it_weekly():
    world = office()
    hours(world, 28, {APPROVER.uid})
    by_name = Counter(call.named[0] for call in drills(world))
    assert by_name[APPROVER.uid] == 1
    assert by_name[DEPUTY] == by_name[THIRD] == 2
    told = Counter(
        (mail.to.partition("@")[0], mail.subject.partition(" / ")[2])
        for mail in world.mail.sent
        if "drill" not in mail.subject or "not answered" in mail.subject
    )
    assert told[(DEPUTY, "readiness drill not answered")] == 2
    assert told[("uid-adam", "fewer than two are ready")] == 4
    assert all(PHONES.get(uid) for uid in PEOPLE)


def test_an_office_of_forty_is_not_called_on_one_day_and_one_joins_without_being_called_at_once():
    days = Counter(moment(TERC, f"uid-{number}", fortnight(BEGAN)).date() for number in range(40))
    assert len(days) >= 8
    assert max(days.values()) <= 10
    joined = moment(TERC, "uid-new", fortnight(BEGAN)) + 2 * DAY
    assert due_drill(TERC, "uid-new", [], joined) is None


@pytest.mark.parametrize("hour", [OPENS - 1, CLOSES])
def test_outside_of_office_hours_nobody_is_called(hour):
    late = datetime(2026, 12, 4, hour, tzinfo=LOCAL)
    old = [Call("x", TERC, CallKind.DRILL, late - 80 * DAY, None, acknowledged=late - 80 * DAY, ended=late)]
    assert due_drill(TERC, "u", old, late) is None
    free = ("2026-12-24", "2026-12-25", "2027-01-06", "2027-03-29", "2027-05-27", "2026-12-05")
    assert not any(is_working(datetime.fromisoformat(day).date()) for day in free)


def test_one_who_was_away_when_the_moment_came_is_called_later_in_the_fortnight():
    """The machine that looks stood still for days: those who had one before are called all the same."""
    began = fortnight(BEGAN)
    before = datetime(began.year, began.month, began.day, tzinfo=UTC) - 80 * DAY
    old = [Call("x", TERC, CallKind.DRILL, before, None, acknowledged=before, ended=before, named=(DEPUTY,))]
    last_day = datetime(2026, 12, 4, 14, tzinfo=LOCAL)
    assert fortnight(last_day) == began
    drill = due_drill(TERC, DEPUTY, old, last_day)
    assert drill
    assert due_drill(TERC, DEPUTY, [*old, replace(drill, ended=last_day)], last_day + DAY * 0.1) is None


def test_while_somebody_is_called_in_earnest_no_drill_begins():
    world = office()
    hours(world, 14)
    assert drills(world)
    world = office()
    now = world.clock.now()
    world.calls.create(
        Call("a1.approve.x", TERC, CallKind.APPROVE, now, now + 100 * DAY, urgent=True, alert="a1", round=0)
    )
    hours(world, 14)
    assert drills(world) == []


def test_a_death_at_any_step_leaves_each_with_one_drill_that_is_called():
    world = office()
    hours(world, 14)
    wanted, starts = sorted(call.id for call in drills(world)), [call.created for call in drills(world)]

    def looked(faults: Faults) -> CallWorld:
        """At each of those moments, thrice; nobody does the tasks."""
        world = office(faults)
        for at in (at for at in starts for _ in range(3)):
            world.clock.advance(max(timedelta(), at - world.clock.now()))
            with suppress(DiedError):
                plan_drills(world.ports, TERC)
        return world

    steps = looked(Faults()).faults.calls
    assert steps > 2 * len(starts)
    for step, after in ((step, after) for step in range(1, steps + 1) for after in (False, True)):
        world = looked(Faults(at=step, after=after))
        assert sorted(call.id for call in drills(world)) == wanted, (step, after)
        waits = {one.value.id for one in world.calls.waking(world.clock.now(), 100)}
        assert waits >= set(wanted), (step, after)  # `sweep` brings back what has no task


def test_sweep_looks_at_each_office_once_an_hour_and_one_that_fails_keeps_no_other():
    world = CallWorld()
    tercs = [TERC, "0202022", "0303032"]
    store = FakeMunicipalityStore(
        public=[PublicMunicipality(terc, "Gmina", ("pl",), (49.85, 19.95), ()) for terc in tercs]
    )
    swept = SweptWorld(municipalities=store)
    swept.clock.advance(BEGAN + 4 * HOUR - swept.clock.now())
    asked: list[str] = []

    class Watched:
        def __getattr__(self, name):
            return getattr(world.staff, name)

        def all(self, terc):
            asked.append(terc)
            if terc == tercs[1]:
                raise DiedError
            return world.staff.all(terc)

    calling = replace(world.ports, staff=Watched(), clock=swept.clock)
    limits = replace(swept.limits, offices=2)
    swept.sweep_ports = replace(swept.sweep_ports, calling=calling, limits=limits)
    for _ in range(5):
        swept.sweep()
        swept.clock.advance(timedelta(minutes=1))
    assert sorted(set(asked)) == sorted(tercs)
    assert asked.count(tercs[1]) == 1
    looked = len(asked)
    swept.clock.advance(HOUR)
    for _ in range(5):
        swept.sweep()
    assert len(asked) == 2 * looked
    none = replace(limits, offices=0)
    swept.sweep_ports = replace(swept.sweep_ports, limits=none)
    swept.clock.advance(HOUR)
    swept.sweep()
    assert len(asked) == 2 * looked  # where none begin by themselves
    assert AUTHOR.uid not in {uid for call in world.calls.drills(TERC) for uid in call.named}
