"""Traces of the exploration (tests/explore/trace.py), told in the steps of the model.

A run of a service becomes an agent while it lasts. What the model does not know makes a trace foreign to it:
an alert that is edited, or that others of its thread follow, a read that is older than another one before it,
a commit that comes after its answer failed, workers whose clocks differ about whether an alert has run out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

FOREIGN = frozenset({"draft", "submitted", "thread", "! stale-read", "! late-commit"})
NOBODY = 255
STEPS = (
    "START", "BEGIN", "FAIL", "STOP", "CLAIM", "RENEW", "SEND", "RECORD", "END", "HAND_OVER", "FINISH",
    "RESTART", "RESUME", "RESUME_SLICE", "CRASH", "CANCEL", "OVER", "GONE",
)  # fmt: skip
SIMPLE = {
    "start": "START",
    "begin": "BEGIN",
    "fail": "FAIL",
    "claim": "CLAIM",
    "send": "SEND",
    "halt": "END",
    "handover": "HAND_OVER",
    "release": "CRASH",
}  # fmt: skip


class TraceError(Exception):
    """A line that is not one of a trace."""


class ForeignError(Exception):
    """Something happens that the model does not know."""


class TooLargeError(Exception):
    """More of something than the compiled model holds."""


class Line(NamedTuple):
    seed: int
    worker: str
    step: str
    details: Mapping[str, str]


class Event(NamedTuple):
    """`at`: the delivery or the slice, counted through all deliveries; `run`: the worker's name."""

    step: str
    run: str
    at: int


@dataclass
class Trace:
    seed: int
    events: list[Event] = field(default_factory=list)
    deliveries: list[str] = field(default_factory=list)
    waves: dict[int, int] = field(default_factory=dict)  # of each slice
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)  # of each run: first and last event


@dataclass(frozen=True)
class Limits:
    """What the compiled model can hold."""

    rounds: int = 4
    slices: int = 3
    waves: int = 30
    agents: int = 6


def parsed(text: Iterable[str]) -> Iterator[Line]:
    for line in text:
        fields = line.rstrip("\n").split("\t")
        if len(fields) != 5:
            raise TraceError(line)
        seed, _, worker, step, details = fields
        words = dict(word.partition("=")[::2] for word in details.split())
        yield Line(int(seed), worker, step, words)


def by_seed(lines: Iterable[Line]) -> Iterator[tuple[int, list[Line]]]:
    for seed, group in groupby(lines, key=lambda line: line.seed):
        yield seed, list(group)


def told(seed: int, lines: Sequence[Line], limits: Limits) -> Trace:
    """Raises ForeignError and TooLargeError."""
    if any(line.step in FOREIGN for line in lines):
        raise ForeignError
    teller = _Teller(seed, limits)
    for line in lines:
        teller.tell(line)
    return teller.trace


class _Teller:
    def __init__(self, seed: int, limits: Limits) -> None:
        self.trace, self._limits = Trace(seed), limits
        self._first: dict[str, int] = {}  # of each run
        self._acted: set[str] = set()
        self._troubled: set[str] = set()  # runs that met a fault, or a refusal
        self._sent: set[str] = set()  # runs whose wave is not recorded yet
        self._renewed: set[str] = set()
        self._sending: set[int] = set()
        self._cancelled = False
        self._written = False  # the alert's document says that it has ended

    def tell(self, line: Line) -> None:
        self._first.setdefault(line.worker, len(self.trace.events))
        if line.step.startswith("! ") or line.step == "refused":
            self._troubled.add(line.worker)
        elif line.step == "end":
            self._end(line.worker)
        elif line.step in SIMPLE:
            self._simple(line)
        elif line.step in _SPECIAL:
            _SPECIAL[line.step](self, line)

    def _simple(self, line: Line) -> None:
        at = self._at(line)
        if line.step == "halt":
            self._end_alert()
        self._add(SIMPLE[line.step], line.worker, at)
        if line.step == "begin":
            self._begin(at, int(line.details["slices"]))
        if line.step == "send":
            self._sent.add(line.worker)
            if self._cancelled and not self._written:
                raise ForeignError
        self._renewed.discard(line.worker)

    def _begin(self, delivery: int, slices: int) -> None:
        if slices > self._limits.slices:
            raise TooLargeError
        self._sending.add(delivery)
        for index in range(slices):
            self.trace.waves[delivery * self._limits.slices + index] = self._limits.waves

    def _save(self, line: Line) -> None:
        at = self._at(line)
        if line.worker not in self._sent:  # a batch in which nobody had a phone
            self._add("SEND", line.worker, at)
        self._sent.discard(line.worker)
        self._renewed.discard(line.worker)
        self._add("RECORD", line.worker, at)
        if "done" in line.details:
            recorded = [event for event in self.trace.events if event.step == "RECORD" and event.at == at]
            self.trace.waves[at] = len(recorded)

    def _renew(self, line: Line) -> None:
        """Twice before the same wave is as good as once."""
        if line.worker not in self._renewed:
            self._add("RENEW", line.worker, self._at(line))
        self._renewed.add(line.worker)

    def _finish(self, line: Line) -> None:
        at = self._at(line)
        if at not in self._sending:
            self._end_alert()
        self._add("FINISH" if at in self._sending else "STOP", line.worker, at)

    def _sweep_restart(self, line: Line) -> None:
        if "delivery" in line.details:
            self._add("RESUME", line.worker, self._at(line))
        else:
            self._add("RESTART", line.worker, 0)

    def _sweep_resume(self, line: Line) -> None:
        self._add("RESUME_SLICE", line.worker, self._at(line))

    def _cancel(self, line: Line) -> None:
        self._written = True
        self._end_alert()

    def _end_alert(self) -> None:
        """Whoever does it, and only once. A worker sees by the clock that its last moment has passed."""
        if not self._cancelled:
            self.trace.events.append(Event("CANCEL", "", 0))
        self._cancelled = True

    def _end(self, run: str) -> None:
        if run in self._acted:
            self._add("GONE" if run in self._troubled else "OVER", run, 0)

    def _add(self, step: str, run: str, at: int) -> None:
        self._acted.add(run)
        self.trace.spans[run] = (self._first[run], len(self.trace.events))
        self.trace.events.append(Event(step, run, at))

    def _at(self, line: Line) -> int:
        if "delivery" not in line.details:
            return 0
        known = self.trace.deliveries
        if line.details["delivery"] not in known:
            known.append(line.details["delivery"])
        if len(known) > self._limits.rounds:
            raise TooLargeError
        delivery = known.index(line.details["delivery"])
        index = line.details.get("slice")
        return delivery if index is None else delivery * self._limits.slices + int(index)


_SPECIAL = {
    "save": _Teller._save,
    "renew": _Teller._renew,
    "finish": _Teller._finish,
    "sweep_restart": _Teller._sweep_restart,
    "sweep_resume": _Teller._sweep_resume,
    "cancel": _Teller._cancel,
    "expire": _Teller._cancel,
}


def agents(trace: Trace, limits: Limits) -> dict[str, int]:
    """Each run's agent: the lowest that is free while it lasts. Raises TooLargeError."""
    free_from = [0] * limits.agents
    given: dict[str, int] = {}
    for run, (first, last) in sorted(trace.spans.items(), key=lambda item: item[1]):
        free = [agent for agent, moment in enumerate(free_from) if moment <= first]
        if not free:
            raise TooLargeError
        given[run] = free[0]
        free_from[free[0]] = last + 1
    return given
