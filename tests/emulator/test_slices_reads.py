"""What it costs to ask how a delivery with many slices is getting on, counted in documents read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from shared.domain.delivery import DeliveryRef, Slice
from tests.emulator.test_delivery_contract import PART, planned, wave

pytestmark = pytest.mark.emulator

WAVES = 3  # entries of the log of each slice that was begun
WORKERS = 20  # infra/functions.yaml, concurrency of the queue


class Counting:
    """The client's connection; counts queries, and documents as billed: a query costs at least one."""

    def __init__(self, api: Any) -> None:
        self._api = api
        self.queries = self.documents = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def run_query(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        answers = list(self._api.run_query(*args, **kwargs))
        self.queries += 1
        self.documents += max(1, sum(bool(answer.document.name) for answer in answers))
        return iter(answers)


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


def store(client):
    from shared.adapters.delivery import FirestoreDeliveryStore

    return FirestoreDeliveryStore(client)


def half_way(client, count: int) -> tuple[DeliveryRef, int]:
    """An alert of `count` slices, the first half done, then those at work, the rest not begun; and how many
    are at work."""
    from shared.adapters.alerts import FirestoreAlertStore

    delivery = store(client)
    ref = planned((FirestoreAlertStore(client), delivery), *(replace(PART, index=i) for i in range(count)))
    running = min(WORKERS, count // 4)
    for index in range(count // 2 + running):
        current = delivery.slice(ref, index)
        for number in range(1, WAVES + 1):
            done = number == WAVES and index < count // 2
            after = replace(current.value, waves=number, devices=1000 * number, done=done)
            current = delivery.save(ref, current, after, wave(index))
    return ref, running


def cost(client, work) -> tuple[Any, int, int]:
    connection = client._firestore_api
    counting = client._firestore_api_internal = Counting(connection)
    try:
        return work(), counting.documents, counting.queries
    finally:
        client._firestore_api_internal = connection


def truth(delivery, ref: DeliveryRef) -> list[Slice]:
    return [item.part.value for item in delivery.progress(ref)]


@pytest.mark.parametrize("count", [4, 40, pytest.param(400, marks=pytest.mark.timeout(300))])
def test_only_what_can_still_change_is_read_again(client, count):
    ref, running = half_way(client, count)
    delivery = store(client)
    before, every_one, _ = cost(client, lambda: truth(delivery, ref))
    first, at_first, _ = cost(client, lambda: delivery.slices(ref))
    again, later, queries = cost(client, lambda: delivery.slices(ref))
    reads = f"{every_one} reads one by one, {at_first} at first, {later} later"
    print(f"\n{count} slices, {running} at work: {reads}")
    assert first == again == before
    assert every_one == count + count // 2
    assert at_first == count + running
    assert later == queries == running


def test_the_end_of_a_slice_is_seen(client):
    ref, _ = half_way(client, 8)
    delivery, other = store(client), store(client)
    delivery.slices(ref)
    current = other.slice(ref, 4)
    other.save(ref, current, replace(current.value, done=True, devices=9), wave(4))
    found = delivery.slices(ref)
    assert found == truth(other, ref) == delivery.slices(ref)
    assert (found[4].done, found[4].devices) == (True, 9)


def test_a_delivery_that_is_done_costs_no_read(client):
    ref, _ = half_way(client, 4)
    delivery = store(client)
    for index in (2, 3):
        current = delivery.slice(ref, index)
        delivery.save(ref, current, replace(current.value, done=True), None)
    assert all(part.done for part in delivery.slices(ref))
    assert cost(client, lambda: delivery.slices(ref))[1:] == (0, 0)


def test_a_process_forgets_the_deliveries_that_it_asked_for_long_ago(client):
    from shared.adapters.known_slices import MOST_DELIVERIES, KnownSlices

    known = KnownSlices()
    for number in range(MOST_DELIVERIES + 1):
        known.keep(DeliveryRef(f"a{number}", "push.1"), {0: {"done": True}})
    assert known.of(DeliveryRef("a0", "push.1")) == {}
    assert known.of(DeliveryRef("a1", "push.1")) == {0: {"done": True}}
