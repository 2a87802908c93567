"""One contract for the coverage in Firestore and for its fake."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.domain.coverage import Coverage, StreetShare
from shared.ports.coverage import SilentWalk
from tests.fakes.alert_values import TERC
from tests.fakes.coverage import FakeCoverageStore

FIRST = datetime(2026, 11, 1, 3, 10, tzinfo=UTC)
STREETS = (
    StreetShare(("9990019:90001",), "ul. Różana", "Regionalna", 42, 50),
    StreetShare(("9990025", "9990031"), "", "", 12, 10),
)
COVERAGE = Coverage(
    TERC, "2026-11", FIRST, 171, 40, STREETS, 60, 50, 20, None, {"lost": 10, "permission": None}, served=3
)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeCoverageStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.coverage import FirestoreCoverageStore

    return FirestoreCoverageStore(Client(project=name))


def test_before_the_first_month_there_is_none(store):
    assert store.latest(TERC, FIRST) is None


def test_what_was_counted_is_found_as_it_was(store):
    store.put(COVERAGE)
    assert store.latest(TERC, FIRST) == COVERAGE
    assert store.latest("1299999", FIRST) is None


def test_a_month_counted_again_replaces_itself(store):
    store.put(COVERAGE)
    again = Coverage(TERC, "2026-11", FIRST, 9, None)
    store.put(again)
    assert store.latest(TERC, FIRST) == again


@pytest.mark.parametrize(
    ("asked", "known"),
    [("2026-12-01", True), ("2026-12-31", True), ("2027-01-01", False), ("2026-10-31", False)],
)
def test_the_last_month_stands_until_this_one_is_counted(store, asked, known):
    store.put(COVERAGE)
    assert (store.latest(TERC, datetime.fromisoformat(f"{asked}T00:00:00Z")) is not None) == known


@pytest.mark.parametrize("position", ["", "uid-anna", None])
def test_a_walk_goes_on_where_it_was_left(store, position):
    walk = SilentWalk("2026-11", position, {TERC: {"lost": 12}, "nowhere": {"no_place": 1}})
    assert store.walk("2026-11") == SilentWalk("2026-11")
    store.keep(walk, FIRST)
    assert store.walk("2026-11") == walk
    assert store.walk("2026-12") == SilentWalk("2026-12")
