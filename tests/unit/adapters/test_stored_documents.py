"""Documents of other releases: what is missing, what is new, what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from shared.adapters.stored_documents import Misfit, needed, one, readable, record
from shared.domain.alert import Severity
from shared.errors import Unreadable

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    name: str
    size: float = 1.0


@dataclass(frozen=True)
class Whole:
    title: str
    severity: Severity
    until: datetime | None
    number: int = 7
    done: bool = False
    seen: datetime | None = NOON
    parts: tuple[Part, ...] = ()
    by_name: Mapping[str, Part] = field(default_factory=dict)


FULL = {
    "title": "Brak wody",
    "severity": "Minor",
    "until": NOON,
    "number": 3,
    "done": True,
    "seen": None,
    "parts": [{"name": "a", "size": 2}],
    "by_name": {"b": {"name": "b"}},
}
READ = Whole("Brak wody", Severity.MINOR, NOON, 3, True, None, (Part("a", 2),), {"b": Part("b")})


def test_a_document_of_this_release_is_read_whole():
    assert record(Whole, FULL) == READ


def test_what_is_missing_or_null_has_its_default():
    assert record(Whole, {"title": "x", "severity": "Minor"}) == Whole("x", Severity.MINOR, None)
    assert record(Whole, {**FULL, "number": None}).number == 7


def test_keys_of_a_later_release_are_left_out_at_every_depth():
    later = {**FULL, "colour": "red", "parts": [{"name": "a", "size": 2, "colour": "red"}]}
    assert record(Whole, later) == READ


def test_a_word_of_a_later_release_is_kept():
    found = record(Whole, {**FULL, "severity": "Unheard"})
    assert (found.severity, found.severity.known) == ("Unheard", False)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title": None}, "title"),
        ({"title": 5}, "title"),
        ({"severity": 5}, "severity"),
        ({"severity": "not a word"}, "severity"),
        ({"number": "3"}, "number"),
        ({"number": True}, "number"),
        ({"number": 2.5}, "number"),
        ({"done": 1}, "done"),
        ({"until": "2026-11-22"}, "until"),
        ({"parts": {"name": "a"}}, "parts"),
        ({"parts": ["a"]}, "parts"),
        ({"parts": [{"size": 2}]}, "parts.name"),
        ({"by_name": [1]}, "by_name"),
        ({"by_name": {"b": {"name": 1}}}, "by_name.name"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field(changes, where):
    with pytest.raises(Misfit) as caught:
        record(Whole, {**FULL, **changes})
    assert caught.value.field == where


def test_what_is_no_map_is_no_record():
    with pytest.raises(Misfit):
        record(Whole, ["title"])  # type: ignore[arg-type]


def test_a_type_that_no_document_holds_is_a_defect_and_no_misfit():
    @dataclass
    class Odd:
        odd: complex

    with pytest.raises(NotImplementedError):
        record(Odd, {"odd": 1})


def test_a_given_field_is_not_looked_up():
    assert record(Part, {"name": 5}, name="given") == Part("given")


def number(document_id: str, document: Mapping[str, object]) -> tuple[str, object]:
    return document_id, needed(document, "number")


def test_one_that_cannot_be_read_takes_no_other_down_and_is_named_and_counted(caplog):
    found = readable("alerts", [("a", {"number": 1}), ("b", {"secret": 5}), ("c", {"number": 3})], number)
    assert list(found) == [("a", 1), ("c", 3)]
    [line] = caplog.records
    assert (line.levelname, line.getMessage()) == ("ERROR", "alerts/b cannot be read: Misfit number")
    assert line.counts == {"unreadable": 1}


@pytest.mark.parametrize("collection", ["audience", "residents", "devices", "places", "erasures", "reports"])
def test_what_is_named_after_a_person_is_counted_and_never_named(caplog, collection):
    documents: list[tuple[str, Mapping[str, object]]] = [
        ("uid-anna.1", {"number": 1}),
        ("uid-jan.1", {}),
        ("uid-ewa.1", {"number": None}),
    ]
    assert len(list(readable(collection, documents, number))) == 1
    [line] = caplog.records
    assert line.getMessage() == f"2 documents of {collection} cannot be read"
    assert line.counts == {"unreadable": 2}


def test_one_asked_for_by_its_id_is_unreadable_for_now(caplog):
    with pytest.raises(Unreadable) as caught:
        one("alerts", "a1", {}, number)
    assert caught.value.retry_helps
    assert "alerts/a1 cannot be read: Misfit number" in caplog.text


def test_one_named_after_a_person_is_not_named(caplog):
    with pytest.raises(Unreadable):
        one("audience_state", "uid-anna", {}, number)
    assert "uid-anna" not in caplog.text


def test_what_stands_in_a_document_is_never_logged(caplog):
    list(readable("alerts", [("a", {**FULL, "number": "Pękła rura"})], lambda _, item: record(Whole, item)))
    assert "alerts/a cannot be read: Misfit number" in caplog.text
    assert "rura" not in caplog.text
