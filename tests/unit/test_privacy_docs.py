"""docs/privacy.md against what is stored: every field has a line, and is kept as long as the line says."""

from __future__ import annotations

import ast
import json
import re
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from infra.local.processes import ROOT
from shared.adapters.delivery_documents import LEDGER_KEPT
from shared.domain.content import Content, Text, specs
from shared.domain.retention import CONFIRMED_KEPT
from shared.services.sweep.clear_leftovers import IDLE
from tests.releases.readers import READERS, UNREAD
from tests.releases.samples import load, releases, stories
from tests.unit.recorded import Record, field_paths, kind_of, lines, table

RECORD = Record()
RULES = (ROOT / "firestore.rules").read_text(encoding="utf-8")
INDEXES = json.loads((ROOT / "firestore.indexes.json").read_text(encoding="utf-8"))
WITH_TTL = {
    item["collectionGroup"]
    for item in INDEXES["fieldOverrides"]
    if item.get("ttl") and item["fieldPath"] == "expire"
}
# Function of the rules that names a document's fields: which documents these are.
WRITTEN_BY_APPS = {
    "isResident": "residents/*",
    "isPlace": "residents/*/places/*",
    "isDevice": "residents/*/devices/*",
    "isReceipt": "published/*/receipts/*",
    "isReport": "published/*/reports/*",
}
BASES = {"consent", "task", "duty", "none"}


@pytest.mark.parametrize(("release", "story"), [(one, two) for one in releases() for two in stories(one)])
def test_every_field_that_a_release_wrote_has_a_line(release, story):
    lacking = {
        f"{kind_of(path)}: {field}"
        for path, document in load(release, story).items()
        for field in RECORD.lacks(kind_of(path), document)
    }
    assert not lacking


def test_every_document_that_is_described_has_a_line():
    assert (set(READERS) | UNREAD) - RECORD.kinds == set()


def test_whatever_apps_may_write_is_known_here():
    asked = set(re.findall(r"(\w+)\([^()]*request\.resource\.data\)", RULES))
    assert asked == set(WRITTEN_BY_APPS)


@pytest.mark.parametrize("function", WRITTEN_BY_APPS)
def test_every_field_that_apps_may_write_has_a_line(function):
    body = re.search(rf"function {function}\(.*?\n    }}", RULES, re.DOTALL)
    assert body
    lists = re.findall(r"(?:hasOnly|hasAll|hasExactlyUntil)\((?:data, )?\[([^]]*)\]", body[0])
    fields = {field for one in lists for field in re.findall(r"'(\w+)'", one)}
    assert fields
    lacking = RECORD.lacks(WRITTEN_BY_APPS[function], dict.fromkeys(fields))
    assert not lacking


def test_every_field_of_a_content_has_a_line():
    said: dict[str, Any] = dict.fromkeys(specs(Content))
    said["texts"] = {"pl": dict.fromkeys(specs(Text))}
    assert not RECORD.lacks("alerts/*", said)


# Names in maps of adapters that are none of a field.
OF_MAPS = {
    "audit_chain.py": {"timeout"},
    "firestore_query.py": {"collection_id", "composite_filter", "field", "field_filter", "filters", "op"},
    "stored_documents.py": {"counts", "unreadable"},  # of a log line
    "store_clock.py": {"timeout"},
    "unkept.py": {"alerts", "history", "summary", "receipts", "reports"},  # collections
    "alert_documents.py": {"sending"},  # a word of before
    "area_documents.py": {"search"},  # a document
    "whole_municipality.py": {"latitude", "longitude"},  # of an export
}


def writes_documents(path):
    return path.stem.endswith("_documents") or "google.cloud.firestore" in path.read_text(encoding="utf-8")


def names_written(path):
    """Names in literal maps of an adapter, or set in one: what it may write into a document."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant))
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield from (one.value for one in [node.slice] if isinstance(one, ast.Constant))


def test_every_name_in_a_map_that_an_adapter_makes_is_in_the_record():
    named = RECORD.names() | {"__name__"}
    files = [file for file in (ROOT / "shared" / "adapters").glob("*.py") if writes_documents(file)]
    lacking = {
        f"{file.name}: {name}"
        for file in files
        for name in set(names_written(file)) - OF_MAPS.get(file.name, set()) - named
        if isinstance(name, str)
    }
    assert not lacking


def test_a_field_without_a_line_is_seen_at_any_depth():
    assert RECORD.lacks("residents/*", {"language": "pl", "phone": "1"}) == {"phone"}
    device = {"target": {"kind": "token", "value": "x", "owner": "y"}}
    assert RECORD.lacks("residents/*/devices/*", device) == {"target.owner"}
    entry = {"siblings": [{"id": "1"}, {"id": "2", "label": "x"}]}
    assert RECORD.lacks("audience/*", entry) == {"siblings.label"}
    assert RECORD.lacks("contacts/*", {"name": "x"}) == {"name"}
    assert RECORD.lacks("alerts/*/history/*", {"details": {}, "by": None}) == set()


def test_paths_of_fields():
    document = {"a": 1, "b": {"c": None, "d": {}}, "e": [{"f": 1}, {"g": 2}], "h": ["x"]}
    assert set(field_paths(document)) == {"a", "b.c", "b.d", "e.f", "e.g", "h"}


def test_every_line_says_its_basis_and_a_time_that_is_listed():
    kept = {row[0] for row in table("How long")}
    assert {line.basis for line in lines()} <= BASES
    assert {line.kept for line in lines()} <= kept
    assert kept - {line.kept for line in lines()} == set()


MODULES = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in (ROOT / "shared").rglob("*.py")}
HELD = re.compile(r"`([\w.]+)\.([A-Z_]+)` = (\d+) (days|hours)")
TTL = re.compile(r"TTL `(\w+)`")


@pytest.mark.parametrize("row", table("How long"), ids=lambda row: row[0])
def test_what_is_kept_is_kept_as_long_as_the_code_says(row):
    for module, name, number, unit in HELD.findall(row[2]):
        assert getattr(import_module(module), name) == timedelta(**{unit: int(number)})


def test_every_ttl_of_firestore_is_in_the_table():
    said = {group for row in table("How long") for group in TTL.findall(row[2])}
    assert said == WITH_TTL


def test_what_expires_has_a_line_that_names_the_ttl_of_its_collection():
    ttl = {row[0]: set(TTL.findall(row[2])) for row in table("How long")}
    wrong = {
        line.kind
        for line in lines()
        if "expire" in line.fields and line.kind.split("/")[-2] not in ttl[line.kept]
    }
    assert not wrong


def constants():
    """Every span of time that a module of the code keeps something for, by its name."""
    for file in sorted((ROOT / "shared").rglob("*.py")):
        for name in re.findall(r"^([A-Z_]*KEPT|IDLE) = timedelta", file.read_text(encoding="utf-8"), re.M):
            yield ".".join(file.relative_to(ROOT).with_suffix("").parts), name


def test_every_span_that_something_is_kept_for_is_in_the_table():
    said = {(module, name) for row in table("How long") for module, name, *_ in HELD.findall(row[2])}
    assert set(constants()) == said


def test_the_longest_end_of_a_place_is_that_of_the_rules():
    (days,) = re.findall(r"request\.time \+ duration\.value\((\d+), 'd'\)", RULES)
    assert f"rules: `isWithinAYear` = {days} days" in {row[2] for row in table("How long")}


ASSESSMENT = (ROOT / "docs" / "privacy" / "impact-assessment.md").read_text(encoding="utf-8")
NUMBERS = re.findall(r"\| (\d+) \| `([\w.]+)\.([A-Z_]+)` \|", ASSESSMENT)


def test_the_assessment_has_the_numbers_of_reach_and_statistics():
    assert {name for _, _, name in NUMBERS} == {
        *("LEAST_PEOPLE", "STEP", "MOST_AN_HOUR", "MOST_A_DAY", "LEAST_ADDRESSES"),
    }


@pytest.mark.parametrize(("number", "module", "name"), NUMBERS)
def test_a_number_of_the_assessment_is_that_of_the_code(number, module, name):
    assert getattr(import_module(module), name) == int(number)


def test_the_clause_says_the_times_of_the_code():
    clause = (ROOT / "docs" / "privacy" / "information-clause.md").read_text(encoding="utf-8")
    kept = [IDLE.days, LEDGER_KEPT.days, CONFIRMED_KEPT.days]
    assert [days for days in kept if not re.search(rf"\b{days} dni", clause)] == []


@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_the_app_says_what_a_resident_must_be_told(language):
    """RODO, art. 13: the page to which the consent leads shows every part, and the times of the code."""
    words = (ROOT / f"web-residents/js/i18n/{language}.js").read_text(encoding="utf-8")
    page = (ROOT / "web-residents/js/welcome/about.js").read_text(encoding="utf-8")
    box = (ROOT / "web-residents/js/welcome/consent_box.js").read_text(encoding="utf-8")
    assert 'href="/app/about"' in box
    said = dict(re.findall(r"'about\.data\.(\w+)': '(.*)',", words))
    for part in ("who", "what", "where", "transfer", "long", "free", "rights"):
        assert f"'{part}'" in page
        assert said[part]
    assert [days for days in (IDLE.days, LEDGER_KEPT.days) if str(days) not in said["long"]] == []
