"""A queue that behaves as Cloud Tasks: names are used once, what fails comes back, later and later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.ports import Task
from tests.fakes.clock import FakeClock

FARTHEST = timedelta(days=30)  # Cloud Tasks docs, quotas: schedule_time
FIRST_BACK_OFF, LONGEST_BACK_OFF = timedelta(seconds=1), timedelta(seconds=60)


@dataclass
class Waiting:
    task: Task
    at: datetime
    attempts: int = 0


class FakeTaskQueue:
    """Fulfils ports.TaskQueue. `names` are the tombstones; `ran` is every task dispatched, in order."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self.waiting: list[Waiting] = []
        self.names: set[str] = set()
        self.ran: list[Task] = []

    def enqueue(self, task: Task) -> bool:
        now = self._clock.now()
        at = task.at or now
        if at - now > FARTHEST:
            raise ValueError(f"{task.function} is scheduled {at - now} ahead")
        if task.name in self.names:
            return False
        self.names.add(task.name)
        self.waiting.append(Waiting(task, at))
        return True

    def repeat(self) -> None:
        """Every waiting task twice, as "at least once" allows."""
        self.waiting += [Waiting(item.task, item.at) for item in self.waiting]

    def run_next(self, run: Callable[[Task], None], failure: type[Exception] = Exception) -> bool:
        """Move the clock to the next task's time and run it; False when none waits."""
        if not self.waiting:
            return False
        item = min(self.waiting, key=lambda waiting: waiting.at)
        if item.at > self._clock.now():
            self._clock.advance(item.at - self._clock.now())
        self.waiting.remove(item)
        self.ran.append(item.task)
        try:
            run(item.task)
        except failure:
            item.attempts += 1
            item.at = self._clock.now() + min(FIRST_BACK_OFF * 2 ** min(item.attempts, 10), LONGEST_BACK_OFF)
            self.waiting.append(item)
        return True
