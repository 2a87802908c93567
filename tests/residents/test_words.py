"""The app's words: every one in Polish, English and Ukrainian, and every one that is asked for is there."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from typing import Any

import pytest

from infra.local.processes import ROOT

APP = ROOT / "web-residents/js"
LANGUAGES = ["pl", "en", "uk"]
CATEGORIES = {
    "pl": {"one", "few", "many", "other"},
    "en": {"one", "other"},
    "uk": {"one", "few", "many", "other"},
}
OWN = {"shell", "welcome", "settings", "places", "receive", "alerts", "leave"}
RESERVED = re.compile(r"\balarm|komunikat\w* ostrzegawcz", re.IGNORECASE)  # words with other meanings by law


@cache
def areas() -> dict[str, dict[str, dict[str, Any]]]:
    """Words by area, language and key."""
    module = (APP / "i18n/dictionary.js").as_uri()
    script = f"process.stdout.write(JSON.stringify((await import({module!r})).AREAS));"
    command = ["node", "--input-type=module", "-e", script]
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )
    return found


def _texts(entry: Any) -> list[str]:
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def _every() -> list[tuple[str, str, str]]:
    return [
        (language, key, text)
        for area in areas().values()
        for language, entries in area.items()
        for key, entry in entries.items()
        for text in _texts(entry)
    ]


def _values(entry: Any) -> set[str]:
    return {name for text in _texts(entry) for name in re.findall(r"\{(\w+)\}", text)} - {"count"}


def test_every_area_has_words():
    assert set(areas()) == OWN
    assert all(area["pl"] for area in areas().values())


@pytest.mark.parametrize("area", sorted(OWN))
def test_the_three_languages_have_the_same_keys(area: str):
    found = areas()[area]
    assert list(found) == LANGUAGES
    assert set(found["pl"]) == set(found["en"]) == set(found["uk"])


@pytest.mark.parametrize("area", sorted(OWN))
def test_a_translation_takes_the_same_values(area: str):
    found = areas()[area]
    differing = [
        key
        for key, entry in found["pl"].items()
        if not _values(entry) == _values(found["en"][key]) == _values(found["uk"][key])
    ]
    assert differing == []


def test_plural_forms_are_those_of_the_language():
    wrong = [
        (language, key)
        for area in areas().values()
        for language, entries in area.items()
        for key, entry in entries.items()
        if isinstance(entry, dict)
        and not CATEGORIES[language] - {"other"} <= set(entry) <= CATEGORIES[language]
    ]
    assert wrong == []


def test_no_key_stands_in_two_areas():
    keys = [key for area in areas().values() for key in area["pl"]]
    assert sorted(keys) == sorted(set(keys))


def test_nothing_is_empty_or_left_in_another_script():
    wrong = [
        (language, key)
        for language, key, text in _every()
        if not text.strip() or (language != "uk" and re.search(r"[Ѐ-ӿ]", text))
    ]
    assert wrong == []


def test_ukrainian_is_translated():
    """Longer texts have Ukrainian letters in the main; names and codes may stay as they are."""
    foreign = [
        key
        for language, key, text in _every()
        if language == "uk" and len(text) > 25 and len(re.findall(r"[Ѐ-ӿ]", text)) < len(text) / 3
    ]
    assert foreign == []


def test_english_has_no_polish_letters():
    polish = [key for language, key, text in _every() if language == "en" and re.search("[ąćęłńśźż]", text)]
    assert polish == []


def test_no_word_of_the_polish_text_is_reserved():
    assert [key for language, key, text in _every() if language == "pl" and RESERVED.search(text)] == []


def test_every_word_that_a_view_asks_for_is_there():
    known = {key for area in areas().values() for key in area["pl"]}
    asked = {
        (path.relative_to(APP).as_posix(), key)
        for path in APP.rglob("*.js")
        if "i18n" not in path.parts
        for key in re.findall(r"\bwords\(\s*'([\w.]+)'", path.read_text())
    }
    assert {(path, key) for path, key in asked if key not in known} == set()
