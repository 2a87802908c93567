"""The table of an alert's life, and what follows from it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Person, State
from shared.domain.lifecycle import (
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


def test_what_is_over_stays_over():
    over = [rule for rule in TABLE if rule.state in {State.CANCELLED, State.EXPIRED}]
    assert {(rule.action, rule.next is rule.state) for rule in over} == {(Action.CONFIRM, True)}


def test_every_state_is_reached_from_the_draft():
    reached = {State.DRAFT}
    for _ in State:
        reached |= {rule.next for rule in TABLE if rule.state in reached}
    assert reached == set(State)


def test_sending_needs_an_approval_by_another_person_with_one_exception():
    begun = {rule.state for rule in TABLE if rule.next is State.ACTIVE and rule.state is not State.ACTIVE}
    assert begun == {State.SCHEDULED}
    into = [rule for rule in TABLE if rule.next is State.SCHEDULED]
    approvals = [rule for rule in into if rule.action is Action.APPROVE]
    assert {rule.state for rule in approvals} == {State.SUBMITTED, State.SCHEDULED}
    assert all(Guard.OTHER_PERSON in rule.guards for rule in approvals)
    assert {rule.action for rule in into if rule.state is not State.SCHEDULED} == {
        Action.APPROVE,
        Action.SEND,
    }
    (alone,) = (rule for rule in TABLE if rule.action is Action.SEND)
    assert (alone.state, alone.who) == (State.DRAFT, {Role.AUTHOR})
    assert Guard.ALONE in alone.guards


def test_what_was_sent_alone_is_confirmed_by_another_person_in_whatever_state_it_is():
    confirmations = [rule for rule in TABLE if rule.action is Action.CONFIRM]
    assert {rule.state for rule in confirmations} == set(State) - {State.DRAFT, State.SUBMITTED}
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


def test_a_draft_is_sent_alone_only_by_an_author_who_may_with_these_words():
    assert Action.SEND in actions_for(alert(), AUTHOR, {"author"}, NOW, alone=True)
    assert Action.SEND not in actions_for(alert(), AUTHOR, {"author"}, NOW)
    for role in ("approver", "crisis", "admin", "auditor"):
        assert Action.SEND not in actions_for(alert(), AUTHOR, {role}, NOW, alone=True)
    assert Action.SEND not in actions_for(alert(), AUTHOR, {"author"}, NOW + 12 * HOUR, alone=True)


def test_only_what_was_held_is_approved_again():
    (again,) = (rule for rule in TABLE if rule.state is State.SCHEDULED and rule.action is Action.APPROVE)
    assert Guard.HELD in again.guards


def test_only_stopping_what_was_approved_asks_for_no_revision():
    unconditional = {(rule.state, rule.action) for rule in TABLE if rule.unconditional}
    assert unconditional == {(State.SCHEDULED, Action.CANCEL), (State.ACTIVE, Action.CANCEL)}


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
        (State.SUBMITTED, {"approver"}, ["approve", "cancel"]),
        (State.SCHEDULED, {"author"}, ["edit", "cancel", "move"]),
        (State.SCHEDULED, {"approver"}, ["cancel", "move"]),
        (State.ACTIVE, {"approver"}, ["cancel"]),
        (State.CANCELLED, {"author", "approver"}, []),
        (State.EXPIRED, {"author", "approver"}, []),
        (State.DRAFT, {"crisis"}, ["edit", "submit", "cancel"]),
        (State.SUBMITTED, {"crisis"}, ["edit", "approve", "cancel"]),
        (State.ACTIVE, {"crisis"}, ["cancel"]),
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
    assert list(actions_for(alert(state=State.SUBMITTED), APPROVER, {"approver"}, late)) == ["cancel"]


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
