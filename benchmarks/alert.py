"""How long an alert takes on the local stack, from its approval to the last push, and what it costs.

python -m benchmarks.alert [PLACES ...]: default 2000 18000 100000 places in the index, all told of one alert
for the whole gmina. Against the floor: the same pushes by the bare sender, and one bare stream of the same
documents by the client library. Keys: `vs_floor_18000` (median of 3 rounds; `vs_own_stream_18000` takes for
the floor the delivery's own reader, which is more than twice as fast), `writes_per_1000` at 18,000, `growth`
(reads, writes and tasks per recipient, 100,000 by 2,000), `seconds` by size. Every run is checked first: each
phone in the area exactly one push.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import inhabitants as places
from benchmarks.cost_delivery import Delivered, delivered
from benchmarks.population import TOKEN, Population
from benchmarks.report import machine, table
from demo.scenario import LONGEST, Notice, Pushes
from demo.seed import write_registers
from infra.local.stack import PROJECT, Stack
from shared.channels.push.outcome import PushRequest
from shared.domain.alert import Severity
from shared.geo import cells
from shared.geo.cover import matcher
from shared.geo.shapes import Area
from tests.clients.staff import StaffClient, moment

FUNCTIONS = (
    "staff_api",
    "on_alert_written",
    "start_alert",
    "deliver_slice",
    "deliver_urgent",
    "expire_alert",
)
SIZES = (2_000, 18_000, 100_000)
MEASURED = 18_000  # measured several times, against the floor
ROUNDS = 3
IN_A_BATCH = 500
SPARE_RESIDENTS = 1.1  # some live elsewhere in Poland
WHOLE = places.areas()["whole gmina"]
EVERYWHERE = ("8d0000000000000", "8dfffffffffffff")
COLUMNS = ("places", "phones", "first push s", "last push s", "floor s", "reads", "writes", "tasks")


@dataclass(frozen=True)
class Run:
    """Seconds after the approval."""

    phones: int
    first: float
    last: float
    approved: datetime

    def end(self) -> datetime:
        return self.approved + timedelta(seconds=self.last)


@dataclass(frozen=True)
class Floor:
    """Seconds of the bare sender, of a stream as the delivery reads, and of one by the client library."""

    push: float
    stream: float
    library: float


def population(of: places.Places, count: int) -> Population:
    """So many residents with their homes alone, all in the municipality; a larger one holds a smaller."""
    inside = matcher(WHOLE)(cells.strings(of.rank))
    homes = np.flatnonzero((of.slot == 1) & inside)[:count]
    numbered = np.arange(len(homes))
    return Population(places.Places(numbered, np.ones_like(numbered), of.rank[homes]))


def fill(of: Population) -> None:
    """Write the entries that are not there yet, as the index does."""
    from shared import wiring
    from shared.adapters.audience import _to_document

    client = wiring.firestore()
    batch, waiting = client.batch(), 0
    for entry in of.stream(*EVERYWHERE, None):
        batch.set(client.document(f"audience/{entry.key}"), _to_document(entry))
        waiting += 1
        if waiting == IN_A_BATCH:
            batch.commit()
            batch, waiting = client.batch(), 0
    batch.commit()


def notice(area: Area = WHOLE, severity: Severity = Severity.MINOR) -> Notice:
    now = datetime.now(UTC)
    content = {
        "category": "event",
        "severity": severity.value,
        "texts": {"pl": {"title": "Dzień otwarty w urzędzie", "body": "Sobota, 10:00 do 14:00. Zapraszamy."}},
        "area": json.loads(area.text()),
        "area_name": places.town().name,
        "expires": (now + timedelta(hours=6)).isoformat(),
        "send_at": None,
    }
    return Notice(severity.value, content)


def run(office: StaffClient, pushes: Pushes, what: Notice, expected: int) -> Run:
    """Watches FCM, not the page. Raises AssertionError unless every phone got exactly one push."""
    alert = office.send(what.content)
    end = time.monotonic() + LONGEST
    while pushes.count(alert["id"]) < expected and time.monotonic() < end:
        time.sleep(0.2)
    wait_until_finished(office, alert["id"], end)
    received = pushes.of(alert["id"])
    targets = [message["target"] for message in received]
    if len(targets) != expected or len(set(targets)) != expected:
        raise AssertionError(f"{len(targets)} pushes to {len(set(targets))} phones, {expected} expected")
    approved = moment(alert["approved"])
    seconds = sorted((moment(message["at"]) - approved).total_seconds() for message in received)
    return Run(expected, seconds[0], seconds[-1], approved)


def wait_until_finished(office: StaffClient, alert: str, end: float) -> None:
    """The next alert is not to begin beside the end of this one."""
    while not office.summary(alert)["complete"] and time.monotonic() < end:
        time.sleep(0.5)


def timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def floor(stack: Stack, phones: int) -> Floor:
    from google.cloud.firestore import FieldFilter

    from shared import wiring
    from shared.adapters.firestore_query import RangeQuery
    from shared.channels.push.access_token import AccessToken
    from shared.channels.push.sender import FcmSender
    from shared.services.audience.match_area import AreaMatch

    client = wiring.firestore()
    ranges = AreaMatch(WHOLE).ranges()
    lo, hi = ranges[0][0], ranges[-1][1]
    above = client.collection("audience").where(filter=FieldFilter("cell", ">=", lo))
    library = above.where(filter=FieldFilter("cell", "<=", hi))
    query = RangeQuery(client, "audience", "cell", "found_by")
    env = stack.env()
    with closing(
        FcmSender(env["FCM_ENDPOINT"], PROJECT, AccessToken(), ca_file=env["FCM_CA_FILE"])
    ) as sender:
        requests = list(bodies(phones))
        push = timed(lambda: list(sender.send(requests, time.monotonic() + 300)))
    return Floor(
        push,
        timed(lambda: sum(1 for _ in query.run(lo, hi, None))),
        timed(lambda: sum(1 for _ in library.stream())),
    )


def bodies(count: int) -> Iterator[PushRequest]:
    """Messages of the size that the alert's have."""
    text = "x" * 400
    for number in range(count):
        message = {
            "android": {"priority": "HIGH"},
            "data": {"alert": "floor", "body": text},
            "token": f"{TOKEN}{number:010}",
        }
        yield PushRequest(str(number), json.dumps({"message": message}).encode())


@contextmanager
def serving(*named: str) -> Iterator[tuple[Stack, StaffClient, Pushes]]:
    """The local stack with these functions alone; this process gets the environment that they have."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(Path(folder), ports="free", functions=named, report=lambda _: None) as stack,
    ):
        os.environ.update(stack.env())
        stack.staff.ensure(places.town().terc)
        write_registers(places.town())
        office = StaffClient(stack.address("hosting"), stack.staff_token)
        yield stack, office, Pushes(stack.address("fcm_control"))


def main(sizes: tuple[int, ...]) -> None:
    everyone = places.places(round(max(sizes) * SPARE_RESIDENTS))
    measured = []
    with serving(*FUNCTIONS) as (stack, office, pushes):
        for size in sizes:
            measured.append(measure(stack, office, pushes, population(everyone, size)))
            print(f"{size} places: {measured[-1]}", flush=True)
    print(machine())
    print(table(COLUMNS, map(row, measured)))
    print(json.dumps(keys(measured)))


@dataclass(frozen=True)
class Measured:
    size: int
    cost: Delivered
    runs: list[Run]
    floors: list[Floor]

    def ratio(self, stream: str) -> float:
        """Of each round, so that what slowed a round down slowed both sides of it."""
        rounds = zip(self.runs, self.floors, strict=True)
        ratios = (done.last / (bare.push + float(getattr(bare, stream))) for done, bare in rounds)
        return round(statistics.median(ratios), 2)

    @property
    def each(self) -> float:
        """Operations per recipient."""
        return (self.cost.reads + self.cost.writes + self.cost.task_operations) / self.cost.phones


def measure(stack: Stack, office: StaffClient, pushes: Pushes, of: Population) -> Measured:
    fill(of)
    phones = of.reached(WHOLE).phones
    runs, floors = [], []
    for _ in range(ROUNDS if len(of) == MEASURED else 1):
        runs.append(run(office, pushes, notice(), phones))
        floors.append(floor(stack, phones))
    return Measured(len(of), delivered(of, WHOLE), runs, floors)


def row(of: Measured) -> tuple[Any, ...]:
    return (
        of.size,
        of.cost.phones,
        statistics.median(done.first for done in of.runs),
        statistics.median(done.last for done in of.runs),
        statistics.median(bare.push + bare.library for bare in of.floors),
        of.cost.reads,
        of.cost.writes,
        of.cost.task_operations,
    )


def keys(measured: list[Measured]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for of in measured:
        found[f"seconds_{of.size}"] = round(statistics.median(done.last for done in of.runs), 2)
        found[f"vs_floor_{of.size}"] = of.ratio("library")
        found[f"vs_own_stream_{of.size}"] = of.ratio("stream")
        if of.size == MEASURED:
            found["writes_per_1000"] = round(1000 * of.cost.writes / of.cost.phones, 2)
    found["growth"] = round(measured[-1].each / measured[0].each, 3)
    return found


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
