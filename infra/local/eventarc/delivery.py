"""Delivery to one function: as many at once as it takes, again and again until it says yes."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass

import aiohttp

from infra.deployment import Function
from infra.local.at_least_once import Chaos
from infra.local.due_queue import DueQueue
from infra.local.eventarc.store import Event, EventStore
from infra.local.identity.tokens import IdTokens


@dataclass(frozen=True)
class Backoff:
    """Seconds. Eventarc's Pub/Sub subscriptions: 10 s to 600 s, for 24 h ("Retry events", Eventarc docs)."""

    least: float = 10.0
    most: float = 600.0
    give_up_after: float = 24 * 3600.0

    def after(self, attempts: int) -> float:
        """Exponential, and up to a quarter more, so that what failed together does not come together."""
        return min(self.most, self.least * 2.0 ** min(attempts, 30) * random.uniform(1.0, 1.25))


class Delivery:
    """The events of one function on their way to it."""

    def __init__(
        self,
        function: Function,
        url: str,
        account: str,
        store: EventStore,
        chaos: Chaos,
        backoff: Backoff,
        session: aiohttp.ClientSession,
        tokens: IdTokens,
    ) -> None:
        self.function = function
        self._url = url
        self._account = account
        self._store = store
        self._chaos = chaos
        self._backoff = backoff
        self._session = session
        self._tokens = tokens
        self._due = DueQueue()
        self._slots = asyncio.Semaphore(function.concurrency)
        self._calls: set[asyncio.Task[None]] = set()
        self.resumed = asyncio.Event()

    @property
    def in_flight(self) -> int:
        return len(self._calls)

    def put(self, event_id: int, due: float) -> None:
        self._due.put(due, str(event_id))

    def start(self) -> None:
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Deliveries under way are given up here, and made again after the next start."""
        calls = [self._loop, *self._calls]
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._slots.acquire()
            _, key = await self._due.next()
            await self.resumed.wait()
            call = asyncio.create_task(self._deliver(int(key)))
            self._calls.add(call)
            call.add_done_callback(self._end)

    def _end(self, call: asyncio.Task[None]) -> None:
        self._calls.discard(call)
        self._slots.release()

    async def _deliver(self, event_id: int) -> None:
        event = self._store.get(event_id)
        accepted = await self._post(event)
        if accepted and not self._chaos.loses_answer():
            await self._store.finish(event_id, "delivered")
        elif time.time() - event.received > self._backoff.give_up_after:
            print(f"Gave up on an event for {event.function} after {event.attempts + 1} attempts", flush=True)
            await self._store.finish(event_id, "failed")
        else:
            due = time.time() + self._backoff.after(event.attempts)
            await self._store.postpone(event_id, due)
            self.put(event_id, due)

    async def _post(self, event: Event) -> bool:
        """Whether the function accepted; the trailing slash spares a redirect."""
        try:
            token = await self._tokens.token(self._account, self._url)
            headers = {**event.headers, "Authorization": f"Bearer {token}", "User-Agent": "APIs-Google"}
            async with self._session.post(
                f"{self._url}/",
                data=event.body,
                headers=headers,
                timeout=aiohttp.ClientTimeout(total=self.function.timeout),
                allow_redirects=False,
            ) as answer:
                await answer.read()
                return 200 <= answer.status < 300
        except (aiohttp.ClientError, TimeoutError):
            return False
