"""A content as names and values, and back: with defaults, without what is not declared, words as they are."""

from __future__ import annotations

import pytest

from shared.domain.content import Category, Content, Group, Hazard, Severity, Text, Told, specs
from shared.domain.content_projection import category_of, plain, plain_text, read, read_text
from tests.fakes.alert_values import at, content

FULL = content(
    category=Category.WARNING,
    event=Hazard("flood"),
    texts={"pl": Text("t", "b", "Wyjdź."), "uk": Text("t", "b")},
    event_ends=at(9),
    source="RCB",
    send_at=at(3),
)


@pytest.mark.parametrize("of", [content(), FULL], ids=["least", "most"])
def test_what_was_written_is_read(of):
    assert Content(**read(plain(of, Content), Content)) == of


def test_every_declared_field_is_written_and_the_group():
    assert plain(FULL, Content).keys() == {*specs(Content), "group"}
    assert plain(FULL, Content)["group"] == "warning"


def test_where_nobody_told_the_group_none_is_written():
    assert plain(content(category=Category("black_ice")), Told)["group"] is None


def test_only_what_is_public_is_told():
    assert plain(FULL, Told).keys() == {*specs(Told), "group"}
    assert {name for name, spec in specs(Content).items() if not spec.public} == specs(
        Content
    ).keys() - specs(Told)


def test_words_are_text_and_a_part_that_a_text_lacks_is_left_out():
    values = plain(FULL, Content)
    assert (type(values["category"]), values["event"]) == (str, "flood")
    assert values["texts"]["uk"] == {"title": "t", "body": "b"}
    assert plain_text(FULL.texts["pl"]) == {"title": "t", "body": "b", "instruction": "Wyjdź."}


def test_a_field_of_before_has_its_default_and_one_of_later_is_left_alone():
    least = {name: value for name, value in plain(content(), Content).items() if value}
    later = {**least, "evacuation_route": ["x"]}
    later["texts"] = {"pl": {"title": "t", "body": "b", "audio": "x"}}
    found = Content(**read(later, Content))
    assert (found.event, found.exercise, found.texts["pl"]) == (None, False, Text("t", "b"))


@pytest.mark.parametrize("name", [name for name, spec in specs(Content).items() if spec.required])
def test_what_every_content_has_is_missed(name):
    lacking = {key: value for key, value in plain(content(), Content).items() if key != name}
    with pytest.raises(KeyError, match=name):
        read(lacking, Content)


def test_what_is_no_word_is_refused():
    with pytest.raises(ValueError, match="Uciekaj"):
        read({**plain(content(), Content), "severity": "Uciekaj teraz!"}, Content)


def test_a_text_without_its_title_is_refused():
    with pytest.raises(KeyError, match="title"):
        read_text({"body": "b"})


@pytest.mark.parametrize(
    ("document", "group"),
    [
        ({"category": "black_ice", "group": "warning"}, Group.WARNING),
        ({"category": "black_ice", "group": "hazard"}, "hazard"),
        ({"category": "black_ice", "group": 7}, None),
        ({"category": "black_ice"}, None),
        ({"category": "failure", "group": "event"}, Group.FAILURE),
    ],
)
def test_a_category_that_is_not_known_has_the_group_that_the_document_tells(document, group):
    assert category_of(document).group == group


def test_a_severity_keeps_a_later_word():
    found = read({**plain(content(), Content), "severity": "Catastrophic"}, Content)["severity"]
    assert (found, found.known, isinstance(found, Severity)) == ("Catastrophic", False, True)
