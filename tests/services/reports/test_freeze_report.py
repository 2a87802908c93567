"""Freezing: when, once, by whichever worker, and never another way afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.after_action import SETTLED, Frozen
from shared.domain.alert import State
from shared.domain.audit import Act
from shared.errors import Conflict, Unavailable
from shared.formats.report_json import digest, report_of
from shared.services.reports.freeze_report import freeze_report
from shared.services.sweep.freeze_reports import CURSOR, freeze_reports
from shared.services.sweep.run import Run, Tally
from tests.fakes.alert_values import APPROVER, TERC
from tests.services.reports.scripted import minute, night
from tests.services.sweep_world import SweptWorld

END = 720  # minutes, of the thread
DAY = 24 * 60


@pytest.fixture
def office():
    return night()


def freeze(office, after=END + DAY + 1):
    office.at(after)
    return freeze_report(office.ports, TERC, "a1")


def test_a_thread_that_is_over_for_a_day_is_frozen_with_its_hash_in_the_audit(office):
    assert freeze(office, END + DAY - 1) is None
    frozen = freeze(office)
    assert (frozen.id, frozen.until, frozen.sha256) == ("a1", minute(END), digest(frozen.text))
    (act,) = office.audit.acts(TERC, "report.freeze")
    assert (act.by, act.about, act.after) == (None, "alerts/a1", {"report": "a1", "sha256": frozen.sha256})
    assert report_of(frozen.text)["thread"] == "a1"


def test_what_changes_afterwards_does_not_change_it(office):
    frozen = freeze(office)
    office.audit.record(Act(TERC, "upwards.answer", APPROVER, "alerts/a1", after={"centre": "powiat"}))
    office.published.receive("a1", "opened", 50)
    assert freeze(office, END + 3 * DAY) is None
    assert office.reports.of(TERC, "a1") == [frozen]


def test_a_thread_that_goes_on_holds_it_up_and_a_draft_does_not(office):
    known = office.alerts.get("a3").value
    office.alerts.put(replace(known, state=State.ACTIVE, finished=None))
    assert freeze(office) is None
    office.alerts.put(replace(known, state=State.SCHEDULED, started=None, finished=None))
    assert freeze(office) is None
    office.alerts.put(known)
    assert freeze(office) is not None


def test_a_thread_that_went_on_after_it_has_another_edition(office):
    first = freeze(office)
    last = office.alerts.get("a3").value
    follower = replace(last, id="a5", version=5, started=minute(3 * DAY), finished=minute(4 * DAY))
    office.alerts.put(follower)
    second = freeze(office, 5 * DAY + 1)
    assert [one.id for one in office.reports.of(TERC, "a1")] == ["a1", "a1.2"]
    assert (second.until, first.text != second.text) == (minute(4 * DAY), True)
    office.alerts.put(replace(last, confirmed=minute(6 * DAY), confirmer=APPROVER))
    assert freeze(office, 7 * DAY + 1).id == "a1.3"


def test_of_two_workers_one_freezes(office, monkeypatch):
    monkeypatch.setattr(office.reports, "of", lambda *_: [])
    assert freeze(office) is not None
    monkeypatch.undo()
    kept = dict(office.reports.kept)
    real = office.reports.of
    stale: list[list[Frozen]] = [[]]  # what the second read before the first wrote
    monkeypatch.setattr(office.reports, "of", lambda *asked: stale.pop() if stale else real(*asked))
    assert freeze(office) is None
    assert office.reports.kept == kept


def test_a_worker_that_dies_leaves_nothing_and_the_next_one_freezes(office, monkeypatch):
    def dying(*_):
        raise Unavailable

    monkeypatch.setattr(office.reports, "create", dying)
    with pytest.raises(Unavailable):
        freeze(office)
    monkeypatch.undo()
    assert freeze(office) is not None


def test_a_chain_that_others_move_is_no_freeze(office, monkeypatch):
    def moved(*_):
        raise Conflict

    monkeypatch.setattr(office.reports, "create", moved)
    with pytest.raises(Conflict):
        freeze(office)


# By the sweep


def swept(office):
    world = SweptWorld()
    return replace(
        world.sweep_ports,
        alerts=office.alerts,
        clock=office.clock,
        reports=office.ports,
        cursors=world.cursors,
    )


def sweep(ports):
    tally = Tally()
    freeze_reports(Run(ports), tally)
    return tally


def test_the_sweep_freezes_what_is_due_once_and_goes_on_from_there(office):
    ports = swept(office)
    office.at(END + DAY - 5)
    assert sweep(ports).acted == 0
    office.at(END + DAY + 1)
    assert sweep(ports).acted == 1
    office.at(END + DAY + 2)
    again = sweep(ports)
    assert (again.looked, again.acted, len(office.reports.kept)) == (0, 0, 1)


def test_one_that_fails_is_tried_again_and_keeps_nobody_else(office, monkeypatch):
    ports = swept(office)
    other = office.alerts.get("a3").value
    office.alerts.put(replace(other, id="b1", thread="", updated=minute(END + 1), finished=minute(END + 1)))
    counts = office.waves.counts

    def failing(ref):
        if ref.alert == "a3":
            raise Unavailable
        return counts(ref)

    monkeypatch.setattr(office.waves, "counts", failing)
    office.sent(other, 180, 20)
    office.at(END + DAY + 2)
    tally = sweep(ports)
    assert (tally.failed, set(office.reports.kept)) == (1, {"b1"})
    monkeypatch.undo()
    assert sweep(ports).acted == 1
    assert set(office.reports.kept) == {"a1", "b1"}


def test_the_first_run_looks_back_two_days_and_an_odd_position_begins_anew(office):
    ports = swept(office)
    ports.cursors.put(CURSOR, "odd")
    office.at(END + 1 + (SETTLED + timedelta(days=2)) / timedelta(minutes=1))
    assert sweep(ports).looked == 0
    office.at(END + 1 + (SETTLED + timedelta(days=2)) / timedelta(minutes=1) + 1)
    assert sweep(ports).acted == 0
