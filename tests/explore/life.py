"""The life of one alert in one seed: starters, tasks, events, sweeps, people, until nothing is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import inf

from shared.domain.alert import Alert, State
from shared.domain.delivery import DeliveryRef
from shared.errors import AlertOnlineError
from shared.ports import Task
from shared.services.delivery.begin_delivery import begin_delivery
from shared.services.delivery.deliver_slice import deliver_slice
from shared.services.delivery.enqueue_due import enqueue_due
from shared.services.delivery.expire_alert import expire_alert
from shared.services.delivery.start_alert import start_alert
from shared.services.publishing.publish_alert import publish_alert
from tests.explore.people import approve_again, call_off, take_back
from tests.explore.repairs import Unsigned, repair, sweep_ports, wakes
from tests.explore.trace import Trace
from tests.explore.virtual import DiedError, Worker, moment_of
from tests.explore.world import ALERT, World
from tests.fakes.alert_values import alert

PATIENCE = 6 * 3600.0  # seconds: whatever is not done by then never is
LONGEST_BACK_OFF = 60.0  # seconds


class Life(World):
    def __init__(self, seed: int, trace: Trace | None = None) -> None:
        super().__init__(seed, trace)
        self.defects: list[str] = []
        self.ended_at, self.cancelled = inf, False
        self.repaired = Counter[str]()  # by step of the sweep
        self.unrepaired = 0
        self._sweep_ports = sweep_ports(self.ports, self.fate)
        self._workers = 0
        self._arrange()

    def run(self) -> None:
        """Raises NeverEndsError."""
        self.schedule.run()

    def _arrange(self) -> None:
        """An alert that was approved just now, and all that will happen from outside."""
        rng, at, content = self.rng, self.schedule.at, self.content
        scheduled = alert(ALERT, content=content, state=State.SCHEDULED, generation=1, approved=moment_of(0))
        self.alerts.put(scheduled)
        for _ in range(self._starters()):
            at(rng.random() * 0.3, self._called)
        if rng.random() < 0.25:
            self.fate.hits["cancel"] += 1
            at(rng.choice((0.5, 5.0, 60.0, 600.0)) * rng.random(), lambda: self._staff(call_off))
        if content.send_at is not None and rng.random() < 0.3:
            at(rng.uniform(0, 250), lambda: self._staff(take_back))
        if rng.random() < 0.2:
            self.fate.hits["movers"] += 1
            at(rng.choice((0.5, 5.0, 60.0)) * rng.random(), lambda: self.audience.move(rng))
        at(rng.uniform(0, 120), self._sweep)

    def _starters(self) -> int:
        """Direct calls of an alert that is due at once."""
        luck = self.rng.random()
        if self.content.send_at is not None:
            return 0
        if luck < 0.1:
            self.fate.hits["lost-call"] += 1
            return 0
        if luck < 0.25:
            self.fate.hits["two-starters"] += 1
            return 2
        return 1

    def _called(self) -> None:
        self._spawn("start", lambda: start_alert(self.ports, ALERT, 1))

    # ---- Workers -------------------------------------------------------------------------------------

    def _spawn(
        self, service: str, work: Callable[[], None], failed: Callable[[], None] | None = None
    ) -> None:
        """`failed`: it is to come back."""
        self._workers += 1
        process = self._workers % len(self.skews)
        worker = Worker(service, self._workers, self.skews[process])
        worker.older = process == self.older
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
            wait = min(2.0**attempts, LONGEST_BACK_OFF)
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
            self.schedule.at(self.schedule.now + wait, lambda: self._staff(approve_again))
        fault = self.fate.event()
        late = self.rng.choice((5.0, 60.0, 600.0)) if fault == "late-event" else 1.0
        if fault != "lost-event":
            self._event(alert.id, late * self.rng.random())
        if fault == "doubled-event":
            self._event(alert.id, 30 * self.rng.random())

    def _event(self, about: str, after: float, attempts: int = 0) -> None:
        def again() -> None:
            self._event(about, min(2.0**attempts, LONGEST_BACK_OFF), attempts + 1)

        def work() -> None:
            self._on_alert_written(about)

        self.schedule.at(self.schedule.now + after, lambda: self._spawn("trigger", work, again))

    def _on_alert_written(self, about: str) -> None:
        """As functions/on_alert_written.py does."""
        ports = self.ports
        enqueue_due(ports, about)
        publish_alert(
            about, alerts=ports.alerts, published=ports.published, signer=Unsigned(), clock=ports.clock
        )

    # ---- People and the sweep ------------------------------------------------------------------------

    def _staff(self, step: Callable[[World], None], patience: int = 20) -> None:
        """A person tries again until it is done, whatever answer got lost."""

        def again() -> None:
            if patience:
                self.schedule.at(self.schedule.now + 2.0, lambda: self._staff(step, patience - 1))

        self._spawn("staff", lambda: step(self), again)

    def _sweep(self) -> None:
        """Every minute or more, as long as anything may be left to repair."""
        now, moments = self.schedule.now, wakes(self)
        if not moments or (now > PATIENCE and min(moments) < PATIENCE):
            return
        if min(moments) <= now:
            self._spawn("sweep", self._repair)
            if self.rng.random() < 0.1:
                self.fate.hits["two-sweeps"] += 1
                self.schedule.at(now + self.rng.random(), lambda: self._spawn("sweep", self._repair))
        self.schedule.at(max(now, min(moments)) + self.rng.uniform(60, 200), self._sweep)

    def _repair(self) -> None:
        for name, tally in repair(self._sweep_ports).items():
            self.repaired[name] += tally.acted
            self.unrepaired += tally.failed
