"""One queue at work: what is due goes out within its limits, what fails comes again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from google.cloud.tasks_v2.types import Attempt, Queue, RetryConfig, Task

from infra.local.at_least_once import Chaos
from infra.local.cloud_tasks.attempt import UNAVAILABLE, Outcome, Sender
from infra.local.cloud_tasks.limits import TokenBucket, backoff, exhausted
from infra.local.cloud_tasks.store import Stored, TaskStore
from infra.local.due_queue import DueQueue


class Dispatcher:
    """Tasks of one queue on their way to the workers."""

    def __init__(self, queue: Queue, store: TaskStore, sender: Sender, chaos: Chaos) -> None:
        self.queue = queue
        self._store = store
        self._sender = sender
        self._chaos = chaos
        self._due = DueQueue()
        self._planned: dict[str, float] = {}  # the moment at which each task goes out
        self._bucket = TokenBucket(queue.rate_limits.max_dispatches_per_second)
        self._slots = asyncio.Semaphore(queue.rate_limits.max_concurrent_dispatches)
        self._resumed = asyncio.Event()
        self._calls: dict[str, asyncio.Task[None]] = {}
        self._copies: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self.apply_state()
        for task in self._store.tasks(self.queue.name):
            self.put(task)
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Attempts under way are given up here, and made again after the next start."""
        calls = [self._loop, *self._calls.values(), *self._copies]
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    @property
    def in_flight(self) -> int:
        return len(self._calls) + len(self._copies)

    def put(self, task: Task) -> None:
        due = self._planned[task.name] = task.schedule_time.timestamp() + self._chaos.delay()
        self._due.put(due, task.name)

    def apply_state(self) -> None:
        if self.queue.state == Queue.State.RUNNING and not self._chaos.settings.pause:
            self._resumed.set()
        else:
            self._resumed.clear()

    def run_now(self, stored: Stored) -> None:
        """Regardless of schedule, limits and pause, unless it is being attempted already."""
        if stored.task.name not in self._calls:
            self._planned.pop(stored.task.name, None)
            self._start(stored)

    async def _run(self) -> None:
        while True:
            await self._slots.acquire()
            call = self._start(await self._next())
            call.add_done_callback(lambda _: self._slots.release())

    async def _next(self) -> Stored:
        """The next task that is due, when the queue may dispatch it."""
        while True:
            due, name = await self._due.next()
            await self._resumed.wait()
            if not self._still_due(due, name):
                continue
            await self._bucket.take()
            await self._resumed.wait()
            if stored := self._still_due(due, name):
                return stored

    def _still_due(self, due: float, name: str) -> Stored | None:
        """Unless it was deleted, run by force or put off meanwhile."""
        if self._planned.get(name) != due or name in self._calls:
            return None
        stored = self._store.get(name)
        if stored is None:
            del self._planned[name]
        return stored

    def _start(self, stored: Stored) -> asyncio.Task[None]:
        call = asyncio.create_task(self._attempt(stored))
        self._calls[stored.task.name] = call
        if self._chaos.copies() > 1:
            copy = asyncio.create_task(self._deliver_again(stored))
            self._copies.add(copy)
            copy.add_done_callback(self._copies.discard)
        return call

    async def _deliver_again(self, stored: Stored) -> None:
        """The same attempt once more, beside the first or after it; its answer changes nothing."""
        await asyncio.sleep(self._chaos.delay())
        await self._sender.send(stored)

    async def _attempt(self, stored: Stored) -> None:
        task, now = stored.task, datetime.now(UTC)
        task.dispatch_count += 1
        task.last_attempt = Attempt(schedule_time=task.schedule_time, dispatch_time=now)
        if not task.first_attempt.dispatch_time:
            task.first_attempt = Attempt(dispatch_time=now)
        self._store.update(stored)
        try:
            outcome = await self._sender.send(stored)
        finally:
            del self._calls[task.name]  # before it is put back: a name under way is not started again
        self._throttle(outcome)
        if outcome.done and self._chaos.loses_answer():
            outcome = Outcome(None, UNAVAILABLE)
        if outcome.done or self._given_up(task):
            self._planned.pop(task.name, None)
            self._store.remove(task.name)
        else:
            self._postpone(stored, outcome)

    def _throttle(self, outcome: Outcome) -> None:
        if outcome.overloaded:
            self._bucket.slow_down()
        elif outcome.done:
            self._bucket.speed_up()

    def _retry_config(self, task: Task) -> RetryConfig:
        return task.retry_config if "retry_config" in task else self.queue.retry_config

    def _given_up(self, task: Task) -> bool:
        now = datetime.now(UTC)
        since_first = now - task.first_attempt.dispatch_time
        return exhausted(self._retry_config(task), task.dispatch_count, since_first, now - task.create_time)

    def _postpone(self, before: Stored, outcome: Outcome) -> None:
        task, now = before.task, datetime.now(UTC)
        wait = max(backoff(self._retry_config(task), task.dispatch_count - 1), outcome.retry_after)
        task.schedule_time = now + wait
        if outcome.status is not None:
            task.response_count += 1
            task.last_attempt.response_time = now
            task.last_attempt.response_status = outcome.as_status()
        executed = outcome.status is not None and outcome.status < 500
        self._store.update(Stored(task, before.executions + executed, outcome.status or before.previous))
        self.put(task)
