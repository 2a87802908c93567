"""One contract for the summaries in Firestore and for their fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.statistics import ChannelReport, Neighbourhood, Point, ShownGroup, Summary
from shared.errors import Conflict
from tests.fakes.alert_values import at
from tests.fakes.summaries import FakeSummaryStore

FIGURES = Summary(
    targeted=100,
    accepted=70,
    failed={"bad-target": 20, "other": 10},
    received=50,
    opened=None,
    complete=False,
    updated=at(3),
    rung=40,
    not_mine=None,
    by_platform={"android": ShownGroup(65, 55, 10, 35, None), "web": ShownGroup()},
    series=(Point(3, None, None, None), Point(9, 70, 50, 20)),
    deliveries=(ChannelReport("push", 1, "failed", at(3), 100, 70, {"bad-target": 20}, "pl ios (400)"),),
    places=(Neighbourhood("871e2adb5ffffff", 49.834, 19.938, 70),),
    unverified=True,
    least=10,
)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeSummaryStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.summaries import FirestoreSummaryStore

    return FirestoreSummaryStore(Client(project=name))


def test_there_is_none_before_the_first(store):
    assert store.get("a1") is None


def test_figures_come_back_and_are_replaced_whole(store):
    store.put("a1", FIGURES, None)
    assert store.get("a1").value == FIGURES
    later = replace(FIGURES, failed={}, by_platform={}, series=(), places=(), complete=True, updated=at(4))
    store.put("a1", later, store.get("a1"))
    assert store.get("a1").value == later


def test_of_two_first_ones_one_is_refused(store):
    store.put("a1", FIGURES, None)
    with pytest.raises(Conflict):
        store.put("a1", FIGURES, None)


def test_figures_over_newer_ones_are_refused(store):
    store.put("a1", FIGURES, None)
    old = store.get("a1")
    store.put("a1", replace(FIGURES, opened=15, updated=at(4)), old)
    with pytest.raises(Conflict):
        store.put("a1", replace(FIGURES, opened=10, updated=at(5)), old)
