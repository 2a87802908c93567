"""The delivery as a whole, with fakes at its edges: functions, trigger, queue and what happens to each."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from shared.channels.push.channel import PushChannel
from shared.domain.alert import Alert, Content, State
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.delivery import Delivery, DeliveryRef, Slice
from shared.errors import Conflict
from shared.geo.cells import cell_of
from shared.ports import Channel, Pace, Task
from shared.services.delivery.begin_delivery import begin_delivery
from shared.services.delivery.deliver_slice import deliver_slice
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.enqueue_due import enqueue_due
from shared.services.delivery.expire_alert import expire_alert
from shared.services.delivery.start_alert import start_alert
from shared.services.publishing.publish_alert import publish_alert
from tests.channels.stub.channel import StubChannel
from tests.channels.stub.post import ListPost
from tests.fakes.alert_values import alert, content
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import FakeClock
from tests.fakes.delivery import FakeDeliveryStore
from tests.fakes.faults import Faults
from tests.fakes.published import FakePublishedStore
from tests.fakes.push import FakePushSender
from tests.fakes.residents import FakeResidentStore
from tests.fakes.signer import FakeAlertSigner
from tests.fakes.summaries import FakeSummaryStore
from tests.fakes.tasks import FakeTaskQueue

# About 400 m square, on the edge of nothing: the alert's area in these tests.
WEST, SOUTH, EAST, NORTH = 19.930, 49.830, 19.9355, 49.8336
AREA = (
    f'{{"type":"Polygon","coordinates":[[[{WEST},{SOUTH}],[{EAST},{SOUTH}],[{EAST},{NORTH}],'
    f"[{WEST},{NORTH}],[{WEST},{SOUTH}]]]}}"
)
MARGIN = 0.0002  # degrees, more than the 8.4 m about the border within which a place may be taken in
SMALL = Pace(slice=12, wave=5, pause_above=100, reads_ahead=False)  # calls always in the same order
FAR_AWAY = (50.2, 20.5)
PUBLIC_URL = "https://alerty.example"
PUSH, RING, STUB = (DeliveryRef("a1", name) for name in ("push.1", "push.2", "stub.1"))


def device(uid: str, number: int = 1, platform: Platform = Platform.ANDROID) -> Device:
    return Device(str(number), platform, Target("token", f"{uid}-{number}"))


def resident(
    uid: str, *points: tuple[float, float], devices: int = 1, language: str = "pl"
) -> list[AudienceEntry]:
    """The index entries of a resident with places at these points (latitude, longitude)."""
    cells = [cell_of(*point) for point in points]
    siblings = tuple(Sibling(str(number), cell) for number, cell in enumerate(cells, start=1))
    phones = tuple(device(uid, number) for number in range(1, devices + 1))
    return [AudienceEntry(uid, s.id, s.cell, "1201022", language, phones, siblings) for s in siblings]


def inside(rng: random.Random) -> tuple[float, float]:
    return (
        rng.uniform(SOUTH + MARGIN, NORTH - MARGIN),
        rng.uniform(WEST + MARGIN, EAST - MARGIN),
    )


def outside(rng: random.Random) -> tuple[float, float]:
    """Just beyond the east side, so that the ranges of the cover hold some of them."""
    return rng.uniform(SOUTH, NORTH), rng.uniform(EAST + MARGIN, EAST + 0.003)


@dataclass
class World:
    """`run_all` lets the system live until nothing is left to do."""

    pace: Pace = SMALL
    channels: tuple[str, ...] = ("push",)
    clock: FakeClock = field(default_factory=FakeClock)
    alerts: FakeAlertStore = field(default_factory=FakeAlertStore)
    audience: FakeAudienceStore = field(default_factory=FakeAudienceStore)
    residents: FakeResidentStore = field(default_factory=FakeResidentStore)
    published: FakePublishedStore = field(default_factory=FakePublishedStore)
    summaries: FakeSummaryStore = field(default_factory=FakeSummaryStore)
    signer: FakeAlertSigner = field(default_factory=FakeAlertSigner)
    faults: Faults = field(default_factory=Faults)
    expected: set[str] = field(default_factory=set)
    delivery: FakeDeliveryStore | None = None

    def __post_init__(self) -> None:
        self.delivery = self.delivery or FakeDeliveryStore(self.alerts)
        self.began = self.clock.now()
        self.audience.clock = self.delivery.clock = self.clock
        self.tasks = FakeTaskQueue(self.clock)
        self.push = FakePushSender(self.clock)
        self.post = ListPost()
        self._seen: object = None
        self.ports = DeliveryPorts(
            alerts=self.faults.wrap(self.alerts, "alerts"),
            audience=self.faults.wrap(self.audience, "audience"),
            delivery=self.faults.wrap(self.delivery, "delivery"),
            published=self.faults.wrap(self.published, "published"),
            summaries=self.faults.wrap(self.summaries, "summaries"),
            tasks=self.faults.wrap(self.tasks, "tasks"),
            clock=self.clock,
            channels=self._channels(),
        )

    def _channels(self) -> dict[str, Channel]:
        """`residents` are not wrapped: their failures, whatever they are, change nothing."""
        sender, post = self.faults.wrap(self.push, "push"), self.faults.wrap(self.post, "post")
        push = PushChannel(lambda: sender, lambda: self.residents, self.clock, PUBLIC_URL, self.pace)
        known: dict[str, Channel] = {"push": push, "stub": StubChannel(post, self.clock, self.pace)}
        return {name: known[name] for name in self.channels}

    def populate(self, people: int = 20, seed: int = 1) -> None:
        """People in the area, some with two phones, some with two places; and half as many just outside."""
        rng = random.Random(seed)
        for number in range(people):
            places = [inside(rng), inside(rng)] if number % 5 == 0 else [inside(rng)]
            phones = 2 if number % 4 == 0 else 1
            self.add(f"in{number}", *places, devices=phones, meant=True)
        for number in range(people // 2):
            self.add(f"out{number}", outside(rng), FAR_AWAY, meant=False)

    def add(self, uid: str, *points: tuple[float, float], devices: int = 1, meant: bool = True) -> None:
        self.audience.put(*resident(uid, *points, devices=devices))
        if meant and "push" in self.channels:
            self.expected |= {f"{uid}-{number}" for number in range(1, devices + 1)}
        if meant and "stub" in self.channels:
            self.expected.add(uid)

    def approve(self, alert_id: str = "a1", **changes: object) -> Alert:
        """An approved alert, as staff_api leaves it."""
        now = self.clock.now()
        approved = alert(
            alert_id,
            content=area_content(**changes),
            state=State.SCHEDULED,
            revision=3,
            generation=1,
            submitted=now,
            approved=now,
        )
        self.alerts.put(approved)
        return approved

    def alert(self, alert_id: str = "a1") -> Alert:
        known = self.alerts.get(alert_id)
        assert known is not None
        return known.value

    def state(self, ref: DeliveryRef = PUSH) -> str:
        known = self.deliveries.get(ref)
        return "none" if known is None else known.value.state.value

    def of(self, ref: DeliveryRef = PUSH) -> Delivery:
        known = self.deliveries.get(ref)
        assert known is not None
        return known.value

    def slices(self, ref: DeliveryRef = PUSH) -> Sequence[Slice]:
        return self.deliveries.slices(ref)

    @property
    def deliveries(self) -> FakeDeliveryStore:
        assert self.delivery is not None
        return self.delivery

    def cancel(self, alert_id: str = "a1") -> None:
        known = self.alerts.get(alert_id)
        assert known is not None
        now = self.clock.now()
        after = replace(
            known.value, state=State.CANCELLED, finished=now, updated=now, revision=known.value.revision + 1
        )
        self.alerts.replace(known, after, None)

    def call_start(self) -> None:
        """As staff_api does after an approval; nobody repeats it."""
        self.attempt(lambda: start_alert(self.ports, "a1", 1))

    def run(self, task: Task) -> None:
        payload = task.payload
        alert_id, generation = str(payload["alert"]), int(payload["generation"])
        match task.function:
            case "start_alert" | "start_urgent" if "delivery" in payload:
                begin_delivery(self.ports, DeliveryRef(alert_id, str(payload["delivery"])), generation)
            case "start_alert" | "start_urgent":
                start_alert(self.ports, alert_id, generation)
            case "expire_alert":
                expire_alert(self.ports, alert_id, generation)
            case "deliver_slice" | "deliver_urgent":
                ref = DeliveryRef(alert_id, str(payload["delivery"]))
                deliver_slice(self.ports, ref, generation, int(payload["slice"]), int(payload["attempt"]))

    def trigger(self, alert_id: str = "a1") -> None:
        """Events of the alert since the last call, delivered until they are answered."""
        for _ in range(50):
            known = self.alerts.get(alert_id)
            token = known.token if known else None
            if token == self._seen:
                return
            if self.attempt(lambda: self._on_written(alert_id)):
                self._seen = token
        raise AssertionError("the trigger is never content")

    def _on_written(self, alert_id: str) -> None:
        enqueue_due(self.ports, alert_id)
        ports = self.ports
        publish_alert(
            alert_id, alerts=ports.alerts, published=ports.published, signer=self.signer, clock=ports.clock
        )

    def attempt(self, work) -> bool:
        try:
            work()
        except Exception:  # noqa: BLE001  a process that dies, whatever it dies of
            return False
        return True

    def run_all(self, until: timedelta = timedelta(hours=6), most: int = 2000) -> None:
        """Trigger and tasks in turn until none is due before `until` after the alert's night began."""
        for _ in range(most):
            self.trigger()
            due = [item for item in self.tasks.waiting if item.at <= self.began + until]
            if not due:
                return
            self.tasks.run_next(self.run)
        raise AssertionError("the queue never empties")

    @property
    def pushed(self) -> Counter[str]:
        return self.push.pushed

    @property
    def told(self) -> Counter[str]:
        """How often each address was sent something, over whichever channels there are."""
        return self.push.pushed + self.post.sent


def area_content(**changes: object) -> Content:
    return content(**{"area": AREA, **changes})


__all__ = ["Conflict", "World", "area_content", "inside", "outside", "resident"]
