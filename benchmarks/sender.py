"""What a push costs: our sender against h2load on the same server, and against firebase_admin.messaging.

python -m benchmarks.sender [MESSAGES] [ROUNDS]: 5,000 messages (a multiple of 100), 5 rounds. One nginx
answers over HTTP/2 and TLS after 50 ms; server and sender have a core each; every sender is a fresh process
that opens its own connections. Keys: `vs_h2load`, `vs_send_each` (pushes per second), `cpu_vs_send_each` (CPU
per push, the least of each: what else the machine does only adds to it), and each with `_mixed` where the
server answers 200, 404, 429 and 503; `lost` and `twice` of the table of connections that end: messages that
were answered as accepted and did not arrive, that arrived twice, or that were never sent though the caller
asked again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pushes import faults, message, server
from benchmarks.pushes.client import SENDERS, TOKEN
from benchmarks.pushes.server import Server
from benchmarks.report import machine, median_ratio, table
from infra.local.processes import ROOT
from shared.channels.push.connections import CONNECTIONS, STREAMS

MESSAGES, ROUNDS = 5_000, 5
TOOLS = ("h2load", "taskset")
PROJECTS = {"accepted": "", "mixed": "_mixed"}  # and the ending of the keys


class Wrong(RuntimeError):
    """A sender did not get the answers that the server gives: its figures mean nothing."""


@dataclass(frozen=True)
class Taken:
    seconds: float
    cpu: float  # seconds
    statuses: Counter[int]


def run(name: str, core: int, at: Server, project: str, messages: int) -> Taken:
    """One sender once, on its core. Raises Wrong."""
    before = at.requests()
    taken = (h2load if name == "h2load" else client)(name, core, at, project, messages)
    asked = at.requests() - before - 1  # without this question
    if asked != messages or taken.statuses != server.expected(project, messages):
        raise Wrong(f"{name}, {project}: {messages} sent, {asked} arrived, answered {dict(taken.statuses)}")
    return taken


def client(name: str, core: int, at: Server, project: str, messages: int) -> Taken:
    arguments = (name, at.endpoint, at.ca_file, project, str(messages))
    said = _output(core, [sys.executable, "-m", "benchmarks.pushes.client", *arguments])
    figures = json.loads(said.splitlines()[-1])
    statuses = Counter({int(status): count for status, count in figures["statuses"].items()})
    return Taken(figures["seconds"], figures["cpu"], statuses)


def h2load(name: str, core: int, at: Server, project: str, messages: int) -> Taken:
    """As many connections and streams as our sender uses; its time is the one it prints."""
    with tempfile.NamedTemporaryFile() as body:
        body.write(message.body(1))
        body.flush()
        command = [name, f"-n{messages}", f"-c{CONNECTIONS}", f"-m{STREAMS}", "-d", body.name]
        command += ["-H", "content-type: application/json", "-H", f"authorization: Bearer {TOKEN}"]
        before = os.times()
        said = _output(core, [*command, f"{at.endpoint}/v1/projects/{project}/messages:send"])
        after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(_seconds(said), cpu, _statuses(said, project, messages))


def _seconds(said: str) -> float:
    found = re.search(r"finished in ([\d.]+)(us|ms|s),", said)
    if found is None:
        raise Wrong(f"h2load said: {said}")
    return float(found[1]) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[found[2]]


def _statuses(said: str, project: str, messages: int) -> Counter[int]:
    """h2load counts by hundreds only: 4xx are taken apart as the server's mix has them."""
    found = re.search(r"status codes: (\d+) 2xx, \d+ 3xx, (\d+) 4xx, (\d+) 5xx", said)
    if found is None:
        raise Wrong(f"h2load said: {said}")
    ok, refused, failed = (int(count) for count in found.groups())
    wanted = server.expected(project, messages)
    told = {200: ok, 404: refused - wanted[429], 429: wanted[429], 503: failed}
    return Counter({status: count for status, count in told.items() if count})


def _output(core: int, command: Sequence[str]) -> str:
    done = subprocess.run(
        ["taskset", "-c", str(core), *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Wrong(f"{' '.join(command[:4])}: {done.stderr[-2000:]}")
    return done.stdout


def measured(at: Server, core: int, project: str, messages: int, rounds: int) -> dict[str, list[Taken]]:
    """Every sender in every round, one after the other."""
    names = ["h2load", *SENDERS]
    found: dict[str, list[Taken]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(run(name, core, at, project, messages))
    return found


def rows(found: dict[str, list[Taken]], messages: int) -> Iterator[tuple[object, ...]]:
    for name, taken in found.items():
        middle = sorted(taken, key=lambda one: one.seconds)[len(taken) // 2]
        cpu = sorted(one.cpu for one in taken)[len(taken) // 2]
        yield name, messages / middle.seconds, 1e6 * cpu / messages


def ratios(found: dict[str, list[Taken]], ending: str) -> dict[str, float]:
    seconds = {name: [one.seconds for one in taken] for name, taken in found.items()}
    cpu = {name: [one.cpu for one in taken] for name, taken in found.items()}
    return {
        f"vs_h2load{ending}": median_ratio(seconds["h2load"], seconds["FcmSender"]),
        f"vs_send_each{ending}": median_ratio(seconds["send_each"], seconds["FcmSender"]),
        f"cpu_vs_send_each{ending}": round(min(cpu["FcmSender"]) / min(cpu["send_each"]), 3),
    }


def speed(messages: int, rounds: int) -> dict[str, float]:
    """Prints both tables; the ratios."""
    cores = sorted(os.sched_getaffinity(0))
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, server.running(Path(folder), cores[0]) as at:
        for project, ending in PROJECTS.items():
            taken = measured(at, cores[-1], project, messages, rounds)
            print(
                f"\nanswers: {', '.join(f'{n} x {s}' for s, n in server.expected(project, messages).items())}"
            )
            print(table(("sender", "pushes/s", "CPU ms/1,000"), rows(taken, messages)))
            found |= ratios(taken, ending)
    return found


def main() -> int:
    given = [int(text) for text in sys.argv[1:]]
    messages, rounds = (*given, *(MESSAGES, ROUNDS)[len(given) :])
    if absent := server.missing(TOOLS):
        print(absent, file=sys.stderr)
        return 1
    latency = f"{server.LATENCY * 1000:.0f} ms from request to answer"
    print(f"{machine()}; {messages} messages, {rounds} rounds, {latency}")
    try:
        result = speed(messages, rounds)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 1
    cases = faults.cases()
    print(f"\n{table(faults.HEAD, [case.row for case in cases])}")
    result |= {"lost": sum(case.lost for case in cases), "twice": sum(case.twice for case in cases)}
    print(json.dumps(result))
    return 1 if result["lost"] or result["twice"] else 0


if __name__ == "__main__":
    sys.exit(main())
