"""Firestore's documents as plain dictionaries, read and written as the adapters do: call by call.

tests/explore/test_stores.py holds them to the contracts of tests/emulator/test_*_contract.py. A read is
consistent, and old as soon as somebody writes; a commit is whole or refused; a write that changes nothing
leaves the document's token as it was (Firestore's `update_time`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random

from shared.adapters.alert_documents import history_id
from shared.domain.alert import Alert, HistoryEntry, State
from shared.domain.audience import AudienceEntry
from shared.domain.audit import Act
from shared.domain.wake import wake
from shared.errors import Conflict
from shared.ports import AudienceState, Versioned
from tests.explore.fate import AT_STREAMS, Fate
from tests.explore.virtual import Schedule, moment_of
from tests.fakes.audience import has


class Tokens:
    """A new one for every write, whatever the document."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        self._last += 1
        return self._last


class Alerts:
    """What the delivery needs of ports.AlertStore; `written` hears of every write, as the trigger does."""

    def __init__(self, fate: Fate, tokens: Tokens, written: Callable[[Alert], None]) -> None:
        self._fate, self._tokens, self._written = fate, tokens, written
        self.documents: dict[str, Versioned[Alert]] = {}
        self.entries: dict[str, dict[str, HistoryEntry]] = {}

    def put(self, alert: Alert) -> None:
        self.write(alert, None)

    def get(self, alert_id: str) -> Versioned[Alert] | None:
        return self._fate.read(lambda: self._look(alert_id))

    def _look(self, alert_id: str) -> Versioned[Alert] | None:
        known = self.documents.get(alert_id)
        if self._fate.trace is not None and known is not None:
            self._fate.note("look", f"alert={alert_id} state={known.value.state.value}")
        return known

    def replace(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry | None,
        acts: Sequence[Act] = (),
    ) -> Versioned[Alert]:
        def commit() -> Versioned[Alert]:
            self.require(before, entry)
            self._fate.note(_step_of(before.value, after), f"alert={after.id} state={after.state.value}")
            return self.write(after, entry)

        return self._fate.commit(commit)

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Alert]]:
        return self._fate.read(lambda: self._waking(until)[:limit])

    def _waking(self, until: datetime) -> list[Versioned[Alert]]:
        due = [(moment, item) for item in self.documents.values() if (moment := wake(item.value))]
        return [item for moment, item in sorted(due, key=lambda pair: pair[0]) if moment <= until]

    def changed(self, since: datetime, until: datetime, limit: int) -> Sequence[Alert]:
        return self._fate.read(
            lambda: [item.value for item in self.documents.values() if since <= item.value.updated <= until]
        )

    def history(self, alert_id: str) -> Sequence[HistoryEntry]:
        return list(self.entries.get(alert_id, {}).values())

    def require(self, before: Versioned[Alert], entry: HistoryEntry | None) -> None:
        """The preconditions of a commit that holds an alert; raises Conflict."""
        current = self.documents.get(before.value.id)
        if current is None or current.token != before.token:
            raise Conflict
        if entry is not None and history_id(entry) in self.entries.get(before.value.id, {}):
            raise Conflict

    def write(self, after: Alert, entry: HistoryEntry | None) -> Versioned[Alert]:
        current = self.documents.get(after.id)
        if entry is not None:
            self.entries.setdefault(after.id, {})[history_id(entry)] = entry
        if current is not None and current.value == after:
            return current
        self.documents[after.id] = written = Versioned(after, self._tokens.next())
        self._written(after)
        return written


class Audience:
    """What delivery and index need of ports.AudienceStore; it keeps its past, as Firestore does."""

    def __init__(
        self, fate: Fate, tokens: Tokens, schedule: Schedule, entries: Mapping[str, AudienceEntry]
    ) -> None:
        self._fate, self._tokens, self._schedule = fate, tokens, schedule
        self._states: dict[str, Versioned[AudienceState]] = {}
        self.versions: list[tuple[datetime, Mapping[str, AudienceEntry]]] = [(moment_of(-86_400), entries)]

    @property
    def documents(self) -> Mapping[str, AudienceEntry]:
        return self.versions[-1][1]

    def moment(self) -> datetime:
        return self._fate.read(lambda: moment_of(self._schedule.now))

    def state(self, uid: str) -> Versioned[AudienceState] | None:
        return self._fate.read(lambda: self._states.get(uid))

    def commit(
        self,
        uid: str,
        entries: Sequence[AudienceEntry],
        state: AudienceState,
        expected: Versioned[AudienceState] | None,
    ) -> None:
        self._fate.commit(lambda: self._write(uid, entries, state, expected))

    def _write(
        self,
        uid: str,
        entries: Sequence[AudienceEntry],
        state: AudienceState,
        expected: Versioned[AudienceState] | None,
    ) -> None:
        current = self._states.get(uid)
        if (current and current.token) != (expected and expected.token):
            raise Conflict
        documents = dict(self.documents)
        for place in expected.value.places if expected else ():
            documents.pop(f"{uid}.{place}", None)
        documents |= {entry.key: entry for entry in entries}
        self.versions.append((moment_of(self._schedule.now), documents))
        if current is None or current.value != state:
            self._states[uid] = Versioned(state, self._tokens.next())

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
        found = self._fate.read(lambda: self._between(lo, hi, read_time, after), AT_STREAMS)
        return iter([entry for entry in found if code is None or has(entry, code)][:limit])

    def _between(
        self, lo: str, hi: str, read_time: datetime | None, after: tuple[str, str] | None
    ) -> list[AudienceEntry]:
        then = self.as_of(read_time)
        found = sorted((entry.cell, key) for key, entry in then.items() if lo <= entry.cell <= hi)
        return [then[key] for cell, key in found if after is None or (cell, key) > after]

    def without_codes(self, read_time: datetime | None) -> bool:
        return any(entry.found_by is None for entry in self.as_of(read_time).values())

    def entries(self, keys: Sequence[str], read_time: datetime | None) -> Iterator[AudienceEntry]:
        then = self._fate.read(lambda: self.as_of(read_time))
        return iter([then[key] for key in keys if key in then])

    def of(self, uid: str, read_time: datetime | None) -> Sequence[AudienceEntry]:
        then = self._fate.read(lambda: self.as_of(read_time))
        return [one for _, one in sorted(then.items()) if one.uid == uid]

    def as_of(self, read_time: datetime | None) -> Mapping[str, AudienceEntry]:
        if read_time is None:
            return self.documents
        for moment, documents in reversed(self.versions):
            if moment <= read_time:
                return documents
        return {}

    def without(self, keys: Sequence[str]) -> None:
        """Devices are deleted, and their residents indexed anew."""
        lost = {key.rpartition("/")[0]: key.rpartition("/")[2] for key in keys}
        documents = dict(self.documents)
        for key in [key for key in lost if key in documents]:
            entry = documents[key]
            left = tuple(device for device in entry.devices if device.id != lost[key])
            if left:
                documents[key] = replace(entry, devices=left)
            else:
                del documents[key]
        self.versions.append((moment_of(self._schedule.now), documents))

    def move(self, rng: Random) -> None:
        """Somebody leaves."""
        documents = dict(self.documents)
        if documents:
            del documents[rng.choice(list(documents))]
        self.versions.append((moment_of(self._schedule.now), documents))


def _step_of(before: Alert, after: Alert) -> str:
    if after.state is before.state:
        return "sweep_restart"
    return {State.CANCELLED: "cancel", State.EXPIRED: "expire"}.get(after.state, after.state.value)
