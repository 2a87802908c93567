"""How fast a queue dispatches, and when it tries again (RateLimits and RetryConfig of the API)."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from google.cloud.tasks_v2.types import RetryConfig

MAX_RETENTION = timedelta(days=31)  # "Quotas and limits": maximum task retention


def burst(rate: float) -> int:
    """Dispatches at once: "generally at least equal to max_dispatches_per_second" (RateLimits)."""
    return max(1, math.ceil(rate))


class TokenBucket:
    """Lets `rate` dispatches a second through, and after a pause as many at once as fit in a second.

    A worker's 429 or 503 halves the effective rate, at most once a second, down to one dispatch a second;
    every success wins a tenth back ("system throttling": the documents give no figures).
    """

    def __init__(
        self,
        rate: float,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._rate = rate
        self._effective = rate
        self._burst = float(burst(rate))
        self._tokens = self._burst
        self._filled = monotonic()
        self._slowed = -math.inf

    async def take(self) -> None:
        while True:
            self._fill()
            if self._tokens >= 1:
                self._tokens -= 1
                return
            await self._sleep((1 - self._tokens) / self._effective)

    def slow_down(self) -> None:
        if self._monotonic() - self._slowed > 1:
            self._fill()
            self._slowed = self._monotonic()
            self._effective = max(min(1.0, self._rate), self._effective / 2)
            self._tokens = min(self._tokens, self._effective)

    def speed_up(self) -> None:
        self._fill()
        self._effective = min(self._rate, self._effective * 1.1)

    def _fill(self) -> None:
        now = self._monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._filled) * self._effective)
        self._filled = now


def backoff(config: RetryConfig, retry: int) -> timedelta:
    """The wait before a retry numbered from 0: doubled `max_doublings` times, then linear, then constant."""
    doubled: timedelta = config.min_backoff * 2 ** min(retry, config.max_doublings)
    longest: timedelta = config.max_backoff
    return min(longest, doubled * max(1, retry - config.max_doublings + 1))


def exhausted(config: RetryConfig, attempts: int, since_first: timedelta, age: timedelta) -> bool:
    """Whether a failed task is given up: those limits that are set are all reached, or it is too old."""
    limits = []
    if config.max_attempts > 0:
        limits.append(attempts >= config.max_attempts)
    if config.max_retry_duration:
        limits.append(since_first >= config.max_retry_duration)
    return age >= MAX_RETENTION or (bool(limits) and all(limits))
