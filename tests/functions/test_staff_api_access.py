"""Who may do what: every permission beside its refusal."""

from __future__ import annotations

import pytest

from shared.domain.alert import State
from shared.errors import Forbidden, Unavailable
from tests.fakes.alert_values import AUTHOR, TERC, alert, at
from tests.fakes.requests import water
from tests.fakes.tokens import NEIGHBOUR

STEPS = ("submit", "approve", "cancel")
READS = ("", "/history")


@pytest.fixture
def stored(office):
    """An alert of Anna's in some state."""

    def put(state=State.DRAFT, **changes):
        return f"/api/alerts/{office.alerts.put(alert('stored', state=state, **changes)).value.id}"

    return put


def refusal(answer):
    assert answer.content_type == "application/problem+json"
    return answer.status_code, answer.json["code"]


@pytest.mark.parametrize("header", [None, "", "anna", "Basic anna", "Bearer", "Bearer  "])
def test_without_a_token_nothing_is_told(api, header):
    headers = {"Authorization": header} if header is not None else {}
    answer = api.client.get("/api/me", headers=headers)
    assert refusal(answer) == (401, "token-missing")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_an_unknown_token_is_refused(api):
    assert refusal(api.get("mallory", "/api/me")) == (401, "token-invalid")


def test_an_account_without_a_role_is_refused(api, office, monkeypatch):
    def no_role(token, terc):
        raise Forbidden("no-role")

    monkeypatch.setattr(office.tokens, "verify", no_role)
    assert refusal(api.get("anna", "/api/me")) == (403, "no-role")


def test_when_accounts_cannot_be_checked_the_caller_may_come_back(api, office, monkeypatch):
    def broken(token, terc):
        raise Unavailable

    monkeypatch.setattr(office.tokens, "verify", broken)
    answer = api.get("anna", "/api/me")
    assert refusal(answer) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_me_tells_roles_and_municipality(api):
    assert api.get("anna", "/api/me").json == {
        "uid": AUTHOR.uid,
        "name": AUTHOR.name,
        "terc": TERC,
        "roles": ["author"],
        "pages": ["alerts", "templates", "series", "coverage", "calls", "waiting"],
        "templates": None,
        "municipalities": [{"terc": TERC, "name": TERC}],
        "on_behalf": None,
        "municipality": {
            "terc": TERC,
            "name": "Gmina Regionalna",
            "languages": ["pl", "en"],
            "center": {"lat": 49.85, "lng": 19.95},
        },
    }


def test_a_municipality_that_was_not_imported_is_said_to_be_so(api):
    for path in ("/api/me", "/api/municipality"):
        assert refusal(api.get("jan", path)) == (404, "municipality-not-ready")
    assert refusal(api.post("jan", "/api/alerts", water())) == (404, "municipality-not-ready")


def test_the_municipality_comes_with_boundary_and_base_map(api, office):
    assert api.get("anna", "/api/municipality").json["base_map"] is None
    office.municipalities.base_map_text = '{"type":"FeatureCollection","features":[]}'
    answer = api.get("anna", "/api/municipality").json
    assert answer["base_map"] == {"type": "FeatureCollection", "features": []}
    assert answer["boundary"]["type"] == "Polygon"


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/alerts"), ("PUT", "/api/alerts/stored")])
def test_whoever_may_not_write_has_no_body_read(api, stored, method, path):
    stored()
    headers = {"If-Match": '"1"', "Content-Type": "application/json"}
    answer = api.ask("piotr", method, path, headers=headers, data=b'{"twice": 1, "twice"')
    assert refusal(answer) == (403, "role-missing")
    assert refusal(api.ask("anna", method, path, headers=headers, data=b"{")) == (400, "json-malformed")


def test_an_approver_alone_writes_nothing(api, office, stored):
    path = stored()
    assert refusal(api.post("piotr", "/api/alerts", water())) == (403, "role-missing")
    assert refusal(api.edit("piotr", path, '"1"', water())) == (403, "role-missing")
    assert refusal(api.step("piotr", path + "/submit", '"1"')) == (403, "role-missing")
    assert refusal(api.step("piotr", path + "/cancel", '"1"')) == (403, "role-missing")
    assert office.alerts.writes == 0


def test_an_author_alone_approves_nothing(api, office, stored):
    path = stored(State.SUBMITTED)
    assert refusal(api.step("anna", path + "/approve", '"1"')) == (403, "role-missing")
    assert office.alerts.writes == 0


@pytest.mark.parametrize("rest", READS)
def test_anothers_municipality_is_not_seen(api, stored, rest):
    assert refusal(api.get("jan", stored() + rest)) == (404, "not-found")
    assert api.get("piotr", stored() + rest).status_code == 200


@pytest.mark.parametrize("step", STEPS)
def test_anothers_municipality_is_not_touched(api, office, stored, step):
    assert refusal(api.step("jan", f"{stored(State.SUBMITTED)}/{step}", '"1"')) == (404, "not-found")
    assert office.alerts.writes == 0


def test_anothers_municipality_is_neither_edited_nor_summarised(api, office, stored):
    path = stored()
    assert refusal(api.edit("jan", path, '"1"', water())) == (404, "not-found")
    assert refusal(api.post("jan", path + "/summary")) == (404, "not-found")
    assert office.alerts.writes == 0


def test_the_answer_does_not_tell_an_absent_alert_from_a_neighbours(api, stored):
    assert api.get("jan", stored()).data == api.get("jan", "/api/alerts/absent").data


def test_the_list_shows_the_own_municipality_alone(api, office, stored):
    stored()
    office.alerts.put(alert("theirs", terc=NEIGHBOUR))
    assert [item["id"] for item in api.get("anna", "/api/alerts").json["items"]] == ["stored"]
    assert [item["id"] for item in api.get("jan", "/api/alerts").json["items"]] == ["theirs"]


def written_by(api, who):
    draft = api.post(who, "/api/alerts", water())
    return draft.location, draft.headers["ETag"]


def test_nobody_approves_what_they_wrote(api, office):
    path, etag = written_by(api, "ewa")
    waiting = api.step("ewa", path + "/submit", etag)
    assert waiting.json["actions"] == ["edit", "cancel"]
    assert refusal(api.step("ewa", path + "/approve", waiting.headers["ETag"])) == (403, "own-approval")
    assert office.caller.calls == []
    assert api.step("piotr", path + "/approve", waiting.headers["ETag"]).status_code == 200


def test_nobody_approves_what_they_edited(api):
    path, etag = written_by(api, "anna")
    etag = api.edit("ewa", path, etag, water(area_name="ul. Polna")).headers["ETag"]
    etag = api.step("anna", path + "/submit", etag).headers["ETag"]
    assert refusal(api.step("ewa", path + "/approve", etag)) == (403, "own-approval")


def test_nobody_approves_what_they_submitted(api):
    path, etag = written_by(api, "anna")
    etag = api.step("ewa", path + "/submit", etag).headers["ETag"]
    assert refusal(api.step("ewa", path + "/approve", etag)) == (403, "own-approval")


def test_having_written_an_earlier_version_still_counts(api):
    path, etag = written_by(api, "ewa")
    etag = api.edit("anna", path, etag, water(area_name="ul. Polna")).headers["ETag"]
    etag = api.step("anna", path + "/submit", etag).headers["ETag"]
    assert refusal(api.step("ewa", path + "/approve", etag)) == (403, "own-approval")


def test_someone_with_both_roles_approves_what_others_wrote(api):
    path, etag = written_by(api, "anna")
    etag = api.step("anna", path + "/submit", etag).headers["ETag"]
    assert api.step("ewa", path + "/approve", etag).json["state"] == "scheduled"


def test_an_approver_may_call_off_what_waits(api, stored):
    answer = api.step("piotr", stored(State.SUBMITTED) + "/cancel", '"1"')
    assert answer.json["state"] == "cancelled"
    assert answer.json["finished"] is not None


@pytest.mark.parametrize("state", [State.ACTIVE, State.CANCELLED, State.EXPIRED])
def test_what_is_being_sent_or_over_is_not_edited(api, office, stored, state):
    answer = api.edit("anna", stored(state), '"1"', water())
    assert refusal(answer) == (409, "wrong-state")
    assert office.alerts.writes == 0


@pytest.mark.parametrize("state", [State.DRAFT, State.SCHEDULED, State.CANCELLED])
def test_only_what_was_submitted_is_approved(api, office, stored, state):
    assert refusal(api.step("piotr", stored(state) + "/approve", '"1"')) == (409, "wrong-state")
    assert office.alerts.writes == 0


def test_what_expired_before_its_approval_stays_unsent(api, office, stored):
    path = stored(State.SUBMITTED)
    office.clock.advance(at(14) - office.clock.now())
    answer = api.step("piotr", path + "/approve", '"1"')
    assert refusal(answer) == (422, "not-sendable")
    assert answer.json["errors"][0]["pointer"] == "/expires"
    assert office.alerts.writes == 0
    assert office.caller.calls == []
