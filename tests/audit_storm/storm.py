"""Writers of one municipality whose work is cut off at random, before a commit or after it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from random import Random

from google.cloud.firestore import Client

from shared.adapters.alerts import FirestoreAlertStore
from shared.adapters.audit_chain import AuditChain
from shared.adapters.audit_log import FirestoreAuditLog
from shared.adapters.clock import SystemClock
from shared.adapters.saved_areas import FirestoreSavedAreaStore
from shared.domain.alert import Person
from shared.domain.audit import Act, Fault, first_fault
from shared.domain.saved_area import SavedArea
from shared.errors import Conflict, Unavailable
from tests.fakes.alert_values import TERC, alert, at, entry
from tests.fakes.audit import SEALER, FakeAuditKeys

CRASHES = 0.1  # of all commits; half of them before it, half after it
PARTS = '[{"kind":"gmina","code":"120102"}]'


class Cut(Exception):
    """The process ended here."""


@dataclass
class Writer:
    """One person; `done`: their acts that Firestore has, whatever they heard of it."""

    person: Person
    client: Client
    random: Random
    done: list[str] = field(default_factory=list)
    refused: int = 0
    cut: int = 0
    numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        chain = _CutChain(self)
        self.alerts = FirestoreAlertStore(self.client, chain)
        self.saved = FirestoreSavedAreaStore(self.client, chain)
        self.log = FirestoreAuditLog(self.client, chain)

    def work(self, actions: int, shared: Sequence[str]) -> None:
        for _ in range(actions):
            step = self.random.choice([self._begin, self._edit, self._edit, self._save, self._ask])
            try:
                step(shared)
            except (Conflict, Unavailable):
                self.refused += 1
            except Cut:
                self.cut += 1

    def _begin(self, _: Sequence[str]) -> None:
        new = alert(self.alerts.new_id())
        self.alerts.create(new, entry(new), None, [self._act("alert.create", f"alerts/{new.id}")])

    def _edit(self, shared: Sequence[str]) -> None:
        """Of what the others edit, too."""
        known = self.alerts.get(self.random.choice(shared))
        if known is not None:
            about = f"alerts/{known.value.id}"
            self.alerts.replace(known, known.value, None, [self._act("alert.edit", about)])

    def _save(self, _: Sequence[str]) -> None:
        area_id = self.saved.new_id()
        area = SavedArea(area_id, TERC, f"Strefa {area_id}", PARTS, self.person, at(3))
        self.saved.create(area, [self._act("area.save", f"areas/{TERC}/saved/{area_id}")])

    def _ask(self, _: Sequence[str]) -> None:
        self.log.record(self._act("reach.ask", ""))

    def _act(self, action: str, about: str) -> Act:
        """`why` is what it is found by again."""
        why = f"{self.person.uid} {next(self.numbers)}"
        return Act(TERC, action, self.person, about, None, {"n": self.random.random()}, why)


class _CutChain(AuditChain):
    """The real chain; the process may end just before or just after Firestore committed."""

    def __init__(self, writer: Writer) -> None:
        super().__init__(writer.client, FakeAuditKeys(), SystemClock())
        self._writer = writer

    def commit(self, fill, *acts):
        random, writer = self._writer.random, self._writer
        if random.random() < CRASHES / 2:
            raise Cut
        results = super().commit(fill, *acts)
        writer.done += [act.why for act in acts]
        if random.random() < CRASHES / 2:
            raise Cut
        return results


@dataclass(frozen=True)
class Outcome:
    done: list[str]  # that was committed
    entries: list[str]  # that the audit holds
    refused: int
    cut: int
    fault: Fault | None

    @property
    def holds(self) -> bool:
        return self.fault is None and sorted(self.done) == sorted(self.entries)

    def __str__(self) -> str:
        return (
            f"{len(self.done)} acts committed, {len(self.entries)} entries, {self.refused} refused, "
            f"{self.cut} cut off; {self.fault or 'whole'}"
        )


def storm(project: str, writers: int, actions: int, seed: int) -> Outcome:
    """`actions` of all writers together; each has a client of their own, as each instance has."""
    client = Client(project=project)
    shared = [f"shared{number}" for number in range(3)]
    for name in shared:
        FirestoreAlertStore(client).create(alert(name), entry(alert(name)), None)
    people = [
        Writer(Person(f"uid{number}", f"Nr {number}"), Client(project=project), Random(f"{seed} {number}"))
        for number in range(writers)
    ]
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(lambda one: one.work(actions // writers, shared), people))
    chain = AuditChain(client, FakeAuditKeys(), SystemClock())
    log = FirestoreAuditLog(client, chain)
    while chain.seal_waiting(100):
        pass
    stored = [one.entry for one in log.whole(TERC).stored]
    return Outcome(
        [why for one in people for why in one.done],
        [one.act.why for one in stored if one],
        sum(one.refused for one in people),
        sum(one.cut for one in people),
        first_fault(log.whole(TERC), SEALER, SystemClock().now()),
    )
