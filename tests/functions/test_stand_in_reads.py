"""Whoever stands in for a municipality's staff sees no list of people, on no route and with no role."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared import wiring
from shared.domain.alert import Person
from shared.domain.lifecycle import STAFF_ROLES
from tests.fakes.alert_values import TERC
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.tokens import STAFF, staff
from tests.functions.test_route_walk import CALLS, ELSEWHERE, office, operations

STAND_IN = Person("uid-olga", "Olga z Powiatu")
REFUSED = {
    "listPeople": "people and what they may do",
    "listInvitations": "people who are invited",
    "getAccessReview": "people and when they were here",
    "listAudit": "who did what",
    "exportAudit": "the same as a file",
    "exportAuditOfAlert": "the same of one alert",
}
# Names of people stand in these as far as they wrote or approved an alert, an area or a template.
SHOWN = {
    "getMe": "the caller",
    "listSessions": "the caller's own",
    "getSession": "the caller's own",
    "getFactors": "the caller's own",
    "getAccount": "the caller's own",
    "getStandIn": "what names the caller, not the municipality's agreement",
    "getMunicipality": "its boundary",
    "getVocabulary": "words",
    "listAreas": "places of the public register",
    "getArea": "a place of the public register",
    "searchAreas": "places of the public register",
    "getSearchPage": "places of the public register",
    "listSavedAreas": "zones",
    "listRecentAreas": "zones",
    "getCoverage": "figures by street, of no address",
    "listAlerts": "alerts",
    "getAlert": "an alert",
    "getHistory": "an alert",
    "getThread": "alerts",
    "getReport": "an alert, minute by minute",
    "printReport": "the same on paper",
    "getUpwards": "what the crisis centres above were told of an alert",
    "getCentres": "telephone numbers of those centres",
    "listSeries": "alerts that come again",
    "getSeries": "an alert that comes again",
    "listOccurrences": "its dates",
    "watchAlert": "figures of an alert",
    "listTemplates": "templates",
    "getTemplate": "a template",
    "listCalls": "what waits, without who was called",
    "listCallsOf": "what an alert called for, without who was called",
    "getDuty": "hours, without names",
    "getReadiness": "how many are ready, without names",
    "getContact": "the caller's own",
}
READS = [
    one for one in operations() if one["operationId"] in CALLS and CALLS[one["operationId"]].method == "GET"
]


@pytest.fixture
def made(monkeypatch):
    """Somebody of the powiat with every role that there is, more than standing in ever gives."""
    made = office()
    made.tokens.staff["caller"] = staff(STAND_IN, terc=ELSEWHERE)
    made.tokens.elsewhere["caller", TERC] = replace(staff(STAND_IN, *STAFF_ROLES), on_behalf="Powiat")
    api = made.open(monkeypatch)
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    return made, api


def test_every_route_that_reads_is_said_to_be_shown_or_refused():
    assert {one["operationId"] for one in READS} == REFUSED.keys() | SHOWN.keys()
    assert not REFUSED.keys() & SHOWN.keys()


@pytest.mark.parametrize("operation", [one["operationId"] for one in READS])
def test_no_list_of_people_is_shown(made, operation):
    office, api = made
    call = CALLS[operation]
    query = f"?{call.query}" if call.query else ""
    answer = api.get("caller", f"{call.path}{query}", headers={"Alert-Municipality": TERC})
    assert answer.status_code in ((403,) if operation in REFUSED else call.statuses)
    told = answer.get_data().decode(errors="replace")
    others = [one for one in office.register.records.values() if one.uid != STAND_IN.uid]
    assert not [one.email for one in others if one.email in told]


def test_the_same_is_shown_to_the_municipalitys_own(made):
    office, api = made
    office.tokens.elsewhere["caller", TERC] = replace(STAFF["adam"], roles=STAFF_ROLES)
    told = api.get("caller", "/api/people", headers={"Alert-Municipality": TERC})
    assert "uid-anna@x.pl" in told.text
