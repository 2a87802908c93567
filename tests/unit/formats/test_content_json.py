"""A content as clients send it: what is read of each declared field, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.domain.content import Content, specs
from shared.formats.alert_json import time_json
from shared.formats.content_json import read_content
from tests.fakes.clock import SUNDAY_NIGHT as NOW
from tests.fakes.requests import water

HOUR = timedelta(hours=1)
FULL = {
    "category": "warning",
    "event": "thunderstorm",
    "event_ends": time_json(NOW + 5 * HOUR),
    "next_info": time_json(NOW + 2 * HOUR),
    "urgency": "Expected",
    "certainty": "Likely",
    "response": "Shelter",
    "source": " IMGW-PIB ",
    "contact": "+48 12 272 12 34",
}


def accepted(**changes: Any) -> dict[str, Any]:
    form = read_content(water(**changes))
    assert form.errors == ()
    return dict(form.values)


def refusals(**changes: Any) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in read_content(water(**changes)).errors]


def test_all_that_a_warning_may_say_is_read():
    said = accepted(**FULL, texts={"pl": {"title": "t", "body": "b", "instruction": " Zostań.\n\nTam. "}})
    assert (said["event"], said["urgency"], said["response"]) == ("thunderstorm", "Expected", "Shelter")
    assert (said["event_ends"], said["next_info"]) == (NOW + 5 * HOUR, NOW + 2 * HOUR)
    assert (said["source"], said["texts"]["pl"].instruction) == ("IMGW-PIB", "Zostań.\n\nTam.")


OPTIONAL = [name for name, spec in specs(Content).items() if not (spec.required or spec.derived)]


@pytest.mark.parametrize("name", OPTIONAL)
def test_null_says_that_an_optional_field_is_not_there(name):
    if name == "exercise":
        assert refusals(exercise=None) == [("/exercise", "not-a-boolean")]
    else:
        assert accepted(**{name: None})[name] is None


def test_what_is_worked_out_here_is_taken_from_nobody():
    told = {"names": [], "inside": 9, "total": 9, "more": 0, "more_inside": 0}
    assert refusals(covers=told) == [("/covers", "unknown-field")]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"category": "black_ice"}, ("/category", "unknown-value")),
        ({"event": "drone"}, ("/event", "unknown-value")),
        ({"urgency": "Soon"}, ("/urgency", "unknown-value")),
        ({"certainty": 1}, ("/certainty", "unknown-value")),
        ({"response": "shelter"}, ("/response", "unknown-value")),
        ({"source": "a\u2067b"}, ("/source", "text-characters")),
        ({"source": "\u200b"}, ("/source", "empty")),
        ({"source": "x" * 201}, ("/source", "too-long")),
        ({"source": ""}, ("/source", "empty")),
        ({"event_ends": "today"}, ("/event_ends", "not-a-time")),
        ({"group": "warning"}, ("/group", "unknown-field")),
        (
            {"texts": {"pl": {"title": "t", "body": "b", "instruction": "x" * 2001}}},
            ("/texts/pl/instruction", "too-long"),
        ),
        ({"texts": {"uk": {"title": "t", "body": "b"}}}, ("/texts/pl", "missing")),
    ],
)
def test_what_cannot_be_read_is_named(changes, fault):
    assert refusals(**changes) == [fault]


@pytest.mark.parametrize(
    "contact", ["112", "12 272-12-34", "(12) 272 12 34", "urzad@gmina.pl", "https://gmina.pl/a?b=1"]
)
def test_a_contact_is_a_telephone_number_or_an_address(contact):
    assert accepted(contact=contact)["contact"] == contact


@pytest.mark.parametrize(
    "contact",
    ["urząd", "http://gmina.pl", "javascript:alert(1)", "https://gmina.pl/<a>", "12", "a@b@c", "https://"],
)
def test_anything_else_is_no_contact(contact):
    pointer, code = refusals(contact=contact)[0]
    assert (pointer, code) == ("/contact", "not-a-contact")


def test_a_contact_may_come_with_the_spaces_and_dashes_of_a_web_page():
    assert accepted(contact="\ufeff+48\u00a012\u2011272\u201312\u202f34 ")["contact"] == "+48 12-272-12 34"


def test_limits_count_what_is_left_of_a_text():
    title = "\u00ad".join("x" * 120) + " \n"
    assert accepted(texts={"pl": {"title": title, "body": "b"}})["texts"]["pl"].title == "x" * 120
    assert refusals(texts={"pl": {"title": "x" * 121, "body": "b"}}) == [("/texts/pl/title", "too-long")]


def test_a_text_that_is_dear_to_clean_is_not_cleaned_to_its_end():
    assert refusals(source="x" + "\u0301" * 900_000) == [("/source", "too-long")]


def test_a_refused_character_is_told_with_its_place():
    (fault,) = read_content(water(area_name="Brak \u202ewody")).errors
    assert fault.params == {"character": "U+202E", "near": "Brak ▯wody"}
