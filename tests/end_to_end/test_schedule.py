"""A schedule is kept: it fires at its time, also over a restart, and not at all once cancelled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from infra.local.stack import Stack
from tests.browser.town import LAT, LNG, Town, square
from tests.clients.staff import StaffClient, moment

pytestmark = pytest.mark.stack
EARLY, LATE = 0.05, 120.0  # seconds: clocks agree here; a loaded machine may be slow


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of its own, since it is stopped in between."""
    with Stack(tmp_path_factory.mktemp("schedule"), ports="free") as running:
        yield running


@pytest.fixture(scope="module")
def town(own_stack: Stack) -> Town:
    town = Town(own_stack)
    for step in range(4):
        town.settle(0.0005 * step, 0.0)
    town.settle(0.02, 0.03)
    town.wait_until_indexed()
    return town


@pytest.fixture
def office(own_stack: Stack) -> StaffClient:
    return StaffClient(own_stack.address("hosting"), own_stack.staff_token)


def meeting(send_at: datetime) -> dict[str, object]:
    return {
        "category": "event",
        "severity": "Minor",
        "texts": {"pl": {"title": "Zebranie wiejskie", "body": "Piątek, 18:00, remiza."}},
        "area": square(LAT, LNG, 0.008, 0.008),
        "area_name": "Regionalna",
        "expires": (send_at + timedelta(hours=2)).isoformat(),
        "send_at": send_at.isoformat(),
    }


def scheduled(office: StaffClient, seconds: float) -> dict[str, object]:
    return office.send(meeting(datetime.now(UTC) + timedelta(seconds=seconds)))


def scheduled_before_the_end(stack: Stack, office: StaffClient) -> dict[str, object]:
    """An alert whose time has not yet come when the stack has ended, however long that takes."""
    for seconds in (15, 60, 180):
        alert = scheduled(office, seconds)
        stack.stop()
        if datetime.now(UTC) < moment(str(alert["send_at"])):
            return alert
        stack.start()
    raise AssertionError("the stack takes minutes to end")


def wait_for_state(office: StaffClient, alert_id: str, state: str, seconds: float) -> dict[str, object]:
    end = time.monotonic() + seconds
    while (alert := office.alert(alert_id))["state"] != state:
        assert time.monotonic() < end, f"still {alert['state']}"
        time.sleep(0.1)
    return alert


def wait_until_told(office: StaffClient, alert_id: str) -> None:
    end = time.monotonic() + LATE
    while not office.delivered(alert_id):
        assert time.monotonic() < end, "still under way"
        time.sleep(0.1)


def phones(town: Town) -> list[str]:
    return sorted(phone for resident in town.near() for phone in resident.phones)


def test_a_scheduled_alert_fires_at_its_time_and_not_before(office, town):
    alert = scheduled(office, 8)
    due = moment(str(alert["send_at"]))
    sent = wait_for_state(office, str(alert["id"]), "active", 8 + LATE)
    assert -EARLY <= (moment(str(sent["started"])) - due).total_seconds() < LATE
    wait_until_told(office, str(alert["id"]))
    assert sorted(town.pushed(str(alert["id"]))) == phones(town)


def test_a_schedule_survives_a_restart_of_the_stack(own_stack, office, town):
    alert = scheduled_before_the_end(own_stack, office)
    own_stack.start()
    sent = wait_for_state(office, str(alert["id"]), "active", 60 + LATE)
    assert moment(str(sent["started"])) >= moment(str(alert["send_at"])) - timedelta(seconds=EARLY)
    wait_until_told(office, str(alert["id"]))
    assert sorted(town.pushed(str(alert["id"]))) == phones(town)


def test_a_cancelled_alert_never_fires(office, town):
    alert = scheduled(office, 8)
    office.call("piotr", "POST", f"/alerts/{alert['id']}/cancel", etag=f'"{alert["revision"]}"')
    later = office.send(meeting(moment(str(alert["send_at"])) + timedelta(seconds=1)))
    wait_for_state(office, str(later["id"]), "active", 9 + LATE)
    wait_until_told(office, str(later["id"]))
    assert office.alert(str(alert["id"]))["state"] == "cancelled"
    assert town.pushed(str(alert["id"])) == []
