"""In which languages an office writes, and what is said where it does not write in the resident's."""

from __future__ import annotations

import pytest

from tests.residents.test_alerts_modules import call
from tests.residents.test_words import dictionaries


@pytest.mark.parametrize(
    ("language", "languages", "named"),
    [
        ("uk", ["pl", "en"], ["Gmina"]),
        ("uk", ["pl", "uk"], []),
        ("pl", ["pl"], []),
        ("uk", [], []),  # of before offices said it
    ],
)
def test_an_office_that_does_not_write_in_the_residents_language_is_named(
    language: str, languages: list[str], named: list[str]
):
    towns = [{"name": "Gmina", "languages": languages}]
    assert call("written.js", "m.notWritingIn(...given)", [language, towns]) == named


def test_every_language_says_so_and_in_which_the_alerts_come():
    for code in ("pl", "en", "uk"):
        told = dictionaries()[code]["alerts.untranslated"]
        assert "{municipality}" in told
