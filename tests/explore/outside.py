"""What is neither document nor clock: a queue as Cloud Tasks is, and a channel that answers as it likes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from shared.domain.alert import Alert, Content
from shared.domain.audience import AudienceEntry
from shared.domain.notice import Notice
from shared.domain.wave import Address, Answer, Consignment, Refusal, Unheard
from shared.ports import Pace, Task, Ways
from tests.explore.fate import LEASE, Fate
from tests.explore.virtual import Schedule, Worker, seconds_of

LATE = (2.0, 30.0, 400.0)  # seconds, at most
LONGEST_BACK_OFF = 60.0


class Queue:
    """Fulfils ports.TaskQueue: a name is used once, and what fails comes back, later and later."""

    def __init__(self, fate: Fate, schedule: Schedule, run: Callable[[Task], None]) -> None:
        self._fate, self._schedule, self._run = fate, schedule, run
        self._names: set[str] = set()

    def enqueue(self, task: Task) -> bool:
        return self._fate.enqueue(lambda fault: self._take(task, fault))

    def _take(self, task: Task, fault: str | None) -> bool:
        if task.name in self._names:
            return False
        self._names.add(task.name)
        due = max(self._schedule.now, seconds_of(task.at) if task.at else 0.0)
        rng = self._fate.rng
        if fault == "late-task":
            due += rng.choice(LATE) * rng.random()
        if fault != "lost-task":
            self.dispatch(task, due)
        if fault == "doubled-task":
            self.dispatch(task, due + rng.choice(LATE) * rng.random())
        return True

    def dispatch(self, task: Task, moment: float) -> None:
        self._schedule.at(moment + self._fate.rng.random() * 0.1, lambda: self._run(task))


class Word(StrEnum):
    """Outcomes of the channel."""

    TAKEN = "taken"
    GONE = "gone"
    BUSY = "busy"

    @property
    def accepted(self) -> bool:
        return self is Word.TAKEN

    @property
    def passing(self) -> bool:
        return self is Word.BUSY


@dataclass(slots=True)
class Sent:
    """One call of `send`. `again`: those who got it, though the answer to one before said that they had."""

    by: Worker
    delivery: str  # its id
    began: float  # true seconds
    late: bool  # its time was over before it began
    again: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mood:
    """How a seed's channel behaves, as shares of its answers."""

    busy: float = 0.0
    wait: float | None = None  # seconds that it asks for
    unanswered: float = 0.0  # ... though half of these messages arrived
    dead: frozenset[str] = frozenset()  # keys
    refuses: bool = False
    room: int = 1_000

    @classmethod
    def drawn(cls, rng: Random, keys: Sequence[str]) -> Mood:
        troubled = rng.random() < 0.3
        return cls(
            busy=rng.choice((0.2, 0.6)) if troubled and rng.random() < 0.6 else 0.0,
            wait=rng.choice((None, None, None, 20.0, 1500.0)),
            unanswered=0.25 if troubled and rng.random() < 0.6 else 0.0,
            dead=frozenset(key for key in keys if rng.random() < 0.2) if rng.random() < 0.2 else frozenset(),
            refuses=rng.random() < 0.02,
            room=rng.choice((0, 1_000, 1_000, 1_000)),
        )


class EchoChannel:
    """Fulfils ports.Channel. It remembers what became of everybody, by the delivery's id and key."""

    def __init__(self, name: str, fate: Fate, schedule: Schedule, pace: Pace, mood: Mood) -> None:
        self.name = name
        self._fate, self._schedule, self.pace, self.mood = fate, schedule, pace, mood
        self._gone: Callable[[Sequence[str]], None] = lambda keys: None
        self.sent: list[Sent] = []
        self.labelled: Callable[[Consignment, str], str] = lambda wave, name: f"{name}.{wave.number}"
        self.arrived: set[tuple[str, str]] = set()
        self.aside: set[tuple[str, str]] = (
            set()
        )  # those of them who were told that it no longer concerns them
        self.heard: dict[tuple[str, str], Word | Unheard] = {}  # the last answer
        self.unheld = Counter[str]()  # messages of workers whose slice another one has

    def ways(self, urgent: bool) -> Ways:
        return Ways((f"begin-{self.name}", "begin_delivery"), (f"deliver-{self.name}", "deliver_slice"))

    def moments(self, content: Content, now: datetime) -> Sequence[datetime]:
        return [now] if content.sound_at is None else [now, max(now, content.sound_at)]

    def addresses(self, entry: AudienceEntry) -> Sequence[Address]:
        return entry.devices

    def check(self, alert: Alert) -> Sequence[Refusal]:
        refused = [Refusal("pl", "too loud")] if self.mood.refuses else []
        return self._fate.call(lambda: refused)

    def carried(self, content: Content) -> Mapping[str, int | None]:
        return {"pl": None}

    def notify(self, entry: AudienceEntry, device: str, notice: Notice) -> bool:
        return False

    def send(self, wave: Consignment, deadline: float) -> Iterator[Answer]:
        worker = self._schedule.current
        if worker is None:
            raise ValueError("only a worker sends")
        now = self._schedule.now
        sent = Sent(worker, self.labelled(wave, self.name), now, now >= deadline)
        self.sent.append(sent)
        if self._fate.trace is not None:
            keys = ",".join(recipient.key for recipient in wave.recipients)
            self._fate.note("send", f"delivery={sent.delivery} {worker.at_work_on} to={keys}")
        for recipient in wave.recipients:
            key = recipient.key
            if self._schedule.now >= deadline:
                yield Answer(key, Unheard.UNANSWERED, sent=False)
            else:
                if recipient.aside:
                    self.aside.add((sent.delivery, key))
                yield self._fate.call(lambda key=key: self._answered(sent, key))  # type: ignore[misc]

    def _answered(self, sent: Sent, key: str) -> Answer:
        outcome = self._outcome(sent, key)
        self.heard[sent.delivery, key] = outcome
        return Answer(key, outcome, self.mood.wait if outcome is Word.BUSY else None)

    def _outcome(self, sent: Sent, key: str) -> Word | Unheard:
        mood, rng, told = self.mood, self._fate.rng, (sent.delivery, key)
        if key in mood.dead:
            return self._unlucky("dead", Word.GONE)
        if mood.busy and rng.random() < mood.busy:
            return self._unlucky("throttled" if mood.wait else "passing", Word.BUSY)
        lost = mood.unanswered and rng.random() < mood.unanswered
        if lost and rng.random() < 0.5:
            return self._unlucky("lost-send", Unheard.UNANSWERED)
        if self.heard.get(told) is Word.TAKEN:
            sent.again.append(key)
        self.arrived.add(told)
        if sent.by.lost_its_slice():
            self.unheld[sent.by.name] += 1
        return self._unlucky("lost-send", Unheard.UNANSWERED) if lost else Word.TAKEN

    def _unlucky(self, kind: str, outcome: Word | Unheard) -> Word | Unheard:
        self._fate.hits[kind] += 1
        return outcome

    def may_have(self, outcome: str) -> bool:
        return outcome in (Word.TAKEN, Unheard.UNANSWERED)

    def settle(self, wave: Consignment, answers: Sequence[Answer]) -> None:
        gone = [answer.key for answer in answers if answer.outcome is Word.GONE]
        if gone:
            self._fate.call(lambda: self._gone(gone))

    def on_gone(self, forget: Callable[[Sequence[str]], None]) -> None:
        self._gone = forget

    def room(self) -> int:
        return self.mood.room


def drawn_pace(rng: Random, wave: int) -> Pace:
    return Pace(
        lease=timedelta(seconds=LEASE),
        wave=wave,
        reads_ahead=False,
        retry_limit=rng.choice((1, 2, 3)),
        pause_above=rng.choice((1, 500, 500)),
        run=timedelta(seconds=rng.choice((1, 240, 240))),
    )
