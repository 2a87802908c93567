"""Cancelling an alert that is on its way: the wave under way is the last."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import requests

from infra.local.stack import Stack
from infra.local.stack_options import Options
from tests.browser.town import LAT, LNG, Town, square
from tests.clients.staff import StaffClient, moment

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]
WAVE, PHONES, RESIDENTS = 20, 8, 30
WORKERS = 2  # start_alert with the first slice, deliver_slice with another
QUIET = 3.0  # seconds without a push: several times what a wave takes


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Small waves at an FCM that takes half a second for each."""
    options = Options(function_env={"WAVE_PUSHES": str(WAVE), "SLICE_PLACES": "12"})
    with Stack(tmp_path_factory.mktemp("cancel"), ports="free", options=options) as running:
        fcm = running.address("fcm_control")
        requests.put(f"{fcm}/behaviour", json={"latency_ms": 500}, timeout=30).raise_for_status()
        yield running


@pytest.fixture(scope="module")
def town(own_stack: Stack) -> Town:
    town = Town(own_stack)
    for number in range(RESIDENTS):
        town.settle(0.0002 * (number % 6), 0.0004 * (number // 6), phones=PHONES)
    town.wait_until_indexed()
    return town


def test_no_push_goes_out_later_than_a_wave_after_the_cancel_was_accepted(own_stack, town):
    office = StaffClient(own_stack.address("hosting"), own_stack.staff_token)
    own_stack.staff_token("piotr")  # signed in before it counts
    alert = office.send(water_main())
    wait_until(lambda: len(received(own_stack, alert)) >= WAVE)
    office.call("piotr", "POST", f"/alerts/{alert['id']}/cancel", etag=f'"{alert["revision"]}"')
    accepted = datetime.now(UTC)
    wait_until(lambda: (datetime.now(UTC) - last(own_stack, alert)).total_seconds() > QUIET)
    late = [message for message in received(own_stack, alert) if moment(message["at"]) > accepted]
    assert len(late) <= WORKERS * WAVE
    assert len(received(own_stack, alert)) < RESIDENTS * PHONES - WAVE
    assert office.alert(alert["id"])["state"] == "cancelled"


def water_main() -> dict[str, object]:
    return {
        "category": "failure",
        "severity": "Moderate",
        "texts": {"pl": {"title": "Brak wody", "body": "Pękła rura."}},
        "area": square(LAT, LNG, 0.008, 0.008),
        "area_name": "Regionalna",
        "expires": datetime.fromtimestamp(time.time() + 7200, UTC).isoformat(),
        "send_at": None,
    }


def received(stack: Stack, alert: dict) -> list[dict]:
    url = f"{stack.address('fcm_control')}/messages"
    return requests.get(url, params={"alert": alert["id"]}, timeout=30).json()["messages"]


def last(stack: Stack, alert: dict) -> datetime:
    return max(moment(message["at"]) for message in received(stack, alert))


def wait_until(holds, seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
