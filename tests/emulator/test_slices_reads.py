"""What it costs to ask how a delivery with many slices is getting on, counted in documents read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from shared.domain.delivery import Slice
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


def half_way(client, count: int) -> tuple[str, int]:
    """An alert of `count` slices, the first half done, then those at work, the rest not begun; and how many
    are at work."""
    from shared.adapters.alerts import FirestoreAlertStore

    delivery = store(client)
    alert_id = planned(
        (FirestoreAlertStore(client), delivery), *(replace(PART, index=i) for i in range(count))
    )
    running = min(WORKERS, count // 4)
    for index in range(count // 2 + running):
        current = delivery.slice(alert_id, index)
        for number in range(1, WAVES + 1):
            done = number == WAVES and index < count // 2
            after = replace(current.value, waves=number, devices=1000 * number, done=done)
            current = delivery.save(alert_id, current, after, wave(index))
    return alert_id, running


def cost(client, work) -> tuple[Any, int, int]:
    connection = client._firestore_api
    counting = client._firestore_api_internal = Counting(connection)
    try:
        return work(), counting.documents, counting.queries
    finally:
        client._firestore_api_internal = connection


def truth(delivery, alert_id: str) -> list[Slice]:
    return [item.part.value for item in delivery.progress(alert_id)]


@pytest.mark.parametrize("count", [4, 40, pytest.param(400, marks=pytest.mark.timeout(300))])
def test_only_what_can_still_change_is_read_again(client, count):
    alert_id, running = half_way(client, count)
    delivery = store(client)
    before, every_one, _ = cost(client, lambda: truth(delivery, alert_id))
    first, at_first, _ = cost(client, lambda: delivery.slices(alert_id))
    again, later, queries = cost(client, lambda: delivery.slices(alert_id))
    reads = f"{every_one} reads one by one, {at_first} at first, {later} later"
    print(f"\n{count} slices, {running} at work: {reads}")
    assert first == again == before
    assert every_one == count + count // 2
    assert at_first == count + running
    assert later == queries == 1 + running


def test_the_end_of_a_slice_and_a_second_round_are_seen(client):
    alert_id, _ = half_way(client, 8)
    delivery, other = store(client), store(client)
    delivery.slices(alert_id)
    current = other.slice(alert_id, 4)
    other.save(alert_id, current, replace(current.value, done=True, devices=9), wave(4))
    client.document(f"alerts/{alert_id}/slices/0008").set(
        {**client.document(f"alerts/{alert_id}/slices/0007").get().to_dict(), "round": 2}
    )
    found = delivery.slices(alert_id)
    assert found == truth(other, alert_id) == delivery.slices(alert_id)
    assert (found[4].done, found[4].devices, found[8].round) == (True, 9, 2)


def test_a_delivery_that_is_done_costs_one_read(client):
    alert_id, _ = half_way(client, 4)
    delivery = store(client)
    for index in (2, 3):
        current = delivery.slice(alert_id, index)
        delivery.save(alert_id, current, replace(current.value, done=True), None)
    assert all(part.done for part in delivery.slices(alert_id))
    assert cost(client, lambda: delivery.slices(alert_id))[1:] == (1, 1)


def test_a_process_forgets_the_alerts_that_it_asked_for_long_ago(client):
    from shared.adapters.known_slices import MOST_ALERTS, KnownSlices

    known = KnownSlices()
    for number in range(MOST_ALERTS + 1):
        known.keep(f"a{number}", {0: {"done": True}})
    assert known.of("a0") == {}
    assert known.of("a1") == {0: {"done": True}}
