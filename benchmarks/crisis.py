"""A crowd opens one alert: how often the public pages' function is asked behind a standard HTTP cache.

python -m benchmarks.crisis [READERS [SECONDS]]: 18,000 readers within 120 s, each on a new connection, one in
ten in English, one in ten the signed data. The function runs under functions-framework on Firestore's
emulator, nginx before it keeps what our headers let it keep. In the middle the alert is cancelled; every
reader has to have got the right page, whole, before and after. A cache period begins with an answer of the
origin and is the `s-maxage` of its header; nginx counts whole seconds, so it may end up to one second early.
Keys: `origin_requests`, `periods` (that began, by clock), `per_period_max` (requests for one address within
one period), `readers`, `failed`, `p50_ms`, `p95_ms`, `p99_ms`, `page_bytes` (as transferred, with headers),
`reads_per_request` (Firestore documents), `seen_after_s` (from the cancelling to the last reader who did
not see it), `kept` (how the cache had the answers).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.crowd import cache
from benchmarks.crowd.readers import Opened, Result, crowd
from benchmarks.pushes.server import nginx
from benchmarks.report import machine, table
from functions.public_api.caching import PERIOD
from infra.local.firestore import FirestoreEmulator
from infra.local.processes import ROOT, Program, free_port
from shared.domain.alert import State, Text
from shared.domain.public_alert import PublicAlert
from tests.fakes.alert_values import TERC
from tests.fakes.municipalities import square
from tests.fakes.public_office import municipality, published, signed
from tests.public_documents import write

if TYPE_CHECKING:
    from google.cloud.firestore import Client

PROJECT = "demo-benchmark"
READERS, SECONDS = 18_000, 120.0
PAGE, ENGLISH, SIGNED = "/a/a1", "/a/a1?lang=en", "/a/a1.json"
TITLES = {PAGE: "Brak wody: ul. Główna", ENGLISH: "No water: ul. Główna", SIGNED: '\\"alert\\":\\"a1\\"'}
OVER = {PAGE: "Już nie obowiązuje", ENGLISH: "no longer in force", SIGNED: '\\"state\\":\\"cancelled\\"'}
ROUNDING = 1  # seconds by which nginx may end a period early


@dataclass(frozen=True)
class Run:
    results: Sequence[Result]
    asked: Sequence[cache.Asked]  # of the three addresses
    cancelled_at: float  # seconds since the first reader could come
    reads: int


def alert() -> PublicAlert:
    now = datetime.now(UTC).replace(microsecond=0)
    texts = {
        "pl": Text(TITLES[PAGE], "Pękła rura. Beczkowóz stoi przy szkole od 15:00.\n" * 4),
        "en": Text(TITLES[ENGLISH], "A pipe burst. A water tank stands at the school from 15:00.\n" * 4),
    }
    return published(sent=now, expires=now + timedelta(hours=6), texts=texts)


def cancelled(of: PublicAlert) -> PublicAlert:
    return replace(of, state=State.CANCELLED, cancelled=datetime.now(UTC).replace(microsecond=0), revision=2)


@contextmanager
def origin(folder: Path) -> Iterator[tuple[str, Client]]:
    """The address of the function, and the store that it reads."""
    from google.cloud.firestore import Client

    emulator = FirestoreEmulator(free_port(), folder / "firestore.log", PROJECT)
    env = {
        "GOOGLE_CLOUD_PROJECT": PROJECT,
        "PUBLIC_URL": "https://alert.example",
        "WORKER_ACCOUNT": f"workers@{PROJECT}.iam.gserviceaccount.com",
        "FIRESTORE_EMULATOR_HOST": emulator.host,
        "PYTHONPATH": str(ROOT),
        "THREADS": "8",
    }
    os.environ["FIRESTORE_EMULATOR_HOST"] = emulator.host
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [str(Path(sys.executable).with_name("functions-framework")), "--target", "public_api"]
    command += ["--source", str(ROOT / "main.py"), "--host", "127.0.0.1", "--port", str(port)]
    function = Program("public_api", command, folder / "public_api.log", env)
    try:
        function.wait_until_answers(f"{address}/alerts")
        yield address, Client(project=PROJECT)
    finally:
        function.stop()
        emulator.stop()


def choose(chance: random.Random) -> str:
    return chance.choices([PAGE, ENGLISH, SIGNED], [8, 1, 1])[0]


def opened(readers: int, seconds: float, folder: Path) -> Run:
    with origin(folder) as (address, client), cache.running(folder, address) as before:
        shown = alert()
        area = {"kind": "municipality", "terc": TERC, "name": "G", "geometry": square(49.84, 19.94, 0.05)}
        client.document(f"areas/{TERC}").set(area)
        write(client, [signed(shown)], [replace(municipality(), keys=(municipality().keys[0],))])
        times: list[float] = []
        began = time.monotonic()

        def cancel() -> None:
            write(client, [signed(cancelled(shown))])
            times.append(time.monotonic() - began)

        halfway = threading.Timer(seconds / 2, cancel)
        halfway.start()
        results = asyncio.run(crowd(before.port, choose, readers, seconds))
        halfway.join()
        asked = [one for one in before.asked() if one.address in TITLES]
        return Run(results, asked, times[0], 1 + len(client.collection("published").get()))


def wrong(run: Run) -> list[str]:
    """What readers got that is not the alert, or not its newest state a period and a half after a change."""
    found = []
    for result in run.results:
        if not isinstance(result, Opened):
            found.append(f"{result.address}: {result.why}")
        elif result.status != 200 or TITLES[result.address] not in result.body:
            found.append(f"{result.address}: {result.status}, not the alert")
        elif result.at > run.cancelled_at + 1.5 * PERIOD and OVER[result.address] not in result.body:
            found.append(f"{result.address}: still in force at {result.at:.1f} s")
        elif result.at + result.took < run.cancelled_at and OVER[result.address] in result.body:
            found.append(f"{result.address}: over before it was")
    return found


def per_period_max(asked: Sequence[cache.Asked]) -> int:
    """The most requests for one address from one that begins a period to the period's end."""
    by_address: dict[str, list[float]] = defaultdict(list)
    for one in asked:
        by_address[one.address].append(one.at)
    counts = (
        sum(begun <= other < begun + PERIOD - ROUNDING for other in times)
        for times in by_address.values()
        for begun in times
    )
    return max(counts, default=0)


def figures(run: Run, seconds: float) -> dict[str, object]:
    good = [one for one in run.results if isinstance(one, Opened)]
    took = sorted(one.took * 1000 for one in good)
    unaware = [one.at for one in good if OVER[one.address] not in one.body]
    cuts = statistics.quantiles(took, n=100)
    pages = [one.bytes for one in good if one.address == PAGE]
    return {
        "origin_requests": len(run.asked),
        "periods": int(seconds // PERIOD) + 1,
        "per_period_max": per_period_max(run.asked),
        "readers": len(run.results),
        "failed": len(wrong(run)),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
        "page_bytes": round(statistics.median(pages)),
        "reads_per_request": run.reads,
        "seen_after_s": round(max(unaware, default=0.0) - run.cancelled_at, 1),
        "kept": dict(Counter(one.kept for one in good).most_common()),
    }


def rows(asked: Sequence[cache.Asked]) -> Iterator[tuple[object, ...]]:
    first = asked[0].at if asked else 0.0
    for address in TITLES:
        times = [one.at - first for one in asked if one.address == address]
        sizes = [one.size for one in asked if one.address == address]
        yield address, len(times), max(sizes, default=0), " ".join(f"{at:.1f}" for at in times)


def main(arguments: Sequence[str]) -> int:
    readers = int(arguments[0]) if arguments else READERS
    seconds = float(arguments[1]) if len(arguments) > 1 else SECONDS
    if nginx() is None:
        print("Missing: nginx. Run infra/setup.sh bench.", file=sys.stderr)
        return 1
    print(f"{machine()}; {readers:,} readers within {seconds:.0f} s, kept for {PERIOD} s")
    with tempfile.TemporaryDirectory() as folder:
        run = opened(readers, seconds, Path(folder))
    print(table(("address", "asked", "bytes", "at (s)"), rows(run.asked)))
    for complaint in wrong(run)[:10]:
        print(complaint, file=sys.stderr)
    result = figures(run, seconds)
    print(json.dumps(result))
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
