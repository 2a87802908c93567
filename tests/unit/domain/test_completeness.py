"""What a text leaves unsaid: how many holes are found, and how often a whole text is blamed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from shared.domain.completeness import EARLY, Element, asked, missing
from shared.domain.content import Category, Content, Hazard, Response, Severity, Text
from tests.texts.marked import HERE, LETTERS, Marked, marked, mutilated
from tests.texts.templates import told_texts

SOON = datetime(2030, 1, 1, tzinfo=UTC)
# Of the texts that the words were chosen by, and of others, which nobody looked at meanwhile.
LEAST_FOUND = {"written": 0.95, "held_out": 0.90}
MOST_BLAMED = {"written": 0.05, "held_out": 0.05}


def content(title: str, body: str, group: str = "warning", language: str = "pl", **fields: Any) -> Content:
    base = Content(
        category=Category(group),
        severity=Severity.SEVERE,
        texts={language: Text(title, body)},
        area="",
        area_name="-",
        expires=SOON,
    )
    return replace(base, **fields)


def elements(one: Content) -> set[str]:
    return {found.element for found in missing(one)}


def flaws(texts: list[Content]) -> list[Content]:
    """Those that are blamed; what is not known yet asks for the next information and blames nothing."""
    return [one for one in texts if elements(one) - {Element.NEXT_INFO}]


@pytest.mark.parametrize("name", LEAST_FOUND)
def test_most_holes_are_found_and_few_whole_texts_are_blamed(name: str):
    texts = marked(name)
    good = [one.content() for one in texts] + (told_texts() if name == "written" else [])
    bad = list(mutilated(texts))
    unseen = [(one, letter) for one, letter in bad if LETTERS[letter] not in elements(one.content(letter))]
    blamed = flaws(good)
    print(f"{name}: {len(blamed)} of {len(good)} blamed, {len(bad) - len(unseen)} of {len(bad)} holes found,")
    print("not found by element:", dict(Counter(LETTERS[letter].value for _, letter in unseen)))
    assert len(blamed) / len(good) <= MOST_BLAMED[name], [one.texts for one in blamed]
    assert 1 - len(unseen) / len(bad) >= LEAST_FOUND[name]
    assert min(len(good), len(bad)) >= (300 if name == "written" else 60)


def test_texts_that_failed_are_told_what_they_lacked():
    failures = json.loads((HERE / "failures.json").read_text())
    found = {
        one["of"]: elements(Marked(one["language"], one["group"], one["title"], one["body"]).content())
        for one in failures
    }
    assert found == {one["of"]: {one["missing"]} for one in failures}
    assert len(failures) == 10


def test_each_kind_of_alert_is_asked_what_it_can_say():
    warning = content("t", "b")
    assert asked(warning) == set(Element) - {Element.ACTION_LATE, Element.NEXT_INFO}
    assert asked(content("t", "b", "failure")) == {"hazard", "place", "action", "time"}
    assert asked(content("t", "b", "event")) == {"place", "time"}
    assert asked(replace(warning, response=Response("AllClear"))) == {"source", "hazard", "place"}
    assert Element.ACTION not in asked(replace(warning, response=Response("None")))
    assert Element.HAZARD not in asked(replace(warning, event=Hazard("other")))


def test_what_stands_in_fields_of_their_own_counts_as_said():
    bare = content("Powódź w Zawadzie, idź na piętro", "Grozi utonięcie.")
    assert elements(bare) == {"source", "time"}
    assert elements(replace(bare, source="Sztab", event_ends=SOON)) == set()
    assert elements(replace(bare, source="Sztab", next_info=SOON)) == set()


def test_the_name_of_the_area_is_known_with_other_endings():
    said = content("zawada: nie ma prądu", "Wyłącz kuchenkę w zawadzie. Do 18:00.", "failure")
    assert elements(said) == {"place"}
    said = content("Nie ma prądu. Zawadzie", "Wyłącz kuchenkę. Do 18:00.", "failure", area_name="Zawada")
    assert elements(said) == set()


def test_an_action_behind_what_a_locked_phone_shows_is_late():
    long = (
        "Na odcinku od szkoły do remizy w Zawadzie pękła rura główna i wody nie będzie do 18:00 co najmniej."
    )
    assert len(long) >= EARLY - len("Awaria")
    assert elements(content("Awaria", f"{long} Zakręć krany.", "failure")) == {"action-late"}
    assert elements(content("Awaria", f"Zakręć krany. {long}", "failure")) == set()
    told = content("Awaria", long, "failure")
    instructed = {"pl": replace(told.texts["pl"], instruction="Zakręć krany.")}
    assert elements(replace(told, texts=instructed)) == {"action-late"}


def test_what_is_not_known_yet_is_said_and_asks_for_the_next_information():
    body = "Zakręć krany. Nie wiemy jeszcze, kiedy wróci."
    bare = content("Brak wody: ul. Polna", body, "failure")
    assert elements(bare) == {"next-info"}
    assert elements(replace(bare, next_info=SOON)) == set()
    assert (
        elements(content("Brak wody: ul. Polna", f"{body} Następna informacja: 14:00.", "failure")) == set()
    )
    nowhere = content("Wyciek gazu, nie wiemy jeszcze gdzie", "Otwórz okna. Od 14:00.", "failure")
    assert elements(nowhere) == {"next-info"}


def test_each_language_is_judged_and_an_unknown_one_is_not():
    whole = content("Brak wody: ul. Polna", "Zakręć krany. Do 18:00.", "failure")
    texts = {**whole.texts, "en": Text("No water", "Until 18:00."), "de": Text("x", "y")}
    found = missing(replace(whole, texts=texts))
    assert [(one.language, one.element) for one in found] == [("en", "place"), ("en", "action")]


def test_a_hole_that_may_be_said_as_unknown_is_filled_by_its_sentence():
    bare = {"pl": ("Awaria prądu", "Wyłącz kuchenkę."), "en": ("Power cut", "Unplug appliances."),
            "uk": ("Зникло світло", "Вимкніть плиту.")}  # fmt: skip
    for language, (title, body) in bare.items():
        found = missing(content(title, body, "failure", language))
        assert [one.element for one in found] == [Element.PLACE, Element.TIME], language
        said = " ".join([body, *(one.not_known or "" for one in found)])
        assert elements(content(title, said, "failure", language)) == {Element.NEXT_INFO}, language
    hole = missing(content("Awaria prądu w Zawadzie", "Do 18:00.", "failure"))
    assert [(one.element, one.not_known) for one in hole] == [(Element.ACTION, None)]
