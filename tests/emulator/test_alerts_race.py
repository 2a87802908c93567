"""Two people at the same alert at the same moment, in Firestore."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from google.cloud.firestore import Client

from shared.adapters.alerts import FirestoreAlertStore
from shared.domain.alert import State
from shared.errors import PreconditionFailed
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.cancel_alert import cancel_alert
from tests.fakes.alert_values import alert, entry
from tests.fakes.audit import chain_of
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF

pytestmark = pytest.mark.emulator


@pytest.fixture
def office(project):
    client = Client(project=project)
    return StaffApi(alerts=FirestoreAlertStore(client, chain_of(client)))  # type: ignore[arg-type]


def at_once(*steps):
    """What each step gave, or how it was refused; all begin at the same moment."""
    start = threading.Barrier(len(steps))

    def take(step):
        start.wait()
        try:
            return step()
        except PreconditionFailed as error:
            return error

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(take, steps))


@pytest.fixture
def waiting(office):
    waiting = alert(office.alerts.new_id(), state=State.SUBMITTED)
    office.alerts.create(waiting, entry(waiting, "submit"), None)
    return waiting


def test_of_two_approvals_at_once_one_wins(office, waiting):
    outcomes = at_once(
        lambda: approve_alert(office.ports, waiting.id, 1, STAFF["piotr"]),
        lambda: approve_alert(office.ports, waiting.id, 1, STAFF["ewa"]),
    )
    assert sum(isinstance(outcome, PreconditionFailed) for outcome in outcomes) == 1
    assert office.alerts.get(waiting.id).value in outcomes
    assert len(office.caller.calls) == 1
    assert len(office.alerts.history(waiting.id)) == 2


def test_an_approval_and_a_cancellation_at_once_end_cancelled(office, waiting):
    """What was approved is stopped whatever revision was seen; what was cancelled is approved no more."""
    approved, cancelled = at_once(
        lambda: approve_alert(office.ports, waiting.id, 1, STAFF["piotr"]),
        lambda: cancel_alert(office.ports, waiting.id, 1, STAFF["ewa"]),
    )
    came_first = not isinstance(approved, PreconditionFailed)
    assert office.alerts.get(waiting.id).value == cancelled
    assert cancelled.state is State.CANCELLED
    assert len(office.caller.calls) == came_first
    actions = [step.action for step in office.alerts.history(waiting.id)]
    assert actions == ["submit", *["approve"] * came_first, "cancel"]
