"""When what an alert is about was noticed: asked once, kept for staff and the audit, told to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.adapters.alert_documents import from_document, to_document
from shared.domain.alert import State
from shared.formats.alert_json import time_json
from shared.formats.recurrence_json import recurrence_json
from tests.fakes.alert_values import TERC, alert
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.requests import water
from tests.fakes.series_values import WEEKLY
from tests.fakes.staff_api import StaffApi

BEFORE = time_json(SUNDAY_NIGHT - timedelta(minutes=15))


@pytest.fixture
def office():
    return StaffApi()


@pytest.fixture
def api(office, monkeypatch):
    return office.open(monkeypatch)


@pytest.mark.parametrize("address", ["/api/alerts", "/api/drafts"])
def test_it_is_kept_changed_and_taken_back_with_its_entry_in_the_audit(api, office, address):
    made = api.post("anna", address, {**water(), "noticed": BEFORE}).json
    assert made["noticed"] == BEFORE
    at = f"{address}/{made['id']}"
    later = time_json(SUNDAY_NIGHT - timedelta(minutes=5))
    said: list[tuple[dict[str, str | None], str | None]]
    said = [({}, BEFORE), ({"noticed": later}, later), ({"noticed": None}, None)]  # left out: as it was
    for revision, (more, kept) in enumerate(said, start=1):
        assert api.edit("anna", at, f'"{revision}"', {**water(), **more}).json["noticed"] == kept
    acts = [act for act in office.audit.acts(TERC) if "noticed" in (act.after or {})]
    told = [((act.before or {}).get("noticed"), (act.after or {})["noticed"]) for act in acts]
    assert told == [(None, BEFORE), (BEFORE, later), (later, None)]


@pytest.mark.parametrize("address", ["/api/alerts", "/api/drafts"])
@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("at two", "not-a-time"),
        (7, "not-a-time"),
        (time_json(SUNDAY_NIGHT + timedelta(minutes=2)), "noticed-ahead"),
        (time_json(SUNDAY_NIGHT - timedelta(days=32)), "noticed-too-long-ago"),
    ],
)
def test_what_is_no_such_moment_is_named_and_changes_nothing(api, office, address, told, code):
    answer = api.post("anna", address, {**water(), "noticed": told})
    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json["errors"]] == [("/noticed", code)]
    assert office.alerts.writes == 0


def test_only_an_alert_has_it(api):
    for address, body in (
        ("/api/unsaid", {**water(), "noticed": BEFORE}),
        ("/api/series", {"content": {**water(), "noticed": BEFORE}, "recurrence": recurrence_json(WEEKLY)}),
    ):
        errors = api.post("anna", address, body).json["errors"]
        assert any(one["pointer"].endswith("/noticed") for one in errors), address


def test_the_store_keeps_it_and_knows_documents_without():
    kept = alert("a1", state=State.ACTIVE, noticed=SUNDAY_NIGHT)
    document = to_document(kept)
    assert from_document("a1", document).noticed == SUNDAY_NIGHT
    del document["noticed"]
    assert from_document("a1", document).noticed is None
