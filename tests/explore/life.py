"""The life of one alert in one seed: starters, tasks, events, sweeps, people, until nothing is left to do."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from math import inf
from random import Random

from shared.domain.alert import Alert, Content, State
from shared.domain.delivery import DeliveryRef
from shared.domain.wake import wake
from shared.errors import AlertOnlineError, PreconditionRequired, WrongState
from shared.ports import Staff, Task
from shared.services.alerts.alert_ports import AlertPorts
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.alerts.expire_alert import expire_alert
from shared.services.delivery.begin_delivery import begin_delivery
from shared.services.delivery.deliver_slice import deliver_slice
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.enqueue_due import enqueue_due
from shared.services.delivery.start_alert import start_alert
from shared.services.publishing.publish_alert import is_public, publish_alert
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep import REPAIRS
from shared.services.sweep.sweep_ports import SweepPorts
from tests.explore.deliveries import Deliveries
from tests.explore.fate import Fate
from tests.explore.outside import EchoChannel, Mood, Queue, Sent, drawn_pace
from tests.explore.stores import Alerts, Audience, Cursors, Published, Summaries, Tokens
from tests.explore.town import TOWNS, Town, town
from tests.explore.trace import Trace
from tests.explore.virtual import DiedError, Schedule, VirtualClock, Worker, moment_of, seconds_of
from tests.fakes.alert_values import APPROVER, TERC, alert, content

log = logging.getLogger(__name__)
ALERT = "a1"
STAFF = Staff(APPROVER, TERC, frozenset({"author", "approver"}))
STEPS = ("restarted", "resumed", "expired", "published")  # of the sweep
FAR = 12 * 3600.0  # seconds: an expiry before which everything is long done
PATIENCE = 6 * 3600.0  # seconds: whatever is not done by then never is
TYPICAL = 120  # calls of ports in a seed without a fault


class Unsigned:
    """Fulfils ports.AlertSigner: nobody signs."""

    def key(self, terc: str) -> None:
        return None


class Life:
    def __init__(self, seed: int, trace: Trace | None = None) -> None:
        self.rng = rng = Random(seed)
        self.schedule = schedule = Schedule()
        self.fate = fate = Fate(rng, schedule, trace, TYPICAL)
        self.town: Town = town(rng.randrange(TOWNS))
        tokens = Tokens()
        self.defects: list[str] = []
        self.ended_at, self.cancelled = inf, False
        self.alerts = Alerts(fate, tokens, self._written)
        self.deliveries = Deliveries(fate, tokens, schedule, self.alerts)
        self.audience = Audience(fate, tokens, schedule, self.town.entries)
        self.channels = {name: self._channel(name) for name in self._drawn_names()}
        self.queue = Queue(fate, schedule, self._dispatched)
        self.summaries, self.published = Summaries(fate, tokens), Published(fate, tokens)
        self.skews = self._drawn_skews()
        self._workers = 0
        self.repaired = Counter[str]()  # by step of the sweep
        self.ports = DeliveryPorts(
            alerts=self.alerts,  # type: ignore[arg-type]  # the delivery reads and replaces alerts, no more
            delivery=self.deliveries,
            tasks=self.queue,
            clock=VirtualClock(schedule, fate.glance),
            channels=self.channels,
            published=self.published,  # type: ignore[arg-type]
            summaries=self.summaries,
            audience=self.audience,
        )
        self._staff_ports = _staff_ports(self.ports)
        self._sweep_ports = _sweep_ports(self.ports, fate)
        self.content = self._drawn_content()
        self._arrange()

    @property
    def sent(self) -> list[Sent]:
        """All waves, by channel."""
        return [sent for channel in self.channels.values() for sent in channel.sent]

    @property
    def unheld(self) -> Counter[str]:
        return sum((channel.unheld for channel in self.channels.values()), Counter())

    def run(self) -> None:
        """Raises NeverEndsError."""
        self.schedule.run()

    # ---- What the seed decides -----------------------------------------------------------------------

    def _drawn_skews(self) -> Sequence[float]:
        """The clocks of three processes."""
        if self.rng.random() < 0.2:
            self.fate.hits["skew"] += 1
            return [self.rng.uniform(-300, 300) for _ in range(3)]
        return [self.rng.uniform(-0.02, 0.02) for _ in range(3)]

    def _drawn_names(self) -> Sequence[str]:
        if self.rng.random() < 0.15:
            self.fate.hits["two-channels"] += 1
            return ("echo", "mail")
        return ("echo",)

    def _channel(self, name: str) -> EchoChannel:
        rng = self.rng
        pace, mood = drawn_pace(rng, self.town.wave), Mood.drawn(rng, self.town.keys)
        channel = EchoChannel(name, self.fate, self.schedule, pace, mood)
        channel.on_gone(self.audience.without)
        return channel

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
            expires=moment_of(expires),
            send_at=None if send_at is None else moment_of(send_at),
            sound_at=None if sound_at is None else moment_of(sound_at),
        )

    def _arrange(self) -> None:
        """An alert that was approved just now, and all that will happen from outside."""
        rng, at = self.rng, self.schedule.at
        self.alerts.put(
            alert(
                ALERT,
                content=self.content,
                state=State.SCHEDULED,
                generation=1,
                revision=3,
                approved=moment_of(0),
            )
        )
        if self.content.send_at is None:
            for _ in range(self._starters()):
                at(
                    rng.random() * 0.3,
                    lambda: self._spawn("start", lambda: start_alert(self.ports, ALERT, 1)),
                )
        if rng.random() < 0.25:
            self.fate.hits["cancel"] += 1
            at(rng.choice((0.5, 5.0, 60.0, 600.0)) * rng.random(), lambda: self._staff(self._call_off))
        if self.content.send_at is not None and rng.random() < 0.3:
            at(rng.uniform(0, 250), lambda: self._staff(self._take_back))
        if rng.random() < 0.2:
            self.fate.hits["movers"] += 1
            at(rng.choice((0.5, 5.0, 60.0)) * rng.random(), lambda: self.audience.move(rng))
        at(rng.uniform(0, 120), self._sweep)

    def _starters(self) -> int:
        luck = self.rng.random()
        if luck < 0.1:
            self.fate.hits["lost-call"] += 1
            return 0
        if luck < 0.25:
            self.fate.hits["two-starters"] += 1
            return 2
        return 1

    # ---- Workers -------------------------------------------------------------------------------------

    def _spawn(
        self, service: str, work: Callable[[], None], failed: Callable[[], None] | None = None
    ) -> None:
        """`failed`: it is to come back."""
        self._workers += 1
        worker = Worker(service, self._workers, self.skews[self._workers % 3])
        self.schedule.begin(worker, lambda: self._work(work, failed))

    def _work(self, work: Callable[[], None], failed: Callable[[], None] | None) -> None:
        try:
            work()
        except AlertOnlineError as error:
            if not error.retry_helps:
                self.defects.append(f"dropped: {error!r}")
            elif failed is not None:
                failed()
        except DiedError:
            if failed is not None:
                failed()
        except Exception as error:  # noqa: BLE001  whatever it is, it is a defect
            self.defects.append(f"defect: {error!r}")
        self.fate.note("end")

    def _dispatched(self, task: Task, attempts: int = 0) -> None:
        def again() -> None:
            wait = min(2.0**attempts, 60.0)
            self.schedule.at(self.schedule.now + wait, lambda: self._dispatched(task, attempts + 1))

        self._spawn(task.function, lambda: self._serve(task), again)

    def _serve(self, task: Task) -> None:
        payload, ports = task.payload, self.ports
        alert_id, generation = str(payload["alert"]), int(payload["generation"])
        match task.function:
            case "start_alert":
                start_alert(ports, alert_id, generation)
            case "begin_delivery":
                begin_delivery(ports, DeliveryRef(alert_id, str(payload["delivery"])), generation)
            case "deliver_slice":
                ref = DeliveryRef(alert_id, str(payload["delivery"]))
                deliver_slice(ports, ref, generation, int(payload["slice"]), int(payload["attempt"]))
            case "expire_alert":
                expire_alert(ports, alert_id, generation)

    # ---- Events --------------------------------------------------------------------------------------

    def _written(self, alert: Alert) -> None:
        if alert.state in (State.CANCELLED, State.EXPIRED):
            self.ended_at = min(self.ended_at, self.schedule.now)
            self.cancelled = self.cancelled or alert.state is State.CANCELLED
        if alert.state is State.DRAFT:
            wait = self.rng.uniform(1, 60)
            self.schedule.at(self.schedule.now + wait, lambda: self._staff(self._approve_again))
        fault = self.fate.event()
        late = self.rng.choice((5.0, 60.0, 600.0)) if fault == "late-event" else 1.0
        if fault != "lost-event":
            self._event(late * self.rng.random())
        if fault == "doubled-event":
            self._event(30 * self.rng.random())

    def _event(self, after: float, attempts: int = 0) -> None:
        def again() -> None:
            self._event(min(2.0**attempts, 60.0), attempts + 1)

        self.schedule.at(
            self.schedule.now + after, lambda: self._spawn("trigger", self._on_alert_written, again)
        )

    def _on_alert_written(self) -> None:
        """As functions/on_alert_written.py does."""
        ports = self.ports
        enqueue_due(ports, ALERT)
        publish_alert(
            ALERT, alerts=ports.alerts, published=ports.published, signer=Unsigned(), clock=ports.clock
        )

    # ---- People --------------------------------------------------------------------------------------

    def _staff(self, step: Callable[[], None], patience: int = 20) -> None:
        """A person tries again until it is done, whatever answer got lost."""

        def again() -> None:
            if patience:
                self.schedule.at(self.schedule.now + 2.0, lambda: self._staff(step, patience - 1))

        self._spawn("staff", step, again)

    def _call_off(self) -> None:
        """Whatever the state: only what nobody approved, or what is over, may refuse it."""
        random.seed(self.rng.random())  # of the pauses between attempts
        with suppress(WrongState, PreconditionRequired):
            cancel_alert(self._staff_ports, ALERT, None, STAFF)

    def _take_back(self) -> None:
        """A scheduled alert becomes a draft again, is changed, and approved for another moment."""
        known = self.alerts.get(ALERT)
        if known is None or known.value.state is not State.SCHEDULED:
            return
        self.alerts.replace(known, replace(known.value, state=State.DRAFT, version=2), None)

    def _approve_again(self) -> None:
        known = self.alerts.get(ALERT)
        if known is None or known.value.state is not State.DRAFT:
            return
        self.fate.hits["edited"] += 1
        moment = moment_of(self.schedule.now + self.rng.uniform(10, 200))
        if moment >= known.value.content.expires:
            moment = known.value.content.expires - timedelta(seconds=1)
        self.content = replace(known.value.content, send_at=moment)
        after = replace(
            known.value,
            state=State.SCHEDULED,
            content=self.content,
            generation=2,
            approved=self.ports.clock.now(),
        )
        self.alerts.replace(known, after, None)

    # ---- The sweep -----------------------------------------------------------------------------------

    def _sweep(self) -> None:
        """Every minute or more, as long as anything may be left to repair."""
        now = self.schedule.now
        wakes = self._wakes()
        if now > PATIENCE and wakes and min(wakes) < PATIENCE:
            return
        if wakes and min(wakes) <= now:
            self._spawn("sweep", self._repair)
            if self.rng.random() < 0.1:
                self.fate.hits["two-sweeps"] += 1
                self.schedule.at(now + self.rng.random(), lambda: self._spawn("sweep", self._repair))
        if wakes:
            self.schedule.at(max(now, min(wakes)) + self.rng.uniform(60, 200), self._sweep)

    def _wakes(self) -> list[float]:
        """When what is stored asks to be looked after, as the real sweep's queries ask."""
        known = self.alerts.documents[ALERT].value
        moments = [wake(known), *(item.value.wake() for item in self.deliveries.documents.values())]
        wakes = [seconds_of(moment) for moment in moments if moment]
        if known.state is State.DRAFT or (is_public(known) and not self.published.says(known)):
            wakes.append(self.schedule.now)
        return wakes

    def _repair(self) -> None:
        """The steps of the real one that see to alerts and deliveries, one after the other as it does."""
        run = Run(self._sweep_ports)
        for name in STEPS:
            tally = Tally()
            with suppress(AlertOnlineError):
                REPAIRS[name](run, tally)
            self.repaired[name] += tally.acted


def _staff_ports(ports: DeliveryPorts) -> AlertPorts:
    unused: object = None
    return AlertPorts(
        alerts=ports.alerts,
        municipalities=unused,  # type: ignore[arg-type]
        caller=unused,  # type: ignore[arg-type]
        clock=ports.clock,
        channels=ports.channels,
    )


def _sweep_ports(ports: DeliveryPorts, fate: Fate) -> SweepPorts:
    unused: object = None
    return SweepPorts(
        **{name: getattr(ports, name) for name in ports.__dataclass_fields__},
        residents=unused,  # type: ignore[arg-type]
        boundaries=unused,  # type: ignore[arg-type]
        walk=unused,  # type: ignore[arg-type]
        cursors=Cursors(fate),
        traces=unused,  # type: ignore[arg-type]
        accounts=unused,  # type: ignore[arg-type]
        signer=Unsigned(),
        reachable=lambda entry: bool(entry.devices),
    )
