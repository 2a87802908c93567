"""FCM refuses, throttles and forgets: on the running stack everyone reachable is reached, and only they stay.

The stack's share of FCM's quota, and the quota's minute at the stand-in, are scaled down alike.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from google.cloud.firestore import SERVER_TIMESTAMP, Client

from infra.deployment import FUNCTIONS_YAML
from infra.local.stack import PROJECT, Stack
from infra.local.stack_options import Options
from shared.adapters.audience import FirestoreAudienceStore
from shared.adapters.clock import SystemClock
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.figures import LEAST_PEOPLE, shown
from shared.geo.cells import cell_of
from shared.services.audience.index_resident import index_state
from tests.browser.town import LAT, LNG, Resident, Town, square
from tests.clients.staff import StaffClient

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

SHARES = {"start_alert": (100, 50), "deliver_slice": (200, 90)}  # burst, pushes a second
MINUTE = 4  # seconds that the quota's minute lasts at the stand-in
QUOTA = sum(burst + MINUTE * rate for burst, rate in SHARES.values())
RETRY_AFTER = 2  # seconds
FUNCTION_ENV = {"RETRY_SECONDS": "0.02", "WAVE_PUSHES": "200", "SLICE_PLACES": "700"}
RATES = {"unavailable": 0.30, "throttled": 0.10, "unregistered": 0.02, "sender_mismatch": 0.01}
PEOPLE = 1800
DEAD, ASKED_TO_WAIT = {"unregistered", "sender_mismatch"}, {"unavailable", "throttled"}


def declaration(folder: Path) -> Path:
    declared = yaml.safe_load(FUNCTIONS_YAML.read_text())
    for name, (burst, rate) in SHARES.items():
        env = {"PUSH_BURST": burst, "PUSHES_PER_SECOND": rate}
        declared["functions"][name] |= {"instances": 1, "env": env}
    file = folder / "functions.yaml"
    file.write_text(yaml.safe_dump(declared))
    return file


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("answers")
    options = Options(declaration=declaration(folder), function_env=FUNCTION_ENV)
    with Stack(folder / "state", ports="free", options=options) as running:
        yield running


@pytest.fixture(scope="module")
def town(own_stack: Stack) -> Town:
    return Town(own_stack)


@pytest.fixture(scope="module")
def office(own_stack: Stack) -> StaffClient:
    return StaffClient(own_stack.address("hosting"), own_stack.staff_token)


@pytest.fixture
def behave(own_stack: Stack) -> Iterator[Any]:
    control = own_stack.address("fcm_control")

    def put(**settings: object) -> None:
        requests.put(f"{control}/behaviour", json=settings, timeout=30).raise_for_status()

    yield put
    put()
    requests.delete(f"{control}/messages", timeout=30).raise_for_status()


def ask(stack: Stack, what: str) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{stack.address('fcm_control')}/{what}", timeout=30).json()
    return found


def notice(half: float, lat: float = LAT, lng: float = LNG) -> dict[str, object]:
    """For everyone within `half` degrees."""
    return {
        "category": "event",
        "severity": "Minor",
        "texts": {"pl": {"title": "Zebranie wiejskie", "body": "Piątek, 18:00, remiza."}},
        "area": square(lat, lng, half, half),
        "area_name": "Regionalna",
        "expires": (datetime.now(UTC) + timedelta(hours=5)).isoformat(),
        "send_at": None,
    }


def wait_until_told(office: StaffClient, alert: dict[str, Any], seconds: float = 240) -> dict[str, Any]:
    """The figures, once every channel has tried everybody or refused."""
    return eventually(lambda: (now := office.summary(alert["id"]))["complete"] and now, seconds)


def eventually(condition: Any, seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"still not so after {seconds} s"
        time.sleep(0.2)
    return found


# ---- one phone -------------------------------------------------------------------------------------


def indexed_phones(town: Town, resident: Resident) -> list[str]:
    entry = town.registers.fields(f"audience/{resident.uid}.1")
    devices = entry["devices"]["arrayValue"]["values"] if entry else []
    return [device["mapValue"]["fields"]["value"]["stringValue"] for device in devices]


def test_a_phone_that_fcm_does_not_know_leaves_the_documents_and_the_index(office, town, behave):
    resident = town.settle(0.02, 0.03, phones=2)
    eventually(lambda: len(indexed_phones(town, resident)) == 2)
    gone, alive = resident.phones
    behave(targets={gone: "unregistered"})
    alert = office.send(notice(0.004, LAT + 0.02, LNG + 0.03))
    wait_until_told(office, alert)
    eventually(lambda: town.registers.fields(f"residents/{resident.uid}/devices/1") is None)
    assert town.registers.fields(f"residents/{resident.uid}/devices/2")
    eventually(lambda: indexed_phones(town, resident) == [alive])
    assert town.pushed(alert["id"]) == [alive]


def test_a_message_that_fcm_refuses_fails_the_delivery_and_nobody_is_sent_anything(
    office, town, behave, own_stack
):
    resident = town.settle(-0.02, 0.03)
    eventually(lambda: town.registers.fields(f"audience/{resident.uid}.1"))
    behave(rates={"bad_payload": 1}, keep_attempts=True)
    alert = office.send(notice(0.004, LAT - 0.02, LNG + 0.03))
    [push] = wait_until_told(office, alert)["deliveries"]
    assert (push["channel"], push["state"]) == ("push", "failed")
    assert any(platform in push["refusal"] for platform in Platform)
    assert ask(own_stack, "attempts")["attempts"] == []
    assert office.alert(alert["id"])["state"] == "active"  # it is published all the same


# ---- a crowd ---------------------------------------------------------------------------------------


def uid(number: int) -> str:
    return f"crowd{number:023}"


def phone(number: int, slot: int) -> Target:
    """Every fifth is an installation id, the others are registration tokens."""
    name = f"c{number:06}x{slot}".ljust(22, "y")
    return Target("fid", name) if number % 5 == 0 else Target("token", f"{name}:{'z' * 30}")


def entry(number: int, rng: random.Random) -> AudienceEntry:
    cell = cell_of(LAT + rng.uniform(-0.008, 0.008), LNG + rng.uniform(-0.008, 0.008))
    slots = (1, 2) if number % 9 == 0 else (1,)
    devices = tuple(Device(str(slot), Platform.ANDROID, phone(number, slot)) for slot in slots)
    return AudienceEntry(uid(number), "1", cell, None, "pl", devices, (Sibling("1", cell),))


def write(client: Client, entries: list[AudienceEntry]) -> None:
    """Residents as their apps and the trigger leave them."""
    batch = client.batch()
    for item in entries:
        root = client.document("residents", item.uid)
        batch.set(root, {"language": item.language, "updated": SERVER_TIMESTAMP})
        place = {"label": "Dom", "cell": item.cell, "updated": SERVER_TIMESTAMP}
        batch.set(root.collection("places").document("1"), place)
        for device in item.devices:
            target = {"kind": device.target.kind, "value": device.target.value}
            fields = {"platform": device.platform.value, "target": target, "updated": SERVER_TIMESTAMP}
            batch.set(root.collection("devices").document(device.id), fields)
    batch.commit()
    index = FirestoreAudienceStore(client, SystemClock())
    for item in entries:
        index.commit(item.uid, [item], index_state([item]), None)


@pytest.fixture(scope="module")
def client(own_stack: Stack) -> Iterator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRESTORE_EMULATOR_HOST", own_stack.host("firestore"))
        yield Client(project=PROJECT)


@pytest.fixture(scope="module")
def crowd(own_stack: Stack, town: Town, client: Client) -> list[AudienceEntry]:
    rng = random.Random(7)
    entries = [entry(number, rng) for number in range(PEOPLE)]
    with own_stack.without("eventarc"), ThreadPoolExecutor(6) as pool:
        starts = range(0, len(entries), 60)
        list(pool.map(lambda start: write(client, entries[start : start + 60]), starts))
    return entries


def targets(entries: list[AudienceEntry]) -> set[str]:
    return {device.target.value for item in entries for device in item.devices}


def stored(client: Client) -> set[str]:
    """The targets in the crowd's own documents."""
    found = client.collection_group("devices").stream()
    return {
        item.get("target")["value"] for item in found if item.reference.path.startswith("residents/crowd")
    }


def indexed(client: Client) -> set[str]:
    entries = [
        item.to_dict() for item in client.collection("audience").stream() if item.id.startswith("crowd")
    ]
    return {device["value"] for item in entries for device in item["devices"]}


def by_target(attempts: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found = defaultdict(list)
    for attempt in attempts:
        found[attempt["target"]].append(attempt)
    return found


def too_early(attempts: list[dict[str, Any]]) -> list[float]:
    """Milliseconds that a request came before the Retry-After of its phone's last answer had passed."""
    pairs = [pair for mine in by_target(attempts).values() for pair in pairwise(mine)]
    early = [
        before["at"] + 1000 * RETRY_AFTER - after["at"]
        for before, after in pairs
        if before["fate"] in ASKED_TO_WAIT
    ]
    return [milliseconds for milliseconds in early if milliseconds > 0]


def test_through_refusals_everyone_reachable_is_reached_and_only_the_dead_go(
    office, crowd, client, behave, own_stack
):
    behave(
        rates=RATES,
        retry_after=RETRY_AFTER,
        keep_attempts=True,
        quota_per_minute=QUOTA,
        quota_minute_ms=1000 * MINUTE,
    )
    began = time.monotonic()
    alert = office.send(notice(0.01))
    summary = wait_until_told(office, alert)
    took = time.monotonic() - began
    attempts, counts = ask(own_stack, "attempts")["attempts"], ask(own_stack, "counts")
    everyone = targets(crowd)
    dead = {attempt["target"] for attempt in attempts if attempt["fate"] in DEAD}
    pushed = [message["target"] for message in ask(own_stack, f"messages?alert={alert['id']}")["messages"]]
    assert 0.01 < len(dead) / len(everyone) < 0.06
    assert sorted(pushed) == sorted(everyone - dead)
    assert too_early(attempts) == []
    assert (counts["over_quota"], counts["busiest_minute"] <= QUOTA) == (0, True)
    assert summary["accepted"] == shown(len(everyone - dead))
    assert abs(sum(summary["failed"].values()) - len(dead)) < LEAST_PEOPLE
    assert stored(client) == everyone - dead
    eventually(lambda: indexed(client) == everyone - dead)
    print(
        f"\n{len(everyone)} phones, {len(attempts)} requests in {took:.0f} s: {len(pushed)} reached, "
        f"{len(dead)} dead and gone; busiest {MINUTE} s {counts['busiest_minute']} of {QUOTA}, none over"
    )
