"""One contract for the residents' store in Firestore and for its fake."""

from __future__ import annotations

import pytest

from shared.domain.audience import Device, Place, Resident
from shared.domain.delivery import Platform, Target
from shared.errors import Conflict
from tests.emulator.resident_writer import FirestoreResidentWriter
from tests.fakes.residents import FakeResidentStore

CELL, OTHER_CELL = "8d1e2adb5a1d93f", "8d1e2adb5a1d97f"
POINT, OTHER_POINT = (49.834, 19.938), (49.84, 19.95)


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
