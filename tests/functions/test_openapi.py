"""openapi.yaml beside the code: the same routes, the same words, the same table."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate

from functions.staff_api import app
from functions.staff_api.config import OPEN
from functions.staff_api.enrolment import FOR_ANYONE
from functions.staff_api.route_roles import ROLES
from infra.local.processes import ROOT
from shared.domain.alert import Category, Severity, State
from shared.domain.approval import Unseen
from shared.domain.completeness import Element
from shared.domain.content import Content, Text, specs
from shared.domain.covered import LONGEST_NAME, MOST_NAMED
from shared.domain.lifecycle import STAFF_ROLES, TABLE, Action, Role
from shared.formats.alert_json import alert_json
from shared.formats.area_parts_json import MOST_PARTS
from shared.formats.content_json import FIELDS, REQUIRED
from shared.formats.noticed_json import NAME as NOTICED
from shared.geo.geojson import MOST_VERTICES
from shared.services.alerts.check_content import LEAST_SILENCE, SOUND_BEFORE_END
from tests.fakes.alert_values import alert

SPEC = yaml.safe_load((ROOT / "openapi.yaml").read_text())
SCHEMAS = SPEC["components"]["schemas"]
METHODS = {"get", "put", "post", "delete", "patch"}


def described() -> set[tuple[str, str]]:
    return {(method, path) for path, item in SPEC["paths"].items() for method in item if method in METHODS}


def served() -> set[tuple[str, str]]:
    return {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method.lower() in METHODS
    }


class OneName(yaml.SafeLoader):
    """A name that stands twice in a mapping is a fault: YAML keeps the later one, and says nothing."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        names = [name.value for name, _ in node.value]
        assert len(set(names)) == len(names), (node.start_mark, sorted(names))
        return super().construct_mapping(node, deep)


def test_nothing_is_described_twice_under_one_name():
    yaml.load((ROOT / "openapi.yaml").read_text(), OneName)


def test_the_description_is_valid_openapi():
    validate(SPEC)


def test_every_route_is_described_and_every_description_has_a_route():
    assert served() == described()


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ("State", {state.value for state in State}),
        ("Category", {category.value for category in Category}),
        ("Severity", {severity.value for severity in Severity}),
        ("Role", STAFF_ROLES),
        ("HistoryAction", {action.value for action in Action}),
        ("Action", {rule.action.value for rule in TABLE if Role.SYSTEM not in rule.who}),
    ],
)
def test_the_description_names_the_values_of_the_code(schema, values):
    assert set(SCHEMAS[schema]["enum"]) == set(values)
    assert len(SCHEMAS[schema]["enum"]) == len(values)


def test_every_step_of_the_staff_has_its_address():
    steps = {rule.action.value for rule in TABLE if Role.SYSTEM not in rule.who} - {Action.EDIT.value}
    addresses = {
        path.rsplit("/", 1)[1].replace("-", "_")
        for path in SPEC["paths"]
        if path.startswith("/api/alerts/{alert}/")
    }
    assert addresses == steps | {"history", "summary", "thread", "calls"}


def test_the_description_names_the_fields_that_are_answered():
    answered = alert_json(alert(), [], {"push": {}})
    assert set(SCHEMAS["Alert"]["required"]) == set(SCHEMAS["Alert"]["properties"]) == set(answered)


def test_the_description_names_the_fields_that_are_read():
    described = SCHEMAS["Content"]
    assert set(described["properties"]) == {
        *FIELDS,
        NOTICED,
        "area_change",
    }  # beside the content, of an update
    drawn, of_parts = (set(described["required"]) | set(one["required"]) for one in described["anyOf"])
    assert (drawn, drawn - of_parts, of_parts - drawn) == (REQUIRED, {"area", "area_name"}, {"parts"})


def test_a_draft_has_the_fields_of_a_content_and_needs_none():
    assert set(SCHEMAS["Draft"]["properties"]) == {*FIELDS, NOTICED, "area_change"}
    assert set(SCHEMAS["DraftText"]["properties"]) == set(specs(Text))
    assert not {"required"} & (SCHEMAS["Draft"].keys() | SCHEMAS["DraftText"].keys())


def test_what_an_approval_may_not_have_seen_is_named():
    unseen = SCHEMAS["Approval"]["properties"]["unseen"]
    assert unseen["items"]["enum"] == list(Unseen)


def test_what_a_text_may_leave_unsaid_is_named():
    assert SCHEMAS["Missing"]["properties"]["element"]["enum"] == list(Element)


def test_the_limits_of_the_sound_are_named():
    described = SCHEMAS["Content"]["properties"]["sound_at"]["description"]
    assert f"{LEAST_SILENCE.seconds // 60} minutes after sending" in described
    assert f"{SOUND_BEFORE_END.seconds // 60} before" in described


def test_the_limits_of_the_description_are_those_of_the_code():
    for schema, fields in {
        "Content": specs(Content),
        "Text": specs(Text),
        "Draft": specs(Content),
        "DraftText": specs(Text),
    }.items():
        described = SCHEMAS[schema]["properties"]
        limits = {name: spec.longest for name, spec in fields.items() if spec.longest and not spec.derived}
        assert limits == {name: said["maxLength"] for name, said in described.items() if "maxLength" in said}
    assert SCHEMAS["Ring"]["maxItems"] == MOST_VERTICES
    assert SCHEMAS["Parts"]["maxItems"] == MOST_PARTS
    assert SCHEMAS["Covers"]["properties"]["names"]["maxItems"] == MOST_NAMED
    assert SCHEMAS["CoveredName"]["properties"]["name"]["maxLength"] == LONGEST_NAME


def test_every_route_says_whose_it_is_as_the_code_has_it():
    """A route without roles asks for none: who calls it is nobody yet."""
    said = {
        (method, path): set(item[method]["x-roles"])
        for path, item in SPEC["paths"].items()
        for method in item.keys() & METHODS
        if "x-roles" in item[method]
    }
    asked = {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)): set(ROLES[rule.endpoint])
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method.lower() in METHODS and rule.endpoint in ROLES
    }
    assert said == asked
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - ROLES.keys() == OPEN | FOR_ANYONE
