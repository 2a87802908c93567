from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from functools import partial

import pytest

from shared.domain.alert import Category, Severity
from shared.domain.audience import Device, Platform, Sibling, Target
from shared.domain.place_codes import PlaceCodes
from shared.domain.preferences import Preferences, QuietHours
from shared.errors import Conflict, Unavailable
from shared.services.audience.index_resident import PASSES, IndexResult, index_resident
from tests.fakes.alert_values import TERC
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.municipalities import CENTRE, FakeMunicipalityStore, square
from tests.fakes.reachable import has_device
from tests.fakes.residents import FakeResidentStore
from tests.services.index_simulation import OUTSIDE, cell

HOME = cell(CENTRE)
HERE = PlaceCodes(TERC)


@pytest.fixture
def residents():
    """One resident with a home and a phone."""
    store = FakeResidentStore()
    store.write_resident("ann", "pl")
    store.write_place("ann", "1", cell=HOME)
    store.write_device("ann", "1", "target")
    return store


@pytest.fixture
def audience():
    return FakeAudienceStore()


@pytest.fixture
def municipalities():
    return FakeMunicipalityStore()


@pytest.fixture
def index(residents, audience, municipalities):
    return lambda: index_resident("ann", residents, audience, municipalities, has_device)


def test_a_place_becomes_an_entry_with_all_that_delivery_needs(index, audience):
    assert index() == IndexResult(entries=1, changed=True)
    (entry,) = audience.documents.values()
    assert (entry.key, entry.cell, entry.terc, entry.language) == ("ann.1", HOME, TERC, "pl")
    assert entry.devices == (Device("1", Platform.ANDROID, Target("token", "target")),)
    assert entry.siblings == (Sibling("1", HOME, HERE),)


def test_a_place_is_in_the_index_until_its_end(residents, audience, municipalities):
    residents.write_place("ann", "2", cell=HOME, until=audience.clock.now() + timedelta(seconds=1))
    index_resident("ann", residents, audience, municipalities, has_device)
    assert sorted(audience.documents) == ["ann.1", "ann.2"]
    audience.clock.advance(timedelta(seconds=1))
    assert index_resident("ann", residents, audience, municipalities, has_device).changed
    assert sorted(audience.documents) == ["ann.1"]
    assert audience.documents["ann.1"].siblings == (Sibling("1", HOME, HERE),)


def test_the_coordinates_of_an_ended_place_are_erased_like_any(index, residents, audience):
    residents.write_place("ann", "1", point=CENTRE, until=audience.clock.now())
    assert index().entries == 0
    assert residents.points("ann") == 0


def test_the_time_is_asked_for_only_when_a_place_has_an_end(index, audience, monkeypatch):
    monkeypatch.setattr(audience, "moment", None)
    assert index().entries == 1


def test_a_resident_without_their_own_document_is_gone(index, residents):
    assert not index().gone
    residents.delete_resident("ann")
    assert index().gone


def test_a_phone_that_wrote_itself_into_two_slots_is_pushed_once(index, residents, audience):
    residents.write_device("ann", "3", "other phone")
    residents.write_device("ann", "2", "target")
    index()
    (entry,) = audience.documents.values()
    assert [(device.id, device.target.value) for device in entry.devices] == [
        ("2", "target"),
        ("3", "other phone"),
    ]


def test_every_entry_lists_all_places(index, residents, audience):
    residents.write_place("ann", "8", cell=cell(OUTSIDE))
    index()
    assert {entry.siblings for entry in audience.documents.values()} == {
        (Sibling("1", HOME, HERE), Sibling("8", cell(OUTSIDE)))
    }


def test_a_second_event_writes_nothing(index, audience):
    index()
    assert index() == IndexResult(entries=1, changed=False)
    assert audience.commits == 1


def test_somebody_unknown_is_not_written_down(audience, municipalities):
    assert index_resident("nobody", FakeResidentStore(), audience, municipalities, has_device) == IndexResult(
        0, False, gone=True
    )
    assert audience.state("nobody") is None


def test_without_a_device_there_is_nobody_to_reach(index, residents, audience):
    index()
    residents.delete_device("ann", "1")
    assert index() == IndexResult(entries=0, changed=True)
    assert audience.documents == {}


def test_places_left_below_a_deleted_resident_are_not_indexed(index, residents, audience):
    index()
    residents.delete_resident("ann")
    index()
    assert audience.documents == {}


def test_whoever_left_stays_in_the_state_as_a_tombstone(index, residents, audience):
    index()
    residents.delete_resident("ann")
    index()
    assert audience.state("ann").value.places == ()


SPARED = {
    "muted": Preferences(muted=frozenset({Category.EVENT})),
    "least severity": Preferences(least=Severity.MODERATE),
    "quiet hours": Preferences(quiet=QuietHours(time(22), time(6))),
}


@pytest.mark.parametrize("change", ["language", "device", "new device", "place", *SPARED])
def test_every_change_that_delivery_must_know_reaches_the_index(index, residents, audience, change):
    index()
    before = dict(audience.documents)
    changes: dict[str, Callable[[], object]] = {
        "language": lambda: residents.write_resident("ann", "uk"),
        "device": lambda: residents.write_device("ann", "1", "new target"),
        "new device": lambda: residents.write_device("ann", "2", "second phone"),
        "place": lambda: residents.write_place("ann", "1", cell=cell(OUTSIDE)),
        **{
            name: partial(residents.write_resident, "ann", "pl", preferences)
            for name, preferences in SPARED.items()
        },
    }
    changes[change]()
    assert index().changed
    assert audience.documents != before


def test_every_place_carries_what_its_resident_wants_to_be_spared(index, residents, audience):
    residents.write_place("ann", "2", cell=cell(OUTSIDE))
    residents.write_resident("ann", "pl", SPARED["muted"])
    index()
    assert [entry.preferences for entry in audience.documents.values()] == [SPARED["muted"]] * 2


def test_preferences_that_are_there_already_write_nothing(index, residents, audience):
    residents.write_resident("ann", "pl", Preferences(muted=frozenset(Category)))
    index()
    assert not index().changed
    assert audience.commits == 1


def test_a_point_becomes_a_cell_and_is_erased(index, residents, audience):
    residents.write_place("ann", "1", point=CENTRE)
    index()
    assert audience.documents["ann.1"].cell == HOME
    assert residents.points("ann") == 0
    assert residents.read("ann")[0].places[0].cell == HOME


@pytest.mark.parametrize("missing", ["device", "resident"])
def test_a_point_is_erased_even_of_whoever_cannot_be_reached(index, residents, missing):
    residents.write_place("ann", "1", point=CENTRE)
    getattr(residents, f"delete_{missing}")(*(["ann", "1"] if missing == "device" else ["ann"]))
    index()
    assert residents.points("ann") == 0


def test_a_point_beside_an_old_cell_is_the_newer_word(index, residents, audience):
    residents.write_place("ann", "1", cell=cell(OUTSIDE), point=CENTRE)
    index()
    assert audience.documents["ann.1"].cell == HOME
    assert residents.points("ann") == 0


@pytest.mark.parametrize("nonsense", ["8dfffffffffffff", "8c1e2adb5a1d9ff", "", "home"])
def test_a_cell_that_is_none_is_left_out(index, residents, audience, nonsense):
    residents.write_place("ann", "2", cell=nonsense)
    index()
    assert audience.documents["ann.1"].siblings == (Sibling("1", HOME, HERE),)
    assert set(audience.documents) == {"ann.1"}


def test_a_place_outside_all_municipalities_is_indexed_without_one(index, residents, audience):
    residents.write_place("ann", "1", cell=cell(OUTSIDE))
    index()
    assert audience.documents["ann.1"].terc is None


def test_on_a_shared_border_the_lower_code_wins(index, audience, municipalities):
    municipalities.shapes = {"2000000": square(*CENTRE, 0.1), "1000000": square(*CENTRE, 0.1)}
    index()
    assert audience.documents["ann.1"].terc == "1000000"


class Refusing(FakeAudienceStore):
    """Another worker always comes first."""

    def commit(self, *_):
        self.commits += 1
        raise Conflict


def test_a_worker_that_is_always_second_gives_the_event_back(residents, municipalities):
    audience = Refusing()
    with pytest.raises(Conflict):
        index_resident("ann", residents, audience, municipalities, has_device)
    assert audience.commits == PASSES


def test_a_point_written_meanwhile_is_not_erased_but_indexed(residents, audience, municipalities):
    residents.write_place("ann", "1", point=OUTSIDE)
    moving = MovesWhileRead(residents)
    index_resident("ann", moving, audience, municipalities, has_device)
    assert audience.documents["ann.1"].cell == HOME
    assert residents.points("ann") == 0


class MovesWhileRead(FakeResidentStore):
    """The resident corrects the point right after it was read for the first time."""

    def __init__(self, residents):
        super().__init__()
        self._residents = residents
        self._moved = False

    def read(self, uid):
        answer = self._residents.read(uid)
        if not self._moved:
            self._moved = True
            self._residents.write_place(uid, "1", point=CENTRE)
        return answer

    def replace_point(self, *arguments):
        self._residents.replace_point(*arguments)


class Silent(FakeAudienceStore):
    def state(self, uid):
        raise Unavailable


def test_a_store_that_does_not_answer_gives_the_event_back(residents, municipalities):
    with pytest.raises(Unavailable):
        index_resident("ann", residents, Silent(), municipalities, has_device)
