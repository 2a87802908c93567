"""The documents, clocks and channels of one seed, and what the seed decides of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from shared.domain.alert import Alert, Content
from shared.domain.area_parts import Steps
from shared.ports import Task
from shared.services.delivery.delivery_ports import DeliveryPorts
from tests.explore.copies import Published, Summaries
from tests.explore.deliveries import Deliveries
from tests.explore.fate import Fate
from tests.explore.outside import EchoChannel, Mood, Queue, Sent, drawn_pace
from tests.explore.stores import Alerts, Audience, Tokens
from tests.explore.town import NAMED, TOWNS, Town, town
from tests.explore.trace import Trace
from tests.explore.virtual import Schedule, VirtualClock, moment_of
from tests.fakes.alert_values import content

ALERT = "a1"
FAR = 12 * 3600.0  # seconds: an expiry before which everything is long done
TYPICAL = 120  # calls of ports in a seed without a fault


class Instances(Mapping[str, EchoChannel]):
    """The channels that the current worker's process has: an older release does not know the last of them."""

    def __init__(self, schedule: Schedule, channels: Mapping[str, EchoChannel]) -> None:
        self._schedule, self._all = schedule, channels
        self._older = dict(list(channels.items())[:-1])

    def _own(self) -> Mapping[str, EchoChannel]:
        worker = self._schedule.current
        return self._older if worker and worker.older else self._all

    def __getitem__(self, name: str) -> EchoChannel:
        return self._own()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._own())

    def __len__(self) -> int:
        return len(self._own())


class World:
    typical = TYPICAL

    def __init__(self, seed: int, trace: Trace | None = None) -> None:
        self.rng = rng = Random(seed)
        self._seed = seed
        self.schedule = schedule = Schedule()
        self.fate = fate = Fate(rng, schedule, trace, self.typical)
        self.town: Town = town(rng.randrange(TOWNS))
        self._first_content = self._drawn_content()
        self.skews = self._drawn_skews()  # of three processes
        self.older: int | None = None  # the process of the release before
        tokens = Tokens()
        self.alerts = Alerts(fate, tokens, self._written)
        self.deliveries = Deliveries(fate, tokens, schedule, self.alerts)
        self.audience = Audience(fate, tokens, schedule, self.town.entries)
        self.summaries, self.published = Summaries(fate, tokens), Published(fate, tokens)
        self.queue = Queue(fate, schedule, self._dispatched)
        self.channels: Mapping[str, EchoChannel] = {name: self._channel(name) for name in self._drawn_names()}
        self.ports = DeliveryPorts(
            alerts=self.alerts,  # type: ignore[arg-type]  # the delivery reads and replaces alerts, no more
            delivery=self.deliveries,
            tasks=self.queue,
            clock=VirtualClock(schedule, fate.glance),
            channels=Instances(schedule, self.channels),
            published=self.published,
            summaries=self.summaries,
            audience=self.audience,
        )

    @property
    def content(self) -> Content:
        """What was approved last: staff's change of it may land late, or never."""
        stored = self.alerts.documents.get(ALERT)
        return stored.value.content if stored else self._first_content

    @property
    def sent(self) -> list[Sent]:
        """All waves, by channel."""
        return [sent for channel in self.channels.values() for sent in channel.sent]

    @property
    def unheld(self) -> Counter[str]:
        """Messages of a slice that another one had, by worker."""
        return sum((channel.unheld for channel in self.channels.values()), Counter())

    def _written(self, alert: Alert) -> None:
        """The trigger of an alert's document."""
        raise NotImplementedError

    def _dispatched(self, task: Task) -> None:
        """The queue calls a function."""
        raise NotImplementedError

    def _drawn_skews(self) -> Sequence[float]:
        if self.rng.random() < 0.2:
            self.fate.hits["skew"] += 1
            return [self.rng.uniform(-300, 300) for _ in range(3)]
        return [self.rng.uniform(-0.02, 0.02) for _ in range(3)]

    def _drawn_names(self) -> Sequence[str]:
        if self.rng.random() >= 0.15:
            return ("echo",)
        self.fate.hits["two-channels"] += 1
        if self.rng.random() < 0.25:
            self.older = 1
            self.fate.hits["older-release"] += 1
        return ("echo", "mail")

    def _channel(self, name: str) -> EchoChannel:
        rng = self.rng
        pace, mood = drawn_pace(rng, self.town.wave), Mood.drawn(rng, self.town.keys)
        channel = EchoChannel(name, self.fate, self.schedule, pace, mood)
        channel.on_gone(self.audience.without)
        return channel

    def _named(self) -> Steps | None:
        """The area in names of the register, by the seed alone: what else it decides is as it was."""
        rng = Random(f"named {self._seed}")
        if rng.random() < 0.6:
            return None
        self.fate.hits["named"] += 1
        return rng.choice(NAMED)

    def _drawn_content(self) -> Content:
        rng, expires, send_at, sound_at = self.rng, FAR, None, None
        if rng.random() < 0.15:
            send_at = rng.uniform(30, 200)
        if rng.random() < 0.25:
            sound_at = (send_at or 0.0) + rng.uniform(5, 900)
            self.fate.hits["second-round"] += 1
        if rng.random() < 0.15:
            expires = (sound_at or send_at or 0.0) + rng.choice((3.0, 60.0, 900.0)) * rng.random()
            self.fate.hits["expiry"] += 1
        return content(
            area=f"town {self.town.number}",
            parts=self._named(),
            expires=moment_of(expires),
            send_at=None if send_at is None else moment_of(send_at),
            sound_at=None if sound_at is None else moment_of(sound_at),
        )
