"""The audience index as sorted arrays: a million entries that are made only when they are read.

Counts what Firestore would bill (Firestore docs, "Understand billing"): a query one read per document it
returns, at least one; `count()` one read per up to 1,000 entries counted, at least one; a get one read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from math import ceil
from threading import Lock
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.inhabitants import Places
from demo.residents import DEVICES, LANGUAGES, PLATFORMS
from shared.domain.audience import AudienceEntry, Device, Sibling, Target
from shared.geo import cells
from shared.geo.cells import Ranks
from shared.geo.cover import matcher
from shared.geo.shapes import Area
from shared.ports import AudienceState, Versioned

T = TypeVar("T")
ENTRIES_PER_READ = 1000
AT_ONCE = 100_000
TOKEN = "f" * 22 + ":APA91b" + "x" * 124  # with ten digits of its own, as long as FCM's registration tokens
MOMENT = datetime(2026, 11, 22, 1, 10, tzinfo=UTC)


@dataclass
class Bill:
    """Operations so far; `documents` are the entries that queries returned."""

    reads: int = 0
    writes: int = 0
    deletes: int = 0
    queries: int = 0
    documents: int = 0


class Reached(NamedTuple):
    residents: int
    phones: int
    places: int


class Population:
    """Fulfils ports.AudienceStore for reading; residents do not change while they are told something."""

    def __init__(self, places: Places, seed: int = 1) -> None:
        order = np.argsort(places.rank, kind="stable")
        self._places = places
        self._order, self._rank = order, places.rank[order]
        self._first = np.searchsorted(places.resident, np.arange(places.resident[-1] + 2))
        rng = np.random.default_rng(seed)
        residents = len(self._first) - 1
        self._phones = _drawn(DEVICES, residents, rng)
        self._language = _drawn(LANGUAGES, residents, rng)
        self._platform = _drawn(PLATFORMS, residents, rng)
        self._lock = Lock()
        self.bill = Bill()

    def __len__(self) -> int:
        return len(self._rank)

    @property
    def ranks(self) -> Ranks:
        """In order."""
        return self._rank

    @cached_property
    def cell(self) -> list[str]:
        """By row of the places; not in the order of the index."""
        return cells.strings(self._places.rank)

    def moment(self) -> datetime:
        self.bill.reads += 1
        return MOMENT

    def state(self, uid: str) -> Versioned[AudienceState] | None:
        raise NotImplementedError("the benchmarks only read the index")

    def commit(
        self,
        uid: str,
        entries: Sequence[AudienceEntry],
        state: AudienceState,
        expected: Versioned[AudienceState] | None,
    ) -> None:
        raise NotImplementedError("the benchmarks only read the index")

    def count(self, lo: str, hi: str, read_time: datetime | None, code: str | None = None) -> int:
        start, end = self._between(lo, hi)
        with self._lock:  # several counts are asked for at once
            self.bill.queries += 1
            self.bill.reads += max(1, ceil((end - start) / ENTRIES_PER_READ))
        return end - start

    def stream(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
        code: str | None = None,
    ) -> Iterator[AudienceEntry]:
        """All places are such of a release that knew of no codes: none is found by one."""
        start, end = self._between(lo, hi)
        if after is not None:
            start = max(start, self._position(after) + 1)
        end = end if limit is None else min(end, start + limit)
        with self._lock:
            self.bill.queries += 1
            self.bill.documents += max(0, end - start)
            self.bill.reads += max(1, end - start)
        return (self.entry(row) for row in self._order[start:end].tolist())

    def without_codes(self, read_time: datetime | None) -> bool:
        self.bill.reads += 1
        return True

    def entries(self, keys: Sequence[str], read_time: datetime | None) -> Iterator[AudienceEntry]:
        self.bill.reads += len(keys)
        self.bill.documents += len(keys)
        return (self.entry(self._row(key)) for key in keys)

    def of(self, uid: str, read_time: datetime | None) -> Sequence[AudienceEntry]:
        first, end = int(self._first[int(uid)]), int(self._first[int(uid) + 1])
        self.bill.queries += 1
        self.bill.reads += end - first
        self.bill.documents += end - first
        return [self.entry(row) for row in range(first, end)]

    def entry(self, row: int) -> AudienceEntry:
        number = int(self._places.resident[row])
        first, end = int(self._first[number]), int(self._first[number + 1])
        return AudienceEntry(
            uid=f"{number:028}",
            place=str(row - first + 1),
            cell=self.cell[row],
            terc="9909993",
            language=self._language[number],
            devices=tuple(self._device(number, slot) for slot in range(1, self._phones[number] + 1)),
            siblings=tuple(Sibling(str(at - first + 1), self.cell[at]) for at in range(first, end)),
        )

    def reached(self, area: Area) -> Reached:
        """By the exact filter, asked of every place there is; nothing is billed."""
        inside = np.zeros(len(self), dtype=bool)
        kept = matcher(area)
        for start in range(0, len(self), AT_ONCE):
            inside[start : start + AT_ONCE] = kept(self.cell[start : start + AT_ONCE])
        residents = np.unique(self._places.resident[inside])
        phones = sum(self._phones[number] for number in residents.tolist())
        return Reached(len(residents), phones, int(inside.sum()))

    def _device(self, number: int, slot: int) -> Device:
        target = Target("token", f"{TOKEN}{number:09}{slot}")
        return Device(str(slot), self._platform[number], target)

    def _row(self, key: str) -> int:
        uid, _, place = key.rpartition(".")
        return int(self._first[int(uid)]) + int(place) - 1

    def _position(self, after: tuple[str, str]) -> int:
        """Where the entry stands in the index; entries of one cell stand in the order of their rows."""
        start, end = self._between(after[0], after[0])
        return start + int(np.searchsorted(self._order[start:end], self._row(after[1])))

    def _between(self, lo: str, hi: str) -> tuple[int, int]:
        bounds: NDArray[np.uint64] = cells.ranks([lo, hi])
        return (
            int(np.searchsorted(self._rank, bounds[0], side="left")),
            int(np.searchsorted(self._rank, bounds[1], side="right")),
        )


def _drawn(shares: Mapping[T, int], count: int, rng: np.random.Generator) -> list[T]:
    weights = np.array(list(shares.values())) / sum(shares.values())
    values = list(shares)
    return [values[index] for index in rng.choice(len(values), size=count, p=weights).tolist()]
