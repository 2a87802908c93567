"""Preferences as documents carry them, and what is made of documents that carry something else."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.preference_fields import preference_fields, preferences_of
from shared.domain.alert import Category, Severity
from shared.domain.preferences import NO_PREFERENCES, Preferences, QuietHours

MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
HOURS = st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] != pair[1])
ANY = st.builds(
    Preferences,
    muted=st.frozensets(st.sampled_from(Category)),
    least=st.sampled_from(Severity),
    quiet=st.none() | HOURS.map(lambda pair: QuietHours(*pair)),
)


@given(ANY)
def test_what_was_written_is_read(preferences):
    assert preferences_of(preference_fields(preferences)) == preferences


def test_the_fields_are_those_the_rules_know():
    preferences = Preferences(
        frozenset({Category.EVENT, Category.DISRUPTION}), Severity.SEVERE, QuietHours(time(22), time(6, 5))
    )
    assert preference_fields(preferences) == {
        "muted": ["disruption", "event"],
        "least_severity": "Severe",
        "quiet_hours": {"from": "22:00", "to": "06:05"},
    }


def test_a_category_of_a_later_release_stays_muted():
    preferences = preferences_of({"muted": ["black_ice", "event"]})
    assert preference_fields(preferences) == {"muted": ["black_ice", "event"]}


def test_who_asked_for_nothing_has_no_fields():
    assert preference_fields(NO_PREFERENCES) == {}
    assert preferences_of({"language": "pl"}) == NO_PREFERENCES


@pytest.mark.parametrize(
    "document",
    [
        {"muted": None},
        {"muted": "event"},
        {"muted": {"event": True}},
        {"muted": ["no word", 1, None, ["event"]]},
        {"least_severity": None},
        {"least_severity": "minor"},
        {"least_severity": ["Severe"]},
        {"least_severity": 3},
        {"quiet_hours": None},
        {"quiet_hours": "22:00-06:00"},
        {"quiet_hours": {}},
        {"quiet_hours": {"from": "22:00"}},
        {"quiet_hours": {"from": "22:00", "to": "22:00"}},
        {"quiet_hours": {"from": "24:00", "to": "06:00"}},
        {"quiet_hours": {"from": "2200", "to": "0600"}},
        {"quiet_hours": {"from": "22:00\n", "to": "06:00"}},
        {"quiet_hours": {"from": "22:00+01:00", "to": "06:00"}},
        {"quiet_hours": {"from": "٢٢:٠٠", "to": "06:00"}},
        {"quiet_hours": {"from": 22, "to": 6}},
    ],
    ids=repr,
)
def test_what_cannot_be_read_counts_as_not_set(document):
    assert preferences_of(document) == NO_PREFERENCES


def test_one_field_that_cannot_be_read_leaves_the_others():
    document = {"muted": ["event", "a storm"], "least_severity": "Severe", "quiet_hours": "at night"}
    assert preferences_of(document) == Preferences(frozenset({Category.EVENT}), Severity.SEVERE)
