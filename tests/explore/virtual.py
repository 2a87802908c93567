"""Workers that take turns under virtual time: who goes next follows from the seed alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]

BEGAN = datetime(2026, 11, 22, 1, 10, 30, tzinfo=UTC)  # moment 0 of every seed
MOST_STEPS = 20_000  # of one seed; the longest honest one takes a fifth of it


class DiedError(BaseException):
    """The process is gone: nothing of it happens any more."""


class NeverEndsError(BaseException):
    """A seed took more steps than it can need."""


class Worker:
    """One run of a service, by a process whose wall clock is `skew` seconds ahead."""

    __slots__ = ("alive", "at_work_on", "began", "lost_its_slice", "name", "older", "service", "skew")

    def __init__(self, service: str, number: int, skew: float = 0.0) -> None:
        self.service = service
        self.name = f"{service}#{number}"
        self.skew = skew
        self.older = False  # of the release before
        self.alive = True
        self.began = 0.0  # true seconds
        self.lost_its_slice: Callable[[], bool] = lambda: False
        self.at_work_on = ""  # for traces: the slice and wave


class Schedule:
    """What is to happen, by its moment; `now` is the true time in seconds."""

    def __init__(self) -> None:
        self.now = 0.0
        self.steps = 0
        self.current: Worker | None = None
        self._queue: list[tuple[float, int, Callable[[], object], Worker | None]] = []
        self._count = 0
        self._hub = getcurrent()

    def at(self, moment: float, act: Callable[[], object], worker: Worker | None = None) -> None:
        self._count += 1
        heappush(self._queue, (moment, self._count, act, worker))

    def begin(self, worker: Worker, work: Callable[[], None]) -> None:
        """`work` must not raise."""
        worker.began = self.now
        self.at(self.now, greenlet(work, self._hub).switch, worker)

    def pause(self, seconds: float) -> None:
        """The current worker lets everybody else go first until then. Raises NeverEndsError."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise NeverEndsError
        wakes = self.now + seconds
        if not self._queue or wakes < self._queue[0][0]:
            self.now = wakes
            return
        self.at(wakes, getcurrent().switch, self.current)
        self._hub.switch()

    def run(self) -> None:
        """Until nothing is left to happen. Raises NeverEndsError."""
        while self._queue:
            moment, _, act, self.current = heappop(self._queue)
            self.now = max(self.now, moment)
            act()
        self.current = None


class VirtualClock:
    """Fulfils ports.Clock: each worker reads its own process's clock, by a call as any other (`passing`)."""

    def __init__(self, schedule: Schedule, passing: Callable[[Callable[[], datetime]], datetime]) -> None:
        self._schedule, self._passing = schedule, passing

    def now(self) -> datetime:
        return self._passing(self._now)

    def _now(self) -> datetime:
        worker = self._schedule.current
        return moment_of(self._schedule.now + (worker.skew if worker else 0.0))

    def monotonic(self) -> float:
        return self._schedule.now

    def sleep(self, seconds: float) -> None:
        self._schedule.pause(seconds)


def moment_of(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def seconds_of(moment: datetime) -> float:
    return (moment - BEGAN).total_seconds()
