"""What a deployment costs in a month in which nothing happens: one municipality of 18,000 phones."""

from __future__ import annotations

from benchmarks.cost_lines import Line, Prices
from shared.services.sweep.sweep_ports import Limits

DAYS = 30.4
RUNS = 1440 * DAYS  # of sweep
SWEEP_READS, SWEEP_WRITES = 20, 3  # in a run with nothing to repair; docs/operations.md, tests/emulator
PHONES, COVERAGE_READS = (
    18_000,
    4,
)  # each, once a month in a day or two: the walk, the place, the phone (ADR 36)
SWEEP_SECONDS, COLD_SECONDS = 1.0, 4.0
QUEUES = 5  # infra/functions.yaml
STORED_GIB = 0.15  # 18,000 phones: resident, place, device, entry and state of each, with indexes
KEPT = 2.0  # times as much: point-in-time recovery, a week's backups and a quarter's
IMAGES_GIB = 2.7  # ten functions, three versions each, 90 MB of layers of their own
VCPU, GIB = 1.0, 0.5


def idle(prices: Prices) -> list[Line]:
    store, functions, free = prices["firestore"], prices["functions"], prices["free"]
    beats = QUEUES * DAYS * 24 / (Limits().heartbeat.total_seconds() / 3600)
    seconds = RUNS * SWEEP_SECONDS + beats * COLD_SECONDS
    return [
        Line("Firestore reads", RUNS * SWEEP_READS, store["read"], free["reads_day"] * DAYS),
        Line("Firestore reads, coverage", PHONES * COVERAGE_READS, store["read"]),
        Line("Firestore writes", RUNS * SWEEP_WRITES, store["write"], free["writes_day"] * DAYS),
        Line("function requests", RUNS + beats, functions["request"], free["requests_month"]),
        Line("vCPU seconds", seconds * VCPU, functions["vcpu_second"], free["vcpu_seconds_month"]),
        Line("GiB seconds", seconds * GIB, functions["gib_second"], free["gib_seconds_month"]),
        Line("task operations", 2 * beats, prices["tasks"]["operation"], free["tasks_month"]),
        Line("GiB stored", STORED_GIB, store["storage_gib_month"], free["storage_gib"]),
        Line("GiB of versions and backups", STORED_GIB * KEPT, store["storage_gib_month"]),
        Line("GiB of images", IMAGES_GIB, prices["registry"]["gib_month"], free["registry_gib"]),
        Line("scheduler jobs", 1, prices["scheduler"]["job_month"], free["jobs"]),
        Line("secret versions", 1, prices["secrets"]["version_month"], free["secret_versions"]),
    ]
