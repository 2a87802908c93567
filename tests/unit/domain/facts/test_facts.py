"""Texts made of facts, by the cases that the staff's page passes too; what a template may not be."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.domain.facts.follow import area_name, lines, times
from shared.domain.facts.gaps import BrokenText, Gap, Optional, gaps_of, pieces_of
from shared.domain.facts.given import Facts, missing
from shared.domain.facts.render import render
from shared.formats.alert_json import time_json
from shared.formats.facts_json import fact_value
from tests.fact_cases import CASES, template_of


def facts_of(case: dict[str, Any]) -> Facts:
    template, given = template_of(case), case["facts"]
    return {
        fact.name: given[fact.name]
        if fact.type.value in ("names", "text", "telephone")
        else fact_value(fact, given[fact.name])
        for fact in template.facts
        if given.get(fact.name) is not None
    }


def now_of(case: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(case["now"]).astimezone(UTC)


def rendered(case: dict[str, Any], language: str) -> dict[str, str] | None:
    found = render(template_of(case), facts_of(case), language, now_of(case))
    return None if found is None else asdict(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_text_is_made_of_facts(case):
    for language, text in case.get("texts", {}).items():
        assert rendered(case, language) == text
    for language, body in case.get("bodies", {}).items():
        assert rendered(case, language)["body"] == body


@pytest.mark.parametrize("case", [case for case in CASES if "times" in case], ids=lambda case: case["case"])
def test_times_follow_from_facts(case):
    found = times(template_of(case), facts_of(case), now_of(case))
    assert {name: at and time_json(at).replace(".000Z", "Z") for name, at in found.items()} == case["times"]


@pytest.mark.parametrize("case", [case for case in CASES if "lines" in case], ids=lambda case: case["case"])
def test_lines_follow_from_facts(case):
    assert lines(template_of(case), facts_of(case), now_of(case)) == case["lines"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "area_name" in case], ids=lambda case: case["case"]
)
def test_the_name_of_the_area_follows_from_its_names(case):
    assert area_name(case["facts"]["where"]) == case["area_name"]
    assert len(case["area_name"]) <= 200


@pytest.mark.parametrize("case", [case for case in CASES if "missing" in case], ids=lambda case: case["case"])
def test_what_is_needed_and_not_given_is_named(case):
    assert missing(template_of(case), facts_of(case)) == case["missing"]


def test_a_text_is_taken_apart():
    assert pieces_of("Do {until:until}[, od {from}]{tanker?}.") == (
        "Do ",
        Gap("until", "until"),
        Optional((", od ", Gap("from"))),
        Gap("tanker", asks="?"),
        ".",
    )
    assert list(gaps_of("{a}[{b}]")) == [(Gap("a"), False), (Gap("b"), True)]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("do {until", "{until"),
        ("do until}", "}"),
        ("do {Until}", "{Until}"),
        ("do {do kiedy}", "{do kiedy}"),
        ("a [b", "[b"),
        ("a b]", "]"),
        ("a [b [c] d]", "[c] d]"),
        ("{}", "{}"),
        ("{a:1}", "{a:1}"),
    ],
)
def test_a_brace_without_its_partner_is_named(text, near):
    with pytest.raises(BrokenText) as error:
        pieces_of(text)
    assert error.value.near == near
