"""The same deliveries once from Firestore's emulator: what is read there is what the array says."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.places.audience import SLICE, Read
from benchmarks.places.population import Country
from infra.local.firestore import FirestoreEmulator
from infra.local.processes import free_port
from shared.adapters.audience import FirestoreAudienceStore
from shared.adapters.clock import SystemClock
from shared.geo import cells
from shared.geo.shapes import Area
from shared.services.audience.match_area import AreaMatch, chunked, read_ranges
from shared.services.delivery.plan_slices import plan_slices

PROJECT = "demo-benchmark"
PER_COMMIT = 500  # writes; more are refused by older libraries


@dataclass(frozen=True)
class Seen:
    """Places read and kept, by their number in the array."""

    documents: int
    found: frozenset[int]

    def same_as(self, read: Read) -> bool:
        return self.documents == read.documents and self.found == frozenset(read.found.tolist())


@contextmanager
def filled(country: Country) -> Iterator[FirestoreAudienceStore]:
    """An emulator that holds the places as audience documents."""
    with tempfile.TemporaryDirectory() as folder:
        emulator = FirestoreEmulator(free_port(), Path(folder) / "firestore.log", PROJECT)
        os.environ["FIRESTORE_EMULATOR_HOST"] = emulator.host
        try:
            from google.cloud.firestore import Client

            client = Client(project=PROJECT)
            _write(client, country)
            yield FirestoreAudienceStore(client, SystemClock())
            client.close()
        finally:
            del os.environ["FIRESTORE_EMULATOR_HOST"]
            emulator.stop()


def seen(area: Area, store: FirestoreAudienceStore) -> Seen:
    match = AreaMatch(area)
    read_time = store.moment()
    slices = plan_slices(match, store, read_time, SLICE)
    documents = 0
    found: set[int] = set()
    for part in slices:
        for chunk in chunked(read_ranges(store, part.ranges, read_time)):
            documents += len(chunk)
            kept = zip(chunk, match.owners(chunk), strict=True)
            found.update(int(entry.uid) for entry, keep in kept if keep)
    return Seen(documents, frozenset(found))


def _write(client: Any, country: Country) -> None:
    names = cells.strings(country.ranks)
    for start in range(0, len(names), PER_COMMIT):
        batch = client.batch()
        for number in range(start, min(start + PER_COMMIT, len(names))):
            batch.set(client.document(f"audience/{number}.1"), _document(names[number]))
        batch.commit()


def _document(cell: str) -> dict[str, object]:
    """docs/data.md, `audience`."""
    return {
        "cell": cell,
        "terc": None,
        "language": "pl",
        "devices": [{"id": "1", "platform": "android", "kind": "token", "value": "token"}],
        "siblings": [{"id": "1", "cell": cell}],
    }
