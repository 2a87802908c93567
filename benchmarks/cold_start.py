"""How long a fresh instance of each function takes to its first answer, and what it weighs.

python -m benchmarks.cold_start [ROUNDS]: 5 rounds. Every function of infra/functions.yaml is started by
functions-framework as Cloud Run starts it, in a process of its own, beside one with an empty function, and
given a request that makes it read Firestore (the emulator): a task or an event about an alert or a resident
that is not there, a request whose token is forged. Keys: `worker_vs_bare` (time to the first answer / the
empty function's, the worst of the workers), `staff_api_vs_bare`; `answers_ms` by function.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import requests

from benchmarks.report import machine, median_ratio, table
from infra.local import deployment
from infra.local.firestore import FirestoreEmulator
from infra.local.processes import ROOT, Program, free_port

ROUNDS = 5
PROJECT = "demo-benchmark"
BARE, STAFF_API = "(empty)", "staff_api"
EXPECTED = {STAFF_API: 401, "sweep": 503}  # a forged token; nobody takes the heartbeats
PATIENCE = 60  # seconds
EMPTY = """
import functions_framework


@functions_framework.http
def empty(request):
    return "", 200
"""
TASK = {"alert": "none", "generation": 1, "slice": 0, "attempt": 0, "round": 1}
FORGED = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ."}
HEAD = ("function", "first answer ms", "times the empty one", "import ms", "RSS MB", "status")


@dataclass(frozen=True)
class Function:
    """`source` and `signature` as functions-framework takes them; `expected`: the status of its answer."""

    name: str
    target: str
    source: Path
    signature: str
    expected: int


@dataclass(frozen=True)
class Start:
    seconds: float
    megabytes: float
    status: int


class Wrong(RuntimeError):
    """A function did not give the answer that its work ends with: its time means nothing."""


def functions(folder: Path) -> list[Function]:
    """The empty one first."""
    empty = folder / "empty.py"
    empty.write_text(EMPTY, encoding="utf-8")
    declared = deployment.load(deployment.FUNCTIONS_YAML).functions.values()
    return [
        Function(BARE, "empty", empty, "http", 200),
        *(
            Function(one.name, one.name, ROOT / "main.py", one.signature_type, EXPECTED.get(one.name, 200))
            for one in declared
        ),
    ]


def environment(firestore: str) -> dict[str, str]:
    return {
        "GOOGLE_CLOUD_PROJECT": PROJECT,
        "PUBLIC_URL": "https://alert.example",
        "WORKER_ACCOUNT": f"workers@{PROJECT}.iam.gserviceaccount.com",
        "FIRESTORE_EMULATOR_HOST": firestore,
        "CLOUD_TASKS_EMULATOR_HOST": f"127.0.0.1:{free_port()}",  # nobody is there, and nobody is asked
        "FIREBASE_AUTH_EMULATOR_HOST": f"127.0.0.1:{free_port()}",  # nor there
        "PYTHONPATH": str(ROOT),
        "THREADS": "8",
    }


def started(one: Function, env: dict[str, str], log: Path) -> Start:
    """One fresh process until its first answer. Raises Wrong."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("functions-framework")), "--target", one.target]
    command += ["--source", str(one.source), "--signature-type", one.signature]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    began = time.monotonic()
    program = Program(one.name, command, log, env)
    try:
        status = _answer(one, program, f"http://127.0.0.1:{port}/")
        return Start(time.monotonic() - began, _megabytes(program.pid), status)
    finally:
        program.stop()


def _answer(one: Function, program: Program, url: str) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and program.running:
        try:
            status = _ask(one, url).status_code
        except requests.ConnectionError:
            time.sleep(0.005)
            continue
        if status != one.expected:
            raise Wrong(f"{one.name} answered {status}, not {one.expected}:\n{program.tail()}")
        return status
    raise Wrong(f"{one.name} did not answer:\n{program.tail()}")


def _ask(one: Function, url: str) -> requests.Response:
    if one.name == STAFF_API:
        return requests.get(f"{url}api/alerts", headers=FORGED, timeout=PATIENCE)
    if one.signature == "http":
        return requests.post(url, json=TASK, timeout=PATIENCE)
    headers = {
        "ce-id": "1",
        "ce-source": f"//firestore.googleapis.com/projects/{PROJECT}/databases/(default)",
        "ce-specversion": "1.0",
        "ce-type": "google.cloud.firestore.document.v1.written",
        "ce-document": "residents/nobody" if one.name == "index_resident" else "alerts/none",
    }
    return requests.post(url, json={}, headers=headers, timeout=PATIENCE)


def _megabytes(pid: int) -> float:
    """Of the process that serves: the server's parent only waits."""
    processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return float(max(process.memory_info().rss for process in processes)) / 2**20


def import_ms(one: Function, env: dict[str, str]) -> float:
    """In a fresh interpreter, functions-framework included."""
    module = one.source.stem
    code = "import time; began = time.perf_counter(); import functions_framework"
    code += f", {module}; {module}.{one.target}; print(1000 * (time.perf_counter() - began))"
    path = f"{one.source.parent}:{env['PYTHONPATH']}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **env, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.splitlines()[-1])


def measured(rounds: int, folder: Path) -> dict[str, tuple[list[Start], list[float]]]:
    """Starts and imports by function, all functions in every round."""
    emulator = FirestoreEmulator(free_port(), folder / "firestore.log", PROJECT)
    try:
        env = environment(emulator.host)
        found: dict[str, tuple[list[Start], list[float]]] = {}
        for number in range(rounds + 1):
            for one in functions(folder):
                start = started(one, env, folder / f"{one.target}-{number}.log"), import_ms(one, env)
                if number:  # the first fills the disk's cache and compiles
                    starts, imports = found.setdefault(one.name, ([], []))
                    starts.append(start[0])
                    imports.append(start[1])
        return found
    finally:
        emulator.stop()


def result(found: dict[str, tuple[list[Start], list[float]]]) -> dict[str, Any]:
    seconds = {name: [start.seconds for start in starts] for name, (starts, _) in found.items()}
    times = {name: median_ratio(some, seconds[BARE], 2) for name, some in seconds.items()}
    return {
        "worker_vs_bare": max(ratio for name, ratio in times.items() if name not in (BARE, STAFF_API)),
        "staff_api_vs_bare": times[STAFF_API],
        "times": times,
        "answers_ms": {name: round(1000 * statistics.median(some)) for name, some in seconds.items()},
    }


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    print(f"{machine()}; {rounds} rounds, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = measured(rounds, Path(folder))
        except Wrong as wrong:
            print(wrong, file=sys.stderr)
            return 1
    summary = result(found)
    rows = [
        (
            name,
            summary["answers_ms"][name],
            summary["times"][name],
            statistics.median(imports),
            statistics.median(start.megabytes for start in starts),
            starts[0].status,
        )
        for name, (starts, imports) in found.items()
    ]
    print(table(HEAD, rows))
    print(json.dumps({key: value for key, value in summary.items() if key != "times"}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
