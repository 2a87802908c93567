"""docs/app-developers.md cannot drift: its examples go through the rules, its tables are the code's."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, time

import pytest

from infra.local.processes import ROOT
from shared.channels.push.message import template
from shared.channels.push.outcome import Sound
from shared.channels.push.text import EXERCISE
from shared.domain.alert import Category, Severity
from shared.domain.audience import Platform, Target
from shared.domain.preferences import Preferences, QuietHours, rings, wants
from shared.domain.public_alert import Kind
from shared.geo.cells import cell_of
from tests.fakes.alert_values import alert, content

PAGE = (ROOT / "docs" / "app-developers.md").read_text()
ME, ALERT, KEY = "wnSTykBfZlZ2sRZB7jYyxVbJ9p93", "Hq2Jt8sLwPzR4vXb6NcY", "5f" * 32
PROOF = hashlib.sha256(f"{KEY}:{ME}.1".encode()).hexdigest()
EXAMPLE = re.compile(r"`((?:residents|published)/[^`]+)`[^`]*\n\n```json\n(.*?)```", re.DOTALL)


def filled(text):
    return text.replace("UID", ME).replace("ALERT", ALERT).replace("PROOF", PROOF)


OPTIONAL = {"accuracy", "muted", "least_severity", "quiet_hours", "seen"}
EXAMPLES = {path: json.loads(filled(document)) for path, document in EXAMPLE.findall(PAGE)}


def arrange_sent(admin):
    admin.document(f"alerts/{ALERT}/private/proof").set({"key": KEY})
    admin.document(f"published/{ALERT}").set({"terc": "1209033", "state": "active"})


def test_every_fenced_json_is_an_example_with_its_path():
    assert len(EXAMPLES) == PAGE.count("```json") == 7


@pytest.mark.emulator
@pytest.mark.parametrize("path", EXAMPLES)
def test_the_rules_accept_the_example_from_its_owner_alone(as_user, admin, path):
    arrange_sent(admin)
    assert not as_user("someone-else").set(filled(path), EXAMPLES[path])
    assert as_user(ME).set(filled(path), EXAMPLES[path])


@pytest.mark.emulator
@pytest.mark.parametrize("path", EXAMPLES)
def test_the_rules_refuse_the_example_with_any_field_missing_or_added(as_user, admin, path):
    arrange_sent(admin)
    me, document = as_user(ME), EXAMPLES[path]
    assert not me.set(filled(path), {**document, "extra": 1})
    for field in set(document) - OPTIONAL:
        assert not me.set(filled(path), {name: value for name, value in document.items() if name != field})


@pytest.mark.emulator
@pytest.mark.parametrize("path", EXAMPLES)
def test_the_rules_accept_the_example_without_any_optional_field(as_user, path):
    for field in OPTIONAL & set(EXAMPLES[path]):
        document = {name: value for name, value in EXAMPLES[path].items() if name != field}
        assert as_user(ME).set(filled(path), document)


def test_the_example_of_a_resident_has_every_preference():
    assert set(EXAMPLES["residents/UID"]) >= OPTIONAL - {"accuracy"}


def test_the_table_of_preferences_is_what_the_code_does():
    """For somebody who has muted everything and sleeps all night."""
    quiet = QuietHours(time(22), time(6, 30))
    asked = Preferences(frozenset(Category), Severity.EXTREME, quiet)
    sleeps = Preferences(quiet=quiet)
    night = datetime(2026, 11, 22, 2, tzinfo=UTC)
    rows = {
        "Extreme": [content(severity=Severity.EXTREME)],
        "Severe": [content(severity=Severity.SEVERE)],
        "Moderate, Minor": [content(severity=severity) for severity in (Severity.MODERATE, Severity.MINOR)],
        "exercise, whatever its severity": [content(severity=one, exercise=True) for one in Severity],
    }
    table = PAGE.split("| alert | `muted`, `least_severity` | `quiet_hours` |")[1].split("\n\n")[0]
    for name, sent, heard in re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE):
        for message in rows.pop(name):
            assert wants(asked, message) == (sent == "always sent")
            assert rings(sleeps, message, night) == (heard == "sounds all the same")
    assert rows == {}


@pytest.mark.emulator
def test_the_lists_of_what_is_published_are_allowed(as_user):
    assert as_user(ME).query("published", "terc", "1209033", most=50)


def test_the_two_example_places_use_a_true_cell():
    point = EXAMPLES["residents/UID/places/2"]["point"]
    assert EXAMPLES["residents/UID/places/1"]["cell"] == cell_of(point["latitude"], point["longitude"])


def test_the_table_of_the_push_has_the_fields_that_are_sent():
    table = PAGE.split("| field | meaning |")[1].split("\n\n")[0]
    described = {name for cell in re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE) for name in names(cell)}
    update = alert("a1", content=content(exercise=True), kind=Kind.UPDATE)
    told = template(update, "pl", Platform.ANDROID, "https://example.org", narrowed="eased")
    assert described == set(json.loads(told.body(Target("token", "t"), PROOF))["message"]["data"])


def test_the_kinds_of_followers_are_named():
    (table,) = re.findall(r"\*\*What follows an alert\*\*.*?\n\n(\| `kind` \|.*?)\n\n", PAGE, re.DOTALL)
    assert {kind.value for kind in Kind} - {"alert"} <= set(names(table))


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
