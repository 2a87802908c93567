"""What the simulation is fed with: seconds from measured.toml, limits from infra/functions.yaml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from benchmarks.measured import TABLE
from infra.local.processes import ROOT

FCM_PER_MINUTE = 600_000  # FCM docs, "Throttling and quotas"
UNLIMITED = 1e9


@dataclass(frozen=True)
class Costs:
    """Seconds; `*_cores`: what a step keeps busy meanwhile; `cores` 0: a processor for each instance."""

    call: float
    cold_start: float
    start: float
    get: float
    count: float
    count_per_1000: float
    stream: float
    read_per_1000: float
    read_cores: float
    filter_per_1000: float
    plan: float
    plan_per_slice: float
    claim: float
    commit: float
    finish: float
    enqueue: float
    dispatch: float
    push_per_1000: float
    push_cores: float
    push_latency: float
    cores: float = 0.0


@dataclass(frozen=True)
class Function:
    instances: int
    burst: float
    per_second: float
    warm: int = 0


@dataclass(frozen=True)
class TaskQueue:
    function: str
    rate: float
    concurrency: int


@dataclass(frozen=True)
class Limits:
    functions: Mapping[str, Function]
    queues: Mapping[str, TaskQueue]
    fcm_per_minute: int = FCM_PER_MINUTE


def table(path: Path = TABLE) -> dict[str, dict[str, float]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def cloud(times: float = 1.0) -> Costs:
    """Measured processor time, assumed latencies; these `times` as long."""
    found = table()
    latencies = {name: seconds * times for name, seconds in found["cloud"].items()}
    processor = found["processor"]
    return Costs(
        **latencies,
        start=2 * latencies["get"] + processor["start_cpu"],
        read_per_1000=processor["read_cpu_per_1000"],
        read_cores=1.0,
        filter_per_1000=processor["filter_per_1000"],
        push_per_1000=processor["push_cpu_per_1000"],
        push_cores=1.0,
    )


def local(cores: float = 2.0) -> Costs:
    """The local stack: all on one computer, and queries that read the whole collection."""
    found = table()
    known = {one.name for one in fields(Costs)}
    measured = {name: value for name, value in found["local"].items() if name in known}
    return Costs(
        **measured,
        call=found["local"]["dispatch"],
        cold_start=0.0,
        start=2 * measured["get"] + found["processor"]["start_cpu"],
        count_per_1000=0.0,
        filter_per_1000=found["processor"]["filter_per_1000"],
        push_latency=0.0,
        cores=cores,
    )


def deployed() -> Limits:
    document = yaml.safe_load((ROOT / "infra" / "functions.yaml").read_text(encoding="utf-8"))
    workers = {name: one for name, one in document["functions"].items() if "queue" in one["trigger"]}
    queues = {
        one["trigger"]["queue"]: TaskQueue(name, **_rates(document["queues"][one["trigger"]["queue"]]))
        for name, one in workers.items()
    }
    return Limits({name: _function(one) for name, one in workers.items()}, queues)


def one_computer(limits: Limits) -> Limits:
    """Each function one process that is always there, with the shares of all instances."""
    alone = {
        name: Function(1, one.burst * one.instances, one.per_second * one.instances, warm=1)
        for name, one in limits.functions.items()
    }
    return Limits(alone, limits.queues)


def _rates(queue: Mapping[str, Any]) -> dict[str, Any]:
    return {"rate": float(queue["rate"]), "concurrency": int(queue["concurrency"])}


def _function(declared: Mapping[str, Any]) -> Function:
    env = declared.get("env", {})
    rate = float(env.get("PUSHES_PER_SECOND", 0)) or UNLIMITED
    return Function(int(declared.get("instances", 100)), float(env.get("PUSH_BURST", UNLIMITED)), rate)
