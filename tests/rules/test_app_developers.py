"""docs/app-developers.md cannot drift: its examples go through the rules, its tables are the code's."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from infra.local.processes import ROOT
from shared.domain.delivery import Platform, Sound, Target
from shared.formats.push import template
from shared.formats.push_text import EXERCISE
from shared.geo.cells import cell_of
from tests.fakes.alert_values import alert, content

PAGE = (ROOT / "docs" / "app-developers.md").read_text()
ME, ALERT, KEY = "wnSTykBfZlZ2sRZB7jYyxVbJ9p93", "Hq2Jt8sLwPzR4vXb6NcY", "5f" * 32
PROOF = hashlib.sha256(f"{KEY}:{ME}.1".encode()).hexdigest()
EXAMPLE = re.compile(r"`((?:residents|published)/[^`]+)`[^`]*\n\n```json\n(.*?)```", re.DOTALL)


def filled(text):
    return text.replace("UID", ME).replace("ALERT", ALERT).replace("PROOF", PROOF)


EXAMPLES = {path: json.loads(filled(document)) for path, document in EXAMPLE.findall(PAGE)}


def test_every_fenced_json_is_an_example_with_its_path():
    assert len(EXAMPLES) == PAGE.count("```json") == 6


@pytest.mark.emulator
@pytest.mark.parametrize("path", EXAMPLES)
def test_the_rules_accept_the_example_from_its_owner_alone(as_user, admin, path):
    admin.document(f"alerts/{ALERT}/private/proof").set({"key": KEY})
    assert not as_user("someone-else").set(filled(path), EXAMPLES[path])
    assert as_user(ME).set(filled(path), EXAMPLES[path])


@pytest.mark.emulator
@pytest.mark.parametrize("path", EXAMPLES)
def test_the_rules_refuse_the_example_with_any_field_missing_or_added(as_user, admin, path):
    admin.document(f"alerts/{ALERT}/private/proof").set({"key": KEY})
    me, document = as_user(ME), EXAMPLES[path]
    assert not me.set(filled(path), {**document, "extra": 1})
    for field in set(document) - {"accuracy"}:
        assert not me.set(filled(path), {name: value for name, value in document.items() if name != field})


@pytest.mark.emulator
def test_the_lists_of_what_is_published_are_allowed(as_user):
    assert as_user(ME).query("published", "terc", "1209033")


def test_the_two_example_places_use_a_true_cell():
    point = EXAMPLES["residents/UID/places/2"]["point"]
    assert EXAMPLES["residents/UID/places/1"]["cell"] == cell_of(point["latitude"], point["longitude"])


def test_the_table_of_the_push_has_the_fields_that_are_sent():
    table = PAGE.split("| field | meaning |")[1].split("\n\n")[0]
    described = {name for cell in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE) for name in names(cell)}
    exercise = alert("a1", content=content(exercise=True))
    body = template(exercise, "pl", Platform.ANDROID, "https://example.org").body(Target("token", "t"), PROOF)
    assert described == set(json.loads(body)["message"]["data"])


def test_every_value_of_the_sound_is_described():
    (row,) = re.findall(r"^\| `sound` \|(.*)$", PAGE, re.MULTILINE)
    assert set(names(row)) == set(Sound)


@pytest.mark.parametrize("mark", EXERCISE.values())
def test_the_marks_of_exercises_are_named(mark):
    assert f"`{mark}`" in PAGE


def names(cell):
    return re.findall(r"`(\w+)`", cell)


@pytest.mark.parametrize("limit", ["40 characters", "4,096 characters", "10,000 m", "28 days"])
def test_the_limits_are_named(limit):
    assert limit in PAGE.split("## Limits")[1]
