"""Steps of the system: what they leave of the alert, and what the history says of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.alert import HistoryEntry, State, replace
from shared.domain.lifecycle import Action
from shared.errors import WrongState
from shared.services.alerts.change_state import changed
from tests.fakes.alert_values import alert, at, content

WAITING = alert(state=State.SCHEDULED, approved=at(3), revision=4, version=2, content=content(expires=at(9)))


@pytest.mark.parametrize("details", [None, {"deliveries": "push.1"}])
def test_the_state_moves_on_by_nobody_and_the_revision_stays(details):
    after, entry = changed(WAITING, Action.START, at(3), details, started=at(3), attempt=0)
    assert after == replace(WAITING, state=State.ACTIVE, updated=at(3), started=at(3))
    assert entry == HistoryEntry("start", at(3), None, State.ACTIVE, 4, 2, details or {})


@pytest.mark.parametrize(
    ("state", "action", "now"),
    [
        (State.DRAFT, Action.START, at(4)),  # no rule
        (State.SCHEDULED, Action.CANCEL, at(4)),  # a person's step
        (State.SCHEDULED, Action.START, at(3) - timedelta(microseconds=1)),  # not due yet
        (State.ACTIVE, Action.EXPIRE, at(9) - timedelta(microseconds=1)),
    ],
)
def test_what_the_table_does_not_let_the_system_do_is_refused(state, action, now):
    with pytest.raises(WrongState):
        changed(replace(WAITING, state=state), action, now)
