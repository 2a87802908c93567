"""A resident tells the office that an alert does not concern them: once, with the proof of a push."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from tests.rules.firestore_json import SERVER_TIME

pytestmark = pytest.mark.emulator

ME = "wnSTykBfZlZ2sRZB7jYyxVbJ9p93"
OTHER = "Qm3zrXk0VdT8yLh5uWc2aBe7GfN1"
ALERT = "Hq2Jt8sLwPzR4vXb6NcY"
PATH = f"published/{ALERT}/reports/{ME}"
KEY = "5f" * 32
SOON = datetime.now(UTC) + timedelta(days=90)


def proof(uid=ME, device="1", key=KEY):
    return hashlib.sha256(f"{key}:{uid}.{device}".encode()).hexdigest()


REPORT = {"reason": "not_mine", "device": "1", "proof": proof(), "at": SERVER_TIME}


@pytest.fixture(autouse=True)
def alert_was_sent(admin):
    admin.document(f"alerts/{ALERT}/private/proof").set({"key": KEY})
    admin.document(f"published/{ALERT}").set({"terc": "1209033", "state": "active"})


@pytest.fixture
def me(as_user):
    return as_user(ME)


def test_a_resident_reports_and_reads_the_report(me):
    assert me.set(PATH, REPORT)
    assert me.get(PATH)


def test_a_report_is_made_once_and_stays(me):
    assert me.set(PATH, REPORT)
    assert not me.set(PATH, REPORT)
    assert not me.update(PATH, {"at": SERVER_TIME})
    assert not me.delete(PATH)


def test_nobody_reports_in_anothers_name(as_user, signed_out):
    assert not as_user(OTHER).set(PATH, REPORT)
    assert not signed_out.set(PATH, REPORT)


def test_reports_are_neither_listed_nor_read_by_others(me, as_user, signed_out):
    assert me.set(PATH, REPORT)
    assert not as_user(OTHER).get(PATH)
    assert not signed_out.get(PATH)
    assert not me.list(f"published/{ALERT}/reports")


@pytest.mark.parametrize("device", ["1", "8"])
def test_any_phone_that_got_the_push_proves_it(me, device):
    assert me.set(PATH, {**REPORT, "device": device, "proof": proof(device=device)})


def test_a_report_says_until_when_it_is_kept(me):
    assert me.set(PATH, {**REPORT, "expire": SOON})


def test_an_alert_that_was_never_sent_cannot_be_reported(me):
    assert not me.set(f"published/unknown/reports/{ME}", REPORT)


@pytest.mark.parametrize("uid", ["a.1", "x" * 129])
def test_a_uid_that_would_not_fit_into_ids_reports_nothing(as_user, uid):
    assert not as_user(uid).set(f"published/{ALERT}/reports/{uid}", {**REPORT, "proof": proof(uid)})


REFUSED = {
    "another reason": {**REPORT, "reason": "spam"},
    "no reason": {name: REPORT[name] for name in ("device", "proof", "at")},
    "no proof": {name: REPORT[name] for name in ("reason", "device", "at")},
    "no phone": {name: REPORT[name] for name in ("reason", "proof", "at")},
    "neither phone nor proof": {"reason": "not_mine", "at": SERVER_TIME},
    "another resident's proof": {**REPORT, "proof": proof(OTHER)},
    "another phone's proof": {**REPORT, "device": "2"},
    "another alert's proof": {**REPORT, "proof": proof(key="5e" * 32)},
    "a phone that is none": {**REPORT, "device": "9", "proof": proof(device="9")},
    "a phone that is a number": {**REPORT, "device": 1},
    "to be kept for ever": {**REPORT, "expire": datetime.now(UTC) + timedelta(days=400)},
    "to be kept no longer": {**REPORT, "expire": datetime(2020, 1, 1, tzinfo=UTC)},
    "to be kept until a text": {**REPORT, "expire": "2027-01-01"},
    "a reason that is a list": {**REPORT, "reason": ["not_mine"]},
    "no time": {name: REPORT[name] for name in ("reason", "device", "proof")},
    "a time of one's own": {**REPORT, "at": datetime(2026, 11, 21, tzinfo=UTC)},
    "one field more": {**REPORT, "text": "I have moved"},
    "nothing": {},
}


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED)
def test_another_shape_is_refused(me, document):
    assert not me.set(PATH, document)
