"""What the simulated cloud is made of: shared processors, limited rates, instances that start."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import simpy

Steps = Generator[simpy.Event, Any, Any]
MINUTE = 60.0
IDLE_KEPT = 900.0  # Cloud Run docs, "Instance autoscaling": an idle instance is kept up to 15 minutes


class Machine:
    """Cores shared fairly: when more is wanted than there is, everything takes proportionally longer."""

    def __init__(self, env: simpy.Environment, cores: float) -> None:
        self._env, self._cores = env, cores
        self._wanted = 0.0
        self._changed = env.event()

    def run(self, seconds: float, cores: float = 1.0) -> Steps:
        """Work that takes `seconds` when alone and then keeps so many cores busy."""
        left = seconds
        self._want(cores)
        while left > 1e-9:
            speed = min(1.0, self._cores / self._wanted)
            began = self._env.now
            yield self._env.timeout(left / speed) | self._changed
            left -= (self._env.now - began) * speed
        self._want(-cores)

    def _want(self, cores: float) -> None:
        self._wanted += cores
        changed, self._changed = self._changed, self._env.event()
        changed.succeed()


@dataclass
class Bucket:
    """Tokens of one process's sender: `burst` at first and at most, `rate` per second again."""

    env: simpy.Environment
    burst: float
    rate: float
    _tokens: float = field(init=False)
    _since: float = field(init=False)

    def __post_init__(self) -> None:
        self._tokens, self._since = self.burst, self.env.now

    @property
    def left(self) -> float:
        self._tokens = min(self.burst, self._tokens + (self.env.now - self._since) * self.rate)
        self._since = self.env.now
        return self._tokens

    def wait(self, tokens: float) -> float:
        """Seconds until so many are there; they are taken now."""
        self._tokens = self.left - tokens
        return max(0.0, -self._tokens / self.rate)


class Quota:
    """FCM's messages per minute; beyond it refused until the next (FCM docs, "Throttling and quotas")."""

    def __init__(self, env: simpy.Environment, per_minute: int) -> None:
        self._env, self._per_minute = env, per_minute
        self._minutes: dict[int, int] = {}
        self.refused = 0

    def take(self, messages: int) -> int:
        """How many of them are accepted."""
        minute = int(self._env.now // MINUTE)
        used = self._minutes.get(minute, 0)
        accepted = min(messages, self._per_minute - used)
        self._minutes[minute] = used + accepted
        self.refused += messages - accepted
        return accepted


@dataclass
class Instance:
    machine: Machine
    bucket: Bucket
    free_since: float = 0.0


class Fleet:
    """The instances of one function: one request each, started when wanted, never more than `most`."""

    def __init__(
        self,
        env: simpy.Environment,
        most: int,
        cold_start: float,
        burst: float,
        rate: float,
        warm: int = 0,
        machine: Machine | None = None,
    ) -> None:
        """`machine`: shared by all instances, as on one computer; else each has a processor of its own."""
        self._env, self._cold_start = env, cold_start
        self._limit = simpy.Resource(env, most)
        self._burst, self._rate, self._machine = burst, rate, machine
        self._idle = [self._started() for _ in range(warm)]
        self.busy_seconds = 0.0
        self.started = warm
        self._running = 0
        self.most_at_once = 0

    @property
    def full(self) -> bool:
        return self._limit.count + len(self._limit.queue) >= self._limit.capacity

    def run(self, work: Any) -> Steps:
        """`work` takes the instance and yields its steps."""
        with self._limit.request() as turn:
            yield turn
            began = self._env.now
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
            instance = yield from self._instance()
            yield from work(instance)
            self._running -= 1
            self.busy_seconds += self._env.now - began
            instance.free_since = self._env.now
            self._idle.append(instance)

    def _instance(self) -> Steps:
        self._idle = [one for one in self._idle if self._env.now - one.free_since < IDLE_KEPT]
        if self._idle:
            return self._idle.pop()
        yield self._env.timeout(self._cold_start)
        self.started += 1
        return self._started()

    def _started(self) -> Instance:
        machine = self._machine or Machine(self._env, 1.0)
        return Instance(machine, Bucket(self._env, self._burst, self._rate), self._env.now)


class Queue:
    """A Cloud Tasks queue: so many dispatches a second, so many at once."""

    def __init__(self, env: simpy.Environment, fleet: Fleet, rate: float, concurrency: int) -> None:
        self._env, self._fleet = env, fleet
        self._at_once = simpy.Resource(env, concurrency)
        self._gap, self._next = 1 / rate, 0.0
        self.dispatched = 0

    def put(self, work: Any, at: float) -> None:
        self._env.process(self._task(work, at))

    def _task(self, work: Any, at: float) -> Steps:
        yield self._env.timeout(max(0.0, at - self._env.now))
        with self._at_once.request() as turn:
            yield turn
            moment = max(self._env.now, self._next)
            self._next = moment + self._gap
            yield self._env.timeout(moment - self._env.now)
            self.dispatched += 1
            yield from self._fleet.run(work)
