"""Texts as they are pasted become texts that read the same everywhere; what cannot be mended is named."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.clean_text import (
    Refused,
    clean_contact,
    clean_line,
    clean_paragraphs,
    has_visible,
    refused_in,
)

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
WALES = "\U0001f3f4" + "".join(chr(0xE0000 + ord(one)) for one in "gbwls") + "\U000e007f"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        # as Word, Excel, old files and web pages leave it
        ("Pękła rura.\x0bWody nie będzie", "Pękła rura.\nWody nie będzie"),
        ("strona\x0cdruga", "strona\ndruga"),
        ("Mac\rOS\r\nWindows\u2028Web\u2029Word\u0085", "Mac\nOS\nWindows\nWeb\nWord"),
        ("Ulica\tGodziny", "Ulica Godziny"),
        ("\ufeffBrak wo\u00addy\u200b", "Brak wody"),
        ("a\u2060b\u200ec\u061cd\ufffce", "abcde"),
        ("12\x1e34 wo\x1fda", "12-34 woda"),
        ("\uf0b7 raz\n\uf0a7 dwa", "• raz\n▪ dwa"),
        # canonical forms
        ("Z\u0307o\u0301ł\u0142", "Żółł"),
        ("A\u030a", "Å"),
        # joiners and marks that mean something
        (FAMILY, FAMILY),
        ("❤\ufe0f\u200d🔥 👍🏽 🇵🇱 1\ufe0f\u20e3", "❤\ufe0f\u200d🔥 👍🏽 🇵🇱 1\ufe0f\u20e3"),
        (WALES, WALES),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ي\u0654", "ئ"),
        # ... and those that do not
        ("wo\u200dda\u200c", "woda"),
        ("👩\u200d\u200d👧 👩\u200d", "👩\u200d👧 👩"),
        ("a\U000e0067b", "ab"),
        ("\u0301\u0336abc \u0336d", "abc d"),
        ("a" + "\u0336" * 40 + "b", "a" + "\u0336" * 3 + "b"),
        ("ب" + "\u064b\u200d" * 20 + "ت", "ب" + "\u064b\u200d" * 3 + "ت"),
        # what typographers want stays
        ("Awaria „Wodociąg” – ul.\u00a0Główna…", "Awaria „Wodociąg” – ul.\u00a0Główna…"),
        ("\u3164\u2800 x \u00a0\n", "x"),
    ],
)
def test_what_was_pasted_is_cleaned(typed, clean):
    assert clean_paragraphs(typed) == clean


def test_a_line_has_no_breaks():
    assert clean_line("Pękła rura. \r\n\r\n Wody\x0bnie ma\n") == "Pękła rura. Wody nie ma"


def test_a_contact_has_plain_spaces_and_hyphens():
    assert clean_contact("+48\u00a012\u2212272") == "+48 12-272"


@pytest.mark.parametrize("text", ["", " \u00a0", "\u0301", "\ufe0f", "\u200d", "\ue000", "\n"])
def test_nothing_is_seen(text):
    assert not has_visible(clean_paragraphs(text))


@pytest.mark.parametrize("text", ["a", ".", "💧", "水", "1", "…"])
def test_something_is_seen(text):
    assert has_visible(text)


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x9c",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\ufffd",
        "\ue123",
        "\ufdd0",
    ],
)
def test_what_is_neither_seen_nor_mended_is_named(character):
    found = refused_in(clean_paragraphs(f"Brak {character}wody"))
    assert found == Refused(f"U+{ord(character):04X}", "Brak ▯wody")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_clean_text_stays_as_it_is(text):
    clean = clean_paragraphs(text)
    assert clean_paragraphs(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text("a\u0301\u0336\u200d\ufe0f👩\u064b\u0628 \n"))
def test_marks_never_pile_up(text):
    run = 3
    for one in clean_paragraphs(text):
        if unicodedata.category(one).startswith("M"):
            run += 1
        elif one != "\u200d":
            run = 3 if one.isspace() else 0
        assert run <= 3 or not unicodedata.category(one).startswith("M")
