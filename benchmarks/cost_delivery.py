"""One alert through the real services, from approval to expiry, with every operation counted as it is billed.

The stores are the tests' fakes; a call of each costs as many operations as its adapter makes in Firestore.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from math import ceil
from typing import Any, NamedTuple

from benchmarks.population import ENTRIES_PER_READ, Bill, Population
from shared.channels.push.channel import PushChannel
from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest
from shared.domain.alert import Severity, State
from shared.errors import Unavailable
from shared.geo.shapes import Area
from shared.ports import Pace
from shared.services.delivery.enqueue_due import enqueue_due
from shared.services.delivery.start_alert import start_alert
from shared.services.publishing.publish_alert import publish_alert
from tests.fakes.clock import FakeClock
from tests.services.delivery_world import PUBLIC_URL, World

PUSHES_PER_SECOND = 2400  # of all workers of one queue together; infra/functions.yaml
HEADERS = (
    300  # bytes of a request's HTTP/2 frames and compressed headers beside its body; measured with nghttp
)


class Operations(NamedTuple):
    reads: int = 0
    writes: int = 0


def _counting(matched: int) -> int:
    return max(1, ceil(matched / ENTRIES_PER_READ))


def _counts_of(receipts: Mapping[str, Any]) -> int:
    """One count for each figure, however they are grouped."""
    return sum(
        _counts_of(found) if isinstance(found, Mapping) else _counting(found) for found in receipts.values()
    )


def _replacing(*call: Any) -> Operations:
    return Operations(writes=1 if call[2] is None else 2)


# What a call costs, by its arguments and, last, its result; each as in shared/adapters.
TARIFF: Mapping[str, Callable[..., Operations]] = {
    "alerts.get": lambda *_: Operations(reads=1),
    "alerts.replace": _replacing,
    "published.token": lambda *_: Operations(reads=1),
    "published.publish": lambda *_: Operations(writes=1),
    "published.shows": lambda *_: Operations(reads=1),
    "published.not_mine": lambda *_: Operations(reads=1),  # few: one read up to 1,000 reports
    "published.receipts": lambda *call: Operations(reads=_counts_of(call[-1])),
    "summaries.get": lambda *_: Operations(reads=1),
    "summaries.put": lambda *_: Operations(writes=1),
    "delivery.start": lambda *call: Operations(writes=3 + len(call[3])),  # alert, history, proof, deliveries
    "delivery.plan": lambda *call: Operations(writes=1 + len(call[2])),
    "delivery.replace": lambda *_: Operations(writes=1),
    "delivery.get": lambda *_: Operations(reads=1),
    "delivery.of": lambda *call: Operations(reads=max(1, len(call[-1]))),
    "delivery.proof_key": lambda *_: Operations(reads=1),
    # The slice's document, and the end of its log unless it is done.
    "delivery.slice": lambda *call: Operations(reads=1 if call[-1] is None or call[-1].value.done else 2),
    "delivery.slices": lambda *call: Operations(reads=sum(1 if part.done else 2 for part in call[-1])),
    "delivery.done": lambda *call: Operations(reads=_counting(call[-1])),
    "delivery.save": lambda *call: Operations(writes=2 if call[2].done else 1),
    "residents.forget": lambda *call: Operations(reads=len(call[0]), writes=call[-1]),
}


class Billed:
    """A store whose calls are put on the bill; a call without a tariff is an error, not free."""

    def __init__(self, store: object, name: str, bill: Bill, calls: Counter[str]) -> None:
        self._store, self._name, self._bill, self._calls = store, name, bill, calls

    def __getattr__(self, method: str) -> Any:
        name = f"{self._name}.{method}"
        if name not in TARIFF:
            raise LookupError(f"benchmarks.cost_delivery.TARIFF lacks {name}")

        def call(*args: Any, **named: Any) -> Any:
            result = getattr(self._store, method)(*args, **named)
            cost = TARIFF[name](*args, *named.values(), result)
            self._bill.reads += cost.reads
            self._bill.writes += cost.writes
            self._calls[name] += 1
            return result

        return call


@dataclass
class Push:
    """Fulfils ports.PushSender: takes everything, as fast as all workers together may send."""

    clock: FakeClock
    sent: int = 0
    sent_bytes: int = 0

    def send(self, requests: Iterable[PushRequest], deadline: float) -> Iterator[PushAnswer]:
        everyone = list(requests)
        self.clock.advance(timedelta(seconds=len(everyone) / PUSHES_PER_SECOND))
        self.sent += sum(b'"validate_only"' not in request.body for request in everyone)
        self.sent_bytes += sum(len(request.body) + HEADERS for request in everyone)
        return (PushAnswer(request.key, Outcome.ACCEPTED) for request in everyone)

    def room(self) -> int:
        return 1_000_000


@dataclass
class Tasks:
    """Every call of Cloud Tasks: creations, also refused ones, and dispatches."""

    queue: Any
    operations: int = 0

    def enqueue(self, task: Any) -> bool:
        self.operations += 1
        return bool(self.queue.enqueue(task))


@dataclass
class Delivered:
    """What one alert took."""

    phones: int
    reads: int
    writes: int
    task_operations: int
    requests: Mapping[str, int]  # of functions, by name
    waves: int
    slices: int
    documents: int  # entries of the audience read
    expiring: int  # documents that TTL deletes later
    sent_bytes: int


class BilledWorld(World):
    """The trigger goes through the ports, too."""

    def _on_written(self, alert_id: str) -> None:
        enqueue_due(self.ports, alert_id)
        ports = self.ports
        publish_alert(
            alert_id, alerts=ports.alerts, published=ports.published, signer=self.signer, clock=ports.clock
        )


def delivered(population: Population, area: Area) -> Delivered:
    """An alert of moderate severity for now: approved, started, delivered, finished, expired.

    Raises AssertionError when a phone got two pushes.
    """
    population.bill = bill = Bill()
    world = BilledWorld(pace=Pace(), audience=population)  # type: ignore[arg-type]
    push, tasks, calls = Push(world.clock), Tasks(world.tasks), Counter[str]()
    expires = world.clock.now() + timedelta(hours=12)
    world.approve(area=area.text(), severity=Severity.MODERATE, expires=expires)
    _put_on_the_bill(world, bill, calls, push, tasks)
    bill.reads, bill.writes = (
        bill.reads + 1,
        bill.writes + 2,
    )  # staff_api: the alert; the alert and its history
    _run(world)
    ran = Counter(task.function for task in world.tasks.ran)
    _check(world, push)
    called = Counter(staff_api=1, start_alert=1, on_alert_written=1 + calls["alerts.replace"])
    called["on_alert_written"] += calls["delivery.start"]
    return Delivered(
        phones=push.sent,
        reads=bill.reads,
        writes=bill.writes,
        task_operations=tasks.operations + len(world.tasks.ran),
        requests=called + ran,
        waves=len(world.delivery.waves) if world.delivery else 0,
        slices=world.of().slices,
        documents=bill.documents,
        expiring=calls["delivery.save"] + (world.of().slices),
        sent_bytes=push.sent_bytes,
    )


def _check(world: World, push: Push) -> None:
    """Nobody twice: as many different phones in the ledger as there were pushes."""
    store = world.delivery
    phones = {key for _, wave in store.waves for key in wave.outcomes} if store else set()
    if len(phones) != push.sent:
        raise AssertionError(f"{push.sent} pushes to {len(phones)} phones")


def _put_on_the_bill(world: World, bill: Bill, calls: Counter[str], push: Push, tasks: Tasks) -> None:
    stores: dict[str, Any] = {
        name: Billed(getattr(world, name), name, bill, calls)
        for name in ("alerts", "delivery", "published", "summaries", "residents")
        if hasattr(world, name)
    }
    known = {part.name for part in fields(world.ports)}
    wanted = {name: store for name, store in stores.items() if name in known}
    channel = PushChannel(lambda: push, lambda: stores["residents"], world.clock, PUBLIC_URL, world.pace)
    world.ports = replace(
        world.ports, **wanted, audience=world.audience, channels={"push": channel}, tasks=tasks
    )


def _run(world: World) -> None:
    """As in the cloud: the direct call, the trigger after every change, and tasks until none is left."""
    start_alert(world.ports, "a1", 1)
    world.trigger()
    while world.tasks.run_next(world.run, failure=Unavailable):
        world.trigger()
    if world.alert().state is not State.EXPIRED:
        raise AssertionError(f"the alert ended {world.alert().state}")
