"""What the office sends is signed on its way to everybody, before and after a new key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests
from google.cloud.firestore import Client

from infra.local.accounts import TERC
from infra.local.stack import PROJECT, Stack
from manage.signing_keys.key_ring import KeyRing
from shared.adapters.clock import SystemClock
from shared.adapters.municipalities import FirestoreMunicipalityStore
from shared.adapters.municipality_documents import public_keys
from shared.domain.alert import State, Text
from shared.domain.public_alert import Kind
from shared.formats.signed_alert import SignedAlert, verify
from tests.browser.town import LAT, LNG, Town, square
from tests.clients.keys import read_key
from tests.clients.staff import StaffClient
from tests.end_to_end.test_cancel import wait_until
from tests.published import follow_up

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def town(stack: Stack) -> Town:
    return Town(stack)


@pytest.fixture
def client(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", stack.host("firestore"))
    return Client(project=PROJECT)


@pytest.fixture
def office(stack: Stack, town: Town) -> StaffClient:
    return StaffClient(stack.address("hosting"), stack.staff_token)


def water_main() -> dict[str, object]:
    return {
        "category": "failure",
        "severity": "Moderate",
        "texts": {"pl": {"title": "Brak wody", "body": "Pękła rura."}},
        "area": square(LAT, LNG, 0.008, 0.008),
        "area_name": "Regionalna",
        "expires": (datetime.now(UTC) + timedelta(hours=2)).isoformat(),
        "send_at": None,
    }


def believed(client: Client, alert_id: str) -> SignedAlert | None:
    """What the copy in Firestore says, when its municipality signed it."""
    copy = client.document("published", alert_id).get().to_dict() or {}
    keys = public_keys(TERC, client.document("municipalities", TERC).get().to_dict() or {})
    return verify(copy, alert_id, TERC, keys).signed


def test_the_public_address_of_an_alert_carries_the_municipalitys_signature(stack, client, office):
    alert = office.send(water_main())
    wait_until(lambda: believed(client, alert["id"]))
    site = stack.address("residents")
    answer = requests.get(f"{site}/a/{alert['id']}.json", timeout=30).json()
    served = requests.get(f"{site}/municipalities.json", timeout=30).json()["municipalities"]
    [keys] = [[read_key(key) for key in one["keys"]] for one in served if one["terc"] == TERC]
    verdict = verify(answer, alert["id"], TERC, keys)
    assert verdict.fault is None
    assert verdict.signed.alert.texts == {"pl": Text("Brak wody", "Pękła rura.")}


def test_a_cancellation_after_a_new_key_is_believed(stack, client, office):
    alert = office.send(water_main())
    wait_until(lambda: believed(client, alert["id"]))
    municipalities = FirestoreMunicipalityStore(client, SystemClock())
    KeyRing(municipalities, TERC, stack.state.signing_keys).rotate(datetime.now(UTC))
    assert believed(client, alert["id"]).alert.state is State.ACTIVE
    sent = office.alert(alert["id"])
    office.call("piotr", "POST", f"/alerts/{alert['id']}/cancel", etag=f'"{sent["revision"]}"')
    wait_until(lambda: (signed := believed(client, alert["id"])) and signed.alert.state is State.CANCELLED)


def test_a_follower_written_by_a_test_is_believed_as_well(town, client, office):
    alert = office.send(water_main())
    wait_until(lambda: believed(client, alert["id"]))
    over = {"pl": Text("Woda wróciła", "Awaria usunięta.")}
    follower = follow_up(town.registers, town.key, alert["id"], Kind.ALL_CLEAR, over)
    signed = believed(client, follower.id)
    assert signed is not None
    assert (signed.alert.thread, signed.alert.version, signed.alert.kind) == (alert["id"], 2, Kind.ALL_CLEAR)
    assert signed.alert == follower
