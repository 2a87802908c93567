"""Staff have one door, the API: for the rules they are nobody, whatever sign-in and register say."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.emulator

STAFF = "a1Ewa"
OURS, THEIRS = "1209033", "1219011"
SIGNED_IN_AT = int(time.time()) - 600
WITH_SECOND_FACTOR = {
    "firebase": {"sign_in_provider": "password", "sign_in_second_factor": "totp"},
    "auth_time": SIGNED_IN_AT,
}
RECORD = {
    "terc": OURS,
    "roles": ["author", "approver", "crisis", "admin", "auditor"],
    "name": "Ewa Nowak",
    "active": True,
    "valid_since": datetime.fromtimestamp(SIGNED_IN_AT, UTC) - timedelta(days=1),
}
ALERT = f"alerts/{OURS}alert"
# What releases up to 0.2.0 let the staff's page read past the API.
ONCE_READ = (
    ALERT,
    f"{ALERT}/history/0001-create",
    f"{ALERT}/summary/current",
    f"areas/{OURS}",
    f"areas/{OURS}/layers/base",
    f"staff/{STAFF}",
)
NEVER_READ = (
    f"alerts/{THEIRS}alert",
    f"alerts/{THEIRS}alert/summary/current",
    f"{ALERT}/deliveries/push.1",
    f"{ALERT}/deliveries/push.1/slices/0000",
    f"{ALERT}/deliveries/push.1/waves/0000.0000",
    f"{ALERT}/private/proof",
    "audience/wnSTykBfZlZ2sRZB7jYyxVbJ9p93.1",
    "audience_state/0123456789abcdef0123456789abcdef",
    "idempotency/0123456789abcdef",
    "changes/1209033",
    "sweep/residents",
    f"questions/{STAFF}.2026-11-22",
    f"municipalities/{OURS}/templates/water_outage",
    "targets/0123456789abcdef",
    "residents/wnSTykBfZlZ2sRZB7jYyxVbJ9p93",
    "residents/wnSTykBfZlZ2sRZB7jYyxVbJ9p93/places/1",
    f"areas/{OURS}/saved/a1",
    f"areas/{OURS}/saved_names/0123456789abcdef",
    f"audit/{OURS}",
    f"audit/{OURS}/entries/000000000001",
    "staff/b2Jan",
    "anything/else",
)
CLOSED = (*ONCE_READ, *NEVER_READ)
CLAIMS = {
    "both factors": WITH_SECOND_FACTOR,
    "one factor": {"firebase": {"sign_in_provider": "password"}, "auth_time": SIGNED_IN_AT},
    "roles of before": {**WITH_SECOND_FACTOR, "terc": OURS, "roles": ["author", "approver", "admin"]},
}


@pytest.fixture(autouse=True)
def municipality(admin):
    batch = admin.batch()
    for path in CLOSED:
        batch.set(admin.document(path), {"terc": OURS, "state": "active", "least": 10})
    batch.set(admin.document(f"staff/{STAFF}"), RECORD)
    batch.commit()


@pytest.fixture
def ewa(as_user):
    return as_user(STAFF, **WITH_SECOND_FACTOR)


def let_through(client):
    """Each operation on each document that should be closed, and was not."""
    tries = {
        "get": client.get,
        "set": lambda path: client.set(path, {"terc": OURS, "state": "active"}),
        "update": lambda path: client.update(path, {"state": "active"}),
        "delete": client.delete,
    }
    return [(name, path) for path in CLOSED for name, works in tries.items() if works(path)]


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS)
def test_staff_read_and_write_nothing_past_the_api(as_user, claims):
    assert let_through(as_user(STAFF, **claims)) == []


def test_residents_are_let_in_no_further(as_user):
    assert let_through(as_user("someone")) == []


def test_strangers_are_let_in_no_further(signed_out):
    assert let_through(signed_out) == []


def test_staff_list_nothing_past_the_api(ewa):
    below = [f"{ALERT}/{name}" for name in ("history", "summary", "deliveries", "private")]
    collections = ["alerts", "areas", "staff", "changes", f"areas/{OURS}/layers", *below]
    assert [name for name in collections if ewa.list(name, 1)] == []


@pytest.mark.parametrize("collection", ["alerts", "staff"])
def test_staff_ask_for_nothing_of_their_municipality_past_the_api(ewa, collection):
    assert not ewa.query(collection, "terc", OURS, 1)


def test_an_alert_that_is_not_there_is_not_told_from_one_that_is(ewa):
    assert not ewa.get("alerts/nowhere")
    assert not ewa.get("alerts/nowhere/summary/current")


@pytest.mark.parametrize("path", [f"municipalities/{OURS}", "published/a1"])
def test_what_anyone_may_read_staff_may_not_write(ewa, admin, path):
    admin.document(path).set({"terc": OURS})
    assert ewa.get(path)
    assert not ewa.set(path, {"terc": OURS})
    assert not ewa.delete(path)
