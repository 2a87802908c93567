"""The report of a scripted thread, exactly; and of one whose documents lack what it is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.audit import Act
from shared.domain.report.make import make_report
from shared.domain.report.values import Gap, Steps
from shared.errors import Unreadable
from shared.formats.report_json import report_json, report_of, report_text
from shared.formats.report_shown import Standing, shown_report
from shared.ports import AuditFilter, Page
from shared.services.reports.gather_material import gather_material, thread_of
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC
from tests.services.reports.scripted import DUTY, NIGHT, minute, night


def made(office):
    messages = thread_of(office.ports, TERC, "a1")
    return make_report(gather_material(office.ports, TERC, "a1", messages))


def told(report):
    """Minutes since the night began, what, of which message, by whom."""
    return [
        (round((line.at - NIGHT) / timedelta(minutes=1), 1), line.what, line.message, line.who)
        for line in report.lines
    ]


def test_the_lines_are_what_happened_in_its_order():
    assert told(made(night())) == [
        (0, "alert.create", "a1", AUTHOR.name),
        (1, "alert.edit", "a1", AUTHOR.name),  # twice in a row: one line
        (4, "alert.submit", "a1", AUTHOR.name),
        (4, "call.begin", "a1", ""),
        (9, "alert.approve", "a1", APPROVER.name),
        (10, "alert.start", "a1", ""),
        (10.1, "push.first", "a1", ""),
        (10.3, "push.half", "a1", ""),
        (11.1, "push.last", "a1", ""),
        (12, "upwards.tell", "a1", DUTY.name),
        (45, "promise.missed", "a1", ""),
        (50, "alert.create", "a2", AUTHOR.name),
        (55, "alert.submit", "a2", AUTHOR.name),
        (60, "alert.approve", "a2", APPROVER.name),
        (60.1, "alert.supersede", "a1", ""),
        (180, "alert.send_now", "a3", DUTY.name),
        (180.1, "push.first", "a3", ""),
        (180.3, "push.half", "a3", ""),
        (181.1, "push.last", "a3", ""),
        (720, "alert.expire", "a3", ""),
    ]


def test_the_seconds_of_each_step_and_the_times_of_few_people_are_not_told():
    first, second, third = made(night()).messages
    assert first.steps == Steps(None, 240, 300, 60, 60, 6, 60, 18, None)
    assert (second.steps.started_to_first, second.steps.started_to_half, second.reach.curves) == (
        None,
        None,
        (),
    )
    assert third.steps == Steps(None, None, None, 0, 0, 6, 60, 18, None)


def test_the_reach_of_each_channel_over_time_and_who_was_not_reached():
    first, second, _ = (one.reach for one in made(night()).messages)
    (curve,) = first.curves
    assert [(one.seconds, one.accepted) for one in curve.points] == [(6, 40), (18, 80), (66, 100)]
    assert (first.summary.targeted, first.summary.accepted, first.unreached) == (110, 100, 10)
    assert (second.summary.accepted, second.unreached, second.unconfirmed) == (None, None, None)


def test_calls_tellings_and_late_promises():
    report = made(night())
    (call,) = report.calls  # news is none
    assert (call.kind, call.acknowledged_s, call.by, call.told) == ("approve", 120, APPROVER.name, 1)
    assert [one.name for one in report.upwards["a1"]] == ["PCZK"]
    (promise,) = report.promises
    assert (promise.promised, promise.kept, promise.late_s) == (minute(45), minute(60), 900)
    assert [(one.id, one.state) for one in report.unsent] == [("a4", "draft")]
    assert report.gaps == ()


def test_when_the_office_learned_of_it_counts_where_somebody_said_so(monkeypatch):
    office = night()
    first = office.alerts.get("a1").value
    object.__setattr__(first, "noticed", minute(-3))
    report = made(office)
    assert (report.messages[0].steps.noticed_to_draft, report.messages[0].steps.noticed_to_started) == (
        180,
        780,
    )


def test_a_promise_that_nobody_kept_grows_later():
    office = night()
    for name in ("a2", "a3", "a4"):
        del office.alerts._alerts[name]
    known = office.alerts.get("a1")
    office.alerts.put(replace(known.value, state=State.EXPIRED))
    office.at(105)
    (promise,) = made(office).promises
    assert (promise.kept, promise.late_s) == (None, 3600)


def test_what_was_meant_and_never_heard_of_again_stays_an_intent():
    from shared.domain.audit import Outcome

    office = night()
    words = {"number": 2, "centre": "voivodeship", "way": "email", "outcome": "intent"}
    office.audit.record(Act(TERC, "upwards.tell", DUTY, "alerts/a1", after=words, outcome=Outcome.INTENT))
    intents = [line for line in made(office).lines if line.outcome == "intent"]
    assert [line.details["centre"] for line in intents] == ["voivodeship"]


def test_the_same_material_is_the_same_text():
    office = night()
    assert report_text(made(office)) == report_text(made(office))
    assert report_of(report_text(made(office))) == report_json(made(office))


def lose_audit(office):
    office.audit.chains.clear()


def alter_entry(office):
    entries = office.audit.entries
    office.audit.entries = lambda *asked: replace(entries(*asked), unreadable=2)


def lose_figures(office):
    office.delivery.forget("a1")


def lose_waves(office):
    office.delivery.waves.clear()


def lose_first(office):
    get = office.alerts.get

    def unreadable(alert_id):
        if alert_id == "a1":
            raise Unreadable
        return get(alert_id)

    office.alerts.get = unreadable


def lose_tellings(office):
    def unreadable(_):
        raise Unreadable

    office.upwards.get = unreadable


def lose_history(office):
    office.alerts._history.clear()


LOST = {
    "audit": (lose_audit, {"history-alone"}),
    "an entry of it": (alter_entry, {"audit-unreadable"}),
    "figures": (lose_figures, {"no-figures"}),
    "waves": (lose_waves, set()),
    "the first message": (lose_first, {"first-unreadable"}),
    "tellings": (lose_tellings, {"upwards-unreadable"}),
    "history": (lose_history, set()),
}


@pytest.mark.parametrize("what", LOST)
def test_what_is_missing_is_named_and_takes_nothing_else_down(what):
    lose, gaps = LOST[what]
    office = night()
    lose(office)
    report = made(office)
    assert {gap.what for gap in report.gaps} == gaps
    assert report.messages
    assert report.lines
    for language in ("pl", "en"):
        assert shown_report(report_json(report), Standing(), language).sections


def test_a_very_long_audit_is_cut_and_that_is_said(monkeypatch):
    office = night()
    entries = office.audit.entries(TERC, AuditFilter(), 1, None)
    monkeypatch.setattr(office.audit, "entries", lambda *_: Page(entries.items * 500, "1", 0))
    assert Gap("audit-cut", "a1") in made(office).gaps


def test_the_form_in_words_lives_with_what_another_release_froze():
    """It may lack anything, and have words that this one does not know."""
    report = report_json(made(night()))
    for name in report:
        shown_report({key: value for key, value in report.items() if key != name}, Standing(), "pl")
    odd = {
        "messages": [
            {"id": "x", "kind": "{odd}", "texts": {"de": {"title": "{0}"}}, "reach": {"failed": {"{a}": 1}}}
        ],
        "lines": [{"what": "moon.rise", "at": "never", "details": {"kind": "{x}"}}, {}],
        "gaps": [{"what": "{y}"}],
        "calls": [{}],
        "upwards": [{}],
        "promises": [{}],
    }
    assert shown_report(odd, Standing(at="x", earlier=(("y", "z"),)), "uk").language == "pl"


def test_an_hour_that_comes_twice_is_told_apart():
    shown = shown_report(report_json(made(night())), Standing(), "pl")
    lines = next(one for one in shown.sections if one.title.startswith("Przebieg"))
    whens = [row[0] for row in lines.rows]
    assert "31.10.2027 02:55:00 CEST" in whens
    assert "31.10.2027 02:00:00 CET" in whens
