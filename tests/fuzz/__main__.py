"""`make fuzz`: the corpus, and ROUNDS=20 invented requests a route (SEED=1), on a local stack of its own.

No answer of 500, none over two seconds of CPU, no process over its memory of infra/functions.yaml. The last
line is one JSON object; the exit code is 1 when anything of it does not hold.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import requests

from infra import deployment
from infra.local.accounts import TERC
from infra.local.processes import StartError
from infra.local.stack import Stack
from infra.local.stack_state import State
from shared.formats.alert_json import time_json
from tests.browser.town import LAT, LNG, Town
from tests.clients.staff import StaffClient
from tests.fakes.requests import water
from tests.fuzz import invented
from tests.fuzz.judge import Judge
from tests.fuzz.served import Served
from tests.fuzz.shots import Shot, public_shots, staff_shots
from tests.residents.publisher import Publisher, now

LIFE = timedelta(days=2)
WHO = "ewa"  # author and approver: nothing is refused for the role


def served(stack: Stack, name: str, token: str | None = None) -> Served:
    memory = deployment.load().functions[name].memory
    return Served(name, stack.ports[name], memory, token)


def draft(stack: Stack) -> tuple[str, dict[str, Any]]:
    """The id of an alert that the corpus may aim at, and a content that is accepted."""
    good = water(expires=time_json(now() + LIFE))
    alert, _ = StaffClient(stack.address("hosting"), stack.staff_token).call(WHO, "POST", "/alerts", good)
    return alert["id"], good


def fire(function: Served, shots: Iterable[Shot], judge: Judge) -> None:
    for shot in shots:
        before = function.cpu_s()
        status, size = function.fire(shot)
        judge.judge(f"{function.name}: {shot.name}", status, size, function.cpu_s() - before)


def fire_invented(function: Served, stack: Stack, judge: Judge, rounds: int, number: int) -> None:
    session = requests.Session()
    session.trust_env = False
    headers = {"Authorization": f"Bearer {stack.staff_token(WHO)}"}

    def use(case: Any) -> None:
        before = function.cpu_s()
        answer = case.call(base_url=stack.address(function.name), session=session, headers=headers)
        judge.judge(case.operation.label, answer.status_code, len(answer.content), function.cpu_s() - before)

    for operation in invented.operations():
        for mode in invented.modes(operation):
            invented.invent(operation, mode, rounds, number, use)


def run(stack: Stack, rounds: int, number: int) -> tuple[Judge, dict[str, float]]:
    town, judge = Town(stack), Judge()
    public, staff = served(stack, "public_api"), served(stack, "staff_api", stack.staff_token(WHO))
    alert, good = draft(stack)
    shown = Publisher(stack, town).publish((LAT, LNG), "Brak wody")
    fire(public, public_shots(shown.id, TERC), judge)
    fire(staff, staff_shots(alert, good), judge)
    fire_invented(staff, stack, judge, rounds, number)
    peaks = {function.name: function.peak_mib() for function in (public, staff)}
    for function in (public, staff):
        if peaks[function.name] > function.memory_mib:
            judge.faults.append(f"{function.name}: {peaks[function.name]:.0f} MiB of {function.memory_mib}")
    return judge, peaks


def main() -> int:
    rounds, number = int(os.environ.get("ROUNDS") or 20), int(os.environ.get("SEED") or 1)
    folder = State.default().folder / "fuzz"
    try:
        with Stack(folder, ports="free", reset=True, report=lambda _: None) as stack:
            judge, peaks = run(stack, rounds, number)
    except (StartError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join([*judge.faults, json.dumps(judge.report(peaks))]), flush=True)
    return 1 if judge.faults else 0


if __name__ == "__main__":
    sys.exit(main())
