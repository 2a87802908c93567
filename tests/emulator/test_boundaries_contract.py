"""Boundaries come from the register of areas, and are read again only when they are old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from google.cloud.firestore import Client

from shared.adapters.boundaries import MAX_AGE, FirestoreBoundaryStore
from tests.fakes.boundaries import CENTRE, TERC, square
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.emulator


@pytest.fixture
def client(project):
    return Client(project=project)


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def store(client, clock):
    return FirestoreBoundaryStore(client, clock)


def serve(client, terc=TERC):
    area = {"kind": "municipality", "terc": terc, "name": "Gmina", "geometry": square(*CENTRE, 0.05)}
    client.document(f"areas/{terc}").set(area)


def test_where_nothing_is_served_there_are_no_boundaries(store):
    assert store.boundaries() == {}


def test_every_municipality_served_has_its_boundary(client, store):
    serve(client)
    serve(client, "1219011")
    client.document("areas/saved").set({"kind": "saved", "terc": TERC, "geometry": "{}"})
    assert store.boundaries() == dict.fromkeys([TERC, "1219011"], square(*CENTRE, 0.05))


def test_a_new_municipality_is_seen_when_the_last_answer_is_old(client, store, clock):
    serve(client)
    assert set(store.boundaries()) == {TERC}
    serve(client, "1219011")
    clock.advance(timedelta(seconds=MAX_AGE))
    assert set(store.boundaries()) == {TERC}
    clock.advance(timedelta(seconds=1))
    assert set(store.boundaries()) == {TERC, "1219011"}


def test_the_first_municipality_is_seen_at_once(client, store):
    assert store.boundaries() == {}
    serve(client)
    assert set(store.boundaries()) == {TERC}
