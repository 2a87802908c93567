"""An office that approves and what sends, on the same alerts, people and register."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from shared.domain.alert import Alert, Severity, State
from shared.domain.approval import Confirmed
from shared.domain.content_digest import content_digest
from shared.domain.matters import matters
from shared.services.alerts.approve_alert import approve_alert
from shared.services.delivery.start_alert import start_alert
from tests.fakes.alert_values import alert
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.delivery import FakeDeliveryStore
from tests.fakes.municipalities import square
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF
from tests.services.delivery_world import World, area_content

ANNA, PIOTR, KASIA = (STAFF[name] for name in ("anna", "piotr", "kasia"))
LAT, LNG, HALF = 49.834, 19.934, 0.002  # degrees; of ulica Różana, 42 houses, the area holds those near
AREA = square(LAT, LNG, HALF)
HOUSES = 21
ELSEWHERE = 49.87, 19.965  # in the village
GRAVE = (Severity.SEVERE, Severity.EXTREME)
LESSER = (Severity.MINOR, Severity.MODERATE)
SECOND = timedelta(seconds=1)


class HookedDelivery(FakeDeliveryStore):
    """Lets a test do something right after a step was committed."""

    after_start: Any = None
    after_plan: Any = None

    def start(self, *given: Any) -> Any:
        made = super().start(*given)
        if self.after_start:
            self.after_start()
        return made

    def plan(self, *given: Any) -> None:
        super().plan(*given)
        if self.after_plan:
            self.after_plan()


class Town:
    """`people` live in the area, each with a phone; as many in the village, whom nothing concerns."""

    def __init__(self, people: int = 12, **content: Any) -> None:
        alerts = FakeAlertStore()
        self.hooks = HookedDelivery(alerts)
        self.world = World(alerts=alerts, delivery=self.hooks)
        self.office = StaffApi(alerts=self.world.alerts, clock=self.world.clock)
        self.ports = replace(self.office.ports, audience=lambda: self.world.audience)
        self.world.ports = replace(self.world.ports, areas=self.office.areas)
        self.moved_in = 0
        self.move_in(people)
        for number in range(people):
            self.world.add(f"far{number}", ELSEWHERE, meant=False)
        told = area_content(**{"area": AREA, **content})
        self.office.alerts.put(alert("a1", content=told, state=State.SUBMITTED, settled=True))

    @property
    def alert(self) -> Alert:
        return self.world.alert()

    @property
    def register(self) -> FakeAreaLibrary:
        return self.office.areas

    def move_in(self, people: int, meant: bool = True) -> None:
        for _ in range(people):
            self.moved_in += 1
            shift = (self.moved_in % 7 - 3) * HALF / 5
            self.world.add(f"u{self.moved_in}", (LAT + shift, LNG - shift), meant=meant)

    def move_out(self, people: int) -> None:
        """The latest first."""
        for _ in range(people):
            uid = f"u{self.moved_in}"
            self.world.audience.documents.pop(f"{uid}.1")
            self.world.expected.discard(f"{uid}-1")
            self.moved_in -= 1

    def approve(self, confirmed: Confirmed | None = None) -> Alert:
        return approve_alert(self.ports, "a1", self.alert.revision, PIOTR, confirmed=confirmed)

    def start(self) -> None:
        """And all that follows from it, until nothing is left to do."""
        self.world.clock.advance(SECOND)
        self.world.attempt(lambda: start_alert(self.world.ports, "a1", self.alert.generation))
        self.world.run_all(until=timedelta(hours=2))

    def alter(self, **content: Any) -> None:
        """What is stored becomes other than it was, whoever did it; no revision tells."""
        known = self.alert
        self.office.alerts.put(replace(known, content=replace(known.content, **content)))

    @property
    def whys(self) -> list[str]:
        history = self.office.alerts.history("a1")
        return [one.details["why"] for one in history if one.action == "hold"]

    def called(self) -> set[tuple[str, str]]:
        """What staff are told, each with whom it names."""
        history, now = self.office.alerts.history("a1"), self.world.clock.now()
        found = matters(self.alert, history, False, now)
        return {(one.news or one.kind.value, uid) for one in found for uid in one.named or ("",)}

    def published_other_than(self, digest: str) -> list[Alert]:
        """Copies that were public in words that nobody approved."""
        return [one for one in self.world.published.writes if content_digest(one.terc, one.content) != digest]
