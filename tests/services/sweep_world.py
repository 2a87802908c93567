"""A delivery on fakes that only `sweep` looks after: nobody else brings back what was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from shared.ports import Task
from shared.services.coverage.coverage_ports import CoveragePorts
from shared.services.sweep.send_heartbeats import queues
from shared.services.sweep.sweep import Report, sweep
from shared.services.sweep.sweep_ports import Limits, SweepPorts
from tests.fakes.accounts import FakeAccountStore
from tests.fakes.anchors import FakeAnchorStore
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.audit import FakeAuditLog
from tests.fakes.coverage import FakeCoverageStore, FakePhoneRegister
from tests.fakes.cursors import FakeCursorStore
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.fakes.reachable import has_device
from tests.fakes.resident_walk import FakeResidentWalk
from tests.fakes.residents import FakeResidentStore
from tests.fakes.traces import FakeTraceStore
from tests.services.delivery_world import World

MINUTE = timedelta(minutes=1)


@dataclass
class SweptWorld(World):
    residents: FakeResidentStore = field(default_factory=FakeResidentStore)
    municipalities: FakeMunicipalityStore = field(default_factory=FakeMunicipalityStore)
    cursors: FakeCursorStore = field(default_factory=FakeCursorStore)
    traces: FakeTraceStore = field(default_factory=FakeTraceStore)
    accounts: FakeAccountStore = field(default_factory=FakeAccountStore)
    coverage: FakeCoverageStore = field(default_factory=FakeCoverageStore)
    audit: FakeAuditLog | None = None
    anchors: FakeAnchorStore = field(default_factory=FakeAnchorStore)
    remind_trial: Callable[[str], str | None] | None = None
    limits: Limits = field(default_factory=Limits)
    areas: FakeAreaLibrary | None = None
    counted: FakeAreaLibrary = field(default_factory=FakeAreaLibrary)  # whose coverage is counted

    def __post_init__(self) -> None:
        super().__post_init__()
        self.walk = FakeResidentWalk(self.residents, self.audience)
        self.phones = FakePhoneRegister(self.audience)
        wrapped = {
            name: getattr(self.ports, name)
            for name in (
                "alerts",
                "delivery",
                "tasks",
                "clock",
                "channels",
                "published",
                "summaries",
                "audience",
            )
        }
        self.sweep_ports = SweepPorts(
            **wrapped,
            residents=self.residents,
            reachable=has_device,
            municipalities=self.municipalities,
            walk=self.walk,
            cursors=self.cursors,
            traces=self.traces,
            accounts=self.accounts,
            signer=self.signer,
            areas=self.areas,
            audit=self.audit,
            anchors=self.anchors,
            remind_trial=self.remind_trial,
            coverage=CoveragePorts(
                self.counted,
                self.audience,
                self.municipalities,
                self.phones,
                self.residents,
                self.walk,
                self.coverage,
                self.clock,
            ),
            limits=self.limits,
        )

    def sweep(self) -> Report:
        return sweep(self.sweep_ports)

    def lose_tasks(self) -> None:
        """All that wait; their names stay taken, as after 24 hours of failures."""
        self.tasks.waiting = []

    def run(self, task: Task) -> None:
        if "heartbeat" not in task.payload:
            super().run(task)

    def live(self, span: timedelta, tasks: bool = True) -> list[Report]:
        """A sweep every minute, and in between the tasks that are due; no event is ever delivered."""
        reports, end = [], self.clock.now() + span
        while self.clock.now() < end:
            reports.append(self.sweep())
            minute = self.clock.now() + MINUTE
            while tasks and any(item.at <= minute for item in self.tasks.waiting):
                self.tasks.run_next(self.run)
            self.clock.advance(max(timedelta(), minute - self.clock.now()))
        return reports


def queue_of(world: World) -> dict[str, str]:
    """Each queue with the function behind it."""
    return dict(queues(world.ports.channels.values()))


def repaired(reports: list[Report], step: str) -> int:
    return sum(report.steps[step].acted for report in reports)


QUEUES = queue_of(World())
