"""A series is approved once as a whole, comes when its rule says, each time once, and stops when told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from shared.domain.alert import Severity, State
from shared.domain.altered import is_altered
from shared.domain.content_digest import content_digest
from shared.domain.interlock import Interlock
from shared.domain.recurrence import Frequency, Recurrence, Weekday, on_wall
from shared.domain.scope import NOTHING
from shared.domain.series import AHEAD, SERIES_TABLE, SeriesAction, SeriesState
from shared.domain.staff_session import Proof
from shared.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    NotFound,
    NotSendable,
    PreconditionFailed,
    PreconditionRequired,
    Unauthenticated,
    WrongState,
)
from shared.formats.move_json import Move
from shared.formats.series_json import read_series
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.alerts.move_alert import move_alert
from shared.services.series.change_series import require_role
from shared.services.series.decide_series import approve_series, end_series, skip_occurrence, submit_series
from shared.services.series.keep_series import create_series, edit_series
from shared.services.series.make_occurrences import make_occurrences
from shared.services.series.occurrence import occurrence_content
from shared.services.series.read_series import coming_year, possible_steps
from shared.services.series.series_ports import SeriesPorts
from tests.fakes.alert_values import TERC, content
from tests.fakes.series import FakeSeriesStore
from tests.fakes.series_values import FIRST, HOUR, NOON, WEEKLY, series, series_body
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF

ANNA, PIOTR, EWA, JAN = (STAFF[name] for name in ("anna", "piotr", "ewa", "jan"))
DAY, WEEK = timedelta(days=1), timedelta(days=7)
ID = "s" * 20


@pytest.fixture
def office():
    return StaffApi()


def ports(office) -> SeriesPorts:
    return SeriesPorts(office.series, office.ports)


def approved(office):
    """Written by Anna, approved by Piotr."""
    made = create_series(ports(office), read_series(series_body()), ANNA, None)
    submit_series(ports(office), made.id, 1, ANNA)
    return approve_series(ports(office), made.id, 2, PIOTR)


def sweep(office) -> int:
    due = office.series.waking(office.clock.now(), 20)
    return sum(make_occurrences(office.series, office.alerts, one, office.clock.now()) for one in due)


def alerts(office, state=None):
    found = [one.value for one in office.alerts._known() if one.value.series]
    return sorted((one for one in found if state in (None, one.state)), key=lambda one: one.content.send_at)


def test_an_occurrence_is_held_to_what_was_approved_as_a_series(office):
    """By its digest alone: the times are its own, and people of months later are no surprise."""
    one = approved(office)
    digest = content_digest(TERC, one.content)
    assert sweep(office) == 2
    assert [made.interlock for made in alerts(office)] == [Interlock(digest, 1, one.approved)] * 2
    assert not any(is_altered(made) for made in alerts(office))


def test_each_occurrence_is_made_once_with_the_approval_of_the_series(office):
    one = approved(office)
    assert sweep(office) == 2  # those of two weeks
    assert sweep(office) == 0
    first, second = alerts(office)
    assert (first.content.send_at, second.content.send_at) == (NOON, NOON + WEEK)
    assert (second.content.expires, second.content.event_ends) == (NOON + WEEK + 2 * HOUR, NOON + WEEK + HOUR)
    for made in (first, second):
        assert (made.state, made.generation, made.series) == (State.SCHEDULED, 1, one.id)
        assert (made.author, made.approver, made.approved) == (ANNA.person, PIOTR.person, one.approved)
        assert made.content.texts == one.content.texts
        (entry,) = office.alerts.history(made.id)
        assert (entry.action, entry.by, entry.details["series"]) == ("create", None, one.id)
    office.clock.advance(6 * WEEK)
    assert sweep(office) == 0  # one is long over, and so the last but one is not made late
    assert len(office.audit.acts(TERC, "series.miss")) == 2
    assert len({made.id for made in alerts(office)}) == 2


def test_all_of_them_come_when_the_sweep_runs(office):
    approved(office)
    for _ in range(30):
        sweep(office)
        office.clock.advance(DAY)
    assert [made.content.send_at for made in alerts(office)] == [NOON + n * WEEK for n in range(4)]
    assert office.series.waking(office.clock.now() + 400 * DAY, 20) == []


def test_two_sweeps_at_once_and_one_that_saw_it_long_ago_make_it_once(office):
    one = approved(office)
    stale = office.series.get(one.id)
    assert sweep(office) == 2
    with pytest.raises(Conflict):
        office.series.make(stale, one, alerts(office)[0], office.alerts.history(alerts(office)[0].id)[0])
    assert make_occurrences(office.series, office.alerts, office.series.get(one.id), office.clock.now()) == 0
    assert len(alerts(office)) == 2


def test_an_occurrence_that_is_there_already_is_passed_over(office):
    """As after a restore that knew the alert and not that the series had made it."""
    one = approved(office)
    sweep(office)
    office.series.put(replace(office.series.get(one.id).value, made=None))
    assert sweep(office) == 0
    assert len(alerts(office)) == 2
    assert office.series.get(one.id).value.made == NOON + WEEK


def test_what_is_not_what_was_approved_is_not_sent(office):
    one = approved(office)
    office.series.put(replace(one, content=replace(one.content, area_name="gdzie indziej")))
    assert sweep(office) == 0
    voided = office.series.get(one.id).value
    assert (voided.state, voided.approver, alerts(office)) == (SeriesState.DRAFT, None, [])
    assert len(office.audit.acts(TERC, "series.void")) == 1


def test_an_edit_voids_the_approval_and_withdraws_what_has_not_started(office):
    one = approved(office)
    sweep(office)
    started = office.alerts.get(alerts(office)[0].id)
    office.alerts.replace(started, replace(started.value, state=State.ACTIVE, started=NOON), None)
    edited = edit_series(ports(office), one.id, 3, EWA, read_series(series_body(count=3)))
    assert (edited.state, edited.approver, edited.approved, edited.made) == (
        SeriesState.DRAFT,
        None,
        None,
        None,
    )
    assert [made.state for made in alerts(office)] == [State.ACTIVE, State.CANCELLED]
    assert sweep(office) == 0
    submit_series(ports(office), one.id, 4, EWA)
    with pytest.raises(Forbidden):
        approve_series(ports(office), one.id, 5, EWA)
    approve_series(ports(office), one.id, 5, PIOTR)
    assert sweep(office) == 2  # anew, under ids of their own
    assert len(alerts(office)) == 4


def test_an_occurrence_that_starts_while_the_series_is_edited_stays(office):
    """The edit sees it scheduled; before its commit it starts."""
    one = approved(office)
    sweep(office)
    first = alerts(office)[0].id
    scheduled = office.series.waiting

    def late(series):
        office.series.waiting = scheduled
        found = scheduled(series)
        known = office.alerts.get(first)
        office.alerts.replace(known, replace(known.value, state=State.ACTIVE, started=NOON), None)
        return found

    office.series.waiting = late
    end_series(ports(office), one.id, None, PIOTR)
    assert [made.state for made in alerts(office)] == [State.ACTIVE, State.CANCELLED]


def test_one_occurrence_is_withdrawn_and_the_others_come(office):
    one = approved(office)
    sweep(office)
    cancel_alert(office.ports, alerts(office)[0].id, None, ANNA)
    after = skip_occurrence(ports(office), one.id, 3, ANNA, FIRST + WEEK)
    assert (after.state, after.approved_digest) == (SeriesState.APPROVED, one.approved_digest)
    skip_occurrence(ports(office), one.id, 4, PIOTR, FIRST + 2 * WEEK)
    for _ in range(30):
        sweep(office)
        office.clock.advance(DAY)
    assert [made.state for made in alerts(office)] == [State.CANCELLED, State.CANCELLED, State.SCHEDULED]
    with pytest.raises(InvalidInput):
        skip_occurrence(ports(office), one.id, 5, PIOTR, FIRST + DAY)


def test_an_occurrence_is_moved_alone(office):
    one = approved(office)
    sweep(office)
    second = alerts(office)[1]
    move_alert(office.ports, second.id, 1, ANNA, Move(NOON + WEEK + DAY))
    office.clock.advance(2 * WEEK)
    sweep(office)
    sent = [made.content.send_at for made in alerts(office)]
    assert sent == [NOON, NOON + WEEK + DAY, NOON + 2 * WEEK, NOON + 3 * WEEK]
    end_series(ports(office), one.id, None, ANNA)
    assert {made.state for made in alerts(office)} == {State.CANCELLED}


def test_an_ended_series_makes_nothing_and_ends_once(office):
    one = approved(office)
    sweep(office)
    ended = end_series(ports(office), one.id, None, ANNA)
    assert end_series(ports(office), one.id, None, PIOTR) == ended
    assert {made.state for made in alerts(office)} == {State.CANCELLED}
    assert (sweep(office), coming_year(ports(office), ended)) == (0, [])
    assert len(office.audit.acts(TERC, "alert.cancel")) == 2


def test_what_comes_is_told_with_the_alerts_that_are_made(office):
    one = approved(office)
    sweep(office)
    coming = coming_year(ports(office), office.series.get(one.id).value)
    assert [moment for _, moment, _, _ in coming] == [NOON + n * WEEK for n in range(4)]
    assert [state for *_, state in coming] == ["scheduled", "scheduled", None, None]


def test_only_who_may_acts_and_a_refusal_writes_nothing(office):
    """Every state, action and person; the table says who may, and of another municipality nobody."""
    for state in SeriesState:
        for action in SeriesAction:
            for name in ("anna", "piotr", "ewa", "kasia", "dorota", "adam", "jan"):
                office.series.put(series(state=state, submitted=NOON - 2 * DAY, approved=NOON - 2 * DAY))
                who, known = STAFF[name], office.series.get(ID).value
                rule = next((one for one in SERIES_TABLE if (one.state, one.action) == (state, action)), None)
                may = bool(rule and rule.who & who.roles) and name != "jan"
                assert (action in possible_steps(ports(office), known, who)) == (may or bool(
                    name == "jan" and rule and rule.who & who.roles)), (state, action, name)  # fmt: skip
                count = office.audit.count
                try:
                    after = step(office, action, who, 1)
                except (Forbidden, NotFound, WrongState):
                    assert not may, (state, action, name)
                    assert (office.series.get(ID).value, office.audit.count) == (known, count)
                else:
                    assert may or known.state is SeriesState.ENDED, (state, action, name)
                    assert after.state is (rule.next if rule else SeriesState.ENDED)


def step(office, action, who, expected):
    match action:
        case SeriesAction.EDIT:
            return edit_series(ports(office), ID, expected, who, read_series(series_body()))
        case SeriesAction.SUBMIT:
            return submit_series(ports(office), ID, expected, who)
        case SeriesAction.APPROVE:
            return approve_series(ports(office), ID, expected, who)
        case SeriesAction.SKIP:
            return skip_occurrence(ports(office), ID, expected, who, FIRST + WEEK)
        case SeriesAction.END:
            return end_series(ports(office), ID, expected, who)


def test_nobody_acts_on_what_they_have_not_seen(office):
    office.series.put(series(state=SeriesState.SUBMITTED))
    with pytest.raises(PreconditionFailed):
        step(office, SeriesAction.APPROVE, PIOTR, 2)
    with pytest.raises(PreconditionRequired):
        step(office, SeriesAction.APPROVE, PIOTR, None)
    step(office, SeriesAction.END, PIOTR, 7)


def test_a_severe_one_asks_for_a_fresh_factor_a_scope_holds_and_an_idle_session_only_stops(office):
    severe = content(severity=Severity.SEVERE, send_at=NOON, expires=NOON + HOUR)
    office.series.put(series(state=SeriesState.SUBMITTED, content=severe))
    with pytest.raises(Unauthenticated):
        step(office, SeriesAction.APPROVE, replace(PIOTR, proof=Proof()), 1)
    with pytest.raises(Forbidden):
        step(office, SeriesAction.APPROVE, replace(PIOTR, scopes={"approver": NOTHING}), 1)
    with pytest.raises(Unauthenticated):
        require_role(replace(PIOTR, idle=True), SeriesAction.APPROVE)
    with pytest.raises(Forbidden):
        require_role(replace(PIOTR, late=True), SeriesAction.APPROVE)
    require_role(replace(PIOTR, idle=True, late=True), SeriesAction.END)


def test_what_is_over_is_not_approved_any_more(office):
    office.series.put(series(state=SeriesState.SUBMITTED))
    office.clock.advance(30 * DAY)
    with pytest.raises(NotSendable) as refused:
        step(office, SeriesAction.APPROVE, PIOTR, 1)
    assert refused.value.errors[0].pointer == "/recurrence"


def test_approved_late_it_comes_from_then_on(office):
    office.series.put(series(state=SeriesState.SUBMITTED))
    office.clock.advance(10 * DAY)
    step(office, SeriesAction.APPROVE, PIOTR, 1)
    sweep(office)
    assert [made.content.send_at for made in alerts(office)] == [NOON + 2 * WEEK, NOON + 3 * WEEK]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"frequency": "daily"}, "/recurrence/frequency"),
    ({"first": "2026-11-25"}, "/recurrence/first"),
    ({"first": "24.11.2026"}, "/recurrence/first"),
    ({"first": "2026-11-17"}, "/recurrence/first"),  # past
    ({"at": "25:00"}, "/recurrence/at"),
    ({"weekdays": []}, "/recurrence/weekdays"),
    ({"weekdays": ["xx"]}, "/recurrence/weekdays"),
    ({"month_day": 3}, "/recurrence/month_day"),
    ({"count": None}, "/recurrence/until"),
    ({"until": "2027-01-01"}, "/recurrence/until"),
    ({"count": None, "until": "2026-11-01"}, "/recurrence/until"),
    ({"count": None, "until": "2029-01-01"}, "/recurrence/until"),
    ({"count": 0}, "/recurrence/count"),
    ({"count": True}, "/recurrence/count"),
    ({"interval": 25}, "/recurrence/interval"),
    ({"count": 1, "left_out": ["2026-11-24"]}, "/recurrence/left_out"),
    ({"frequency": "monthly"}, "/recurrence/month_day"),
    ({"frequency": "monthly", "nth": 4, "weekdays": ["tu", "we"]}, "/recurrence/weekdays"),
    ({"later": 1}, "/recurrence/later"),
]


def test_a_fault_is_named_and_changes_nothing(office):
    for rule, pointer in FAULTS:
        with pytest.raises(InvalidInput) as refused:
            create_series(ports(office), read_series(series_body(**rule)), ANNA, None)
        assert pointer in {one.pointer for one in refused.value.errors}, (rule, refused.value.errors)
    wrong = series_body()
    wrong["content"]["expires"] = "2026-11-24T10:00:00Z"
    with pytest.raises(InvalidInput) as refused:
        create_series(ports(office), read_series(wrong), ANNA, None)
    assert refused.value.errors[0].pointer == "/content/expires"
    assert (office.series.list(TERC), office.audit.count) == ([], 0)


def test_a_key_that_comes_again_makes_no_second_one(office):
    form = read_series(series_body())
    first = create_series(ports(office), form, ANNA, "key")
    assert create_series(ports(office), form, ANNA, "key") == first
    assert len(office.series.list(TERC)) == 1


def test_promises_keep_their_time_on_the_wall_across_the_change_of_the_clock():
    rule = Recurrence(Frequency.WEEKLY, date(2027, 3, 20), time(20), weekdays=(Weekday.SATURDAY,), count=3)
    first = content(send_at=rule.moment(rule.first), expires=on_wall(date(2027, 3, 21), time(8)))
    over_the_night = occurrence_content(first, rule.moment(date(2027, 3, 27)))
    assert over_the_night.expires == on_wall(date(2027, 3, 28), time(8))
    assert over_the_night.expires - over_the_night.send_at == 11 * HOUR


def test_where_the_leap_would_leave_nothing_they_last_as_long_as_in_the_first():
    rule = Recurrence(Frequency.WEEKLY, date(2027, 3, 21), time(2, 30), weekdays=(Weekday.SUNDAY,), count=3)
    first = content(send_at=rule.moment(rule.first), expires=on_wall(date(2027, 3, 21), time(3)))
    leapt = occurrence_content(first, rule.moment(date(2027, 3, 28)))
    assert leapt.expires - leapt.send_at == HOUR / 2


def test_a_weekly_half_past_two_over_2027_is_made_at_the_moments_that_the_preview_says(office):
    office.clock.advance(on_wall(date(2027, 1, 2), time(12)) - office.clock.now())
    rule: dict[str, Any] = {
        "first": "2027-01-03",
        "at": "02:30",
        "weekdays": ["su"],
        "count": None,
        "until": "2028-01-02",
    }
    body = series_body(**rule)
    body["content"] |= {"expires": "2027-01-03T04:00:00Z", "event_ends": None}
    one = create_series(ports(office), read_series(body), ANNA, None)
    submit_series(ports(office), one.id, 1, ANNA)
    approve_series(ports(office), one.id, 2, PIOTR)
    said = [moment for _, moment, _, _ in coming_year(ports(office), office.series.get(one.id).value)]
    for _ in range(54):
        sweep(office)
        office.clock.advance(WEEK)
    assert [made.content.send_at for made in alerts(office)] == said
    assert (len(said), on_wall(date(2027, 3, 28), time(3, 30)) in said) == (53, True)


def test_the_time_ahead_is_shorter_than_a_task_may_lie():
    assert timedelta(days=30) > AHEAD
    assert WEEKLY.begins_with_first()
    assert isinstance(FakeSeriesStore().new_id(), str)
