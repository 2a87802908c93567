"""Plans: the same for the same seed, and over a dozen runs every program is hit."""

from __future__ import annotations

import json
from dataclasses import replace

from infra import deployment
from infra.local.firestore_faults.faults import Faults
from tests.chaos.plan import (
    CLOCKS,
    DELIVERER,
    FOLLOWERS,
    OFF,
    PROGRAMS,
    STARTER,
    Halt,
    Kill,
    Trouble,
    WrongClock,
    plan_of,
)

MANY = [plan_of(1, number) for number in range(120)]


def test_the_same_seed_and_number_give_the_same_plan():
    assert plan_of(7, 3) == plan_of(7, 3)
    assert plan_of(7, 3) != plan_of(8, 3)
    assert plan_of(7, 3) != plan_of(7, 4)


def test_every_run_has_a_fault_and_every_dozen_hits_every_program():
    assert all(plan.faults for plan in MANY)
    for start in range(0, len(MANY), len(PROGRAMS)):
        killed = {
            fault.program
            for plan in MANY[start : start + len(PROGRAMS)]
            for fault in plan.faults
            if isinstance(fault, Kill)
        }
        assert killed >= set(PROGRAMS)


def test_programs_are_those_of_the_stack():
    functions = set(deployment.load().functions)
    assert set(PROGRAMS) <= functions | {STARTER, DELIVERER, "fcm", "tasks", "eventarc"}


def test_firestores_troubles_are_possible_ones():
    troubles = [fault for plan in MANY for fault in plan.faults if isinstance(fault, Trouble)]
    parts = {trouble.part for trouble in troubles}
    assert parts == {"firestore", "fcm"}
    faults = Faults()
    for trouble in troubles:
        if trouble.part == "firestore":
            faults.change(json.dumps(trouble.settings))


def test_workers_are_halted_in_the_middle_of_a_wave_for_one_to_four_leases():
    halts = [fault for plan in MANY for fault in plan.faults if isinstance(fault, Halt)]
    assert {halt.program for halt in halts} == {STARTER, DELIVERER}
    assert all(halt.at.share is not None and 1 <= halt.leases <= 4 for halt in halts)
    assert len(halts) >= len(MANY) / 4


def test_clocks_of_every_function_that_writes_are_ahead_and_behind():
    clocks = [fault for plan in MANY for fault in plan.faults if isinstance(fault, WrongClock)]
    assert (
        {clock.program for clock in clocks}
        == set(CLOCKS)
        <= {*deployment.load().functions, STARTER, DELIVERER}
    )
    assert {clock.seconds for clock in clocks} == {-OFF, OFF}
    assert {clock.at.seconds == 0 for clock in clocks} == {True, False}


def test_some_runs_are_calm_and_some_have_movers():
    assert any(plan.events["duplicate"] == plan.tasks["duplicate"] == 0 for plan in MANY)
    assert any(plan.movers for plan in MANY)
    assert any(not plan.movers for plan in MANY)


def test_every_third_run_follows_an_alert_and_is_else_as_it_was():
    plans = [plan_of(1, number, threads=3) for number in range(120)]
    followed = [plan for plan in plans if plan.follows]
    assert [plan.number for plan in followed] == list(range(2, 120, 3))
    assert [replace(plan, follows=None) for plan in plans] == MANY
    found = {plan.follows.what for plan in followed if plan.follows}
    assert found == set(FOLLOWERS)
    shares = {plan.follows.share for plan in followed if plan.follows}
    assert 1.0 in shares
    assert min(shares) < 0.7
