"""One file of words: the code's, the rules', the API's and the pages' words are those of vocabulary.json."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
import yaml

from infra.local.processes import ROOT
from shared import labels, vocabulary
from shared.domain.alert import State
from shared.domain.content import (
    Category,
    Certainty,
    Content,
    Group,
    Hazard,
    Response,
    Severity,
    Text,
    Told,
    Type,
    Urgency,
    specs,
)
from shared.domain.lifecycle import STAFF_ROLES, TABLE, Action, Role
from shared.domain.public_alert import Kind
from shared.formats.vocabulary_json import _STRUCTURED
from shared.labels import found, label
from shared.messages import LANGUAGES

RULES = (ROOT / "firestore.rules").read_text()
SCHEMAS = yaml.safe_load((ROOT / "openapi.yaml").read_text())["components"]["schemas"]
ALL_LANGUAGES = vocabulary.values("languages")
ENUMS = {
    "groups": Group,
    "categories": Category,
    "severities": Severity,
    "kinds": Kind,
    "hazards": Hazard,
    "urgencies": Urgency,
    "certainties": Certainty,
    "responses": Response,
}
FOR_EVERYBODY = {
    "groups": "group",
    "categories": "category",
    "severities": "severity",
    "kinds": "kind",
    "hazards": "hazard",
    "urgencies": "urgency",
    "certainties": "certainty",
    "responses": "response",
}
FOR_STAFF = {"cap_categories": "cap_category", "states": "state", "roles": "role", "actions": "action"}


def words_in_rules(before: str) -> list[list[str]]:
    lists = re.findall(re.escape(before) + r"\[([^\]]*)\]", RULES)
    return [re.findall(r"'([^']*)'", one) for one in lists]


@pytest.mark.parametrize(("kind", "enum"), ENUMS.items())
def test_the_code_has_the_words_of_the_file_in_their_order(kind, enum):
    assert [word.value for word in enum] == list(vocabulary.values(kind))


def test_the_file_knows_every_state_role_and_action_of_the_staff():
    assert {state.value for state in State} <= set(vocabulary.values("states"))
    assert set(vocabulary.values("roles")) == STAFF_ROLES
    actions = {rule.action for rule in TABLE if Role.SYSTEM not in rule.who} | {Action.CREATE}
    assert set(vocabulary.values("actions")) == actions


def test_no_word_comes_twice():
    kinds = json.loads((ROOT / "shared/vocabulary.json").read_text())
    for kind in kinds:
        assert len(set(vocabulary.values(kind))) == len(vocabulary.entries(kind)), kind


def test_every_category_has_a_group_and_every_group_is_a_category():
    """So that who muted a category before there were groups has muted its group."""
    assert set(vocabulary.of("categories", "group").values()) == set(vocabulary.values("groups"))
    assert set(vocabulary.values("groups")) <= set(vocabulary.values("categories"))


@pytest.mark.parametrize("hazard", vocabulary.entries("hazards"), ids=lambda hazard: hazard["value"])
def test_a_hazard_proposes_words_that_there_are(hazard):
    proposed = {
        "cap": "cap_categories",
        "category": "categories",
        "severity": "severities",
        "urgency": "urgencies",
        "certainty": "certainties",
        "response": "responses",
    }
    assert hazard.keys() == {"value", *proposed}
    assert all(hazard[name] in vocabulary.values(kind) for name, kind in proposed.items())


@pytest.mark.parametrize("kind", ["cap_categories", "urgencies", "certainties", "responses"])
def test_words_of_cap_are_those_of_its_schema(kind):
    schema = ROOT.parent / "shared/data/cap/cap12.xsd"
    if not schema.exists():
        pytest.skip("needs ../shared/data")
    element = {"cap_categories": "category", "urgencies": "urgency", "certainties": "certainty"}
    name = element.get(kind, "responseType")
    block = re.search(rf'name="{name}".*?</element>', schema.read_text(), re.DOTALL)
    assert block is not None
    assert set(re.findall(r'value="(\w+)"', block[0])) == set(vocabulary.values(kind))


def test_the_rules_take_the_words_of_the_file():
    assert words_in_rules("data.language in ") == [list(ALL_LANGUAGES)]
    assert words_in_rules("data.least_severity in ") == [list(vocabulary.values("severities"))]
    (muted,) = words_in_rules("names.hasOnly(")
    assert set(muted) == {*vocabulary.values("categories"), *vocabulary.values("groups")}


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("Group", "groups"),
        ("Category", "categories"),
        ("Severity", "severities"),
        ("Hazard", "hazards"),
        ("CapCategory", "cap_categories"),
        ("Urgency", "urgencies"),
        ("Certainty", "certainties"),
        ("Response", "responses"),
        ("Role", "roles"),
        ("Language", "languages"),
    ],
)
def test_the_api_describes_the_words_of_the_file(schema, kind):
    assert SCHEMAS[schema]["enum"] == list(vocabulary.values(kind))


def test_the_api_describes_a_text_in_every_language():
    assert list(SCHEMAS["Texts"]["properties"]) == list(ALL_LANGUAGES)


def test_the_api_describes_every_type_of_field():
    types = set(SCHEMAS["FieldDescription"]["properties"]["type"]["enum"])
    assert types == {one.value for one in Type} - _STRUCTURED


@pytest.mark.parametrize("language", ALL_LANGUAGES)
@pytest.mark.parametrize(("kind", "one"), FOR_EVERYBODY.items())
def test_residents_words_have_a_label_in_every_language(language, kind, one):
    assert set(labels._table()[language][one]) == set(vocabulary.values(kind))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "one"), FOR_STAFF.items())
def test_staffs_words_have_a_label_in_their_languages(language, kind, one):
    assert set(labels._table()[language][one]) == set(vocabulary.values(kind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_filter_moment_and_step_has_a_label(language):
    table = labels._table()[language]
    states = vocabulary.entries("states")
    assert table["field"].keys() == specs(Content).keys() | specs(Text).keys()
    assert set(table["filter"]) == {"all", *(state["filter"] for state in states)}
    assert set(table["moment"]) == {"changed", *(state["value"] for state in states if state["moment"])}
    assert {step.value for step in Action} <= set(table["step"])


@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_what_residents_read_before_a_fact_is_said_of_a_field_they_are_told(language):
    assert labels._table()[language]["fact"].keys() <= specs(Told).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_and_every_notice_has_its_texts(language):
    table = labels._table()[language]
    asked = {
        one["value"]: set(one["question"]["texts"])
        for one in vocabulary.entries("actions")
        if one["question"]
    }
    assert {action: set(texts) - {"title"} for action, texts in table["question"].items()} == asked
    assert set(table["notice"]) == set(vocabulary.values("actions"))


def test_labels_of_all_languages_name_the_same_words():
    table = labels._table()
    polish = table["pl"]
    for language in ALL_LANGUAGES:
        for kind, words in table[language].items():
            assert words.keys() == polish[kind].keys(), (language, kind)


def test_a_word_without_a_label_is_shown_plainly():
    assert label("category", "black_ice", "pl") == "Black ice"
    assert label("state", "draft", "uk") == "Szkic"
    assert label("severity", "Minor", "xx") == "Niewielkie"
    assert found("category_help", "black_ice", "pl") is None


def test_the_pages_modules_have_the_words_that_the_apps_need(tmp_path):
    script = (
        "const { vendorWords } = await import('./infra/vendor_words.mjs');"
        "await vendorWords(process.cwd(), process.argv[1]);"
        "const { default: words } = await import(process.argv[1] + '/vocabulary.js');"
        "const { default: labels } = await import(process.argv[1] + '/labels-uk.js');"
        "process.stdout.write(JSON.stringify({ words, labels }));"
    )
    (tmp_path / "package.json").write_text('{"type": "module"}')
    command = ["node", "--input-type=module", "-e", script, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    given = json.loads(done.stdout)
    for kind, entries in given["words"].items():
        assert [entry["value"] for entry in entries] == list(vocabulary.values(kind))
    assert given["labels"]["category"] == labels._table()["uk"]["category"]
