"""An office whose staff are called, under a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from shared.domain.alert import State
from shared.domain.call import LEASE, Call
from shared.domain.duty import WEEKDAYS, DutyRow, Roster
from shared.ports import Task
from shared.services.calls.call_ports import CallPorts
from shared.services.calls.call_tasks import ask_tell
from shared.services.calls.run_call import run_call
from shared.services.calls.tell import tell
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC, alert, content
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.calls import FakeCallStore, FakeDutyStore
from tests.fakes.clock import FakeClock
from tests.fakes.delivery import FakeDeliveryStore
from tests.fakes.faults import DiedError, Faults
from tests.fakes.mail import FakeMailSender
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.fakes.sms import FakeSmsSender
from tests.fakes.staff import FakeStaffStore, record
from tests.fakes.tasks import FakeTaskQueue

DEPUTY, THIRD = "uid-ewa", "uid-jan"
PHONES = {APPROVER.uid: "+48600100201", DEPUTY: "+48600100202", THIRD: "+48600100203"}


def all_week(first: str, deputy: str) -> Roster:
    return Roster(TERC, tuple(DutyRow(day, "00:00", "00:00", first, deputy) for day in WEEKDAYS), 1)


def person(uid: str, *roles: str):
    phone = PHONES.get(uid, "")
    return replace(record(*roles), uid=uid, name=uid, email=f"{uid}@urzad.example", phone=phone)


class Mortal:
    """A provider in whose calls the process may die."""

    def __init__(self, sender, name: str, faults: Faults) -> None:
        self._sender, self._name, self._faults = sender, name, faults

    def send(self, *given: str):
        return self._faults.around(f"{self._name}.handed", lambda: self._sender.send(*given))


class CallWorld:
    def __init__(self, faults: Faults | None = None) -> None:
        self.clock = FakeClock()
        self.sms, self.mail = FakeSmsSender(), FakeMailSender()
        self.alerts, self.calls, self.duty = FakeAlertStore(), FakeCallStore(), FakeDutyStore()
        self.delivery = FakeDeliveryStore(self.alerts)
        self.tasks = FakeTaskQueue(self.clock)
        people = {
            AUTHOR.uid: person(AUTHOR.uid, "author"),
            APPROVER.uid: person(APPROVER.uid, "approver"),
            DEPUTY: person(DEPUTY, "crisis"),
            THIRD: person(THIRD, "approver"),
        }
        self.staff = FakeStaffStore(people)
        self.duty.put(None, all_week(APPROVER.uid, DEPUTY))
        self.faults = faults or Faults()
        wrap = self.faults.wrap
        self.ports = CallPorts(
            alerts=self.alerts,
            delivery=self.delivery,
            staff=self.staff,
            calls=wrap(self.calls, "calls"),
            duty=self.duty,
            tasks=wrap(self.tasks, "tasks"),
            municipalities=FakeMunicipalityStore(),
            clock=self.clock,
            mail=lambda: Mortal(self.mail, "mail", self.faults),
            sms=lambda: Mortal(self.sms, "sms", self.faults),
        )

    def put(self, **changes: object):
        """The alert as somebody wrote it, and the event of it."""
        now = self.clock.now()
        told: dict[str, Any] = {
            "content": content(expires=now + timedelta(days=2)),
            "updated": now,
            **changes,
        }
        written = alert(**{**told, "state": State(told["state"])})
        self.alerts.put(written)
        ask_tell(self.tasks, written)
        return written

    def run(self, until: timedelta, act: Callable[[Task], None] | None = None) -> None:
        """Every task that is due within that time; what fails comes back."""
        end = self.clock.now() + until
        for _ in range(10_000):
            due = [item.at for item in self.tasks.waiting]
            if not due or min(due) > end:
                break
            self.tasks.run_next(act or self._work)
        if self.clock.now() < end:
            self.clock.advance(end - self.clock.now())

    def _work(self, task: Task) -> None:
        try:
            if "alert" in task.payload:
                tell(self.ports, str(task.payload["alert"]))
            else:
                run_call(self.ports, str(task.payload["call"]), str(task.payload["at"]))
        except DiedError:
            self.clock.advance(LEASE)  # nobody hears of it before the queue asks again
            raise

    def numbers(self) -> list[str]:
        return [sent.to for sent in self.sms.sent]

    def call(self, kind: str) -> Call:
        (found,) = [one.value for one in self.calls.kept.values() if one.value.kind == kind]
        return found
