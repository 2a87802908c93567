"""The figures of an alert grow while nobody watches it, ever less often, and without being asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.services.delivery.start_alert import start_alert
from shared.services.sweep.gather_figures import CURSOR, gather_figures, spacing
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import Limits
from tests.fakes.alert_values import alert
from tests.fakes.clock import SUNDAY_NIGHT
from tests.services.sweep_world import SweptWorld

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def world():
    world = SweptWorld()
    world.populate(10)
    world.approve(expires=world.clock.now() + timedelta(days=20))
    world.call_start()
    world.run_all()
    return world


def gathered(report):
    return report.steps["gathered"].acted


def test_receipts_that_come_late_are_counted(world):
    world.clock.advance(MINUTE)
    world.published.receive("a1", "opened", 15)
    assert gathered(world.sweep()) == 1
    assert world.summaries.get("a1").value.opened == 15


def test_what_was_gathered_within_the_minute_is_left_alone(world):
    world.clock.advance(MINUTE)
    assert gathered(world.sweep()) == 1
    world.clock.advance(timedelta(seconds=59))
    assert gathered(world.sweep()) == 0


def test_over_a_day_some_sixty_points_are_added(world):
    before = world.summaries.writes
    for _ in range(24 * 60 - 1):
        world.clock.advance(MINUTE)
        world.sweep()
    assert 40 <= world.summaries.writes - before <= 70
    assert 40 <= len(world.summaries.get("a1").value.series) <= 70


def test_an_alert_of_the_day_before_is_left_alone(world):
    world.clock.advance(DAY + MINUTE)
    assert gathered(world.sweep()) == 0


def test_a_draft_has_no_figures_to_gather():
    world = SweptWorld()
    world.approve(send_at=world.clock.now() + DAY, expires=world.clock.now() + 2 * DAY)
    world.clock.advance(MINUTE)
    assert gathered(world.sweep()) == 0
    assert world.summaries.get("a1") is None


def send_two(world):
    """Both are sent, and nobody has looked at their figures for two minutes."""
    world.populate(16)
    for number in (1, 2):
        world.approve(f"a{number}", expires=world.clock.now() + timedelta(days=20))
        world.clock.advance(timedelta(seconds=1))
        start_alert(world.ports, f"a{number}", 1)
        world.run_all(until=MINUTE)
    world.clock.advance(2 * MINUTE)


def test_more_alerts_than_one_run_reads_are_gathered_by_the_next_ones():
    world = SweptWorld(limits=Limits(alerts=1))
    send_two(world)
    for name in ("a1", "a2"):
        world.published.receive(name, "opened", 10)
    for _ in range(3):
        world.sweep()
    assert [world.summaries.get(name).value.opened for name in ("a1", "a2")] == [10, 10]


@pytest.mark.parametrize(
    ("age", "seconds"), [(timedelta(0), 60), (8 * MINUTE, 60), (16 * MINUTE, 120), (8 * DAY / 24, 3600)]
)
def test_points_of_the_series_are_an_eighth_of_the_alerts_age_apart(age, seconds):
    now = SUNDAY_NIGHT
    assert spacing(alert(started=now - age), now) == timedelta(seconds=seconds)
    assert spacing(alert(), now) == MINUTE


def test_what_the_time_was_too_short_for_is_gathered_by_the_next_run(monkeypatch):
    world = SweptWorld()
    send_two(world)
    run, tally = Run(world.sweep_ports), Tally()
    receipts = world.published.receipts

    def slowly(alert_id):
        world.clock.advance(timedelta(minutes=1))
        return receipts(alert_id)

    monkeypatch.setattr(world.published, "receipts", slowly)
    gather_figures(run, tally)
    assert (tally.looked, tally.acted, tally.left) == (1, 1, 1)
    assert world.cursors.positions.get(CURSOR) == world.alert("a2").updated.isoformat()
    monkeypatch.undo()
    gather_figures(Run(world.sweep_ports), tally)
    assert (tally.looked, tally.acted, world.cursors.positions.get(CURSOR)) == (2, 2, "")


def test_gathering_is_no_repair(world):
    world.clock.advance(MINUTE)
    report = world.sweep()
    assert (gathered(report), report.repaired) == (1, 0)
