"""One job: when it runs, how it calls its function, what it counts."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp

from infra.deployment import JobRetry
from infra.local.identity.tokens import IdTokens

EVERY_SO_MANY_MINUTES = re.compile(r"\*(?:/([1-9]|[1-5]\d))?( \*){4}")


def seconds_between(schedule: str) -> float:
    """Of the schedules "* * * * *" and "*/5 * * * *". Raises ValueError for any other."""
    found = EVERY_SO_MANY_MINUTES.fullmatch(schedule)
    if found is None:
        raise ValueError(f"the schedule {schedule!r} is not known here: only every so many minutes")
    return 60.0 * int(found[1] or 1)


def pauses(retry: JobRetry) -> Iterator[float]:
    """Seconds before each retry: doubled, then longer by the same step, never above the most."""
    pause = retry.min_backoff
    step = pause * 2**retry.doublings
    for number in range(retry.count):
        yield min(pause, retry.max_backoff)
        pause = pause * 2 if number < retry.doublings else pause + step


@dataclass(frozen=True)
class Answer:
    """`status` is None when nobody answered in time."""

    status: int | None
    body: str = ""

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class Target:
    name: str
    url: str
    account: str
    deadline: float  # seconds


class Job:
    def __init__(
        self, target: Target, every: float, retry: JobRetry, session: aiohttp.ClientSession, tokens: IdTokens
    ) -> None:
        self.name = target.name
        self._target = target
        self._every = every
        self._retry = retry
        self._session = session
        self._tokens = tokens
        self._running = asyncio.Lock()
        self.resumed = asyncio.Event()
        self.resumed.set()
        self.runs = self.failed = self.attempts = 0

    def counts(self) -> dict[str, int | bool]:
        paused = not self.resumed.is_set()
        return {"runs": self.runs, "failed": self.failed, "attempts": self.attempts, "paused": paused}

    async def keep_schedule(self) -> None:
        """At whole multiples of the interval; those that pass during a run are skipped."""
        while True:
            due = (time.time() // self._every + 1) * self._every
            await asyncio.sleep(due - time.time())
            if self.resumed.is_set():
                await self.run()

    async def run(self) -> Answer:
        """The last answer: the first success, or the failure after which no retry is left."""
        async with self._running:
            scheduled = datetime.now(UTC)
            answer = await self._attempt(scheduled)
            for pause in pauses(self._retry):
                if answer.succeeded:
                    break
                await asyncio.sleep(pause)
                answer = await self._attempt(scheduled)
            self.runs += 1
            self.failed += not answer.succeeded
            return answer

    async def _attempt(self, scheduled: datetime) -> Answer:
        self.attempts += 1
        try:
            token = await self._tokens.token(self._target.account, self._target.url)
            async with self._session.post(
                f"{self._target.url}/",
                headers={**self._headers(scheduled), "Authorization": f"Bearer {token}"},
                timeout=aiohttp.ClientTimeout(total=self._target.deadline),
                allow_redirects=False,
            ) as answer:
                return Answer(answer.status, await answer.text())
        except (aiohttp.ClientError, TimeoutError):
            return Answer(None)

    def _headers(self, scheduled: datetime) -> dict[str, str]:
        """HttpTarget.headers of the API: set on every request."""
        return {
            "User-Agent": "Google-Cloud-Scheduler",
            "Content-Type": "application/octet-stream",
            "X-CloudScheduler": "true",
            "X-CloudScheduler-JobName": self.name,
            "X-CloudScheduler-ScheduleTime": scheduled.isoformat(),
        }
