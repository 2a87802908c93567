"""One contract for the audience store in Firestore and for its fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from shared.domain.alert import Category, Severity
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.found_by import any_of
from shared.domain.place_codes import PlaceCodes
from shared.domain.preferences import Preferences, QuietHours
from shared.domain.whole_units import EVERY_WHOLE
from shared.errors import Conflict
from shared.ports import AudienceState
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import SUNDAY_NIGHT, FakeClock

CELLS = ["8d1e2e4b0000007", "8d1e2e4b0000047", "8d1e2e4b0000087"]
LOWEST, HIGHEST = "8d00000000000000"[:15], "8dfffffffffffff"
DEVICES = (
    Device("1", Platform.ANDROID, Target("token", "t" * 4096)),
    Device("8", Platform.WEB, Target("fid", "ł")),
)


def entry(uid="ann", place="1", cell=CELLS[0], **changes):
    siblings = (Sibling(place, cell),)
    return replace(AudienceEntry(uid, place, cell, "1209033", "pl", DEVICES, siblings), **changes)


def state(*entries, digest="d"):
    return AudienceState(digest, tuple(item.place for item in entries))


def fill(store, *entries, uid="ann"):
    digest = " ".join(f"{item.key}@{item.cell}" for item in entries)
    store.commit(uid, entries, state(*entries, digest=digest), store.state(uid))


def keys(entries):
    return [item.key for item in entries]


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeAudienceStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.audience import FirestoreAudienceStore

    return FirestoreAudienceStore(Client(project=name), FakeClock())


def test_its_moment_can_be_read_at_and_sees_what_was_written_before(store):
    fill(store, entry())
    if isinstance(store, FakeAudienceStore):
        store.remember(store.moment())
    moment = store.moment()
    fill(store)
    assert keys(store.stream(LOWEST, HIGHEST, moment)) == ["ann.1"]
    assert store.count(LOWEST, HIGHEST, moment) == 1


def test_an_unknown_resident_has_no_state(store):
    assert store.state("ann") is None


def test_what_was_committed_is_read_again(store):
    one = entry(terc=None)
    fill(store, one)
    assert list(store.stream(LOWEST, HIGHEST, None)) == [one]
    assert store.state("ann").value.places == ("1",)


@pytest.mark.parametrize(
    "preferences",
    [
        Preferences(
            frozenset({Category.EVENT, Category.FAILURE}), Severity.SEVERE, QuietHours(time(21, 5), time(7))
        ),
        Preferences(muted=frozenset({Category.WARNING})),
        Preferences(least=Severity.MODERATE),
        Preferences(quiet=QuietHours(time(0), time(0, 1))),
    ],
)
def test_what_a_resident_wants_to_be_spared_is_read_again(store, preferences):
    spared = entry(preferences=preferences)
    fill(store, spared)
    assert list(store.stream(LOWEST, HIGHEST, None)) == [spared]
    assert list(store.entries(["ann.1"], None)) == [spared]


def test_preferences_that_were_taken_back_are_gone(store):
    spared = entry(preferences=Preferences(muted=frozenset(Category), least=Severity.SEVERE))
    store.commit("ann", [spared], state(spared), None)
    store.commit("ann", [entry()], state(entry(), digest="other"), store.state("ann"))
    assert list(store.stream(LOWEST, HIGHEST, None)) == [entry()]


def test_the_first_commit_of_a_resident_wins(store):
    fill(store, entry())
    with pytest.raises(Conflict):
        store.commit("ann", [entry(cell=CELLS[1])], state(entry()), None)
    assert keys(store.stream(CELLS[0], CELLS[0], None)) == ["ann.1"]


def test_a_commit_over_a_newer_state_is_refused_as_a_whole(store):
    fill(store, entry())
    seen = store.state("ann")
    fill(store, entry(cell=CELLS[1]))
    with pytest.raises(Conflict):
        store.commit("ann", [entry(cell=CELLS[2])], state(entry()), seen)
    assert keys(store.stream(CELLS[2], CELLS[2], None)) == []


def test_a_state_that_changed_and_changed_back_counts_as_newer(store):
    fill(store, entry())
    seen = store.state("ann")
    fill(store)
    fill(store, entry())
    with pytest.raises(Conflict):
        store.commit("ann", [], state(), seen)


def test_a_state_written_again_unchanged_does_not_count_as_newer(store):
    """Firestore keeps the update_time of a document that a write leaves as it was."""
    fill(store, entry())
    seen = store.state("ann")
    fill(store, entry())
    assert store.state("ann") == seen


def test_places_that_are_gone_leave_the_index(store):
    fill(store, entry(place="1"), entry(place="2", cell=CELLS[1]))
    fill(store, entry(place="2", cell=CELLS[2]))
    assert keys(store.stream(LOWEST, HIGHEST, None)) == ["ann.2"]


def test_a_resident_can_leave_and_come_back(store):
    fill(store, entry())
    fill(store)
    assert list(store.stream(LOWEST, HIGHEST, None)) == []
    assert store.state("ann").value == state(digest="")
    fill(store, entry())
    assert keys(store.stream(LOWEST, HIGHEST, None)) == ["ann.1"]


def test_residents_do_not_touch_each_other(store):
    fill(store, entry())
    fill(store, entry("bob"), uid="bob")
    fill(store)
    assert keys(store.stream(LOWEST, HIGHEST, None)) == ["bob.1"]


def test_a_range_includes_both_its_ends(store):
    fill(store, *(entry(place=str(n), cell=cell) for n, cell in enumerate(CELLS, 1)))
    assert store.count(CELLS[0], CELLS[1], None) == 2
    assert keys(store.stream(CELLS[1], CELLS[2], None)) == ["ann.2", "ann.3"]
    assert store.count("8d1e2e4b0000001", "8d1e2e4b0000003", None) == 0


def test_a_stream_is_ordered_by_cell_then_by_document(store):
    fill(store, entry(place="1", cell=CELLS[1]), entry(place="2", cell=CELLS[0]))
    fill(store, entry("bob", "1", CELLS[0]), uid="bob")
    assert keys(store.stream(LOWEST, HIGHEST, None)) == ["ann.2", "bob.1", "ann.1"]


def test_a_stream_goes_on_after_any_entry(store):
    fill(store, entry(place="1", cell=CELLS[1]), entry(place="2", cell=CELLS[0]))
    fill(store, entry("bob", "1", CELLS[0]), uid="bob")
    order = list(store.stream(LOWEST, HIGHEST, None))
    for position, last in enumerate(order, 1):
        assert list(store.stream(LOWEST, HIGHEST, None, (last.cell, last.key))) == order[position:]


def test_a_stream_goes_on_after_an_entry_that_is_gone(store):
    fill(store, entry("bob", "1", CELLS[0]), uid="bob")
    assert keys(store.stream(LOWEST, HIGHEST, None, (CELLS[0], "ann.1"))) == ["bob.1"]
    assert keys(store.stream(LOWEST, HIGHEST, None, (CELLS[0], "carl.1"))) == []


def test_entries_are_found_by_their_keys(store):
    fill(store, entry(place="1"), entry(place="2", cell=CELLS[1]))
    assert keys(store.entries(["ann.2", "ann.3"], None)) == ["ann.2"]
    assert keys(store.entries([], None)) == []


@pytest.mark.parametrize("read", ["stream", "count", "entries"])
def test_the_past_can_be_read(store, read):
    fill(store, entry())
    then = moment(store)
    fill(store, entry(place="2"), entry(place="3"))
    answers = {
        "stream": lambda: keys(store.stream(LOWEST, HIGHEST, then)) == ["ann.1"],
        "count": lambda: store.count(LOWEST, HIGHEST, then) == 1,
        "entries": lambda: keys(store.entries(["ann.1", "ann.2"], then)) == ["ann.1"],
    }
    assert answers[read]()


def moment(store):
    """A read_time between what was written and what will be."""
    if isinstance(store, FakeAudienceStore):
        store.remember(SUNDAY_NIGHT)
        return SUNDAY_NIGHT
    written = store.state("ann").token
    return datetime.fromtimestamp(written.timestamp(), UTC) + timedelta(milliseconds=1)


BY_CODE = ("120903", "0951617", "0951617:01014", "0951617:01014/odd")
STREET = PlaceCodes("1209033", "0951617", "0951600", "0951617:01014", "3")


def coded(uid="ann", place="1", cell=CELLS[0], codes=STREET, found_by=BY_CODE):
    siblings = (Sibling(place, cell, codes),)
    return entry(uid, place, cell, terc=codes.terc, siblings=siblings, found_by=found_by)


def test_codes_are_read_again_and_whole_villages_beside_places(store):
    village = Sibling("2", "=0327340")
    siblings = (Sibling("1", CELLS[0], STREET), village, Sibling("3", CELLS[1]))
    ann = entry(terc="1209033", siblings=siblings, found_by=BY_CODE)
    whole = entry(place="2", cell="=0327340", terc=None, siblings=siblings, found_by=())
    fill(store, ann, whole)
    assert list(store.stream(LOWEST, HIGHEST, None)) == [ann]
    assert list(store.stream("=0327340", "=0327340", None)) == [whole]
    assert list(store.entries(["ann.2"], None)) == [whole]
    assert (store.count(*EVERY_WHOLE, None), store.count("=0327341", "=~", None)) == (1, 0)


def test_those_of_a_code_are_found_within_their_cells_and_no_others(store):
    fill(store, coded(), coded(place="2", cell=CELLS[2]), entry(place="3", cell=CELLS[1]))
    fill(store, coded("bob", cell=CELLS[1], found_by=("120903", "?")), uid="bob")
    assert keys(store.stream(LOWEST, HIGHEST, None, code="120903")) == ["ann.1", "bob.1", "ann.2"]
    assert keys(store.stream(LOWEST, HIGHEST, None, code="0951617:01014/odd")) == ["ann.1", "ann.2"]
    assert keys(store.stream(CELLS[1], HIGHEST, None, code="0951617")) == ["ann.2"]
    assert keys(store.stream(LOWEST, HIGHEST, None, (CELLS[0], "ann.1"), 1, "120903")) == ["bob.1"]
    assert [store.count(LOWEST, HIGHEST, None, code) for code in ("120903", "?", "0327340")] == [3, 1, 0]
    assert store.count(CELLS[0], CELLS[1], None, "0951617") == 1


def test_those_of_any_of_some_codes_are_found_once_and_in_order(store):
    fill(store, coded(), coded(place="2", cell=CELLS[2]), entry(place="3", cell=CELLS[1]))
    fill(store, coded("bob", cell=CELLS[1], found_by=("120903>",)), uid="bob")
    fill(store, coded("eve", cell=CELLS[1], found_by=("120903>0951617",)), uid="eve")
    [some] = any_of(["120903>", "0951617", "0951617:01014", *(f"no{number}" for number in range(27))])
    assert keys(store.stream(LOWEST, HIGHEST, None, code=some)) == ["ann.1", "bob.1", "ann.2"]
    assert keys(store.stream(LOWEST, HIGHEST, None, (CELLS[0], "ann.1"), 1, some)) == ["bob.1"]
    assert (store.count(LOWEST, HIGHEST, None, some), store.count(CELLS[1], CELLS[2], None, some)) == (3, 2)


def test_an_entry_without_codes_is_noticed_until_it_is_indexed_anew(store):
    assert not store.without_codes(None)
    fill(store, coded())
    assert not store.without_codes(None)
    fill(store, entry("bob", terc=None), uid="bob")
    assert store.without_codes(None)
    fill(store, coded("bob"), uid="bob")
    assert not store.without_codes(None)


def test_reading_with_a_uid_that_has_dots_and_dashes(store):
    odd = entry("a.b-c_d")
    fill(store, odd, uid="a.b-c_d")
    assert list(store.stream(LOWEST, HIGHEST, None)) == [odd]


def test_a_residents_entries_are_found_by_who_they_are_and_as_of_a_moment(store):
    fill(store, entry(place="1"), entry(place="8", cell=CELLS[1]))
    fill(store, entry("anna"), uid="anna")
    if isinstance(store, FakeAudienceStore):
        store.remember(store.moment())
    moment = store.moment()
    fill(store, entry(place="2"))
    assert keys(store.of("ann", moment)) == ["ann.1", "ann.8"]
    assert keys(store.of("ann", None)) == ["ann.2"]
    assert keys(store.of("an", None)) == []
