"""Runs one after the other; those of a batch are judged together, once nothing moves any more."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

from infra.local.stack import Stack
from shared.domain.audience import AudienceEntry
from tests.chaos.evidence import audience_of, delivery_of, following, gather
from tests.chaos.media import Medium
from tests.chaos.movers import Movers
from tests.chaos.plan import Plan
from tests.chaos.saboteur import Saboteur
from tests.chaos.staff import Staff
from tests.chaos.town import Town
from tests.chaos.verdict import Verdict, judge
from tests.clients.staff import StaffClient

STUCK = 240.0  # seconds from the approval: longer, and the alert counts as stuck
STUCK_LEASES = 60  # on a machine whose leases are longer
QUIET = 180.0  # seconds for the last repetitions to run out
LOOK_EVERY = 0.05  # seconds between two looks at the alert
STEP = 0.01
ARRIVALS = 4  # new movers per run with movers
LATER = frozenset({"expire", "call"})  # queues in which an alert has tasks for hours ahead
OVER = frozenset({"done", "stopped", "failed"})  # states of a delivery


@dataclass(frozen=True)
class Sent:
    plan: Plan
    alert: str
    seconds: float  # from the approval until everybody was told
    asked: int  # approvals
    audience: Sequence[AudienceEntry]  # of the delivery's moment, if it came to that
    before: str | None = None  # the alert that this one follows


class Chaos:
    def __init__(self, stack: Stack, town: Town, medium: Medium, lease: float) -> None:
        """`lease`: seconds."""
        self._stack, self._town, self._medium = stack, town, medium
        self._staff = Staff(StaffClient(stack.address("hosting"), stack.staff_token))
        self._patience = max(STUCK, STUCK_LEASES * lease)
        self.saboteur = Saboteur(stack, medium, lease)
        self.movers = Movers(stack, town)

    def send(self, plan: Plan) -> Sent:
        """One run; ends with everything running again, whatever became of the alert."""
        dice = plan.dice
        where = self._town.where(dice)
        if plan.movers:
            self.movers.arrive(dice, ARRIVALS)
        with self._moving(plan):
            return self._sent(plan, where, dice)

    def _sent(self, plan: Plan, where: dict[str, Any], dice: random.Random) -> Sent:
        addresses = self._town.addresses_in(where)
        before = self._begin_thread(plan, where, addresses)
        if before and plan.follows:
            where = self._town.where(dice)
            alert, etag = self._staff.followed(before, plan.follows.what, where, plan.severity)
        else:
            alert, etag = self._staff.submitted(where, plan.severity)
        alert_id = str(alert["id"])
        self.saboteur.begin(plan, alert_id, addresses, alert["severity"] in ("Severe", "Extreme"))
        began = time.monotonic()
        with ThreadPoolExecutor(1) as pool:
            approval = pool.submit(self._staff.approve, alert_id, etag)
            self._watch(alert_id, approval, began + self._patience)
            seconds = time.monotonic() - began
            self.saboteur.end()
        audience = audience_of(self._medium, alert_id)
        return Sent(plan, alert_id, seconds, approval.result(), audience, before)

    def _begin_thread(self, plan: Plan, where: dict[str, Any], addresses: int) -> str | None:
        """The alert that is followed, sent in calm as far as the plan says; None: there is only one."""
        if plan.follows is None:
            return None
        alert, etag = self._staff.submitted(where, plan.severity)
        alert_id, ends = str(alert["id"]), time.monotonic() + self._patience
        self._staff.approve(alert_id, etag)
        while self.state(alert_id) not in OVER and time.monotonic() < ends:
            if plan.follows.share < 1 and self._medium.count(alert_id) >= plan.follows.share * addresses:
                break
            time.sleep(STEP)
        return alert_id

    def _watch(self, alert_id: str, approval: Future[int], ends: float) -> None:
        """Faults at their moments until the delivery is over, or time is up."""
        look = 0.0
        while time.monotonic() < ends:
            self.saboteur.step()
            if time.monotonic() >= look:
                look = time.monotonic() + LOOK_EVERY
                if approval.done() and self.state(alert_id) in OVER:
                    return
            time.sleep(STEP)

    def state(self, alert_id: str) -> str:
        found = delivery_of(self._medium, alert_id).get(["state"]).to_dict() or {}
        return str(found.get("state"))

    @contextmanager
    def _moving(self, plan: Plan) -> Iterator[None]:
        if not plan.movers:
            yield
            return
        over = threading.Event()
        with ThreadPoolExecutor(1) as pool:
            life = pool.submit(self.movers.live, plan.dice, over)
            try:
                yield
            finally:
                over.set()
            life.result()

    def settle(self) -> dict[str, int]:
        """Waits until no event and no task is left to repeat; what is left after all. Empty: it is quiet."""
        ends = time.monotonic() + QUIET
        while (left := self._left()) and time.monotonic() < ends:
            time.sleep(0.1)
        return left

    def _left(self) -> dict[str, int]:
        events = _control(self._stack.address("eventarc"))["functions"]
        queues = _control(self._stack.address("tasks_control"))["queues"]
        left = {name: counts["pending"] + counts["in_flight"] for name, counts in events.items()}
        left |= {
            name: counts["waiting"] + counts["in_flight"]
            for name, counts in queues.items()
            if name not in LATER
        }
        return {name: count for name, count in left.items() if count}

    def judged(self, sent: Sequence[Sent]) -> Iterator[tuple[Sent, Verdict]]:
        """Verdicts on runs that have settled; what the channel recorded is forgotten afterwards."""
        for run in sent:
            audience = run.audience or audience_of(self._medium, run.alert)
            gathered = gather(self._medium, run.alert, audience, self.movers.gone)
            if run.before:
                gathered = following(gathered, run.alert, run.before, audience)
            yield run, judge(gathered)
        self._medium.forget()


def _control(address: str) -> dict[str, dict[str, dict[str, int]]]:
    found: dict[str, dict[str, dict[str, int]]] = requests.get(f"{address}/control", timeout=30).json()
    return found
