"""GET /api/vocabulary: what the staff's page draws comes with the answer, in the caller's language."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from jsonschema import Draft202012Validator

from infra.local.processes import ROOT
from shared.domain.alert import State
from shared.domain.content import Category, Content, specs
from shared.domain.lifecycle import TABLE, Action, Role
from tests.fakes.alert_values import TERC

SPEC = yaml.safe_load((ROOT / "openapi.yaml").read_text())


def vocabulary(api, who="anna", **headers):
    answer = api.get(who, "/api/vocabulary", headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.json


def of(entries, value):
    return next(entry for entry in entries if entry["value"] == value)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_answer_is_as_it_is_described(api, language):
    schema = {"$ref": "#/components/schemas/Vocabulary", "components": SPEC["components"]}
    answer = vocabulary(api, **{"Accept-Language": language})
    assert list(Draft202012Validator(schema).iter_errors(answer)) == []
    assert answer["language"] == language


def test_labels_are_in_the_language_asked_for(api):
    polish, english = vocabulary(api), vocabulary(api, **{"Accept-Language": "en-GB,en;q=0.9"})
    assert of(polish["categories"], "warning")["label"] == "Ostrzeżenie"
    assert of(english["categories"], "warning")["label"] == "Warning"
    assert of(english["states"], "submitted")["label"] == "Awaiting approval"
    assert vocabulary(api, **{"Accept-Language": "uk"})["language"] == "pl"


def test_every_state_is_found_by_a_filter(api):
    answer = vocabulary(api)
    assert {state["value"] for state in answer["states"]} == set(State)
    assert answer["filters"][0] == {"value": "all", "label": "Wszystkie", "states": []}
    found = [state for one in answer["filters"] for state in one["states"]]
    assert sorted(found) == sorted(State)


def test_every_action_of_the_staff_is_listed_with_what_it_asks_first(api):
    actions = vocabulary(api)["actions"]
    possible = {rule.action.value for rule in TABLE if Role.SYSTEM not in rule.who}
    assert {action["value"] for action in actions} == possible | {"create"}
    cancel = of(actions, "cancel")
    assert (cancel["style"], cancel["question"]["title"]) == ("warning", "Odwołać alert?")
    assert [text["when"] for text in cancel["question"]["texts"]] == ["not_started", "started"]
    assert of(actions, "submit")["question"] is None
    assert (of(actions, "create")["form"], of(actions, "create")["if_match"]) == (True, False)


def may(api, who):
    return {action["value"] for action in vocabulary(api, who)["actions"] if action["may"]}


def test_who_may_ever_do_what_follows_from_the_roles(api):
    assert may(api, "anna") == {
        *("create", "edit", "submit", "send", "cancel", "extend", "stop"),
        *("update", "correct", "all_clear", "take_back", "move"),
    }
    assert may(api, "piotr") == {
        *("approve", "return", "reject", "send", "confirm", "cancel", "stop"),
        *("correct", "all_clear", "take_back", "move"),
    }


def test_the_steps_are_those_of_the_history(api):
    assert [step["value"] for step in vocabulary(api)["steps"]] == [action.value for action in Action]


def test_channels_have_their_names(api):
    polish, english = vocabulary(api), vocabulary(api, **{"Accept-Language": "en"})
    assert polish["channels"] == [{"value": "push", "label": "Powiadomienia w aplikacji"}]
    assert of(english["channels"], "push")["label"] == "Notifications in the app"


def test_the_fields_are_those_that_a_content_declares_and_somebody_enters(api):
    fields = {field["name"]: field for field in vocabulary(api)["fields"]}
    assert list(fields) == [name for name in specs(Content) if name not in ("parts", "covers", "on_behalf")]
    assert fields["event"]["required_of"] == ["warning"]
    assert (fields["event"]["required"], fields["event"]["words"]) == (False, "hazards")
    assert (fields["area_name"]["required"], fields["area_name"]["longest"]) == (True, 200)
    assert [part["name"] for part in fields["texts"]["parts"]] == ["title", "body", "instruction"]
    assert fields["texts"]["parts"][2]["required_of"] == ["warning"]
    assert (fields["send_at"]["public"], fields["source"]["public"]) == (False, True)


def test_the_words_of_a_field_are_listed_in_the_same_answer(api):
    answer = vocabulary(api)
    for field in answer["fields"]:
        assert (field["words"] is None) == (field["type"] != "word")
        if field["words"]:
            assert [word["value"] for word in answer[field["words"]]]
    assert [word["value"] for word in answer["categories"]] == [category.value for category in Category]


def test_the_languages_are_those_of_the_municipality_the_first_one_required(api, office):
    served = office.municipalities.municipality
    office.municipalities.municipality = replace(served, languages=("pl", "uk", "lv"))
    assert vocabulary(api)["languages"] == [
        {"value": "pl", "label": "Polski", "required": True, "exercise_mark": "ĆWICZENIE: "},
        {"value": "uk", "label": "Українська", "required": False, "exercise_mark": "НАВЧАННЯ: "},
        {"value": "lv", "label": "lv", "required": False, "exercise_mark": "ĆWICZENIE: "},
    ]


def test_a_browser_keeps_it_for_itself_and_asks_whether_it_changed(api):
    first = api.get("anna", "/api/vocabulary")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Accept-Language" in first.headers["Vary"]
    again = api.get("anna", "/api/vocabulary", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    others = api.get("piotr", "/api/vocabulary", headers={"If-None-Match": first.headers["ETag"]})
    assert others.status_code == 200


def test_strangers_and_places_without_data_get_none(api, office):
    assert api.client.get("/api/vocabulary").status_code == 401
    office.municipalities.municipality = replace(office.municipalities.municipality, terc="9" * len(TERC))
    assert api.get("anna", "/api/vocabulary").status_code == 404
