"""Every route that changes something leaves an entry of who did it, and so does each refusal by the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from werkzeug.test import TestResponse

from shared.domain.alert import Person, State
from shared.domain.audit import Act, Outcome, first_fault
from shared.domain.series import SeriesState
from shared.services.areas import ask_reach
from tests.fakes.alert_values import AUTHOR, TERC, alert
from tests.fakes.areas import ROZANA
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.audit import SEALER
from tests.fakes.requests import after, water
from tests.fakes.series_values import series, series_body
from tests.fakes.staff_api import Api, StaffApi
from tests.functions.test_openapi import SPEC
from tests.functions.test_staff_api_templates import own

Scene = Callable[[StaffApi, Api], TestResponse]
CHANGING = {"put", "post", "delete", "patch"}
SAVED = {"name": "Strefa 1", "parts": [{"kind": "street", "code": ROZANA}]}
RENAMED = {**SAVED, "name": "Strefa 2"}
DRAFT = {"area_name": "a"}
MOVE = {"send_at": "2026-11-22T03:00:00Z"}

# Whatever test succeeds with one of them through tests.fakes.staff_api.Api fails if it left no act.
HELD_BY_THEIR_TESTS = {
    *("endSession", "endOtherSessions", "addKey", "removeKey", "useKey", "setPin", "usePin", "removePin"),
    *("sendAlert", "confirmAlert", "approveTemplate", "wordAlert", "inviteStaff", "sendInvitation"),
    *("withdrawInvitation", "sayLostPhone", "disableStaff", "choosePassword", "makeRecoveryCodes"),
    *("finishEnrolment", "recoverAccess", "changePassword", "newRecoveryCodes", "admitGuest"),
    *("changeRights", "confirmGrant", "refuseGrant", "agreeStandIn", "dissolveStandIn", "confirmStandIn"),
    *("beginStandIn", "endStandIn", "signAccessReview"),
    *("keepCentres", "tellUpwards", "answerUpwards"),
    *("acknowledgeCall", "keepDuty", "beginDrills", "setContact", "verifyContact", "removeContact"),
    "hearNotice",
}

# Answer what was asked and change nothing.
READS = {
    "gatherSummary": "figures of an alert",
    "composeContent": "the fields that a template makes",
    "nameMissing": "what a text leaves unsaid",
    "previewSeries": "the dates of a rule",
    "openInvitation": "what an invitation says",
    "challengeKey": "a question to a key, forgotten in minutes",
}


def stored(office: StaffApi, state: State = State.DRAFT) -> str:
    writers = {"author": Person("other", "Inna"), "writers": ("other",)} if state is State.SUBMITTED else {}
    return f"/api/alerts/{office.alerts.put(alert('a1', state=state, **writers)).value.id}"


def saved(api: Api) -> tuple[str, str]:
    answer = api.post("anna", "/api/areas/saved", SAVED)
    return f"/api/areas/saved/{answer.json['id']}", answer.headers["ETag"]


def template(api: Api) -> tuple[str, str]:
    answer = api.post("piotr", "/api/templates", own())
    return answer.headers["Location"], answer.headers["ETag"]


def change(api: Api, who: str, at: tuple[str, str], body: object) -> TestResponse:
    return api.edit(who, at[0], at[1], body)


def remove(api: Api, who: str, at: tuple[str, str]) -> TestResponse:
    return api.ask(who, "DELETE", at[0], headers={"If-Match": at[1]})


# By operationId: who does it, what it is called, and a request that succeeds.
SCENES: Mapping[str, tuple[str, str, Scene]] = {
    "createAlert": ("anna", "alert.create", lambda _, api: api.post("anna", "/api/alerts", water())),
    "editAlert": ("anna", "alert.edit", lambda o, api: api.edit("anna", stored(o), '"1"', water())),
    "submitAlert": ("anna", "alert.submit", lambda o, api: api.step("anna", f"{stored(o)}/submit", '"1"')),
    "approveAlert": (
        "piotr",
        "alert.approve",
        lambda o, api: api.step("piotr", f"{stored(o, State.SUBMITTED)}/approve", '"1"'),
    ),
    "cancelAlert": ("anna", "alert.cancel", lambda o, api: api.step("anna", f"{stored(o)}/cancel", '"1"')),
    "moveAlert": (
        "anna",
        "alert.move",
        lambda o, api: api.post(
            "anna", f"{stored(o, State.SCHEDULED)}/move", MOVE, headers={"If-Match": '"1"'}
        ),
    ),
    "beginDraft": (
        "anna",
        "alert.create",
        lambda _, api: api.post("anna", "/api/drafts", DRAFT),
    ),
    "keepDraft": (
        "anna",
        "alert.edit",
        lambda o, api: api.edit("anna", stored(o).replace("alerts", "drafts"), '"1"', {"area_name": "b"}),
    ),
    "measureReach": (
        "anna",
        "reach.ask",
        lambda _, api: api.post("anna", "/api/reach", {"area": water()["area"]}),
    ),
    "saveArea": ("anna", "area.save", lambda _, api: api.post("anna", "/api/areas/saved", SAVED)),
    "changeSavedArea": (
        "anna",
        "area.change",
        lambda _, api: change(api, "anna", saved(api), RENAMED),
    ),
    "removeSavedArea": ("anna", "area.remove", lambda _, api: remove(api, "anna", saved(api))),
    "createTemplate": ("piotr", "template.create", lambda _, api: api.post("piotr", "/api/templates", own())),
    "changeTemplate": (
        "piotr",
        "template.change",
        lambda _, api: change(api, "piotr", template(api), own(hidden=True)),
    ),
    "deleteTemplate": ("piotr", "template.remove", lambda _, api: remove(api, "piotr", template(api))),
}


def told(api: Api, who: str, path: str, **body: str) -> TestResponse:
    return api.ask(who, "POST", path, headers={"If-Match": '"1"'}, json=body)


def running(office: StaffApi, step: str) -> str:
    return f"{stored(office, State.ACTIVE)}/{step}"


def waiting(office: StaffApi, step: str) -> str:
    return f"{stored(office, State.SUBMITTED)}/{step}"


def coming(office: StaffApi, state: str) -> str:
    writer = Person("other", "Inna")
    known = series(state=SeriesState(state), author=writer, writers=("other",), approved=office.clock.now())
    return f"/api/series/{office.series.put(known).value.id}"


def in_series(who: str, action: str, state: str, body: object = None) -> tuple[str, str, Scene]:
    def scene(office: StaffApi, api: Api) -> TestResponse:
        at = f"{coming(office, state)}/{action}".removesuffix("/edit")
        method = "PUT" if action == "edit" else "POST"
        given = {} if body is None else {"json": body}
        return api.ask(who, method, at, headers={"If-Match": '"1"'}, **given)

    return who, f"series.{action}", scene


SCENES = {
    **SCENES,
    "returnAlert": (
        "piotr",
        "alert.return",
        lambda o, api: told(api, "piotr", waiting(o, "return"), reason="brak godziny"),
    ),
    "rejectAlert": (
        "piotr",
        "alert.reject",
        lambda o, api: told(api, "piotr", waiting(o, "reject"), reason="to nie u nas"),
    ),
    "sendNowAlert": (
        "kasia",
        "alert.send_now",
        lambda o, api: told(api, "kasia", waiting(o, "send-now"), reason="nikogo nie ma"),
    ),
    "stopAlert": ("anna", "alert.stop", lambda o, api: told(api, "anna", running(o, "stop"))),
    "extendAlert": (
        "anna",
        "alert.extend",
        lambda o, api: told(api, "anna", running(o, "extend"), expires=after(hours=20)),
    ),
    "updateAlert": ("anna", "alert.update", lambda o, api: told(api, "anna", running(o, "update"))),
    "correctAlert": ("piotr", "alert.correct", lambda o, api: told(api, "piotr", running(o, "correct"))),
    "allClearAlert": ("anna", "alert.all_clear", lambda o, api: told(api, "anna", running(o, "all-clear"))),
    "takeBackAlert": ("anna", "alert.take_back", lambda o, api: told(api, "anna", running(o, "take-back"))),
    "createSeries": ("anna", "series.create", lambda _, api: api.post("anna", "/api/series", series_body())),
    "editSeries": in_series("anna", "edit", "approved", series_body()),
    "submitSeries": in_series("anna", "submit", "draft"),
    "approveSeries": in_series("piotr", "approve", "submitted"),
    "skipOccurrence": in_series("anna", "skip", "approved", {"date": "2026-11-24"}),
    "endSeries": in_series("piotr", "end", "approved"),
}


def changing() -> set[str]:
    return {
        operation["operationId"]
        for item in SPEC["paths"].values()
        for method, operation in item.items()
        if method in CHANGING
    }


@pytest.fixture
def api(office, monkeypatch):
    from shared import wiring

    api = office.open(monkeypatch)
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    return api


def test_every_route_that_may_change_something_is_tried_here_or_with_its_tests():
    assert changing() == SCENES.keys() | READS.keys() | HELD_BY_THEIR_TESTS


@pytest.mark.parametrize("operation", SCENES)
def test_a_change_is_an_entry_of_who_did_it(office, api, operation):
    who, action, scene = SCENES[operation]
    answer = scene(office, api)
    assert answer.status_code < 300, answer.json
    last = acts(office)[-1]
    assert (last.action, last.outcome, last.by) == (action, Outcome.DONE, office.tokens.staff[who].person)
    assert last.where.startswith("127.0.0.0/24")
    assert last.about or action == "reach.ask"
    assert last.before or last.after
    assert first_fault(office.audit.whole(TERC), SEALER, office.clock.now()) is None


def acts(office: StaffApi) -> list[Act]:
    """But for sign-ins."""
    return [act for act in office.audit.acts(TERC) if act.action != "session.begin"]


def words(office: StaffApi, action: str) -> tuple[Any, Any]:
    act = office.audit.acts(TERC, action)[-1]
    return act.before, act.after


def test_the_words_before_and_after_are_those_that_differ(office, api):
    path = stored(office)
    api.edit("anna", path, '"1"', water(area_name="Rynek"))
    before, after = words(office, "alert.edit")
    assert (before["area_name"], after["area_name"]) != (None, None)
    assert after["area_name"] == "Rynek"
    assert "expires" not in after or before["expires"] != after["expires"]
    assert (before["version"], after["version"]) == (1, 2)


def test_a_text_that_is_typed_on_is_told_alone(office, api):
    begun = api.post("anna", "/api/drafts", {"texts": {"pl": {"title": "Brak"}}, "area_name": "a"})
    path = begun.headers["Location"].replace("alerts", "drafts")
    api.edit("anna", path, '"1"', {"texts": {"pl": {"title": "Brak wody"}}, "area_name": "a"})
    before, after = words(office, "alert.edit")
    assert before["texts"] == {"pl": {"title": "Brak"}}
    assert after["texts"] == {"pl": {"title": "Brak wody"}}
    assert "area_name" not in after


def test_a_shape_is_told_by_its_digest_and_nothing_of_residents(office, api):
    api.post("anna", "/api/alerts", water())
    _, after = words(office, "alert.create")
    assert len(after["area"]) == 64
    assert "covers" not in after


def test_what_was_not_done_leaves_no_entry_of_a_change(office, api):
    path = stored(office)
    assert api.edit("anna", path, '"7"', water()).status_code == 412
    assert api.edit("anna", path, '"1"', {}).status_code == 422
    assert api.step("anna", f"{path}/approve", '"1"').status_code == 403
    assert [act.outcome for act in acts(office)] == [Outcome.REFUSED]


def test_a_refusal_by_the_rules_is_an_entry(office, api):
    own = office.alerts.put(alert("own", state=State.SUBMITTED)).value.id
    assert api.step("anna", f"/api/alerts/{own}/approve", '"1"').status_code == 403
    office.tokens.staff["anna"] = office.tokens.staff["ewa"].__class__(
        AUTHOR, TERC, frozenset({"author", "approver"})
    )
    assert api.step("anna", f"/api/alerts/{own}/approve", '"1"').status_code == 403
    told = [(act.action, act.about, act.why, act.outcome.value) for act in acts(office)]
    assert told == [
        ("alert.approve", own, "role-missing", "refused"),
        ("alert.approve", own, "own-approval", "refused"),
    ]


def test_a_refusal_that_cannot_be_written_down_stays_a_refusal(office, api, monkeypatch):
    from shared.errors import Unavailable

    def fail(*_):
        raise Unavailable

    api.get("anna", "/api/me")
    monkeypatch.setattr(office.audit, "record", fail)
    assert api.step("anna", f"{stored(office)}/approve", '"1"').status_code == 403


def test_whoever_reads_the_coverage_is_in_the_audit(office, api):
    api.get("anna", "/api/coverage")
    assert [(act.action, act.by.uid) for act in acts(office)] == [("coverage.read", "uid-anna")]


def test_a_question_beyond_the_limit_tells_nothing_and_leaves_none(office, api, monkeypatch):
    monkeypatch.setattr(ask_reach, "too_many", lambda *_: True)
    assert api.post("anna", "/api/reach", {"area": water()["area"]}).json["limited"]
    assert acts(office) == []


def test_another_municipalitys_acts_are_in_its_own_chain(office, api):
    api.post("jan", "/api/drafts", {"area_name": "a"})
    assert acts(office) == []
