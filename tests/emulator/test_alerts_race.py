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
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF

pytestmark = pytest.mark.emulator


@pytest.fixture
def office(project):
    return StaffApi(alerts=FirestoreAlertStore(Client(project=project)))  # type: ignore[arg-type]


@pytest.mark.parametrize("other", ["approve", "cancel"])
def test_of_an_approval_and_another_step_at_once_one_wins(office, other):
    waiting = alert(office.alerts.new_id(), state=State.SUBMITTED)
    office.alerts.create(waiting, entry(waiting, "submit"), None)
    start = threading.Barrier(2)

    def step(number):
        start.wait()
        change = cancel_alert if number and other == "cancel" else approve_alert
        try:
            return change(office.ports, waiting.id, 1, STAFF["ewa" if number else "piotr"])
        except PreconditionFailed as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(step, range(2)))
    assert sum(isinstance(outcome, PreconditionFailed) for outcome in outcomes) == 1
    stored = office.alerts.get(waiting.id).value
    assert stored in outcomes
    assert len(office.caller.calls) == (stored.state is State.SCHEDULED)
    assert len(office.alerts.history(waiting.id)) == 2
