"""The search of streets and localities by what people type, and how many of 300 queries it answers."""

from __future__ import annotations

import time

import pytest

from shared.domain.search.gazetteer import Gazetteer
from shared.domain.search.grades import within_one_error
from shared.domain.search.index import index_of
from shared.domain.search.matching import Hit, Tier, search
from shared.domain.search.words import folded, forms_of, readings
from shared.search_words import search_words
from tests.gazetteers import MYSLENICE, STREET_NAMES, made, real, real_street_names, town
from tests.search_queries import asked_of, is_right
from tests.unit.search_cases import CASES, REGISTER, said

INDEX = index_of(REGISTER)
QUERIES = 300


@pytest.mark.parametrize(("text", "expected"), CASES["found"])
def test_what_is_typed_finds(text: str, expected: list[str]):
    assert [said(hit) for hit in search(INDEX, text)] == expected


@pytest.mark.parametrize(("typed", "word", "within"), CASES["one_error"])
def test_one_error(typed: str, word: str, within: bool):
    assert within_one_error(typed, word) is within


@pytest.mark.parametrize(("text", "queries"), [(text, queries) for text, *queries in CASES["queries"]])
def test_a_text_is_read_with_and_without_a_number(text: str, queries: list[list[object]]):
    assert [[list(query.words), query.house] for query in readings(text)] == queries


def test_a_better_match_stands_before_more_addresses():
    tiers = [hit.tier for hit in search(INDEX, "jana")]
    assert tiers == [Tier.EXACT, Tier.PREFIX, Tier.PREFIX]
    assert search(INDEX, "lenina")[0].tier == Tier.FORMER


def test_no_more_are_given_than_asked_for():
    assert len(search(INDEX, "jana", most=2)) == 2


@pytest.mark.parametrize("text", ["a" * 5_000, "ulica " * 1_000, "1 " * 1_000, "\x00\ud800", "ł" * 101])
def test_any_text_is_answered(text: str):
    assert search(INDEX, text) == []


def test_every_form_is_folded_and_stands_for_one_word():
    forms = [form for word in search_words()["forms"] for form in forms_of(word)]
    assert len(forms) == len(set(forms))
    assert [folded(form) for form in forms] == forms
    assert {*search_words()["left_out"], *search_words()["optional"]} <= search_words()["forms"].keys()


def _answered(
    gazetteer: Gazetteer, name: str, capsys: pytest.CaptureFixture[str], queries: int = QUERIES
) -> tuple[float, float]:
    """The shares of queries whose right answer is the first, and within the first five."""
    index = index_of(gazetteer)
    asked = asked_of(gazetteer, queries, seed=1)
    began = time.perf_counter()
    hits: list[list[Hit]] = [search(index, one.text) for one in asked]
    each = (time.perf_counter() - began) / queries * 1_000
    right = [[is_right(hit, one) for hit in found] for found, one in zip(hits, asked, strict=True)]
    first = sum(found[:1] == [True] for found in right) / queries
    within = sum(any(found) for found in right) / queries
    found = f"{first:.1%} first, {within:.1%} within five"
    with capsys.disabled():
        print(f"\n{name}: {found}; {len(index.entries):,} names, {each:.1f} ms")
    return first, within


def test_the_made_municipality_is_found(capsys):
    first, within = _answered(made(), "the made municipality", capsys)
    assert first >= 0.95
    assert within >= 0.99


@pytest.mark.skipif(not MYSLENICE.is_dir(), reason="the extracts of a real gmina are not here")
def test_a_real_municipality_is_found(capsys):
    first, within = _answered(real(), "Myślenice", capsys)
    assert first >= 0.95
    assert within >= 0.99


@pytest.mark.skipif(not STREET_NAMES.is_file(), reason="the real names of streets are not here")
def test_two_thousand_real_streets_are_found(capsys):
    first, within = _answered(
        town(real_street_names()[:2_000], 3), "2,000 real streets", capsys, QUERIES // 3
    )
    assert first >= 0.95
    assert within >= 0.99
