"""The running stack loses tasks and events, and `sweep` brings everything to its end."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from infra.deployment import load
from infra.local.stack import Stack
from infra.local.stack_options import Options
from shared.services.sweep.sweep import REPAIRS, ROUTINE
from tests.browser.town import LAT, LNG, Town, square
from tests.clients.staff import StaffClient
from tests.emulator.stand_ins import id_token

pytestmark = [pytest.mark.stack, pytest.mark.timeout(900)]
SETTINGS = {"SWEEP_GRACE_SECONDS": "1", "LEASE_SECONDS": "4", "SLICE_PLACES": "2", "SWEEP_RESIDENTS": "50"}
LATE = 240.0  # seconds; a loaded machine may be slow


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    options = Options(function_env=SETTINGS, schedule_every=2)
    with Stack(tmp_path_factory.mktemp("sweep"), ports="free", options=options) as running:
        yield running


@pytest.fixture(scope="module")
def town(own_stack: Stack) -> Town:
    town = Town(own_stack)
    for step in range(5):
        town.settle(0.0005 * step, 0.0)
    town.settle(0.02, 0.03)
    town.wait_until_indexed()
    return town


@pytest.fixture
def office(own_stack: Stack) -> StaffClient:
    return StaffClient(own_stack.address("hosting"), own_stack.staff_token)


def burst_main() -> dict[str, object]:
    return {
        "category": "failure",
        "severity": "Moderate",
        "texts": {"pl": {"title": "Brak wody", "body": "Pękła rura."}},
        "area": square(LAT, LNG, 0.008, 0.008),
        "area_name": "Regionalna",
        "expires": (datetime.now(UTC) + timedelta(hours=2)).isoformat(),
    }


def phones(town: Town) -> list[str]:
    return sorted(phone for resident in town.near() for phone in resident.phones)


def eventually(condition: Callable[[], object]) -> None:
    end = time.monotonic() + LATE
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def of(stack: Stack, name: str, path: str, method: str = "POST", **request: Any) -> requests.Response:
    answer = requests.request(method, f"{stack.address(name)}{path}", timeout=90, **request)
    answer.raise_for_status()
    return answer


@contextmanager
def losing_tasks(stack: Stack) -> Iterator[None]:
    """Every task that is created meanwhile is accepted and never comes; its name stays taken."""
    of(stack, "tasks_control", "/control", json={"lose": 1.0})
    try:
        yield
    finally:
        of(stack, "tasks_control", "/control", json={"lose": 0.0})


@contextmanager
def without_schedule(stack: Stack) -> Iterator[None]:
    of(stack, "scheduler", "/jobs/sweep:pause")
    try:
        yield
    finally:
        of(stack, "scheduler", "/jobs/sweep:resume")


def assert_sent_once(office: StaffClient, town: Town, alert: str) -> None:
    eventually(lambda: office.delivered(alert))
    assert sorted(town.pushed(alert)) == phones(town)


def public_state(town: Town, alert: str) -> str | None:
    copy = town.registers.fields(f"published/{alert}")
    return copy["state"]["stringValue"] if copy else None


def test_every_queue_passed_its_heartbeat_on(own_stack, town):
    """Before all else here: a heartbeat that is lost later comes again in an hour."""
    expected = set(load().queues)

    def heard() -> set[str]:
        logs = [own_stack.state.log(name).read_text() for name in own_stack.functions]
        return {
            queue for queue in expected if any(f'Heartbeat through queue {queue}"' in log for log in logs)
        }

    eventually(lambda: heard() == expected)


def test_an_alert_approved_while_events_and_tasks_are_lost_is_sent(own_stack, office, town):
    """Neither the direct call nor the trigger nor any task: only the alert's document tells of it."""
    with (
        without_schedule(own_stack),
        own_stack.without("eventarc"),
        own_stack.without("start_alert"),
        losing_tasks(own_stack),
    ):
        alert = str(office.send(burst_main())["id"])
        assert office.alert(alert)["state"] == "scheduled"
    assert_sent_once(office, town, alert)
    eventually(lambda: public_state(town, alert) == "active")


def test_slices_whose_tasks_are_lost_are_delivered_without_anybody_twice(own_stack, office, town):
    """`sweep` waits meanwhile: to it a start on a busy machine is late, and each new attempt begins again."""
    with without_schedule(own_stack), losing_tasks(own_stack), own_stack.without("eventarc"):
        alert = str(office.send(burst_main())["id"])
        eventually(lambda: office.alert(alert)["state"] == "active")
    assert len(town.pushed(alert)) < len(phones(town)), "the test lost nothing"
    assert_sent_once(office, town, alert)


def test_a_cancelled_alert_is_shown_as_cancelled_although_its_event_was_lost(own_stack, office, town):
    alert = str(office.send(burst_main())["id"])
    eventually(lambda: public_state(town, alert) == "active" and office.alert(alert)["state"] == "active")
    with own_stack.without("eventarc"):
        etag = f'"{office.alert(alert)["revision"]}"'
        office.call("piotr", "POST", f"/alerts/{alert}/cancel", etag=etag)
        eventually(lambda: public_state(town, alert) == "cancelled")


def test_a_resident_who_moved_while_events_were_lost_is_found(own_stack, office, town):
    with own_stack.without("eventarc"):
        newcomer = town.settle(0.0011, 0.0003)
        eventually(lambda: town.registers.fields(f"audience/{newcomer.uid}.1"))
        assert newcomer.app.delete(f"residents/{newcomer.uid}/devices/1")
        assert newcomer.app.delete(f"residents/{newcomer.uid}/places/1")
        assert newcomer.app.delete(f"residents/{newcomer.uid}")
        eventually(lambda: town.registers.fields(f"audience/{newcomer.uid}.1") is None)
    town.residents.remove(newcomer)


def test_a_run_tells_what_it_did(own_stack):
    answer = of(own_stack, "scheduler", "/jobs/sweep:run").json()
    report = json.loads(answer["body"])
    assert (answer["status"], report["failed"]) == (200, 0)
    assert set(report["steps"]) == {*REPAIRS, *ROUTINE}


@pytest.mark.parametrize("account", ["workers", "runtime", "events"])
def test_no_other_service_may_call_it(own_stack, account):
    url = own_stack.address("sweep")
    token = id_token(own_stack.address("identity"), account, url)
    answer = requests.post(f"{url}/", headers={"Authorization": f"Bearer {token}"}, timeout=30)
    assert answer.status_code == 403


def test_nobody_without_a_token_may_call_it(own_stack):
    assert requests.post(f"{own_stack.address('sweep')}/", timeout=30).status_code == 403


def test_the_scheduler_may(own_stack):
    url = own_stack.address("sweep")
    token = id_token(own_stack.address("identity"), "scheduler", url)
    answer = requests.post(f"{url}/", headers={"Authorization": f"Bearer {token}"}, timeout=90)
    assert answer.status_code == 200
