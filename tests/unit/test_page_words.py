"""Each key that the staff's page asks words for has them, in every language of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.local.processes import ROOT

PAGE = ROOT / "web-admin/js"
ASKED = re.compile(r"\bt\('([\w.-]+)'")
KNOWN = re.compile(r"^  '([\w.-]+)':", re.MULTILINE)
LANGUAGES = ("pl", "en")


def known(language: str) -> set[str]:
    files = [PAGE / f"i18n/{language}.js", *(PAGE / "i18n").glob(f"{language}_*.js")]
    return {key for file in files for key in KNOWN.findall(file.read_text())}


def asked() -> dict[str, Path]:
    return {key: file for file in PAGE.rglob("*.js") for key in ASKED.findall(file.read_text())}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_words(language):
    assert len(asked()) > 300
    assert {
        key: str(file.relative_to(ROOT)) for key, file in asked().items() if key not in known(language)
    } == {}


def test_the_languages_have_words_for_the_same():
    first, second = map(known, LANGUAGES)
    assert first == second


ACTS = re.compile(
    r'"((?:alert|area|template|session|staff|stand-in|review|reach|coverage|list|audit)\.[a-z-]+)"'
)


def test_each_act_of_the_services_has_words_in_the_audit():
    services = [*(ROOT / "shared/services").rglob("*.py"), *(ROOT / "manage").rglob("*.py")]
    acts = {act for file in services for act in ACTS.findall(file.read_text())}
    assert len(acts) > 20
    assert sorted(act for act in acts if f"audit.do.{act}" not in known("pl")) == []
