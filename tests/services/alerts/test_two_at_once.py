"""Two of the staff at one alert at once, each with what they last saw: whatever they do in whatever order,
and whatever comes between a reading and its writing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from shared.domain.alert import Alert, Content, State
from shared.domain.lifecycle import Action
from shared.errors import AlertOnlineError, Conflict
from shared.formats.content_json import read_content
from shared.ports import Staff, Versioned
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.alerts.decide_submitted import reject_alert, return_alert
from shared.services.alerts.edit_alert import edit_alert
from shared.services.alerts.extend_alert import extend_alert
from shared.services.alerts.send_alone import send_now
from shared.services.alerts.stop_alert import stop_alert
from shared.services.alerts.submit_alert import submit_alert
from shared.services.delivery.start_alert import start_alert
from tests.fakes.alert_values import alert
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF
from tests.services.delivery_world import World

BOTH = ("ewa", "kasia")  # between them every role about alerts
SENDS = (Action.APPROVE, Action.SEND_NOW)


class Raced(FakeAlertStore):
    """Somebody else writes after the alert was read, before it is written."""

    between: Callable[[], None] | None = None

    def replace(self, before: Versioned[Alert], after: Alert, *rest: Any) -> Versioned[Alert]:
        between, self.between = self.between, None
        if between is not None:
            between()
        return super().replace(before, after, *rest)


class TwoAtOnce(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.world = World(alerts=Raced())
        self.world.populate(3)
        self.office = StaffApi(alerts=self.world.alerts, clock=self.world.clock)
        self.world.alerts.put(alert(author=STAFF["anna"].person, writers=("uid-anna",)))
        self.seen: dict[str, tuple[int, Content]] = {}
        for who in BOTH:
            self.look(who)
        self.written = 0

    @property
    def now(self) -> Alert:
        return self.world.alert()

    @rule(who=st.sampled_from(BOTH))
    def look(self, who: str) -> None:
        self.seen[who] = (self.now.revision, self.now.content)

    @rule(who=st.sampled_from(BOTH), what=st.sampled_from(sorted(set(Action))))
    def act(self, who: str, what: Action) -> None:
        self._do(who, what)

    @rule(
        first=st.sampled_from(BOTH),
        one=st.sampled_from(sorted(set(Action))),
        other=st.sampled_from(sorted(set(Action))),
    )
    def race(self, first: str, one: Action, other: Action) -> None:
        second = next(who for who in BOTH if who != first)
        store = self.world.alerts
        assert isinstance(store, Raced)
        store.between = lambda: self._do(second, other)
        self._do(first, one)
        store.between = None

    @rule()
    def start(self) -> None:
        with suppress(Conflict):
            start_alert(self.world.ports, "a1", self.now.generation)

    @rule(minutes=st.sampled_from((1, 20)))
    def wait(self, minutes: int) -> None:
        self.world.clock.advance(timedelta(minutes=minutes))

    def _do(self, who: str, what: Action) -> None:
        step = self._steps(who).get(what)
        if step is None:
            return
        revision, content = self.seen[who]
        try:
            after = step(self.office.ports, "a1", revision, STAFF[who])
        except AlertOnlineError:
            return
        if what not in (Action.CANCEL, Action.STOP):
            assert after.revision == revision + 1, f"{what}: a change was lost"
        if what in SENDS:
            kept = replace(after.content, send_at=content.send_at, covers=content.covers)
            assert kept == content, f"{what}: content that {who} has not seen"
            assert after.generation == len(self._sendings())

    def _sendings(self) -> list[object]:
        return [one for one in self.world.alerts.history("a1") if one.action in SENDS]

    def _steps(self, who: str) -> dict[Action, Callable[[Any, str, int, Staff], Alert]]:
        self.written += 1
        form, later = read_content(water(area_name=f"ul. {self.written}")), self.now.content.expires

        def because(step: Any) -> Callable[[Any, str, int, Staff], Alert]:
            return lambda *about: step(*about, "powód")

        return {
            Action.EDIT: lambda ports, one, seen, staff: edit_alert(ports, one, seen, staff, form),
            Action.SUBMIT: submit_alert,
            Action.APPROVE: approve_alert,
            Action.RETURN: because(return_alert),
            Action.REJECT: because(reject_alert),
            Action.SEND_NOW: because(send_now),
            Action.CANCEL: cancel_alert,
            Action.STOP: stop_alert,
            Action.EXTEND: lambda ports, one, seen, staff: extend_alert(
                ports, one, seen, staff, later + timedelta(hours=1)
            ),
        }

    @invariant()
    def nobody_is_told_twice_nor_what_nobody_approved(self) -> None:
        if not hasattr(self, "world"):
            return
        starts = [one for one in self.world.alerts.history("a1") if one.action == Action.START]
        assert len(starts) <= 1
        assert max(self.world.pushed.values(), default=0) <= 1
        if self.now.state is State.ACTIVE:
            assert self._sendings()
        if self.world.pushed:
            assert starts


TestTwoAtOnce = TwoAtOnce.TestCase
TestTwoAtOnce.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
