"""Carries a plan out: kills and disturbs the running stack at the planned moments."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import requests

from infra.local.stack import Stack
from tests.chaos.media import Medium
from tests.chaos.plan import (
    CALM,
    DELIVERER,
    STARTER,
    Fault,
    Halt,
    Kill,
    Moment,
    Plan,
    Trouble,
    WrongClock,
)

LATENCY_MS = 40  # FCM's: waves take long enough to be hit
PROMPT = 5.0  # seconds for a control request
CONTROLS = {
    "eventarc": ("POST", "eventarc", "/control"),
    "tasks": ("POST", "tasks_control", "/control"),
    "firestore": ("POST", "firestore_faults_control", "/control"),
    "fcm": ("PUT", "fcm_control", "/behaviour"),
}
CALM_SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "eventarc": CALM,
    "tasks": CALM,
    "firestore": {"rates": {}},
    "fcm": {"latency_ms": LATENCY_MS},
}


class Saboteur:
    """`begin` a plan, `step` often, `end` it: then everything runs and behaves again."""

    def __init__(self, stack: Stack, medium: Medium, lease: float) -> None:
        """`lease`: seconds."""
        self._stack, self._medium, self._lease = stack, medium, lease
        self._session = requests.Session()
        self._session.trust_env = False
        self._unset: dict[str, Mapping[str, Any]] = {}  # settings that a part does not know yet
        self._counted: dict[str, Counter[str]] = {}  # what a part says it provoked, since its start
        self.provoked: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.late: Counter[str] = Counter()

    def begin(self, plan: Plan, alert: str, addresses: int, urgent: bool) -> None:
        """`addresses`: how many are expected, for moments that are shares of them."""
        self._alert, self._addresses = alert, max(1, addresses)
        self._roles = {
            STARTER: "start_urgent" if urgent else "start_alert",
            DELIVERER: "deliver_urgent" if urgent else "deliver_slice",
        }
        self._waiting: list[Fault] = list(plan.faults)
        self._troubles: dict[str, float] = {}  # part -> monotonic end
        self._halted: dict[str, float] = {}  # program -> monotonic end
        self._wrong_clocks: set[str] = set()
        self._settings = {**CALM_SETTINGS, "eventarc": plan.events, "tasks": plan.tasks}
        self._unset = dict(self._settings)
        self._unset["firestore"] = {"rates": {}, "seed": plan.number}
        self._set_what_can_be()
        self._began = time.monotonic()
        self._share = 0.0

    def step(self) -> None:
        now = time.monotonic() - self._began
        if any(fault.at.share is not None for fault in self._waiting):
            self._share = self._told_share()
        for fault in [fault for fault in self._waiting if self._is_due(fault.at, now)]:
            if self._strike(fault):
                self._waiting.remove(fault)
        for part in [part for part, ends in self._troubles.items() if time.monotonic() >= ends]:
            self._calm(part)
        for name in [name for name, ends in self._halted.items() if time.monotonic() >= ends]:
            self._go_on(name)
        self._set_what_can_be()

    def end(self, longest: float = 60.0) -> None:
        """What was not due in time is counted as late. Raises TimeoutError."""
        self.late.update(name_of(fault) for fault in self._waiting)
        self._waiting = []
        self._set_right()
        for part in CALM_SETTINGS:
            self._unset[part] = CALM_SETTINGS[part]
        ends = time.monotonic() + longest
        while self._unset or not self._all_answer():
            if time.monotonic() > ends:
                raise TimeoutError(f"Not everything runs again; to be calmed: {list(self._unset)}")
            self._set_what_can_be()
            time.sleep(0.02)
        for part in ("eventarc", "tasks"):
            self._count(part)

    def _set_right(self) -> None:
        for name in list(self._halted):
            self._go_on(name)
        for name in self._wrong_clocks:
            self._stack.put_clock(name, 0)

    def _count(self, part: str) -> None:
        """A part that was killed begins again at nothing: what it provoked since the last look is lost."""
        _, program, path = CONTROLS[part]
        now = Counter(
            self._session.get(f"{self._stack.address(program)}{path}", timeout=30).json()["provoked"]
        )
        before = self._counted.get(part, Counter())
        more = now if any(now[what] < count for what, count in before.items()) else now - before
        self.provoked.update({f"{part} {what}": count for what, count in more.items()})
        self._counted[part] = now

    def _is_due(self, at: Moment, seconds: float) -> bool:
        return self._share >= at.share if at.share is not None else seconds >= (at.seconds or 0)

    def _strike(self, fault: Fault) -> bool:
        """False while the program is down anyway."""
        match fault:
            case Trouble():
                self._disturb(fault)
            case WrongClock(program, _, seconds):
                self._put_clock(self._role(program), seconds)
            case Kill(program) | Halt(program) if not self._stack.running(self._role(program)):
                return False
            case Kill(program):
                self._kill(self._role(program))
            case Halt(program, _, leases):
                self._halt(self._role(program), leases * self._lease)
        return True

    def _role(self, program: str) -> str:
        return self._roles.get(program, program)

    def _kill(self, name: str) -> None:
        self._stack.kill(name)
        if name in self._settings:
            self._unset[name] = self._settings[name]
        self.done[f"kill {name}"] += 1

    def _disturb(self, trouble: Trouble) -> None:
        part = trouble.part
        self._settings[part] = {**CALM_SETTINGS[part], **trouble.settings}
        self._unset[part] = self._settings[part]
        self._troubles[part] = time.monotonic() + trouble.seconds
        self.done[f"{part} fails"] += 1

    def _halt(self, name: str, seconds: float) -> None:
        self._stack.halt(name)
        self._halted[name] = time.monotonic() + seconds
        self.done[f"halt {name}"] += 1

    def _put_clock(self, name: str, seconds: float) -> None:
        self._stack.put_clock(name, seconds)
        self._wrong_clocks.add(name)
        self.done[f"clock of {name} {'ahead' if seconds > 0 else 'behind'}"] += 1

    def _go_on(self, name: str) -> None:
        """Also when it was killed meanwhile: who runs in its place takes no notice."""
        del self._halted[name]
        self._stack.go_on(name)

    def _calm(self, part: str) -> None:
        del self._troubles[part]
        self._settings[part] = self._unset[part] = CALM_SETTINGS[part]

    def _set_what_can_be(self) -> None:
        for part, settings in list(self._unset.items()):
            method, program, path = CONTROLS[part]
            with suppress(requests.ConnectionError, requests.Timeout):
                url = f"{self._stack.address(program)}{path}"
                self._session.request(method, url, json=dict(settings), timeout=PROMPT).raise_for_status()
                del self._unset[part]

    def _told_share(self) -> float:
        with suppress(requests.ConnectionError, requests.Timeout):
            return self._medium.count(self._alert) / self._addresses
        return self._share

    def _all_answer(self) -> bool:
        names = [*self._stack.functions, "tasks", "tasks_control", "fcm", "eventarc"]
        return all(map(self._accepts, names))

    def _accepts(self, name: str) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._stack.ports[name]), timeout=1):
            return True
        return False


def name_of(fault: Fault) -> str:
    match fault:
        case Kill(program):
            return f"kill {program}"
        case Halt(program):
            return f"halt {program}"
        case WrongClock(program):
            return f"clock of {program}"
    return f"{fault.part} fails"
