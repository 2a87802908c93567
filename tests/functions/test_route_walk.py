"""Every route of openapi.yaml by every role, scope and municipality: what is allowed works, all else answers
403 or 404 and leaves store and audit as they were."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
import yaml

from infra.local.processes import ROOT
from shared import wiring
from shared.domain.alert import Kind, Person, State
from shared.domain.audit import Act, Outcome
from shared.domain.lifecycle import SCOPED, STAFF_ROLES
from shared.domain.saved_area import SavedArea
from shared.domain.scope import NOTHING, Scope
from shared.domain.series import SeriesState
from shared.domain.staff import Membership
from shared.formats.people_json import rights_tag
from shared.formats.template_json import built_in
from shared.services.staff.change_rights import change_rights
from shared.services.staff.stand_in import agree, confirm
from shared.services.templates.template_ports import TemplatePorts
from shared.services.templates.word_alert import word_alert
from shared.services.templates.write_template import approve_template, create_template
from tests.fakes.alert_values import TERC, alert, content
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.municipalities import GMINA, square
from tests.fakes.requests import after, water
from tests.fakes.series_values import series, series_body
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import NEIGHBOUR, STAFF, staff
from tests.services.staff.test_rights import member

SPEC = yaml.safe_load((ROOT / "openapi.yaml").read_text())
ELSEWHERE = "1201042"
AREA = json.loads(square(49.84, 19.94, 0.005))
ZONE = [{"kind": "shape", "shape": json.loads(square(49.84, 19.94, 0.01))}]
WRITTEN, WAITING, RUNNING, ALONE, WORDED = (f"alert00000000000000{number}" for number in range(1, 6))
PREPARED = "alertprepared0000000"
SAVED, TEMPLATE = "savedsavedsavedsaved", "water_outage"
FACTS = {"facts": {"telephone": "12 345 67 89"}, "parts": [{"kind": "saved", "id": SAVED}]}
WORKS = Scope(None, "Moderate", frozenset({SAVED}), frozenset({TEMPLATE}), alone=True)
MOVED = "alert000000000000099"
COMING, BEGUN, HANDED_ON = (f"series0000000000000{number}" for number in range(1, 4))
CALLER = Person("uid-caller", "Ktoś Pytający")


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    json: object = None
    etag: str = ""
    query: str = ""
    held: bool = False  # to the scope of the role
    statuses: tuple[int, ...] = (200, 201, 204)  # of who may


CALLS: dict[str, Call] = {
    "getMe": Call("GET", "/api/me"),
    "listSessions": Call("GET", "/api/sessions"),
    "getSession": Call("GET", "/api/session"),
    "endSession": Call("DELETE", "/api/sessions/1", statuses=(404,)),
    "endOtherSessions": Call("POST", "/api/session/end-others"),
    "getFactors": Call("GET", "/api/factors"),
    "challengeKey": Call("POST", "/api/factors/challenge", {"purpose": "register"}),
    "addKey": Call(
        "POST", "/api/factors/keys", {"credential": {"id": "x"}, "name": "klucz"}, statuses=(401, 422)
    ),
    "removeKey": Call("DELETE", "/api/factors/keys/none", statuses=(401, 404)),
    "useKey": Call("POST", "/api/factors/use", {"credential": {"id": "x"}}, statuses=(401, 422)),
    "setPin": Call("PUT", "/api/factors/pin", {"pin": "482915"}),
    "usePin": Call("POST", "/api/factors/pin", {"pin": "482915"}, statuses=(401, 422)),
    "removePin": Call("DELETE", "/api/factors/pin"),
    "getMunicipality": Call("GET", "/api/municipality"),
    "getVocabulary": Call("GET", "/api/vocabulary"),
    "measureReach": Call("POST", "/api/reach", {"area": AREA}),
    "listAreas": Call("GET", "/api/areas", statuses=(200, 404)),
    "getArea": Call("GET", "/api/areas/0000000", statuses=(404,)),
    "searchAreas": Call("GET", "/api/areas/search", statuses=(200, 404)),
    "getSearchPage": Call("GET", "/api/areas/search/1", statuses=(200, 404)),
    "getCoverage": Call("GET", "/api/coverage", statuses=(200, 404)),
    "listAlerts": Call("GET", "/api/alerts"),
    "createAlert": Call("POST", "/api/alerts", water(), held=True),
    "getAlert": Call("GET", f"/api/alerts/{WRITTEN}"),
    "editAlert": Call("PUT", f"/api/alerts/{WRITTEN}", water(), '"1"', held=True),
    "submitAlert": Call("POST", f"/api/alerts/{WRITTEN}/submit", etag='"1"', held=True),
    "approveAlert": Call("POST", f"/api/alerts/{WAITING}/approve", etag='"1"', held=True),
    "cancelAlert": Call("POST", f"/api/alerts/{RUNNING}/cancel", etag='"1"', held=True),
    "sendAlert": Call("POST", f"/api/alerts/{PREPARED}/send", etag='"1"', held=True),
    "returnAlert": Call("POST", f"/api/alerts/{WAITING}/return", {"reason": "a"}, '"1"', held=True),
    "rejectAlert": Call("POST", f"/api/alerts/{WAITING}/reject", {"reason": "a"}, '"1"', held=True),
    "sendNowAlert": Call("POST", f"/api/alerts/{WRITTEN}/send-now", {"reason": "a"}, '"1"', held=True),
    "stopAlert": Call("POST", f"/api/alerts/{RUNNING}/stop", held=True),
    "extendAlert": Call(
        "POST", f"/api/alerts/{RUNNING}/extend", {"expires": after(hours=20)}, '"1"', held=True
    ),
    "updateAlert": Call("POST", f"/api/alerts/{RUNNING}/update", etag='"1"', held=True),
    "correctAlert": Call("POST", f"/api/alerts/{RUNNING}/correct", etag='"1"', held=True),
    "allClearAlert": Call("POST", f"/api/alerts/{RUNNING}/all-clear", etag='"1"', held=True),
    "takeBackAlert": Call("POST", f"/api/alerts/{RUNNING}/take-back", etag='"1"', held=True),
    "getThread": Call("GET", f"/api/alerts/{PREPARED}/thread"),
    "confirmAlert": Call("POST", f"/api/alerts/{ALONE}/confirm", etag='"1"', held=True),
    "moveAlert": Call(
        "POST", f"/api/alerts/{MOVED}/move", {"send_at": "2026-11-22T03:00:00Z"}, '"1"', held=True
    ),
    "getHistory": Call("GET", f"/api/alerts/{WRITTEN}/history"),
    "watchAlert": Call("GET", f"/api/alerts/{RUNNING}/summary"),
    "gatherSummary": Call("POST", f"/api/alerts/{RUNNING}/summary"),
    "beginDraft": Call("POST", "/api/drafts", {"category": "failure"}, held=True),
    "keepDraft": Call("PUT", f"/api/drafts/{WRITTEN}", {"category": "failure"}, '"1"', held=True),
    "nameMissing": Call("POST", "/api/unsaid", {"texts": {"pl": {"title": "Brak wody"}}}),
    "listSavedAreas": Call("GET", "/api/areas/saved"),
    "saveArea": Call("POST", "/api/areas/saved", {"name": "Nowa", "parts": ZONE}, held=True),
    "changeSavedArea": Call(
        "PUT", f"/api/areas/saved/{SAVED}", {"name": "Inna", "parts": ZONE}, '"1"', held=True
    ),
    "removeSavedArea": Call("DELETE", f"/api/areas/saved/{SAVED}", etag='"1"', held=True),
    "listRecentAreas": Call("GET", "/api/areas/recent"),
    "listTemplates": Call("GET", "/api/templates"),
    "createTemplate": Call("POST", "/api/templates", "template", held=True),
    "getTemplate": Call("GET", f"/api/templates/{TEMPLATE}"),
    "changeTemplate": Call("PUT", "/api/templates/own", "template", '"1"', held=True),
    "deleteTemplate": Call("DELETE", "/api/templates/own", etag='"1"', held=True),
    "approveTemplate": Call("POST", "/api/templates/own/approve", etag='"1"', held=True),
    "wordAlert": Call("POST", f"/api/templates/{TEMPLATE}/alerts", FACTS, held=True),
    "composeContent": Call("POST", f"/api/templates/{TEMPLATE}/content", {"facts": {"where": ["Zawada"]}}),
    "listInvitations": Call("GET", "/api/staff/invitations"),
    "inviteStaff": Call(
        "POST", "/api/staff/invitations", {"name": "Nowa Osoba", "email": "n@x.pl", "roles": ["author"]}
    ),
    "sendInvitation": Call("POST", "/api/staff/invitations/none/send", etag='"1"', statuses=(404,)),
    "withdrawInvitation": Call("DELETE", "/api/staff/invitations/none", statuses=(404,)),
    "sayLostPhone": Call("POST", "/api/staff/uid-anna/lost-phone", statuses=(200, 404)),
    "disableStaff": Call("POST", "/api/staff/uid-anna/disable", {"why": "odeszła"}, statuses=(204, 404)),
    "getAccount": Call("GET", "/api/account"),
    "changePassword": Call(
        "POST", "/api/account/password", {"password": "Długie-hasło-2026!"}, statuses=(204, 401, 404, 422)
    ),
    "newRecoveryCodes": Call("POST", "/api/account/recovery-codes", statuses=(200, 401, 404, 409, 422)),
    "listPeople": Call("GET", "/api/people"),
    "admitGuest": Call("POST", "/api/people", {"email": "uid-olga@x.pl", "roles": ["author"]}),
    "changeRights": Call("PUT", "/api/people/uid-anna/rights", {"roles": ["auditor"]}, "anna"),
    "confirmGrant": Call("POST", "/api/grants/grant/confirm", etag='"1"'),
    "refuseGrant": Call("POST", "/api/grants/grant/refuse", etag='"1"'),
    "getStandIn": Call("GET", "/api/stand-in"),
    "agreeStandIn": Call("PUT", "/api/stand-in", {"name": "Powiat", "people": ["uid-olga@x.pl"]}, '"2"'),
    "dissolveStandIn": Call("DELETE", "/api/stand-in", etag='"2"'),
    "confirmStandIn": Call("POST", "/api/stand-in/confirm", etag='"2"', statuses=(409,)),  # it is agreed
    "beginStandIn": Call("POST", f"/api/stand-in/{TERC}/begin", statuses=(200, 404)),
    "endStandIn": Call("POST", f"/api/stand-in/{TERC}/end", statuses=(200, 404)),
    "listAudit": Call("GET", "/api/audit"),
    "exportAudit": Call("GET", "/api/audit/export", query="format=json"),
    "exportAuditOfAlert": Call("GET", f"/api/audit/alerts/{WRITTEN}"),
}
CALLS |= {
    "getAccessReview": Call("GET", "/api/access-review"),
    "signAccessReview": Call("POST", "/api/access-review", {"digest": "0" * 64}, statuses=(200, 409, 412)),
}
CALLS |= {
    "listCalls": Call("GET", "/api/calls"),
    "listCallsOf": Call("GET", f"/api/alerts/{PREPARED}/calls"),
    "acknowledgeCall": Call("POST", "/api/calls/none/acknowledge", statuses=(404,)),
    "getDuty": Call("GET", "/api/duty"),
    "keepDuty": Call("PUT", "/api/duty", {"rows": []}, '"0"'),
    "getReadiness": Call("GET", "/api/readiness"),
    "beginDrills": Call("POST", "/api/drills", {"everybody": False}, statuses=(202, 403)),
    "getContact": Call("GET", "/api/contact", statuses=(200, 404)),
    "setContact": Call("PUT", "/api/contact", {"phone": "+48600100200"}, statuses=(200, 404)),
    "verifyContact": Call("POST", "/api/contact/verify", {"code": "000000"}, statuses=(404,)),
    "removeContact": Call("DELETE", "/api/contact", statuses=(200, 404)),
    "listSeries": Call("GET", "/api/series"),
    "getSeries": Call("GET", f"/api/series/{COMING}"),
    "listOccurrences": Call("GET", f"/api/series/{COMING}/occurrences"),
    "createSeries": Call("POST", "/api/series", series_body(), held=True),
    "previewSeries": Call("POST", "/api/recurrence/preview", {"recurrence": series_body()["recurrence"]}),
    "editSeries": Call("PUT", f"/api/series/{COMING}", series_body(), '"1"', held=True),
    "submitSeries": Call("POST", f"/api/series/{BEGUN}/submit", etag='"1"', held=True),
    "approveSeries": Call("POST", f"/api/series/{HANDED_ON}/approve", etag='"1"', held=True),
    "skipOccurrence": Call("POST", f"/api/series/{COMING}/skip", {"date": "2026-11-24"}, '"1"', held=True),
    "endSeries": Call("POST", f"/api/series/{COMING}/end", etag='"1"', held=True),
}
CENTRES = {"powiat": {"name": "PCZK", "email": "pczk@powiat.example"}, "voivodeship": None}
CALLS |= {
    "getCentres": Call("GET", "/api/centres"),
    "keepCentres": Call("PUT", "/api/centres", CENTRES, '"0"'),
    "getUpwards": Call("GET", f"/api/upwards/{RUNNING}"),
    "tellUpwards": Call(
        "POST", f"/api/upwards/{RUNNING}", {"centres": ["powiat"], "way": "email"}, held=True, statuses=(422,)
    ),
    "answerUpwards": Call(
        "POST", f"/api/upwards/{RUNNING}/answer", {"number": 1}, held=True, statuses=(404,)
    ),
    "getReport": Call("GET", f"/api/reports/{RUNNING}"),
    "printReport": Call("GET", f"/api/reports/{RUNNING}/pdf"),
}
FOR_NOBODY_YET = {
    "getConfig",
    "openInvitation",
    "choosePassword",
    "makeRecoveryCodes",
    "finishEnrolment",
    "recoverAccess",
    "hearNotice",
}


def operations() -> Iterator[dict[str, Any]]:
    for item in SPEC["paths"].values():
        yield from (one for method, one in item.items() if method in ("get", "put", "post", "delete"))


ROUTES = [one for one in operations() if one["operationId"] in CALLS]


def office() -> StaffApi:
    """With something of everything that a route names."""
    made = StaffApi(areas=FakeAreaLibrary())
    made.saved.create(SavedArea(SAVED, TERC, "Strefa", json.dumps(ZONE), CALLER, made.clock.now()), [])
    inside = content(area=json.dumps(AREA))
    made.alerts.put(alert(WRITTEN, content=inside))
    made.alerts.put(alert(WAITING, content=inside, state=State.SUBMITTED))
    made.alerts.put(alert(RUNNING, content=inside, state=State.ACTIVE, started=made.clock.now()))
    made.alerts.put(alert(ALONE, content=inside, state=State.ACTIVE, sent_alone=True))
    for name, state in zip((COMING, BEGUN, HANDED_ON), ("approved", "draft", "submitted"), strict=True):
        made.series.put(series(name, state=SeriesState(state), approved=made.clock.now()))
    made.alerts.put(alert(MOVED, content=inside, state=State.SCHEDULED, approved=made.clock.now()))
    in_thread = {"kind": Kind.CORRECTION, "thread": RUNNING, "replaces": RUNNING, "prepared": 1}
    made.alerts.put(alert(PREPARED, content=inside, ends_what=State.SUPERSEDED, settled=True, **in_thread))
    templates = TemplatePorts(made.templates, made.clock, built_in())
    own = create_template(templates, built_in()[TEMPLATE], False, STAFF["piotr"], None)
    stored = made.templates.get(TERC, own.id)
    made.templates.delete(TERC, stored, [])
    made.templates.put(TERC, None, replace(stored.value, id="own"), [])
    for who in ("piotr", "ewa"):
        known = made.templates.get(TERC, TEMPLATE)
        approve_template(templates, TEMPLATE, known.value.revision if known else 0, STAFF[who])
    dispatcher = replace(staff(CALLER, "author"), scopes={"author": WORKS})
    made.alerts.put(replace(word_alert(made.ports, templates, TEMPLATE, FACTS, dispatcher, None), id=WORDED))
    people(made)
    return made


def people(made: StaffApi) -> None:
    for one in (
        member("uid-anna", "author"),
        member("uid-adam", "admin"),
        member("uid-beata", "admin"),
        member(CALLER.uid, "admin"),
        member("uid-olga", "author", terc=NEIGHBOUR),
    ):
        made.register.records[one.uid] = one
    wanted = Membership(frozenset({"author", "approver"}))
    tag = rights_tag(Membership(frozenset({"author"})))
    asked = change_rights(made.people_ports, "uid-anna", tag, wanted, STAFF["adam"])
    (token,) = made.grants.grants.values()
    assert asked.grant is not None
    made.grants.grants = {"grant": replace(token, value=replace(token.value, id="grant"))}
    agree(made.people_ports, "Powiat", ["uid-olga@x.pl"], 0, STAFF["adam"])
    confirm(made.people_ports, 1, STAFF["beata"])


def ask(made: StaffApi, api: Any, call: Call, terc: str = "") -> int:
    body = call.json
    if body == "template":
        from shared.formats.template_json import template_json

        body = {**template_json(built_in()[TEMPLATE]), "hidden": False}
    etag = call.etag
    if etag == "anna":
        part = made.register.records["uid-anna"].membership(TERC)
        etag = f'"{rights_tag(part or Membership())}"'
    headers = {"If-Match": etag} if etag else {}
    headers |= {"Alert-Municipality": terc} if terc else {}
    given = {} if body is None else {"json": body}
    path = f"{call.path}?{call.query}" if call.query else call.path
    status: int = api.ask("caller", call.method, path, headers=headers, **given).status_code
    return status


def is_refusal(act: Act) -> bool:
    return act.outcome is Outcome.REFUSED


def kept(made: StaffApi, api: Any, terc: str = "") -> bytes:
    """All that is stored, and the audit but for refusals, which it is to have; after the sign-in that the
    caller's first request tells of."""
    api.get("caller", "/api/me", headers={"Alert-Municipality": terc} if terc else {})
    stores: list[object] = [
        made.alerts._alerts,
        made.alerts._history,
        made.saved._areas,
        made.series._kept,
        vars(made.templates),
        made.register.records,
        made.grants.grants,
        made.stand_ins.agreements,
        made.enrolment.store._kept,
        made.enrolment.register.records,
        made.upwards.kept,
        made.centres.kept,
        made.reports.kept,
        [act for terc in (TERC, ELSEWHERE) for act in made.audit.acts(terc) if not is_refusal(act)],
        made.alarms,
    ]
    return repr(stores).encode()


@pytest.fixture
def made(monkeypatch):
    made = office()
    api = made.open(monkeypatch)
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    return made, api


def test_every_route_is_walked():
    known = {one["operationId"] for one in operations()}
    assert known - FOR_NOBODY_YET <= CALLS.keys(), known - FOR_NOBODY_YET - CALLS.keys()


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one["operationId"])
def test_a_role_does_what_its_routes_are_for_and_nothing_else(made, route, role):
    office, api = made
    call, may = CALLS[route["operationId"]], role in route["x-roles"]
    office.tokens.staff["caller"] = staff(CALLER, role)
    before = kept(office, api)
    status = ask(office, api, call)
    if may:
        assert status in call.statuses
        return
    assert status == 403
    assert kept(office, api) == before


@pytest.mark.parametrize("role", sorted(SCOPED))
@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one["operationId"])
def test_a_role_whose_scope_reaches_nothing_changes_nothing(made, route, role):
    office, api = made
    call, may = CALLS[route["operationId"]], role in route["x-roles"]
    office.tokens.staff["caller"] = replace(staff(CALLER, role), scopes={role: NOTHING})
    before = kept(office, api)
    status = ask(office, api, call)
    if may and not call.held:
        assert status in call.statuses
        return
    assert status == 403
    assert kept(office, api) == before


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one["operationId"])
def test_a_municipality_that_is_not_theirs_is_closed_to_every_role(made, route):
    office, api = made
    office.tokens.staff["caller"] = staff(CALLER, *STAFF_ROLES, terc=ELSEWHERE)
    before = kept(office, api)
    assert ask(office, api, CALLS[route["operationId"]], TERC) == 403
    assert kept(office, api) == before


NAMING = [one for one in ROUTES if any(part in CALLS[one["operationId"]].path for part in
          ("/alerts/alert", "/upwards/alert", "/reports/alert", "/grants/", "/series/series", "/saved/",
           "/own", "/people/", f"/{TERC}/"))]  # fmt: skip


@pytest.mark.parametrize("route", NAMING, ids=lambda one: one["operationId"])
def test_what_is_another_municipalitys_is_not_there(made, route):
    office, api = made
    office.municipalities.municipality = replace(GMINA, terc=ELSEWHERE)
    office.municipalities.shapes[ELSEWHERE] = office.municipalities.shapes[TERC]
    office.tokens.staff["caller"] = replace(staff(CALLER, *STAFF_ROLES, terc=ELSEWHERE))
    before = kept(office, api)
    assert ask(office, api, CALLS[route["operationId"]]) in (403, 404)
    assert kept(office, api) == before


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one["operationId"])
def test_a_part_in_a_second_municipality_gives_what_stands_there_alone(made, route, role):
    office, api = made
    call = CALLS[route["operationId"]]
    office.tokens.staff["caller"] = staff(CALLER, *STAFF_ROLES, terc=ELSEWHERE)
    office.tokens.elsewhere["caller", TERC] = staff(CALLER, role)
    before = kept(office, api)
    status = ask(office, api, call, TERC)
    if role in route["x-roles"]:
        assert status in call.statuses
        return
    assert status == 403
    assert kept(office, api) == before


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one["operationId"])
def test_who_stands_in_decides_about_nobody_and_reads_no_proof(made, route):
    office, api = made
    roles = set(route["x-roles"])
    office.tokens.staff["caller"] = staff(CALLER, terc=ELSEWHERE)
    office.tokens.elsewhere["caller", TERC] = replace(staff(CALLER, *SCOPED), on_behalf="Powiat")
    before = kept(office, api)
    status = ask(office, api, CALLS[route["operationId"]], TERC)
    if roles <= {"admin", "auditor"}:
        assert status == 403
        assert kept(office, api) == before
    else:
        assert status in CALLS[route["operationId"]].statuses
