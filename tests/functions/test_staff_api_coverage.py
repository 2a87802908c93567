"""The coverage as the staff's API answers it, and to whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.domain.coverage import Coverage, StreetShare
from shared.errors import Forbidden
from tests.fakes.alert_values import TERC

NOVEMBER = datetime(2026, 11, 1, 3, 10, tzinfo=UTC)
STREETS = (StreetShare(("9990019:90001",), "ul. Różana", "Regionalna", 42, 50),)
COVERAGE = Coverage(
    TERC, "2026-11", NOVEMBER, 171, 40, STREETS, 60, 50, None, None, {"lost": 10, "muted": None}
)


def test_before_the_first_month_there_is_none(api):
    assert api.get("anna", "/api/coverage").json == {"coverage": None}


@pytest.mark.parametrize("who", ["anna", "piotr"])
def test_everybody_with_a_role_reads_that_of_their_municipality(api, office, who):
    office.coverage.put(COVERAGE)
    answer = api.get(who, "/api/coverage")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json["coverage"] == {
        "terc": TERC,
        "month": "2026-11",
        "counted": "2026-11-01T03:10:00.000Z",
        "addresses": 171,
        "share": 40,
        "streets": [
            {
                "codes": ["9990019:90001"],
                "name": "ul. Różana",
                "locality": "Regionalna",
                "addresses": 42,
                "share": 50,
            }
        ],
        "registered": 60,
        "joined": 50,
        "iphones": None,
        "iphones_joined": None,
        "silent": {"lost": 10, "muted": None},
        "served": 1,
    }


def test_a_neighbour_is_not_told_of_ours(api, office):
    office.coverage.put(COVERAGE)
    assert api.get("jan", "/api/coverage").json == {"coverage": None}
    assert api.get("jan", f"/api/coverage?terc={TERC}").json == {"coverage": None}


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("mallory", 401)])
def test_strangers_are_told_nothing(api, office, who, status):
    office.coverage.put(COVERAGE)
    answer = api.get(who, "/api/coverage")
    assert answer.status_code == status
    assert "coverage" not in answer.json


def test_without_a_role_there_is_nothing_to_read(api, office, monkeypatch):
    def no_role(token, terc=""):
        raise Forbidden("no-role")

    monkeypatch.setattr(office.tokens, "verify", no_role)
    assert api.get("anna", "/api/coverage").status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nobody_writes_it(api, method):
    assert api.ask("anna", method, "/api/coverage", json={}).status_code == 405
