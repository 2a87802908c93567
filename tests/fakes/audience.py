"""The audience index in memory, under the contract of tests/emulator/test_audience_contract.py."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from shared.domain.audience import AudienceEntry
from shared.domain.found_by import codes_in
from shared.errors import Conflict
from shared.ports import AudienceState, Clock, Versioned
from tests.fakes.clock import FakeClock


class FakeAudienceStore:
    """Fulfils ports.AudienceStore; `commits` shows that nothing was written.

    It keeps its past under the times that `remember` names, as Firestore does for every read_time. Its own
    clock may lag behind ours by `lag`, and the future by that clock is refused.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.lag = timedelta()
        self._numbers = itertools.count(1)
        self._states: dict[str, Versioned[AudienceState]] = {}
        self._past: list[tuple[datetime, dict[str, AudienceEntry]]] = []
        self.documents: dict[str, AudienceEntry] = {}
        self.commits = 0

    def moment(self) -> datetime:
        return self.clock.now() - self.lag

    def state(self, uid: str) -> Versioned[AudienceState] | None:
        return self._states.get(uid)

    def commit(
        self,
        uid: str,
        entries: Sequence[AudienceEntry],
        state: AudienceState,
        expected: Versioned[AudienceState] | None,
    ) -> None:
        current = self._states.get(uid)
        if (current and current.token) != (expected and expected.token):
            raise Conflict
        for place in expected.value.places if expected else ():
            self.documents.pop(f"{uid}.{place}", None)
        self.documents |= {entry.key: entry for entry in entries}
        if current is None or current.value != state:  # as Firestore's update_time
            self._states[uid] = Versioned(state, next(self._numbers))
        self.commits += 1

    def count(self, lo: str, hi: str, read_time: datetime | None, code: str | None = None) -> int:
        return sum(1 for _ in self.stream(lo, hi, read_time, code=code))

    def stream(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
        code: str | None = None,
    ) -> Iterator[AudienceEntry]:
        then = self._as_of(read_time)
        found = sorted((one.cell, key) for key, one in then.items() if code is None or has(one, code))
        wanted = [
            (cell, key) for cell, key in found if lo <= cell <= hi and (after is None or (cell, key) > after)
        ]
        return iter([then[key] for _, key in wanted[:limit]])

    def without_codes(self, read_time: datetime | None) -> bool:
        return any(entry.found_by is None for entry in self._as_of(read_time).values())

    def entries(self, keys: Sequence[str], read_time: datetime | None) -> Iterator[AudienceEntry]:
        then = self._as_of(read_time)
        return iter([then[key] for key in keys if key in then])

    def of(self, uid: str, read_time: datetime | None) -> Sequence[AudienceEntry]:
        then = self._as_of(read_time)
        return [one for _, one in sorted(then.items()) if one.uid == uid]

    def put(self, *entries: AudienceEntry) -> None:
        """Arrange a test: entries as they are, without a state."""
        self.documents |= {entry.key: entry for entry in entries}

    def remember(self, moment: datetime) -> None:
        """What is in the index now is what a `read_time` from `moment` on sees, until the next call."""
        self._past.append((moment, dict(self.documents)))

    def _as_of(self, read_time: datetime | None) -> Mapping[str, AudienceEntry]:
        if read_time is not None and read_time > self.moment():
            raise ValueError("read_time cannot be in the future")
        known = [then for moment, then in self._past if read_time is not None and moment <= read_time]
        return known[-1] if known else self.documents


def has(entry: AudienceEntry, code: str) -> bool:
    return entry.found_by is not None and not set(entry.found_by).isdisjoint(codes_in(code))
