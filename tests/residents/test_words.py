"""The app's words: every one in every language, and every one that is asked for is there."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from infra.local.processes import ROOT
from shared import vocabulary

APP = ROOT / "web-residents/js"
LANGUAGES = vocabulary.values("languages")
CATEGORIES = {
    "pl": {"one", "few", "many", "other"},
    "en": {"one", "other"},
    "uk": {"one", "few", "many", "other"},
}
AREAS = {"shell", "welcome", "settings", "places", "receive", "alerts", "leave"}
RESERVED = re.compile(r"\balarm|komunikat\w* ostrzegawcz", re.IGNORECASE)  # words with other meanings by law
OWN_KEY = re.compile(r"^  '([\w.-]+)':", re.MULTILINE)


@cache
def dictionaries() -> dict[str, dict[str, Any]]:
    """Words by language and key."""
    return {language: _whole(language) for language in LANGUAGES}


def _whole(language: str) -> dict[str, Any]:
    at_once = {**_default(f"i18n/first_{language}.js"), **_default("verify/words.js")[language]}
    return {**at_once, **_default(f"i18n/{language}.js")}


def _default(path: str) -> dict[str, Any]:
    module = (APP / path).as_uri()
    script = f"process.stdout.write(JSON.stringify((await import({module!r})).default));"
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _texts(entry: Any) -> list[str]:
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def _every() -> list[tuple[str, str, str]]:
    return [
        (language, key, text)
        for language, entries in dictionaries().items()
        for key, entry in entries.items()
        for text in _texts(entry)
    ]


def _values(entry: Any) -> set[str]:
    return {name for text in _texts(entry) for name in re.findall(r"\{(\w+)\}", text)} - {"count"}


@pytest.mark.parametrize("area", sorted(AREAS))
def test_every_area_has_words(area: str):
    assert any(key.startswith(f"{area}.") for key in dictionaries()["pl"])


def test_all_languages_have_the_same_keys_in_the_same_order():
    found = dictionaries()
    assert all(list(found[language]) == list(found["pl"]) for language in LANGUAGES)


def test_every_language_of_the_vocabulary_is_fetched_with_its_labels():
    line = re.compile(r"(\w+): \(\) => .*import\('\./(\w+)\.js'\), import\('[./]+/vendor/labels-(\w+)\.js'\)")
    loaded = line.findall((APP / "i18n/dictionary.js").read_text())
    assert loaded == [(language,) * 3 for language in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str):
    keys = list(_default("verify/words.js")[language])
    for name in (f"first_{language}", language):
        keys += OWN_KEY.findall((APP / f"i18n/{name}.js").read_text())
    assert sorted(keys) == sorted(dictionaries()[language])


def test_a_translation_takes_the_same_values():
    found = dictionaries()
    differing = [
        key
        for key, entry in found["pl"].items()
        if any(_values(found[language][key]) != _values(entry) for language in LANGUAGES)
    ]
    assert differing == []


def test_plural_forms_are_those_of_the_language():
    wrong = [
        (language, key)
        for language, entries in dictionaries().items()
        for key, entry in entries.items()
        if isinstance(entry, dict)
        and not CATEGORIES[language] - {"other"} <= set(entry) <= CATEGORIES[language]
    ]
    assert wrong == []


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
    known = set(dictionaries()["pl"])
    asked = {
        (path.relative_to(APP).as_posix(), key)
        for path in APP.rglob("*.js")
        if "i18n" not in path.parts
        for key in re.findall(r"\bwords\(\s*'([\w.]+)'", path.read_text())
    }
    assert {(path, key) for path, key in asked if key not in known} == set()


def test_the_first_screen_asks_only_for_words_that_are_there_at_once():
    at_once = set(_default("i18n/first_pl.js")) | set(_default("verify/words.js")["pl"])
    later = set(dictionaries()["pl"]) - at_once
    asked = {
        (path.relative_to(APP).as_posix(), key)
        for path in _first_screen()
        for key in re.findall(r"\bwords\(\s*'([\w.]+)'", path.read_text())
    }
    assert {(path, key) for path, key in asked if key in later} == set()
    assert {key.partition(".")[0] for key in later}.isdisjoint(
        {"shell", "failure", "missing", "welcome", "install"}
    )


def _first_screen() -> set[Path]:
    """What main.js imports at once, and what that does."""
    found, ahead = set(), {APP / "main.js"}
    while ahead:
        one = ahead.pop()
        found.add(one)
        named = re.findall(r"^import\s[^;]*?from '(\.[^']+)'", one.read_text(), re.MULTILINE)
        ahead |= {path for name in named if APP in (path := (one.parent / name).resolve()).parents} - found
    return {path for path in found if "i18n" not in path.parts}


def test_ukrainian_has_one_word_for_one_thing():
    """An alert is "сповіщення", a municipality "ґміна", a map "карта", and the apostrophe one sign."""
    other = re.compile(r"\bоповіщ|\bгмін|\bмап[аиуіо]|[а-яіїєґ]’[а-яіїєґ]", re.IGNORECASE)
    assert [(key, text) for language, key, text in _every() if language == "uk" and other.search(text)] == []
