"""How long a fresh instance of each function takes to its first answer, and what it weighs.

python -m benchmarks.cold_start [ROUNDS]: 3 rounds. Every function of infra/functions.yaml is started by
functions-framework as Cloud Run starts it, in a process of its own, beside one with an empty function. The
first request needs no client library (a heartbeat, an event about something else, no token); the second
does: a task or event about what is not there, which Firestore's emulator is asked for, and a forged token.
`sweep` has work only. Keys: `worker_vs_bare` (time to the first answer / the empty function's, the worst of
the functions with a queue or a Firestore trigger), `staff_api_vs_bare`; `worker_read_vs_bare`,
`staff_api_read_vs_bare` (time to the second answer); the same two of `public_api`; `answers_ms`, `reads_ms`,
`imports_ms`, `rss_mb`.
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

import psutil
import requests

from benchmarks.report import machine, median_ratio, table
from infra import deployment
from infra.local.firestore import FirestoreEmulator
from infra.local.processes import ROOT, Program, free_port

ROUNDS = 3
PROJECT = "demo-benchmark"
BARE, STAFF_API, PUBLIC_API = "(empty)", "staff_api", "public_api"
SWEEP = "sweep"
# There is no such alert to show, and nobody takes the heartbeats of sweep.
EXPECTED = {STAFF_API: 401, PUBLIC_API: 404, SWEEP: 503}
PATIENCE = 60  # seconds
EMPTY = """
import functions_framework


@functions_framework.http
def empty(request):
    return "", 200
"""
TASK = {"alert": "none", "generation": 1, "slice": 0, "attempt": 0, "round": 1}
FORGED = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ."}
HEAD = ("function", "first answer ms", "x empty", "first read ms", "x empty", "import ms", "RSS MB")


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
    """Seconds from the start of the process to its answers; megabytes after both."""

    first: float
    read: float
    megabytes: float


Found = dict[str, tuple[list[Start], list[float]]]  # starts, and milliseconds of imports, by function


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
            Function(one.name, one.target, ROOT / "main.py", one.signature_type, EXPECTED.get(one.name, 200))
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
    """One fresh process until it has answered twice. Raises Wrong."""
    url = f"http://127.0.0.1:{(port := free_port())}/"
    command = [str(Path(sys.executable).with_name("functions-framework")), "--target", one.target]
    command += ["--source", str(one.source), "--signature-type", one.signature]
    command += ["--host", "127.0.0.1", "--port", str(port)]
    began = time.monotonic()
    program = Program(one.name, command, log, env)
    try:
        _check(one, program, _first_answer(one, program, url))
        first = time.monotonic() - began
        _check(one, program, ask(one, url, working=True))
        return Start(first, time.monotonic() - began, _megabytes(program.pid))
    finally:
        program.stop()


def _first_answer(one: Function, program: Program, url: str) -> requests.Response:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and program.running:
        try:
            return ask(one, url, working=False)
        except requests.ConnectionError:
            time.sleep(0.005)
    raise Wrong(f"{one.name} did not answer:\n{program.tail()}")


def _check(one: Function, program: Program, answer: requests.Response) -> None:
    if answer.status_code != one.expected:
        raise Wrong(f"{one.name} answered {answer.status_code}, not {one.expected}:\n{program.tail()}")


def ask(one: Function, url: str, working: bool) -> requests.Response:
    """`working`: a request for which it must load its clients."""
    if one.name == STAFF_API:
        return requests.get(f"{url}api/alerts", headers=FORGED if working else {}, timeout=PATIENCE)
    if one.name == PUBLIC_API:
        return requests.get(f"{url}a/none" if working else f"{url}nowhere", timeout=PATIENCE)
    if one.signature == "http":
        return requests.post(url, json=TASK if working else {"heartbeat": "1"}, timeout=PATIENCE)
    document = (
        ("residents/nobody" if one.name == "index_resident" else "alerts/none") if working else "other/1"
    )
    headers = {
        "ce-id": "1",
        "ce-source": f"//firestore.googleapis.com/projects/{PROJECT}/databases/(default)",
        "ce-specversion": "1.0",
        "ce-type": "google.cloud.firestore.document.v1.written",
        "ce-document": document,
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


def measured(rounds: int, folder: Path) -> Found:
    """Starts and imports by function, all functions in every round."""
    emulator = FirestoreEmulator(free_port(), folder / "firestore.log", PROJECT)
    found: Found = {}
    try:
        env = environment(emulator.host)
        for number in range(rounds + 1):
            for one in functions(folder):
                start = started(one, env, folder / f"{one.name}-{number}.log")
                imported = import_ms(one, env)
                if number:  # the first fills the disk's cache and compiles
                    starts, imports = found.setdefault(one.name, ([], []))
                    starts.append(start)
                    imports.append(imported)
        return found
    finally:
        emulator.stop()


def ratios(seconds: dict[str, list[float]]) -> dict[str, float]:
    return {name: median_ratio(some, seconds[BARE], 2) for name, some in seconds.items()}


def medians(by_name: dict[str, list[float]], factor: float = 1) -> dict[str, int]:
    return {name: round(factor * statistics.median(some)) for name, some in by_name.items()}


def figures(found: Found) -> dict[str, dict[str, int]]:
    """Medians by function."""
    return {
        "answers_ms": medians(
            {name: [one.first for one in starts] for name, (starts, _) in found.items()}, 1000
        ),
        "reads_ms": medians(
            {name: [one.read for one in starts] for name, (starts, _) in found.items()}, 1000
        ),
        "imports_ms": medians({name: imports for name, (_, imports) in found.items()}),
        "rss_mb": medians({name: [one.megabytes for one in starts] for name, (starts, _) in found.items()}),
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
    first = ratios({name: [start.first for start in starts] for name, (starts, _) in found.items()})
    read = ratios({name: [start.read for start in starts] for name, (starts, _) in found.items()})
    medians_of = figures(found)
    answers, reads, imports, rss = medians_of.values()
    columns = (answers, first, reads, read, imports, rss)
    print(table(HEAD, [(name, *(column[name] for column in columns)) for name in found]))
    workers = [name for name in found if name not in (BARE, STAFF_API, PUBLIC_API, SWEEP)]
    result = {
        "worker_vs_bare": max(first[name] for name in workers),
        "staff_api_vs_bare": first[STAFF_API],
        "worker_read_vs_bare": max(read[name] for name in workers),
        "staff_api_read_vs_bare": read[STAFF_API],
        "public_api_vs_bare": first[PUBLIC_API],
        "public_api_read_vs_bare": read[PUBLIC_API],
    }
    print(json.dumps({**result, **medians_of}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
