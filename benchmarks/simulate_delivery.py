"""The delivery as simulated: approval, plan, queues, workers, waves, FCM; steps as long as measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import simpy

from benchmarks.simulate_costs import Costs, Function, Limits
from benchmarks.simulate_parts import MINUTE, Fleet, Instance, Machine, Queue, Quota, Steps
from shared.channels.push.answers import THROTTLED_WAIT
from shared.ports import Pace
from shared.services.audience.survey_ranges import AT_ONCE
from shared.services.schedule.alert_tasks import BACKUP_AFTER

SPREAD = 8  # slices come back at different moments; shared.services.delivery.slice_run


@dataclass(frozen=True)
class Plan:
    """What planning asks and cuts: entries that each count matched, places and queries of each slice."""

    counts: Sequence[int]
    slices: Sequence[int]
    ranges: Sequence[int]
    phones_per_place: float


@dataclass
class Sent:
    """One alert: when it was approved, how it is cut, and what became of it."""

    name: str
    approved: float
    plan: Plan
    urgent: bool = False
    first: float | None = None
    last: float = 0.0
    pushed: int = 0
    done: int = 0


@dataclass
class _Part:
    alert: Sent
    index: int
    places: int
    read: int = 0  # places
    retry: int = 0  # pushes to be tried again


@dataclass
class Cloud:
    """One project; `local`: everything on the cores of one computer."""

    costs: Costs
    limits: Limits
    pace: Pace = field(default_factory=Pace)
    sent: list[tuple[float, int]] = field(default_factory=list)  # moment, pushes accepted
    tasks: int = 0

    def __post_init__(self) -> None:
        self.env = simpy.Environment()
        self._machine = Machine(self.env, self.costs.cores) if self.costs.cores else None
        self.quota = Quota(self.env, self.limits.fcm_per_minute)
        self.fleets = {name: self._fleet(one) for name, one in self.limits.functions.items()}
        self._queues = {
            name: Queue(self.env, self.fleets[one.function], one.rate, one.concurrency)
            for name, one in self.limits.queues.items()
        }

    def run(self, alerts: Sequence[Sent]) -> None:
        for alert in alerts:
            self.env.process(self._approved(alert))
        self.env.run()

    @property
    def peak_per_minute(self) -> int:
        """Most pushes in any sixty seconds."""
        most, inside, start = 0, 0, 0
        for at, pushes in self.sent:
            inside += pushes
            while self.sent[start][0] <= at - MINUTE:
                inside -= self.sent[start][1]
                start += 1
            most = max(most, inside)
        return most

    def _fleet(self, one: Function) -> Fleet:
        start = self.costs.cold_start
        return Fleet(self.env, one.instances, start, one.burst, one.per_second, one.warm, self._machine)

    def _queue(self, alert: Sent, step: str) -> str:
        """What is urgent has ways of its own, where there are some."""
        urgent = f"{step}-urgent"
        return urgent if alert.urgent and urgent in self._queues else step

    def _starters(self, alert: Sent) -> Fleet:
        return self.fleets[self.limits.queues[self._queue(alert, "start")].function]

    # ---- the start ----

    def _approved(self, alert: Sent) -> Steps:
        """The direct call; when no instance can take it, the task that backs it up does."""
        yield self.env.timeout(alert.approved)
        fleet = self._starters(alert)
        self.tasks += 1
        if fleet.full:
            queue = self._queues[self._queue(alert, "start")]
            queue.put(partial(self._start, alert), self.env.now + BACKUP_AFTER.total_seconds())
            return
        yield self.env.timeout(self.costs.call)
        yield from fleet.run(partial(self._start, alert, hand_over=True))

    def _start(self, alert: Sent, instance: Instance, hand_over: bool = False) -> Steps:
        """`hand_over`: the caller waits for the answer, so the first slice is the queue's as well."""
        costs, plan = self.costs, alert.plan
        yield from self._wait(costs.start)
        asked = iter(plan.counts)
        askers = [self.env.process(self._count(asked)) for _ in range(AT_ONCE)]
        yield self.env.all_of(askers)
        yield from self._wait(costs.plan + len(plan.slices) * costs.plan_per_slice)
        yield from self._wait(len(plan.slices) * costs.enqueue)
        parts = [_Part(alert, index, places) for index, places in enumerate(plan.slices)]
        rate = self.pace.rate_urgent if alert.urgent else self.pace.rate
        ahead = 0
        for part in parts[1:]:
            self._enqueue(part, ahead / rate)
            ahead += part.places if part.index >= self.pace.workers else 0
        self.tasks += 1  # of the first slice, should its starter die
        if parts and not hand_over and instance.bucket.left >= plan.slices[0]:
            yield from self._deliver(parts[0], instance)
        elif parts:
            self._enqueue(parts[0], 0.0)

    def _count(self, asked: Any) -> Steps:
        for matched in asked:
            costs = self.costs
            seconds = costs.count + matched / 1000 * costs.count_per_1000
            yield from self._wait(seconds)

    def _enqueue(self, part: _Part, later: float) -> None:
        self.tasks += 1
        queue = self._queues[self._queue(part.alert, "deliver")]
        queue.put(partial(self._task, part), self.env.now + later)

    def _task(self, part: _Part, instance: Instance) -> Steps:
        yield from self._wait(self.costs.dispatch)
        yield from self._deliver(part, instance)

    # ---- a slice ----

    def _deliver(self, part: _Part, instance: Instance) -> Steps:
        ends = self.env.now + self.pace.run.total_seconds()
        yield from self._wait(self.costs.claim)
        yield from self._wait(self.costs.stream * part.alert.plan.ranges[part.index])
        due, part.retry = part.retry, 0
        coming = self._next(part, instance)
        while due or coming:
            again, places = min(due, self.pace.wave), 0
            due -= again
            if coming and not again:
                places = yield coming
                coming = self._next(part, instance)
            yield from self._wave(part, instance, again, places)
            if part.retry > self.pace.pause_above or self.env.now >= ends:
                break
        if coming:  # read in vain
            part.read -= yield coming
        part.retry += due
        if part.retry or part.read < part.places:
            yield from self._hand_over(part)
        else:
            part.alert.done += 1
        yield from self._wait(self.costs.finish)

    def _next(self, part: _Part, instance: Instance) -> simpy.Process | None:
        """The next wave's places, read while the wave before is pushed; None when all are."""
        if part.read >= part.places:
            return None
        return self.env.process(self._read(part, instance))

    def _read(self, part: _Part, instance: Instance) -> Steps:
        places = min(
            part.places - part.read, max(1, round(self.pace.wave / part.alert.plan.phones_per_place))
        )
        part.read += places
        yield from self._compute(instance, self.costs.read_per_1000 * places / 1000, self.costs.read_cores)
        yield from self._compute(instance, self.costs.filter_per_1000 * places / 1000, 1.0)
        return places

    def _wave(self, part: _Part, instance: Instance, again: int, places: int) -> Steps:
        """`again`: pushes that were refused before; then nothing new is sent."""
        yield from self._wait(self.costs.get)
        yield from self._push(part, instance, again or round(places * part.alert.plan.phones_per_place))
        yield from self._wait(self.costs.commit)

    def _push(self, part: _Part, instance: Instance, pushes: int) -> Steps:
        """As fast as the processor, the connections and the process's share of the quota let it."""
        began, alert = self.env.now, part.alert
        waited = instance.bucket.wait(pushes)
        if alert.first is None:
            alert.first = began + self.costs.push_latency
        yield from self._compute(instance, self.costs.push_per_1000 * pushes / 1000, self.costs.push_cores)
        yield self.env.timeout(max(0.0, began + waited - self.env.now) + self.costs.push_latency)
        accepted = self.quota.take(pushes)
        part.retry += pushes - accepted
        alert.pushed += accepted
        alert.last = self.env.now
        self.sent.append((self.env.now, accepted))

    def _hand_over(self, part: _Part) -> Steps:
        yield from self._wait(self.costs.commit + self.costs.enqueue)
        wait = THROTTLED_WAIT * (1 + part.index % SPREAD / SPREAD / 4)
        self._enqueue(part, wait if part.retry else 0.0)

    # ---- how long things take ----

    def _wait(self, seconds: float) -> Steps:
        """For a service: on one computer it works on the same cores as everything else."""
        if self._machine:
            yield from self._machine.run(seconds)
        else:
            yield self.env.timeout(seconds)

    def _compute(self, instance: Instance, seconds: float, cores: float) -> Steps:
        yield from instance.machine.run(seconds, cores)
