"""One contract for the residents' store in Firestore and for its fake."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from shared.domain.alert import Category, Severity
from shared.domain.audience import Device, Place, Platform, Resident, Target
from shared.domain.preferences import Preferences, QuietHours
from shared.errors import Conflict
from shared.ports import DeadPhone
from tests.emulator.resident_writer import FirestoreResidentWriter
from tests.fakes.residents import FakeResidentStore

CELL, OTHER_CELL = "8d1e2adb5a1d93f", "8d1e2adb5a1d97f"
POINT, OTHER_POINT = (49.834, 19.938), (49.84, 19.95)
SPARED = Preferences(
    frozenset({Category.EVENT, Category.DISRUPTION}), Severity.MODERATE, QuietHours(time(22), time(6, 30))
)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store_and_phone(request):
    if request.param == "fake":
        fake = FakeResidentStore()
        return fake, fake
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.residents import FirestoreResidentStore

    client = Client(project=name)
    return FirestoreResidentStore(client), FirestoreResidentWriter(client)


@pytest.fixture
def store(store_and_phone):
    return store_and_phone[0]


@pytest.fixture
def phone(store_and_phone):
    """What the resident's app writes."""
    return store_and_phone[1]


def places(store):
    return store.read("ann")[0].places


def test_an_unknown_resident_has_nothing(store):
    assert store.read("ann") == (Resident("ann", None, (), ()), {})


def test_all_documents_are_read(store, phone):
    phone.write_resident("ann", "uk")
    phone.write_place("ann", "8", cell=CELL)
    phone.write_place("ann", "1", point=POINT)
    phone.write_device("ann", "2", "t", Platform.IOS)
    phone.write_device("ann", "1", "f", Platform.WEB, kind="fid")
    resident, tokens = store.read("ann")
    assert resident == Resident(
        "ann",
        "uk",
        (Place("1", None, POINT), Place("8", CELL)),
        (Device("1", Platform.WEB, Target("fid", "f")), Device("2", Platform.IOS, Target("token", "t"))),
    )
    assert set(tokens) == {"1", "8"}


@pytest.mark.parametrize(
    "preferences",
    [
        SPARED,
        Preferences(muted=frozenset(Category)),
        Preferences(least=Severity.EXTREME),
        Preferences(quiet=QuietHours(time(0), time(23, 59))),
    ],
)
def test_what_a_resident_wants_to_be_spared_is_read(store, phone, preferences):
    phone.write_resident("ann", "pl", preferences)
    assert store.read("ann")[0] == Resident("ann", "pl", (), (), preferences)


def test_preferences_are_what_was_written_last(store, phone):
    phone.write_resident("ann", "pl", SPARED)
    phone.write_resident("ann", "pl")
    assert store.read("ann")[0] == Resident("ann", "pl", (), ())


def test_a_deleted_resident_has_no_preferences(store, phone):
    phone.write_resident("ann", "pl", SPARED)
    phone.delete_resident("ann")
    assert store.read("ann")[0] == Resident("ann", None, (), ())


def test_what_lies_below_a_deleted_resident_is_still_read(store, phone):
    phone.write_resident("ann", "pl")
    phone.write_place("ann", "1", cell=CELL)
    phone.delete_resident("ann")
    assert store.read("ann")[0] == Resident("ann", None, (Place("1", CELL),), ())


def test_residents_are_kept_apart(store, phone):
    phone.write_place("bob", "1", cell=CELL)
    assert places(store) == ()


def test_a_point_gives_way_to_its_cell(store, phone):
    phone.write_place("ann", "1", point=POINT)
    _, tokens = store.read("ann")
    store.replace_point("ann", "1", CELL, tokens["1"])
    assert places(store) == (Place("1", CELL),)


def test_the_end_of_a_place_is_read_and_stays_when_its_point_goes(store, phone):
    end = datetime(2027, 1, 2, 3, tzinfo=UTC)
    phone.write_place("ann", "1", point=POINT, until=end)
    _, tokens = store.read("ann")
    assert places(store) == (Place("1", None, POINT, end),)
    store.replace_point("ann", "1", CELL, tokens["1"])
    assert places(store) == (Place("1", CELL, None, end),)


def test_a_newer_point_is_kept(store, phone):
    phone.write_place("ann", "1", point=POINT)
    _, tokens = store.read("ann")
    phone.write_place("ann", "1", point=OTHER_POINT)
    with pytest.raises(Conflict):
        store.replace_point("ann", "1", CELL, tokens["1"])
    assert places(store) == (Place("1", None, OTHER_POINT),)


def test_a_deleted_place_stays_deleted(store, phone):
    phone.write_place("ann", "1", point=POINT)
    _, tokens = store.read("ann")
    phone.delete_place("ann", "1")
    with pytest.raises(Conflict):
        store.replace_point("ann", "1", CELL, tokens["1"])
    assert places(store) == ()


def test_a_place_that_was_replaced_and_written_again_is_newer(store, phone):
    phone.write_place("ann", "1", point=POINT)
    _, tokens = store.read("ann")
    phone.delete_place("ann", "1")
    phone.write_place("ann", "1", cell=OTHER_CELL)
    with pytest.raises(Conflict):
        store.replace_point("ann", "1", CELL, tokens["1"])
    assert places(store) == (Place("1", OTHER_CELL),)


def test_replacing_one_place_leaves_the_others(store, phone):
    phone.write_place("ann", "1", point=POINT)
    phone.write_place("ann", "2", point=OTHER_POINT)
    _, tokens = store.read("ann")
    store.replace_point("ann", "1", CELL, tokens["1"])
    assert places(store) == (Place("1", CELL), Place("2", None, OTHER_POINT))


def devices(store, uid="ann"):
    return [device.id for device in store.read(uid)[0].devices]


def dead(value, device="1", uid="ann", kind="token"):
    return DeadPhone(uid, device, Target(kind, value))


@pytest.mark.parametrize("kind", ["token", "fid"])
def test_a_dead_device_is_forgotten(store, phone, kind):
    phone.write_device("ann", "1", "old", kind=kind)
    phone.write_device("ann", "2", "alive")
    assert store.forget([dead("old", kind=kind)]) == 1
    assert devices(store) == ["2"]


def test_a_device_registered_anew_survives(store, phone):
    phone.write_device("ann", "1", "new")
    assert store.forget([dead("old")]) == 0
    assert devices(store) == ["1"]


def test_the_same_value_of_another_kind_is_another_target(store, phone):
    phone.write_device("ann", "1", "same", kind="fid")
    assert store.forget([dead("same", kind="token")]) == 0
    assert devices(store) == ["1"]


def test_a_device_that_is_gone_already_is_no_fault(store):
    assert store.forget([dead("old")]) == 0


def test_nothing_is_forgotten_for_nothing(store):
    assert store.forget([]) == 0


def test_one_that_survives_spares_no_other(store, phone):
    phone.write_device("ann", "1", "new")
    phone.write_device("bob", "1", "old-2")
    phone.write_device("eve", "3", "old-3")
    found = store.forget([dead("old-1"), dead("old-2", uid="bob"), dead("old-3", "3", "eve")])
    assert found == 2
    assert [devices(store, uid) for uid in ("ann", "bob", "eve")] == [["1"], [], []]


def test_more_than_one_batch_is_forgotten(store, phone):
    for number in range(3):
        phone.write_device(f"u{number}", "1", "old")
    gone = [dead("old", uid=f"u{number}") for number in range(600)]
    assert store.forget(gone) == 3


BEFORE, LATER = datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2026, 11, 22, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "arrived", "open_since"),
    [
        (None, None, None),
        (BEFORE, None, BEFORE),
        (BEFORE, LATER, None),
        (BEFORE, BEFORE, None),
        (LATER, BEFORE, LATER),
    ],
)
def test_a_trial_is_open_until_it_has_arrived(store, phone, asked, arrived, open_since):
    phone.write_device("ann", "1", "t1")
    phone.write_trial("ann", "1", asked, arrived)
    assert store.trial("ann", "1") == open_since


def test_a_device_that_is_not_there_asks_for_nothing(store):
    assert store.trial("nobody", "1") is None
