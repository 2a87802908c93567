"""Entries of the audit as documents: read back to the letter, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.adapters.audit_documents import entry_document, entry_name, stored_entry
from shared.domain.audit import Act, AuditHead, sealed
from tests.fakes.alert_values import AUTHOR, TERC, at
from tests.fakes.audit import SEALER

WORDS = {"a": [1, [2.5, None]]}
ACT = Act(TERC, "alert.edit", AUTHOR, "alerts/a1", WORDS, {"a": "ż"}, "bo tak", "10.0.0.0/24")
ENTRY, _ = sealed(ACT, AuditHead(), at(3), SEALER)
NAME = entry_name(1)


def read(name=NAME, **changes):
    document = entry_document(ENTRY) | changes
    return stored_entry(TERC, name, {field: value for field, value in document.items() if value != "gone"})


def test_an_entry_is_read_back():
    assert read().entry == ENTRY


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 2},
        {"seq": "1"},
        {"expire": at(3)},
        {"expire": None},
        {"before": '{"a": [1,[2.5,null]]}'},  # the same words in other letters
        {"after": "{"},
        {"outcome": "well"},
        {"by": {"uid": AUTHOR.uid}},
        {"by": {"uid": AUTHOR.uid, "name": AUTHOR.name, "more": 1}},
        {"at": "now"},
        {"mac": "gone"},
        {"beside": 1},
    ],
    ids=str,
)
def test_a_document_that_is_not_to_the_letter_is_no_entry(changes):
    assert read(**changes) == stored_entry(TERC, NAME, {})
    assert read(**changes).seq == 1


NAMES = [("1", 1), ("000000000001a", 0), ("000000000002", 2), ("x", 0), ("²", 0)]


@pytest.mark.parametrize(("name", "seq"), NAMES)
def test_an_entry_under_another_name_is_none(name, seq):
    assert read(name).seq == seq
    assert read(name).entry is None


def test_it_is_kept_for_two_years():
    assert entry_document(ENTRY)["expire"] - ENTRY.at > timedelta(days=730)
