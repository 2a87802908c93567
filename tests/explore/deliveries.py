"""Deliveries, slices and their logs as plain dictionaries, read and written call by call as adapters do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import Act
from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState, Slice
from shared.errors import Conflict, NotFound, Unavailable
from shared.ports import Progress, Replacement, Versioned, Wave
from tests.explore.fate import Fate
from tests.explore.stores import Alerts, Tokens
from tests.explore.virtual import Schedule, Worker, moment_of, seconds_of


@dataclass(slots=True)
class Entry:
    """One save of a slice."""

    part: Slice
    wave: Wave | None
    at: float
    by: Worker | None


@dataclass(slots=True)
class Log:
    """A slice as it was planned or as it ended, and the saves since."""

    document: Slice
    planned: float
    entries: list[Entry] = field(default_factory=list)

    @property
    def end(self) -> Slice:
        return self.entries[-1].part if self.entries else self.document

    @property
    def moved(self) -> datetime:
        return moment_of(self.entries[-1].at if self.entries else self.planned)


class Deliveries:
    """Fulfils ports.DeliveryStore. `broken` tells of leases that were not respected."""

    def __init__(self, fate: Fate, tokens: Tokens, schedule: Schedule, alerts: Alerts) -> None:
        self._fate, self._tokens, self._schedule, self._alerts = fate, tokens, schedule, alerts
        self.documents: dict[DeliveryRef, Versioned[Delivery]] = {}
        self.logs: dict[DeliveryRef, dict[int, Log]] = {}
        self.keys: dict[str, str] = {}
        self.plans = Counter[DeliveryRef]()  # commits of it
        self.takeovers = 0  # of slices whose holder's own clock still gives it time
        self.broken: list[str] = []

    def start(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        deliveries: Sequence[Delivery],
        proof_key: str,
        acts: Sequence[Act] = (),
        replaced: Replacement | None = None,
    ) -> Sequence[Versioned[Delivery]]:
        def commit() -> Sequence[Versioned[Delivery]]:
            self._alerts.require(before, None)  # entry and key are set, not created
            if replaced is not None:
                self._alerts.require(replaced.before, replaced.entry)
                self._alerts.write(replaced.after, replaced.entry)
            if any(one.ref in self.documents for one in deliveries):
                raise Conflict
            self.keys[after.id] = proof_key
            written = [self._write(one) for one in deliveries]
            self._alerts.write(after, entry)
            self._fate.note("start", f"alert={after.id}")
            return written

        return self._fate.commit(commit)

    def get(self, ref: DeliveryRef) -> Versioned[Delivery] | None:
        return self._fate.read(lambda: self.documents.get(ref))

    def of(self, alert_id: str) -> Sequence[Versioned[Delivery]]:
        return self._fate.read(
            lambda: [known for ref, known in sorted(self.documents.items()) if ref.alert == alert_id]
        )

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Delivery]]:
        return self._fate.read(lambda: self._waking(until)[:limit])

    def _waking(self, until: datetime) -> list[Versioned[Delivery]]:
        due = [(moment, known) for known in self.documents.values() if (moment := known.value.wake())]
        return [known for moment, known in sorted(due, key=lambda pair: pair[0]) if moment <= until]

    def plan(self, before: Versioned[Delivery], after: Delivery, slices: Sequence[Slice]) -> None:
        def commit() -> None:
            self._require(before)
            if after.ref in self.logs:
                raise Conflict
            self.logs[after.ref] = {part.index: Log(part, self._schedule.now) for part in slices}
            self._write(after)
            self.plans[after.ref] += 1
            self._fate.note("begin", f"delivery={after.id} slices={len(slices)}")

        self._fate.commit(commit)

    def replace(self, before: Versioned[Delivery], after: Delivery) -> Versioned[Delivery]:
        def commit() -> Versioned[Delivery]:
            self._require(before)
            self._fate.note(_step_of(before.value, after), f"delivery={after.id} state={after.state.value}")
            return self._write(after)

        return self._fate.commit(commit)

    def proof_key(self, alert_id: str) -> str:
        key = self._fate.read(lambda: self.keys.get(alert_id))
        if key is None:
            raise NotFound
        return key

    def slice(self, ref: DeliveryRef, index: int) -> Versioned[Slice] | None:
        """The document, and unless it is done the end of its log: two reads."""
        document = self._fate.read(lambda: self._document(ref, index))
        if document is None:
            return None
        if document.done:
            return Versioned(document, None)
        log = self.logs[ref][index]
        return self._fate.read(lambda: Versioned(log.end, len(log.entries)))

    def slices(self, ref: DeliveryRef) -> Sequence[Slice]:
        return [item.part.value for item in self.progress(ref)]

    def progress(self, ref: DeliveryRef) -> Sequence[Progress]:
        documents = self._fate.read(lambda: [(log, log.document) for log in self._logs(ref)])
        return [self._progress(log, document) for log, document in documents]

    def _progress(self, log: Log, document: Slice) -> Progress:
        if document.done:
            return Progress(Versioned(document, None), log.moved)
        return self._fate.read(lambda: Progress(Versioned(log.end, len(log.entries)), log.moved))

    def done(self, ref: DeliveryRef) -> int:
        return self._fate.read(lambda: sum(log.document.done for log in self._logs(ref)))

    def ledger(self, ref: DeliveryRef) -> Iterator[Wave]:
        logs = self._fate.read(lambda: [list(log.entries) for log in self._logs(ref)])
        return iter([entry.wave for entries in logs for entry in entries if entry.wave])

    def save(
        self, ref: DeliveryRef, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        """Creates the next entry of the log. One whose answer is lost is found to be ours by its mark."""
        number = before.token
        if not isinstance(number, int):
            raise Conflict
        log = self.logs[ref][after.index]
        entry = Entry(after, wave, 0.0, self._schedule.current)
        try:
            self._fate.commit(lambda: self._append(ref, log, number, entry))
        except (Conflict, Unavailable):
            if not self._fate.read(lambda: len(log.entries) > number and log.entries[number] is entry):
                raise
        return Versioned(after, number + 1)

    def _append(self, ref: DeliveryRef, log: Log, number: int, entry: Entry) -> None:
        if len(log.entries) != number:
            raise Conflict
        before, after = log.end, entry.part
        holder = log.entries[-1].by if log.entries else None
        entry.at = self._schedule.now
        self._judge(ref, log, entry)
        log.entries.append(entry)
        if entry.by is not None:
            entry.by.lost_its_slice = lambda: log.entries[-1].by is not entry.by
            entry.by.at_work_on = f"slice={after.index} wave={after.waves}"
        if after.done:
            log.document = after
        if self._fate.trace is not None:
            self._fate.note(_step_of_save(before, entry, holder), _told(ref, entry))

    def _judge(self, ref: DeliveryRef, log: Log, entry: Entry) -> None:
        """Nobody may write a slice that another one holds by the writer's own clock."""
        holder = log.entries[-1].by if log.entries else None
        until = log.end.held_until
        if until is None or holder is entry.by or entry.by is None:
            return
        if holder is not None and entry.at + holder.skew < seconds_of(until):
            self.takeovers += 1
        if entry.at + entry.by.skew < seconds_of(until):
            self.broken.append(
                f"{entry.by.name} took slice {log.document.index} of {ref.id} from who holds it"
            )

    def _document(self, ref: DeliveryRef, index: int) -> Slice | None:
        log = self.logs.get(ref, {}).get(index)
        return log.document if log else None

    def _logs(self, ref: DeliveryRef) -> list[Log]:
        return list(self.logs.get(ref, {}).values())

    def _require(self, before: Versioned[Delivery]) -> None:
        if self.documents[before.value.ref].token != before.token:
            raise Conflict

    def _write(self, after: Delivery) -> Versioned[Delivery]:
        current = self.documents.get(after.ref)
        if current is not None and current.value == after:
            return current
        self.documents[after.ref] = written = Versioned(after, self._tokens.next())
        return written


def _step_of(before: Delivery, after: Delivery) -> str:
    if after.state is before.state:
        return "sweep_restart"
    return {DeliveryState.FAILED: "fail", DeliveryState.STOPPED: "finish"}.get(after.state, "finish")


def _step_of_save(before: Slice, entry: Entry, holder: Worker | None) -> str:
    after = entry.part
    if entry.by is not None and entry.by.service == "sweep":
        return "sweep_resume"
    if entry.wave is not None or after.done:
        return "halt" if after.stopped else "save"
    if after.attempt > before.attempt:
        return "handover"
    if after.held_until is None:
        return "release"
    return "renew" if holder is entry.by and before.held_until is not None else "claim"


def _told(ref: DeliveryRef, entry: Entry) -> str:
    part = entry.part
    words = [f"delivery={ref.id}", f"slice={part.index}", f"attempt={part.attempt}", f"waves={part.waves}"]
    if entry.wave is not None:
        words += [f"{key}={outcome}" for key, outcome in entry.wave.outcomes.items()]
    if part.retry:
        words.append(f"retry={len(part.retry)}")
    return " ".join([*words, *(["done"] if part.done else [])])
