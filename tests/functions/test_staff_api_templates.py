"""The municipality's templates over HTTP: who reads, who changes, what is refused and why."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from shared.built_in_templates import built_in_templates
from shared.domain.public_alert import PublicMunicipality
from tests.fakes.alert_values import TERC
from tests.functions.test_staff_api_access import refusal

PATH = "/api/templates"
WATER = f"{PATH}/water_outage"


def own(**changes: Any) -> dict[str, Any]:
    """A template of the municipality's own."""
    return {
        "name": {"pl": "Zbiórka odpadów", "en": "Waste collection"},
        "values": {"event": "waste_collection"},
        "facts": [
            {"name": "where", "type": "names", "label": {"pl": "Gdzie"}, "required": True},
            {
                "name": "when",
                "type": "time",
                "label": {"pl": "Kiedy"},
                "required": True,
                "chips": ["+1 8:00"],
            },
            {"name": "car", "type": "text", "label": {"pl": "Samochód"}},
        ],
        "follows": {"expires": {"fact": "when", "hours": 4}},
        "texts": {"pl": {"title": "Odpady: {where}", "body": ["Zbiórka: {when:date}.", "Podjedzie {car}."]}},
    } | changes


def changed_water(title: str = "Nie ma wody: {where}") -> dict[str, Any]:
    body = deepcopy(dict(built_in_templates()["water_outage"]))
    body["texts"]["pl"]["title"] = title
    return body


def named(answer: Any, name: str = "water_outage") -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer.json["items"] if one["id"] == name)
    return found


@pytest.mark.parametrize("who", ["anna", "piotr", "ewa"])
def test_all_staff_read_the_built_in_templates(api, who):
    answer = api.get(who, PATH)
    assert answer.status_code == 200
    assert [one["id"] for one in answer.json["items"]] == list(built_in_templates())
    assert not any(one["changed"] or one["hidden"] for one in answer.json["items"])
    assert answer.json["may_change"] == (who != "anna")


def test_the_list_tells_the_telephone_of_the_office(api, office):
    assert api.get("anna", PATH).json["telephone"] is None
    contact = {"phone": "12 272 32 47"}
    office.municipalities.public = [
        PublicMunicipality(TERC, "Gmina", ("pl",), (49.8, 19.9), (), contact=contact),
    ]
    assert api.get("anna", PATH).json["telephone"] == "12 272 32 47"


def test_a_built_in_template_is_changed_for_the_municipality_alone(api):
    answer = api.edit("piotr", WATER, '"0"', changed_water())
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    told = named(api.get("anna", PATH))
    assert told["texts"]["pl"]["title"] == "Nie ma wody: {where}"
    assert (told["changed"], told["built_in"], told["by"]["uid"]) == (True, True, "uid-piotr")
    assert named(api.get("jan", PATH))["texts"]["pl"]["title"] == "Brak wody: {where}"


def test_a_change_taken_back_leaves_what_is_built_in(api):
    api.edit("piotr", WATER, '"0"', changed_water())
    assert api.ask("piotr", "DELETE", WATER, headers={"If-Match": '"1"'}).status_code == 204
    told = api.get("piotr", WATER)
    assert (told.json["changed"], told.headers["ETag"]) == (False, '"2"')
    assert api.edit("piotr", WATER, '"1"', changed_water()).status_code == 412


def test_a_hidden_template_is_listed_as_hidden_and_follows_later_releases(api, office):
    api.edit("piotr", WATER, '"0"', {**built_in_templates()["water_outage"], "hidden": True})
    told = named(api.get("anna", PATH))
    assert (told["hidden"], told["changed"]) == (True, False)
    assert office.templates.get(TERC, "water_outage").value.template is None


def test_a_template_of_its_own_is_made_changed_and_deleted(api):
    made = api.post("ewa", PATH, own())
    assert made.status_code == 201
    path = made.headers["Location"]
    assert (made.json["built_in"], made.json["revision"]) == (False, 1)
    assert api.get("anna", PATH).json["items"][-1]["id"] == made.json["id"]
    changed = api.edit("ewa", path, '"1"', own(hours=48))
    assert (changed.json["hours"], changed.json["revision"]) == (48, 2)
    assert api.ask("ewa", "DELETE", path, headers={"If-Match": '"2"'}).status_code == 204
    assert refusal(api.get("ewa", path)) == (404, "not-found")


def test_what_is_answered_can_be_sent_back(api):
    told = api.get("piotr", WATER).json
    sent = {
        name: told[name]
        for name in ("name", "texts", "facts", "values", "lines", "follows", "hours", "usual")
    }
    assert api.edit("piotr", WATER, '"0"', sent).status_code == 200
    assert api.get("piotr", WATER).json["changed"] is False


def test_a_repeated_creation_makes_one(api, office):
    key = {"Idempotency-Key": "k1"}
    first, second = (api.post("ewa", PATH, own(), headers=key) for _ in range(2))
    assert first.json["id"] == second.json["id"]
    assert refusal(api.post("ewa", PATH, own(hours=1), headers=key)) == (422, "idempotency-key-reused")
    assert len(office.templates.all(TERC)) == 1


def test_whoever_may_only_write_changes_no_template(api):
    assert refusal(api.post("anna", PATH, own())) == (403, "role-missing")
    assert refusal(api.edit("anna", WATER, '"0"', changed_water())) == (403, "role-missing")
    deleted = api.ask("anna", "DELETE", WATER, headers={"If-Match": '"0"'})
    assert refusal(deleted) == (403, "role-missing")


def test_nobody_reaches_another_municipalitys(api, office):
    path = api.post("ewa", PATH, own()).headers["Location"]
    assert refusal(api.get("jan", path)) == (404, "not-found")
    assert refusal(api.edit("jan", path, '"1"', own())) == (404, "not-found")
    assert refusal(api.ask("jan", "DELETE", path, headers={"If-Match": '"1"'})) == (404, "not-found")
    assert len(office.templates.all(TERC)) == 1


@pytest.mark.parametrize(
    ("header", "code"), [({}, 428), ({"If-Match": '"5"'}, 412), ({"If-Match": "x"}, 400)]
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nothing_is_changed_that_was_not_seen(api, method, header, code):
    body = {"json": changed_water()} if method == "PUT" else {}
    assert api.ask("piotr", method, WATER, headers=header, **body).status_code == code
    assert named(api.get("piotr", PATH))["changed"] is False


@pytest.mark.parametrize("name", ["none", "__x__", "%00", "a%2Fb", "x" * 65])
def test_what_is_no_template_is_not_found(api, name):
    assert api.get("piotr", f"{PATH}/{name}").status_code == 404


def texts(**changes: Any) -> dict[str, Any]:
    return {"texts": {"pl": {"title": "Odpady: {where}", "body": ["{when}, {car}."]} | changes}}


def facts(*more: dict[str, Any], **first: Any) -> dict[str, Any]:
    known = own()["facts"]
    return {"facts": [known[0] | first, *known[1:], *more]}


FACT = {"name": "car2", "type": "text", "label": {"pl": "x"}}


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"name": {"en": "x"}}, "/name/pl", "missing"),
        ({"name": {"pl": " "}}, "/name/pl", "empty"),
        ({"name": {"pl": "x" * 61}}, "/name/pl", "too-long"),
        ({"name": {"pl": "x", "xx": "x"}}, "/name/xx", "unknown-value"),
        ({"name": "x"}, "/name", "not-object"),
        ({"more": 1}, "/more", "unknown-field"),
        ({"hours": 0}, "/hours", "number-out-of-range"),
        ({"hours": 10**6}, "/hours", "number-out-of-range"),
        ({"hours": "8"}, "/hours", "number-out-of-range"),
        ({"hidden": 1}, "/hidden", "not-a-boolean"),
        ({"usual": {"most": 2}}, "/usual/most", "number-out-of-range"),
        ({"values": {"event": "plague"}}, "/values/event", "unknown-value"),
        ({"values": {"expires": "x"}}, "/values/expires", "unknown-field"),
        ({"lines": {"title": "x"}}, "/lines/title", "unknown-field"),
        ({"lines": {"source": "{nobody}"}}, "/lines/source", "fact-unknown"),
        ({"follows": {"expires": {"fact": "car"}}}, "/follows/expires/fact", "follows-no-time"),
        ({"follows": {"sent": {"fact": "when"}}}, "/follows/sent", "unknown-field"),
        ({"texts": {"en": {"title": "x", "body": ["x"]}}}, "/texts/pl", "missing"),
        ({"texts": {"pl": {"title": "x"}}}, "/texts/pl/body", "missing"),
        (texts(body=[]), "/texts/pl/body", "missing"),
        (texts(body=["x"] * 31), "/texts/pl/body", "list-too-long"),
        (texts(body=["x" * 501]), "/texts/pl/body/0", "too-long"),
        (texts(body=["Objazd {car"]), "/texts/pl/body/0", "text-braces"),
        (texts(body=["[{when}"]), "/texts/pl/body/0", "text-braces"),
        (texts(body=["{bus}."]), "/texts/pl/body/0", "fact-unknown"),
        (texts(body=["{when:until2}."]), "/texts/pl/body/0", "text-braces"),
        (texts(body=["{when:later}."]), "/texts/pl/body/0", "fact-form-unknown"),
        (texts(body=["{car:until}."]), "/texts/pl/body/0", "fact-form-unknown"),
        (texts(title="{car}: {where}"), "/texts/pl/title", "title-fact-optional"),
        (texts(title="x" * 91), "/texts/pl/title", "too-long"),
        (texts(body=["{when}."]), "/facts/2/name", "fact-unused"),
        (
            {"texts": own()["texts"] | {"en": {"title": "Waste: {where}", "body": ["It is {when}."]}}},
            "/texts/en/body",
            "fact-not-told",
        ),
        (facts(name="Where"), "/facts/0/name", "fact-name"),
        (facts(type="place"), "/facts/0/type", "unknown-value"),
        (facts(label={}), "/facts/0/label/pl", "missing"),
        (facts(chips=["Zawada"]), "/facts/0/chips/0", "chip-of-other-type"),
        (facts(FACT | {"name": "car"}), "/facts/3/name", "fact-twice"),
        (facts(FACT | {"needs": "when"}), "/facts/3/needs", "fact-needs-switch"),
        (facts(FACT | {"needs": "nobody"}), "/facts/3/needs", "fact-needs-switch"),
        (facts(FACT | {"type": "time", "chips": ["25:00"]}), "/facts/3/chips/0", "chip-no-time"),
        (facts(FACT | {"chips": ["x"] * 7}), "/facts/3/chips", "list-too-long"),
        (facts(*[FACT] * 20), "/facts", "list-too-long"),
    ],
)
def test_what_is_wrong_is_named_with_how_to_mend_it(api, changes, pointer, code):
    answer = api.post("ewa", PATH, own(**changes))
    assert answer.status_code == 422
    found = {error["pointer"]: error for error in answer.json["errors"]}
    assert found[pointer]["code"] == code
    assert found[pointer]["detail"].endswith(".")


def test_an_error_says_the_facts_by_name(api):
    answer = api.post("ewa", PATH, own(**texts(body=["{bus}, {when}, {car}."])))
    detail = answer.json["errors"][0]["detail"]
    assert "Nie ma informacji {bus}" in detail
    assert "{where}, {when}, {car}" in detail


@pytest.mark.parametrize("body", [[], "x", {}, 5])
def test_a_body_that_is_no_template_is_refused(api, body):
    assert api.ask("ewa", "POST", PATH, json=body).status_code == 422


def test_a_municipality_has_no_more_than_it_can_survey(api, monkeypatch):
    monkeypatch.setattr(
        "shared.services.templates.write_template.MOST_TEMPLATES", len(built_in_templates()) + 1
    )
    assert api.post("ewa", PATH, own()).status_code == 201
    answer = api.post("ewa", PATH, own())
    assert answer.json["errors"][0]["code"] == "templates-too-many"


def test_an_alert_is_composed_from_facts(api):
    facts = {"where": ["ul. Różana"], "until": "2026-11-22T13:00:00Z", "telephone": "12 345 67 89"}
    answer = api.post("anna", f"{WATER}/content", {"facts": facts, "send_at": "2026-11-22T09:00:00+01:00"})
    assert answer.status_code == 200
    assert answer.json["texts"]["pl"]["title"] == "Brak wody: ul. Różana"
    assert "do ok. 14:00" in answer.json["texts"]["pl"]["body"]
    assert answer.json["area_name"] == "ul. Różana"
    assert answer.json["expires"] == "2026-11-22T15:00:00.000Z"
    assert (answer.json["event"], answer.json["contact"]) == ("water_outage", "12 345 67 89")


@pytest.mark.parametrize(
    ("facts", "pointer", "code"),
    [
        ({}, "/facts/where", "missing"),
        ({"where": "ul. Różana"}, "/facts/where", "not-a-list"),
        ({"where": ["x"] * 501}, "/facts/where", "list-too-long"),
        ({"where": [1]}, "/facts/where", "not-text"),
        ({"where": ["x"], "nobody": 1}, "/facts/nobody", "unknown-field"),
        ({"where": ["x"], "until": "14:00"}, "/facts/until", "not-a-time"),
        ({"where": ["x"], "tanker": "yes"}, "/facts/tanker", "not-a-boolean"),
        ({"where": ["x"], "tanker": True}, "/facts/tanker_place", "missing"),
        ({"where": ["x"], "telephone": "x" * 301}, "/facts/telephone", "too-long"),
        ({"where": ["x"], "telephone": "1\u202e2"}, "/facts/telephone", "text-characters"),
    ],
)
def test_a_fact_that_is_none_is_named(api, facts, pointer, code):
    answer = api.post("anna", f"{WATER}/content", {"facts": facts})
    assert answer.status_code == 422
    assert {error["pointer"]: error["code"] for error in answer.json["errors"]}[pointer] == code


@pytest.mark.parametrize("body", [[], {}, {"facts": []}, {"facts": {"where": ["x"]}, "more": 1}])
def test_a_body_without_facts_is_refused(api, body):
    assert api.post("anna", f"{WATER}/content", body).status_code == 422


@pytest.mark.parametrize("day", ["2026-13-01", "05.12.2026", "20261205", 5, "0001-01-01"])
def test_a_day_that_is_none_is_named(api, day):
    facts = {"where": ["x"], "at": "2026-12-05T17:00:00Z", "place": "x", "topic": "x", "deadline": day}
    answer = api.post("anna", f"{PATH}/village_meeting/content", {"facts": facts})
    assert [error["code"] for error in answer.json["errors"]] == ["not-a-day"]


@pytest.mark.parametrize("number", [-1, 10**7, True, "90", None])
def test_a_number_that_is_none_is_named(api, number):
    facts = {
        "where": ["Zawada"],
        "from": "2026-12-05T17:00:00Z",
        "until": "2026-12-05T18:00:00Z",
        "gusts": number,
    }
    answer = api.post("anna", f"{PATH}/thunderstorm/content", {"facts": facts})
    assert answer.status_code == (200 if number is None else 422)
