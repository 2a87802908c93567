"""Staff read what belongs to their municipality, with a second factor, and write nothing past the API."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = pytest.mark.emulator

STAFF = "a1Ewa"
OURS, THEIRS = "1209033", "1219011"
SIGNED_IN_AT = int(time.time()) - 600
SIGNED_IN = datetime.fromtimestamp(SIGNED_IN_AT, UTC)
WITH_SECOND_FACTOR = {
    "firebase": {"sign_in_provider": "password", "sign_in_second_factor": "totp"},
    "auth_time": SIGNED_IN_AT,
}
RECORD = {
    "terc": OURS,
    "roles": ["author"],
    "name": "Ewa Nowak",
    "active": True,
    "valid_since": SIGNED_IN - timedelta(days=1),
}
ALERT = f"alerts/{OURS}alert"
FOREIGN_ALERT = f"alerts/{THEIRS}alert"


def readable(municipality):
    alert = f"alerts/{municipality}alert"
    return [
        alert,
        f"{alert}/history/0001-create",
        f"{alert}/summary/current",
        f"areas/{municipality}",
        f"areas/{municipality}/layers/base",
    ]


HIDDEN = [
    f"{ALERT}/slices/0000",
    f"{ALERT}/waves/0000.0000",
    f"{ALERT}/private/proof",
    "audience/wnSTykBfZlZ2sRZB7jYyxVbJ9p93.1",
    "audience_state/0123456789abcdef0123456789abcdef",
    "idempotency/0123456789abcdef",
    "sweep/residents",
    f"questions/{STAFF}.2026-11-22",
    f"municipalities/{OURS}/templates/water_outage",
    "targets/0123456789abcdef",
    "residents/wnSTykBfZlZ2sRZB7jYyxVbJ9p93",
    "residents/wnSTykBfZlZ2sRZB7jYyxVbJ9p93/places/1",
    f"areas/{OURS}/saved/a1",
    f"areas/{OURS}/saved_names/0123456789abcdef",
    "staff/b2Jan",
    "anything/else",
]


@pytest.fixture(autouse=True)
def two_municipalities(admin):
    admin.document(f"staff/{STAFF}").set(RECORD)
    for terc in (OURS, THEIRS):
        for path in readable(terc):
            admin.document(path).set({"terc": terc, "state": "draft", "least": 10})


@pytest.fixture
def ewa(as_user):
    return as_user(STAFF, **WITH_SECOND_FACTOR)


def reads_nothing(client):
    single = any(client.get(path) for path in readable(OURS))
    lists = client.query("alerts", "terc", OURS) or client.list(f"{ALERT}/history")
    return not single and not lists


@pytest.mark.parametrize("path", readable(OURS))
def test_staff_read_what_is_their_municipalitys(ewa, path):
    assert ewa.get(path)


@pytest.mark.parametrize("path", readable(THEIRS))
def test_staff_do_not_read_another_municipalitys(ewa, path):
    assert not ewa.get(path)


@pytest.mark.parametrize("summary", [{"targeted": 1}, {"targeted": 1, "least": 5}], ids=["0.2.0", "fewer"])
def test_figures_that_point_at_few_are_for_functions_alone(ewa, admin, summary):
    admin.document(f"{ALERT}/summary/current").set(summary)
    assert not ewa.get(f"{ALERT}/summary/current")


def test_staff_may_wait_for_figures_that_are_not_there_yet(ewa, admin):
    admin.document(f"{ALERT}/summary/current").delete()
    assert ewa.get(f"{ALERT}/summary/current")


def test_staff_list_the_alerts_of_their_municipality_only(ewa):
    assert ewa.query("alerts", "terc", OURS)
    assert not ewa.query("alerts", "terc", THEIRS)
    assert not ewa.list("alerts")


def test_staff_list_history_and_layers_of_their_municipality_only(ewa):
    assert ewa.list(f"{ALERT}/history")
    assert ewa.list(f"areas/{OURS}/layers")
    assert not ewa.list(f"{FOREIGN_ALERT}/history")
    assert not ewa.list(f"areas/{THEIRS}/layers")
    assert not ewa.list("areas")


@pytest.mark.parametrize("path", HIDDEN)
def test_what_is_for_functions_or_residents_is_closed_to_staff(ewa, admin, path):
    admin.document(path).set({"terc": OURS})
    assert not ewa.get(path)
    assert not ewa.set(path, {"terc": OURS})
    assert not ewa.delete(path)


@pytest.mark.parametrize("path", [*readable(OURS), f"staff/{STAFF}", f"municipalities/{OURS}"])
def test_staff_write_nothing_past_the_api(ewa, path):
    assert not ewa.set(path, {"terc": OURS, "state": "active"})
    assert not ewa.update(path, {"state": "active"})
    assert not ewa.delete(path)


def test_staff_read_their_own_record_alone(ewa, as_user):
    assert ewa.get(f"staff/{STAFF}")
    assert not as_user("b2Jan", **WITH_SECOND_FACTOR).get(f"staff/{STAFF}")
    assert not ewa.list("staff")


def test_an_alert_that_is_not_there_is_not_told_from_a_foreign_one(ewa):
    assert not ewa.get("alerts/nowhere")
    assert not ewa.get("alerts/nowhere/summary/current")


NOT_STAFF = {
    "without a second factor": ({"firebase": {"sign_in_provider": "password"}}, {}),
    "with a message to a telephone as the second factor": (
        {"firebase": {"sign_in_provider": "password", "sign_in_second_factor": "phone"}},
        {},
    ),
    "with a second factor that is null": (
        {"firebase": {"sign_in_provider": "password", "sign_in_second_factor": None}},
        {},
    ),
    "dismissed": ({}, {"active": False}),
    "without a mark whether active": ({}, {"active": None}),
    "of another municipality": ({}, {"terc": THEIRS}),
    "signed out everywhere since": ({}, {"valid_since": SIGNED_IN + timedelta(seconds=1)}),
    "with a claim but another record": ({"terc": OURS, "roles": ["approver"]}, {"terc": THEIRS}),
}


@pytest.mark.parametrize(("claims", "record"), NOT_STAFF.values(), ids=NOT_STAFF)
def test_staff_read_nothing_when(as_user, admin, claims, record):
    admin.document(f"staff/{STAFF}").set({**RECORD, **record})
    assert reads_nothing(as_user(STAFF, **{**WITH_SECOND_FACTOR, **claims}))


def test_staff_who_sign_in_again_after_being_signed_out_read(as_user, admin):
    since = SIGNED_IN + timedelta(milliseconds=900)  # auth_time is in whole seconds
    admin.document(f"staff/{STAFF}").set({**RECORD, "valid_since": since})
    assert as_user(STAFF, **WITH_SECOND_FACTOR).get(ALERT)


def test_whoever_is_not_in_the_staffs_register_reads_nothing(as_user, signed_out):
    claims = {**WITH_SECOND_FACTOR, "terc": OURS, "roles": ["author", "approver", "admin"]}
    assert reads_nothing(as_user("b2Jan", **claims))
    assert reads_nothing(as_user("wnSTykBfZlZ2sRZB7jYyxVbJ9p93"))
    assert reads_nothing(signed_out)


def test_a_resident_reads_nothing_of_staff_functions_and_other_residents(as_user, admin):
    resident = as_user("someone")
    for path in [*HIDDEN, *readable(OURS)]:
        admin.document(path).set({"terc": OURS})
        assert not resident.get(path)
        assert not resident.set(path, {"terc": OURS})
