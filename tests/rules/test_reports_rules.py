"""A resident tells the office that an alert does not concern them: once, for an alert that exists."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rules.firestore_json import SERVER_TIME

pytestmark = pytest.mark.emulator

ME = "wnSTykBfZlZ2sRZB7jYyxVbJ9p93"
OTHER = "Qm3zrXk0VdT8yLh5uWc2aBe7GfN1"
ALERT = "Hq2Jt8sLwPzR4vXb6NcY"
PATH = f"published/{ALERT}/reports/{ME}"
REPORT = {"reason": "not_mine", "at": SERVER_TIME}


@pytest.fixture(autouse=True)
def alert_is_published(admin):
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


def test_an_alert_that_was_never_published_cannot_be_reported(me):
    assert not me.set(f"published/unknown/reports/{ME}", REPORT)


@pytest.mark.parametrize("uid", ["a.1", "x" * 129])
def test_a_uid_that_would_not_fit_into_ids_reports_nothing(as_user, uid):
    assert not as_user(uid).set(f"published/{ALERT}/reports/{uid}", REPORT)


REFUSED = {
    "another reason": {**REPORT, "reason": "spam"},
    "no reason": {"at": SERVER_TIME},
    "a reason that is a list": {**REPORT, "reason": ["not_mine"]},
    "no time": {"reason": "not_mine"},
    "a time of one's own": {**REPORT, "at": datetime(2026, 11, 21, tzinfo=UTC)},
    "one field more": {**REPORT, "text": "I have moved"},
    "nothing": {},
}


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED)
def test_another_shape_is_refused(me, document):
    assert not me.set(PATH, document)
