"""What deliveries of any size take, by a simulation that first has to reproduce a measured one.

python -m benchmarks.simulate: the parts and their order are those of the real services, plans are made by the
real planning, limits are those of infra/functions.yaml, seconds those of benchmarks/measured.toml (processor
time measured here, latencies of the cloud assumed). Keys: `error_18000` (time to the last push of 18,000
places on the local stack, simulated against benchmarks/results/alert.json; null without it), `cloud` by
devices, `urgent_delay` (last push of an urgent alert to 340 phones beside a notice / alone, by its size),
`storm` (300 municipalities within one minute), `doubled_latency` (last push, every latency twice as long).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks import simulate_costs, simulate_plan
from benchmarks.outcome import result_of
from benchmarks.report import machine, table
from benchmarks.simulate_costs import Costs, Limits
from benchmarks.simulate_delivery import Cloud, Plan, Sent

STREET = Plan(counts=[340] * 9, slices=[340], ranges=[1], phones_per_place=1.0)
MUNICIPALITIES = 300
READABLE = (
    3600 - 8 * 60
)  # seconds for which read_time can be read exactly; shared.services.audience.match_area
HEAD = (
    "devices",
    "counts",
    "slices",
    "tasks",
    "instances",
    "first push s",
    "last push s",
    "peak a minute",
    "429s",
)


def delivered(
    plan: Plan, costs: Costs, limits: Limits, urgent: bool = False, beside: Plan | None = None
) -> tuple[Sent, Cloud]:
    """One alert; `beside`: ten seconds after a larger notice was approved. Raises AssertionError."""
    cloud = Cloud(costs, limits)
    alert = Sent("alert", 10.0 if beside else 0.0, plan, urgent)
    alerts = [alert, Sent("notice", 0.0, beside)] if beside else [alert]
    cloud.run(alerts)
    for one in alerts:
        _check(one)
    return alert, cloud


def _check(alert: Sent) -> None:
    due = sum(alert.plan.slices) * alert.plan.phones_per_place
    if alert.done != len(alert.plan.slices) or abs(alert.pushed - due) > 0.01 * due + len(alert.plan.slices):
        raise AssertionError(f"{alert.name}: {alert.pushed:,} of {due:,.0f} pushed")


def projected(plan: Plan, costs: Costs, limits: Limits) -> dict[str, Any]:
    alert, cloud = delivered(plan, costs, limits)
    return {
        "devices": alert.pushed,
        "counts": len(plan.counts),
        "slices": len(plan.slices),
        "largest_slice": max(plan.slices),
        "tasks": cloud.tasks,
        "instances": sum(fleet.started for fleet in cloud.fleets.values()),
        "first_push_s": round((alert.first or 0.0) - alert.approved, 1),
        "last_push_s": round(alert.last - alert.approved, 1),
        "peak_per_minute": cloud.peak_per_minute,
        "refused": cloud.quota.refused,
        "instance_seconds": {name: round(fleet.busy_seconds, 1) for name, fleet in cloud.fleets.items()},
        "readable": alert.last < READABLE,
    }


def storm(cloud: Cloud, urgent: bool, phones: int) -> dict[str, Any]:
    """Municipalities that approve at random moments of one minute."""
    rng, plan = random.Random(1), simulate_plan.municipal(phones)
    alerts = [Sent(f"{n}", rng.uniform(0, 60), plan, urgent) for n in range(MUNICIPALITIES)]
    cloud.run(alerts)
    for alert in alerts:
        _check(alert)
    firsts = sorted((alert.first or 0.0) - alert.approved for alert in alerts)
    lasts = sorted(alert.last - alert.approved for alert in alerts)
    return {
        "phones": sum(alert.pushed for alert in alerts),
        "first_push_median_s": round(firsts[len(firsts) // 2], 1),
        "first_push_worst_s": round(firsts[-1], 1),
        "last_push_median_s": round(lasts[len(lasts) // 2], 1),
        "last_push_worst_s": round(lasts[-1], 1),
        "peak_per_minute": cloud.peak_per_minute,
        "refused": cloud.quota.refused,
    }


def storms(costs: Costs, limits: Limits) -> dict[str, Any]:
    """All alerts urgent, or none of them."""
    found = {}
    for name, phones in (("2000", 2_000), ("18000", 18_000)):
        found[f"urgent_{name}"] = storm(Cloud(costs, limits), True, phones)
        found[f"usual_{name}"] = storm(Cloud(costs, limits), False, phones)
    return found


def urgent_delay(plans: Mapping[str, Plan], costs: Costs, limits: Limits) -> dict[str, float]:
    alone, _ = delivered(STREET, costs, limits, urgent=True)
    seconds = alone.last - alone.approved
    found = {}
    for name, notice in plans.items():
        beside, _ = delivered(STREET, costs, limits, urgent=True, beside=notice)
        found[name] = round((beside.last - beside.approved) / seconds, 2)
    return found


def error(limits: Limits) -> dict[str, Any]:
    """The simulated local stack against the measured one."""
    alert, _ = delivered(simulate_plan.alone_at_home(18_000), simulate_costs.local(), limits)
    simulated = round(alert.last - alert.approved, 2)
    known = (result_of("alert") or {}).get("seconds_18000")
    off = None if known is None else round(abs(simulated - known) / known, 3)
    return {"error_18000": off, "simulated_18000_s": simulated, "measured_18000_s": known}


def rows(cloud: Mapping[str, Mapping[str, Any]]) -> Iterator[Sequence[object]]:
    for found in cloud.values():
        yield (
            f"{found['devices']:,}", found["counts"], found["slices"], found["tasks"], found["instances"],
            found["first_push_s"], found["last_push_s"], f"{found['peak_per_minute']:,}", found["refused"],
        )  # fmt: skip


def main() -> int:
    limits = simulate_costs.deployed()
    costs, slow = simulate_costs.cloud(), simulate_costs.cloud(2.0)
    plans = {
        "25000": simulate_plan.municipal(25_000),
        "1000000": simulate_plan.municipal(1_000_000),
        "20000000": simulate_plan.national(20_000_000),
    }
    cloud = {name: projected(plan, costs, limits) for name, plan in plans.items()}
    notices = {"18000": simulate_plan.municipal(18_000), "1000000": plans["1000000"]}
    result = {
        **error(simulate_costs.one_computer(limits)),
        "cloud": cloud,
        "urgent_delay": urgent_delay(notices, costs, limits),
        "storm": storms(costs, limits),
        "doubled_latency": {
            name: projected(plans[name], slow, limits)["last_push_s"] for name in ("25000", "1000000")
        },
    }
    print(f"{machine()}; simulated")
    print(table(HEAD, rows(cloud)))
    for name in ("urgent_delay", "storm", "doubled_latency"):
        print(f"{name}: {result[name]}")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
