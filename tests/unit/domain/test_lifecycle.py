"""The table of an alert's life, and what follows from it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import FOLLOWED, Kind, Person, Severity, State
from shared.domain.lifecycle import (
    BECOMES,
    FOLLOWERS,
    TABLE,
    Action,
    Guard,
    Role,
    actions_for,
    holds,
    holds_all,
    may_ever,
    rule_for,
)
from tests.fakes.alert_values import APPROVER, AUTHOR, alert, content
from tests.fakes.clock import SUNDAY_NIGHT

NOW = SUNDAY_NIGHT
HOUR = timedelta(hours=1)


def test_no_state_has_two_rules_for_one_action():
    pairs = [(rule.state, rule.action) for rule in TABLE]
    assert len(pairs) == len(set(pairs))


def test_what_is_over_stays_over_for_everybody():
    over = {State.CANCELLED, State.SUPERSEDED, State.ENDED, State.REJECTED}
    assert {rule.action for rule in TABLE if rule.state in over} == {Action.CONFIRM}
    for rule in TABLE:
        if rule.state in over | {State.EXPIRED} and Role.SYSTEM not in rule.who:
            assert rule.next is rule.state, rule


def test_what_ran_out_is_followed_up_like_what_is_active():
    """Running out is no all-clear."""
    follow = {(rule.action, rule.who) for rule in TABLE if rule.state is State.EXPIRED} - {
        (Action.CONFIRM, frozenset({Role.APPROVER, Role.CRISIS}))
    }
    assert follow <= {(rule.action, rule.who) for rule in TABLE if rule.state is State.ACTIVE}
    assert {action for action, _ in follow} == {*FOLLOWERS, *BECOMES.values()}


def test_a_follower_leads_where_the_system_has_a_step():
    for kind, becomes in FOLLOWERS.values():
        assert kind is not Kind.ALERT
        for state in FOLLOWED:
            assert rule_for(state, BECOMES[becomes]).next is becomes


def test_every_state_is_reached_from_the_draft():
    reached = {State.DRAFT}
    for _ in State:
        reached |= {rule.next for rule in TABLE if rule.state in reached}
    assert reached == set(State)


def test_sending_needs_an_approval_by_another_person_with_two_exceptions():
    begun = {rule.state for rule in TABLE if rule.next is State.ACTIVE and rule.state is not State.ACTIVE}
    assert begun == {State.SCHEDULED}
    into = [rule for rule in TABLE if rule.next is State.SCHEDULED and rule.state is not State.SCHEDULED]
    approvals = [rule for rule in into if rule.action is Action.APPROVE]
    assert {rule.state for rule in approvals} == {State.SUBMITTED, State.HELD}
    assert all(Guard.OTHER_PERSON in rule.guards for rule in approvals)
    assert {rule.action for rule in into} == {Action.APPROVE, Action.SEND, Action.SEND_NOW}
    (alone,) = (rule for rule in TABLE if rule.action is Action.SEND)
    assert (alone.state, Guard.ALONE in alone.guards) == (State.DRAFT, True)
    now = [rule for rule in TABLE if rule.action is Action.SEND_NOW]
    assert {(rule.state, frozenset(rule.who)) for rule in now} == {
        (State.DRAFT, frozenset({Role.CRISIS})),
        (State.SUBMITTED, frozenset({Role.CRISIS})),
    }


def test_what_was_sent_alone_is_confirmed_by_another_person_in_whatever_state_it_is():
    confirmations = [rule for rule in TABLE if rule.action is Action.CONFIRM]
    assert {rule.state for rule in confirmations} == set(State) - {
        State.DRAFT,
        State.SUBMITTED,
        State.RETURNED,
        State.REJECTED,
    }
    for rule in confirmations:
        assert (rule.next, rule.who) == (rule.state, {Role.APPROVER, Role.CRISIS})
        assert set(rule.guards) == {Guard.OTHER_PERSON, Guard.UNCONFIRMED}


@pytest.mark.parametrize("state", [State.SCHEDULED, State.ACTIVE, State.CANCELLED, State.EXPIRED])
def test_it_is_confirmed_once_and_never_by_its_sender(state):
    sent = alert(state=state, sent_alone=True)
    assert Action.CONFIRM in actions_for(sent, APPROVER, {"approver"}, NOW)
    assert Action.CONFIRM in actions_for(sent, APPROVER, {"crisis"}, NOW)
    assert Action.CONFIRM not in actions_for(sent, APPROVER, {"author", "admin", "auditor"}, NOW)
    assert Action.CONFIRM not in actions_for(sent, AUTHOR, {"approver"}, NOW)
    known = replace(sent, confirmed=NOW, confirmer=APPROVER)
    assert Action.CONFIRM not in actions_for(known, APPROVER, {"approver"}, NOW)
    assert Action.CONFIRM not in actions_for(alert(state=state), APPROVER, {"approver"}, NOW)


def test_a_draft_is_sent_alone_only_by_whoever_may_with_these_words():
    for role in ("author", "approver", "crisis"):
        assert Action.SEND in actions_for(alert(), AUTHOR, {role}, NOW, alone=True)
        assert Action.SEND not in actions_for(alert(), AUTHOR, {role}, NOW)
    for role in ("admin", "auditor"):
        assert Action.SEND not in actions_for(alert(), AUTHOR, {role}, NOW, alone=True)
    assert Action.SEND not in actions_for(alert(), AUTHOR, {"author"}, NOW + 12 * HOUR, alone=True)


def test_only_stopping_what_was_approved_asks_for_no_revision():
    unconditional = {(rule.state, rule.action) for rule in TABLE if rule.unconditional}
    assert unconditional == {
        (State.SCHEDULED, Action.CANCEL),
        (State.HELD, Action.CANCEL),
        (State.ACTIVE, Action.CANCEL),
        (State.ACTIVE, Action.STOP),
    }


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("exercise", [True, False])
def test_nobody_ends_alone_for_good_what_is_grave(severity, exercise):
    running = alert(state=State.ACTIVE, content=content(severity=severity, exercise=exercise))
    lesser = exercise or severity in (Severity.MINOR, Severity.MODERATE)
    for role in ("author", "approver", "crisis"):
        may = actions_for(running, AUTHOR, {role}, NOW)
        assert (Action.CANCEL in may, Action.STOP in may) == (lesser, True)


def test_sending_is_stopped_once():
    stopped = alert(state=State.ACTIVE, stopped=NOW)
    assert Action.STOP not in actions_for(stopped, AUTHOR, {"author"}, NOW)


def test_an_all_clear_has_none_but_is_taken_back():
    clear = actions_for(alert(state=State.ACTIVE, kind=Kind.ALL_CLEAR), AUTHOR, {"author"}, NOW)
    assert Action.ALL_CLEAR not in clear
    assert {Action.UPDATE, Action.CORRECT, Action.TAKE_BACK} <= set(clear)


def test_no_person_takes_a_step_of_the_system():
    for rule in TABLE:
        assert rule.who == {Role.SYSTEM} or Role.SYSTEM not in rule.who


def test_an_action_without_a_rule_is_not_possible():
    assert rule_for(State.DRAFT, Action.APPROVE) is None
    assert rule_for(State.SUBMITTED, Action.APPROVE).next is State.SCHEDULED


@pytest.mark.parametrize(
    ("state", "roles", "expected"),
    [
        (State.DRAFT, {"author"}, ["edit", "submit", "cancel"]),
        (State.DRAFT, {"approver"}, []),
        (State.SUBMITTED, {"author"}, ["edit", "cancel"]),
        (State.SUBMITTED, {"approver"}, ["approve", "return", "reject", "cancel"]),
        (State.RETURNED, {"author"}, ["edit", "submit", "cancel"]),
        (State.RETURNED, {"approver"}, []),
        (State.REJECTED, {"author", "approver", "crisis"}, []),
        (State.HELD, {"author"}, ["edit", "cancel"]),
        (State.HELD, {"approver"}, ["approve", "cancel"]),
        (State.SCHEDULED, {"author"}, ["edit", "cancel", "move"]),
        (State.SCHEDULED, {"approver"}, ["cancel", "move"]),
        (
            State.ACTIVE,
            {"author"},
            ["stop", "cancel", "extend", "update", "correct", "all_clear", "take_back"],
        ),
        (State.ACTIVE, {"approver"}, ["stop", "cancel", "correct", "all_clear", "take_back"]),
        (State.CANCELLED, {"author", "approver"}, []),
        (State.SUPERSEDED, {"author", "approver"}, []),
        (State.ENDED, {"author", "approver"}, []),
        (State.EXPIRED, {"author"}, ["update", "correct", "all_clear", "take_back"]),
        (State.EXPIRED, {"approver"}, ["correct", "all_clear", "take_back"]),
        (State.DRAFT, {"crisis"}, ["edit", "submit", "send_now", "cancel"]),
        (State.SUBMITTED, {"crisis"}, ["edit", "approve", "return", "reject", "send_now", "cancel"]),
        (
            State.ACTIVE,
            {"crisis"},
            ["stop", "cancel", "extend", "update", "correct", "all_clear", "take_back"],
        ),
        (State.DRAFT, {"admin", "auditor"}, []),
        (State.SUBMITTED, {"admin", "auditor"}, []),
        (State.ACTIVE, {"admin", "auditor"}, []),
        (State.ACTIVE, set(), []),
        (State.SCHEDULED, {"system"}, []),
    ],
)
def test_what_a_colleague_may_do(state, roles, expected):
    roles = roles - {"system"}  # no token gives it, see shared/adapters/id_tokens.py
    assert list(actions_for(alert(state=state), APPROVER, roles, NOW)) == expected


@pytest.mark.parametrize("person", [AUTHOR, Person("uid-ewa", "Ewa")])
def test_whoever_wrote_it_may_not_approve_it(person):
    waiting = alert(state=State.SUBMITTED, writers=(AUTHOR.uid, "uid-ewa"))
    assert Action.APPROVE not in actions_for(waiting, person, {"approver"}, NOW)
    assert Action.APPROVE in actions_for(waiting, APPROVER, {"approver"}, NOW)


def test_the_author_counts_as_writer_even_when_not_listed():
    waiting = alert(state=State.SUBMITTED, writers=())
    assert Action.APPROVE not in actions_for(waiting, AUTHOR, {"approver"}, NOW)


def test_after_its_expiry_an_alert_is_neither_submitted_nor_approved():
    late = NOW + 12 * HOUR
    assert list(actions_for(alert(), APPROVER, {"author"}, late)) == ["edit", "cancel"]
    assert list(actions_for(alert(state=State.SUBMITTED), APPROVER, {"approver"}, late)) == [
        "return",
        "reject",
        "cancel",
    ]


@pytest.mark.parametrize(("offset", "due"), [(-HOUR, True), (timedelta(0), True), (HOUR, False)])
def test_a_start_waits_for_its_moment(offset, due):
    planned = alert(state=State.SCHEDULED, content=content(send_at=NOW + offset))
    assert holds_all(rule_for(State.SCHEDULED, Action.START), planned, None, NOW) is due


def test_what_was_never_approved_is_never_due():
    assert not holds(Guard.DUE, alert(), None, NOW)
    assert holds(Guard.DUE, alert(approved=NOW), None, NOW)


def test_expiry_waits_for_its_moment():
    assert not holds(Guard.PAST_EXPIRY, alert(), None, NOW)
    assert holds(Guard.PAST_EXPIRY, alert(), None, NOW + 12 * HOUR)


def test_the_system_is_nobody_and_approves_nothing():
    assert not holds(Guard.OTHER_PERSON, alert(), None, NOW)


def test_a_role_ever_acts_exactly_where_the_table_says_so():
    for action, role in itertools.product(Action, ("author", "approver", "crisis", "admin", "auditor")):
        assert may_ever(action, {role}) == any(rule.action is action and role in rule.who for rule in TABLE)
