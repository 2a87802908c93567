"""Measures what the simulation is fed with: each step of a delivery alone, on the parts of the local stack.

python -c "from benchmarks.measured import main; main()": a minute or two; writes benchmarks/measured.toml,
where the assumptions about the cloud stay as they are. What is measured is processor time, of our process and
of the one that answers it: on one computer there is nothing else to wait for, and other programs disturb it
little.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import psutil

from benchmarks import inhabitants as places
from benchmarks.alert import SPARE_RESIDENTS
from benchmarks.alert import population as alone
from benchmarks.cost_delivery import delivered
from benchmarks.population import Population
from benchmarks.pushes import message
from benchmarks.report import machine
from infra.local.firestore import FirestoreEmulator
from infra.local.processes import free_port
from shared.adapters.alerts import FirestoreAlertStore
from shared.adapters.audience import FirestoreAudienceStore, _to_document
from shared.adapters.clock import SystemClock
from shared.adapters.delivery import FirestoreDeliveryStore
from shared.adapters.published import FirestorePublishedStore
from shared.adapters.summaries import FirestoreSummaryStore
from shared.adapters.task_queue import CloudTaskQueue, client
from shared.channels.push.outcome import Outcome
from shared.channels.push.sender import FcmSender
from shared.domain.alert import Alert, State
from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState, Slice
from shared.ports import Task, Versioned, Wave
from shared.services.audience.match_area import AreaMatch
from shared.services.delivery.gather_summary import gather_summary
from tests import fcm
from tests.emulator.stand_ins import PROJECT, StandIn, Worker
from tests.fakes.alert_values import alert, content, entry
from tests.fakes.audit import chain_of

if TYPE_CHECKING:
    from google.cloud.firestore import Client

T = TypeVar("T")
TABLE = Path(__file__).with_name("measured.toml")
ROUNDS, IN_A_BATCH, SLICES, READ = 7, 500, 100, 5000
HOMES = 18_000  # as benchmarks/alert.py fills the index
WARM_UP = 12
EVERYWHERE = ("8d0000000000000", "8dfffffffffffff")  # in string order, before and after every cell
NOWHERE = ("8d0000000000000", "8d0000000000001")


class Spent:
    """Processor seconds of this process and of the one that answers it."""

    def __init__(self, pid: int) -> None:
        self._answering = psutil.Process(pid)

    def of(self, work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
        """Ours and the other's, each per round; the first round does not count."""
        work()
        ours, theirs = time.process_time(), self._theirs()
        for _ in range(rounds):
            work()
        return (time.process_time() - ours) / rounds, (self._theirs() - theirs) / rounds

    def one_after_the_other(self, work: Callable[[], object], rounds: int = ROUNDS) -> float:
        return sum(self.of(work, rounds))

    def side_by_side(self, name: str, work: Callable[[], object], per: float) -> dict[str, float]:
        """Per 1,000: seconds when both work at once, how many cores that keeps busy, and our own share."""
        both = self.of(work)
        each = max(both) / per * 1000
        return {
            f"{name}_per_1000": each,
            f"{name}_cores": sum(both) / max(both),
            f"{name}_cpu_per_1000": both[0] / per * 1000,
        }

    def _theirs(self) -> float:
        return float(sum(self._answering.cpu_times()[:2]))


def processor(population: Population) -> dict[str, float]:
    """Seconds of one core per 1,000 entries: filtered, composed, recorded; without making or sending them."""
    area = places.areas()["whole gmina"]
    population.stream(*EVERYWHERE, None)
    before = time.process_time()
    found = delivered(population, area)
    spent = time.process_time() - before
    before = time.process_time()
    made = sum(1 for _ in population.stream(*EVERYWHERE, None, limit=found.documents))
    spent -= time.process_time() - before
    ranging = time.process_time()
    AreaMatch(area).ranges()
    return {"filter_per_1000": spent / made * 1000, "start_cpu": time.process_time() - ranging}


@dataclass
class Stored:
    """The emulator with a municipality's index, and an alert that is being delivered."""

    emulator: FirestoreEmulator
    client: Client

    def fill(self, population: Population) -> None:
        everyone = population.stream(*EVERYWHERE, None)
        batch = self.client.batch()
        for number, one in enumerate(everyone, start=1):
            batch.set(self.client.document(f"audience/{one.key}"), _to_document(one))
            if number % IN_A_BATCH == 0:
                batch.commit()
                batch = self.client.batch()
        batch.commit()

    def index(self) -> dict[str, float]:
        """Counting and reading: what every query costs, and what each entry read costs more."""
        audience = FirestoreAudienceStore(self.client, SystemClock())
        for _ in range(WARM_UP):  # Java compiles what runs often; a stack that serves has done so
            audience.count(*EVERYWHERE, None)
            for _ in audience.stream(*EVERYWHERE, None, limit=READ):
                pass
        spent = Spent(self.emulator.program.pid)
        counting = spent.one_after_the_other(lambda: audience.count(*EVERYWHERE, None))
        nothing = spent.one_after_the_other(lambda: list(audience.stream(*NOWHERE, None)))
        reading = spent.side_by_side(
            "read", lambda: list(audience.stream(*EVERYWHERE, None, limit=READ)), READ
        )
        return {"count": counting, "stream": nothing, **reading}

    def delivery(self) -> dict[str, float]:
        audit = chain_of(self.client)
        alerts, store = (
            FirestoreAlertStore(self.client, audit),
            FirestoreDeliveryStore(self.client, audit),
        )
        draft = alert("measured", content=content(expires=datetime.now(UTC) + timedelta(hours=12)))
        alerts.create(draft, entry(draft), None)
        spent = Spent(self.emulator.program.pid)
        revisions = (replace(draft, revision=number) for number in count(2))
        few = spent.one_after_the_other(lambda: self._plan(alerts, store, next(revisions), 1))
        finish = spent.one_after_the_other(lambda: self._finish(alerts, store))
        many = spent.one_after_the_other(lambda: self._plan(alerts, store, next(revisions), SLICES), 2)
        planned = next(one.value.ref for one in store.of("measured") if one.value.slices == SLICES)
        part = _existing(store.slice(planned, 1))
        keys = {f"{number:028}.1/1": "accepted" for number in range(1000)}
        waves = _saving(store, planned, part, Wave(1, datetime.now(UTC), keys))
        beginning = lambda: (alerts.get("measured"), store.slice(planned, 1))  # noqa: E731
        return {
            "get": spent.one_after_the_other(lambda: alerts.get("measured"), 50),
            "plan": few,
            "plan_per_slice": max(0.0, many - few) / SLICES,
            "claim": spent.one_after_the_other(beginning, 20),
            "commit": spent.one_after_the_other(lambda: next(waves), 20),
            "finish": finish,
        }

    def _plan(
        self, alerts: FirestoreAlertStore, store: FirestoreDeliveryStore, of: Alert, slices: int
    ) -> None:
        """A delivery more of the alert, started and planned."""
        number = len(store.of("measured")) + 1
        before = _existing(alerts.get("measured"))
        begun = replace(of, state=State.ACTIVE)
        delivery = Delivery("measured", "push", number, 1, 1, False, begun.created, begun.content.expires)
        (planned,) = store.start(before, begun, entry(begun, "start"), [delivery], "0" * 64)
        parts = [Slice(index, (EVERYWHERE,) * 4, 5000) for index in range(slices)]
        store.plan(planned, replace(delivery, state=DeliveryState.SENDING, slices=slices), parts)

    def _finish(self, alerts: FirestoreAlertStore, store: FirestoreDeliveryStore) -> None:
        """With eight slices, which are those of a municipality."""
        alerts.get("measured")
        store.done(DeliveryRef("measured", "push.1"))
        gather_summary(
            "measured",
            alerts=alerts,
            delivery=store,
            published=FirestorePublishedStore(self.client),
            summaries=FirestoreSummaryStore(self.client),
            clock=SystemClock(),
            at_most_every=timedelta(),
        )


def _existing(found: Versioned[T] | None) -> Versioned[T]:
    if found is None:
        raise LookupError("what was just written is not there")
    return found


def _saving(
    store: FirestoreDeliveryStore, ref: DeliveryRef, part: Versioned[Slice], wave: Wave
) -> Iterator[object]:
    """Each turn saves the slice once more."""
    while True:
        part = store.save(ref, part, replace(part.value, waves=part.value.waves + 1), wave)
        yield part


@contextmanager
def stored(folder: Path) -> Iterator[Stored]:
    from google.cloud.firestore import Client

    emulator = FirestoreEmulator(free_port(), folder / "emulator.log", PROJECT)
    os.environ["FIRESTORE_EMULATOR_HOST"] = emulator.host
    try:
        yield Stored(emulator, Client(project=PROJECT))
    finally:
        emulator.stop()


def tasks(folder: Path) -> dict[str, float]:
    """Creating a task, and from there to its function."""
    identity = StandIn(folder, "identity", "--project", PROJECT, "--keys", folder / "keys")
    identity.start()
    options = ("--project", PROJECT, "--db", folder / "tasks.db", "--identity", identity.address)
    stand_in = StandIn(folder, "cloud_tasks", *options, probe=False)
    stand_in.start()
    worker, numbers = Worker(), count()
    account = f"workers@{PROJECT}.iam.gserviceaccount.com"
    connection = client(stand_in.host)
    queue = CloudTaskQueue(connection, PROJECT, "europe-central2", account, {"f": worker.address})
    spent = Spent(stand_in.program.pid)
    with closing(worker), closing(connection.transport):
        creating = spent.one_after_the_other(
            lambda: queue.enqueue(Task("deliver", "f", f"task{next(numbers)}", {"alert": "a"})), 50
        )
    stand_in.stop()
    identity.stop()
    return {"enqueue": creating, "dispatch": creating}  # to call a function takes no less


def pushing(folder: Path) -> dict[str, float]:
    """1,000 pushes at a time to the stand-in for FCM, which answers at once; connections open already."""
    with fcm.running(folder) as stand_in:
        sender = FcmSender(stand_in.endpoint, fcm.PROJECT, lambda: fcm.TOKEN, ca_file=stand_in.ca_file)
        spent = Spent(stand_in.program.pid)

        def wave() -> None:
            answers = sender.send(message.requests(1000), time.monotonic() + 60)
            refused = [answer for answer in answers if answer.outcome is not Outcome.ACCEPTED]
            if refused:
                raise AssertionError(refused[0])

        for _ in range(WARM_UP):
            wave()
        found = spent.side_by_side("push", wave, 1000)
        sender.close()
    return found


def written(figures: Mapping[str, Mapping[str, float]]) -> str:
    """The table with its measured sections anew and the others as they are."""
    kept = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    for name, values in figures.items():
        lines = [f"# {machine()}; python -c 'from benchmarks.measured import main; main()'"]
        lines += [f"{key} = {value:.6f}" for key, value in values.items()]
        section = f"[{name}]\n" + "\n".join(lines) + "\n"
        kept, replaced = re.subn(rf"(?ms)^\[{name}\]\n.*?(?=^\[|\Z)", section + "\n", kept)
        kept = kept if replaced else f"{kept}\n{section}"
    return kept.strip() + "\n"


def main() -> None:
    population = alone(places.places(round(HOMES * SPARE_RESIDENTS)), HOMES)
    cpu = processor(population)
    with tempfile.TemporaryDirectory() as name, stored(Path(name)) as store:
        store.fill(population)
        local = {**store.index(), **store.delivery()}
    with tempfile.TemporaryDirectory() as name:
        local |= tasks(Path(name)) | pushing(Path(name))
    cpu |= {name: local.pop(name) for name in ("read_cpu_per_1000", "push_cpu_per_1000")}
    TABLE.write_text(written({"processor": cpu, "local": local}), encoding="utf-8")
    print(TABLE.read_text(encoding="utf-8"))
