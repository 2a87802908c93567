"""Who is in the index: an entry for each place that lasts, of residents whom a channel reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.audience import (
    AudienceEntry,
    Device,
    Place,
    Platform,
    Resident,
    Sibling,
    Target,
    audience_entries,
    without_ended,
)
from shared.domain.content import Category
from shared.domain.place_codes import PlaceCodes
from shared.domain.preferences import Preferences
from tests.fakes.alert_values import at

HOME, WORK = Place("1", "cell of home"), Place("2", "cell of work")
PHONE = Device("1", Platform.IOS, Target("token", "t1"))
TABLET = Device("2", Platform.ANDROID, Target("token", "t2"))
ANN = Resident("ann", "uk", (HOME, WORK), (TABLET, PHONE), Preferences(muted=frozenset({Category.EVENT})))
AT_HOME, AT_WORK = Sibling("1", "cell of home", PlaceCodes("1201022")), Sibling("2", "cell of work")


def entries(resident=ANN, reachable=lambda entry: True):
    return audience_entries(resident, [AT_WORK, AT_HOME], reachable)


def entry(place, cell, terc, *found_by):
    devices, siblings = (PHONE, TABLET), (AT_HOME, AT_WORK)
    return AudienceEntry("ann", place, cell, terc, "uk", devices, siblings, ANN.preferences, found_by)


def test_each_place_has_an_entry_that_says_all_there_is_to_know_in_the_order_of_ids():
    home = entry("1", "cell of home", "1201022", "12", "1201", "120102", "120102>", "?")
    assert entries() == (home, entry("2", "cell of work", None, "?gmina", "?"))


def test_only_an_entry_whose_resident_is_reached_is_kept():
    assert [entry.key for entry in entries(reachable=lambda entry: entry.cell == "cell of work")] == ["ann.2"]


def test_without_the_residents_own_document_there_is_no_entry():
    assert entries(replace(ANN, language=None)) == ()


def test_of_two_devices_with_one_target_the_last_counts():
    again = replace(PHONE, id="8")
    assert entries(replace(ANN, devices=(again, TABLET, PHONE)))[0].devices == (TABLET, again)


@pytest.mark.parametrize(
    ("until", "lasts"), [(None, True), (at(3), False), (at(3) + timedelta(microseconds=1), True)]
)
def test_a_place_for_a_while_is_known_until_its_end(until, lasts):
    guest = replace(WORK, until=until)
    assert without_ended(replace(ANN, places=(HOME, guest)), at(3)) == replace(
        ANN, places=(HOME, guest) if lasts else (HOME,)
    )
