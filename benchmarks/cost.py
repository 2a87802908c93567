"""What one alert costs at list prices, and what a naive design would pay.

python -m benchmarks.cost: alerts to about 340, 18,000 and 1,000,000 phones go through the real services over
stores that count what Firestore and Cloud Tasks bill; each phone of the exact filter must get one push.
Functions are billed for the time of their requests, which benchmarks.simulate gives. Prices, without free
tiers: benchmarks/prices.toml. The naive design reads every resident and writes one receipt per push. Keys:
`usd` of the delivery alone, `usd_naive`, `naive_vs_ours`, `reads`, `writes`, `tasks`, `function_seconds`, all
by phones. `usd_whole_18000` adds what phones do with the alert (benchmarks.cost_reading): receipts, and what
the app reads; beside it the same with the longest list, and with lists from Firestore, as apps read before.
`usd_idle_month` is a deployment in which nothing happens.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import inhabitants, simulate, simulate_costs, simulate_plan
from benchmarks.cost_delivery import Delivered, delivered
from benchmarks.cost_idle import idle
from benchmarks.cost_lines import Line, Prices, usd
from benchmarks.cost_reading import app, from_firestore, receipts
from benchmarks.population import Population
from benchmarks.report import machine, table
from benchmarks.simulate_delivery import Plan
from shared.geo.shapes import Area
from shared.services.publishing.read_published import MOST_LISTED

PRICES = Path(__file__).with_name("prices.toml")
VCPU, GIB = 1.0, 0.5  # of a worker; infra/functions.yaml, memory
SHORT = 0.2  # seconds of a request of staff_api, on_alert_written or expire_alert
GIBIBYTE = 2**30
Reading = Callable[[int, Prices], list[Line]]


@dataclass(frozen=True)
class Case:
    phones: int
    residents: int  # in the database
    done: Delivered
    worker_seconds: float

    def lines(self, prices: Prices) -> list[Line]:
        store, functions = prices["firestore"], prices["functions"]
        second = VCPU * functions["vcpu_second"] + GIB * functions["gib_second"]
        return [
            Line("Firestore reads", self.done.reads, store["read"]),
            Line("Firestore writes", self.done.writes, store["write"]),
            Line("Firestore deletes (TTL)", self.done.expiring, store["delete"]),
            Line("task operations", self.done.task_operations, prices["tasks"]["operation"]),
            Line("function requests", sum(self.done.requests.values()), functions["request"]),
            Line("function seconds", self.function_seconds, second),
            Line("pushes", self.phones, prices["push"]["message"]),
            Line("GiB sent to FCM, at most", self.done.sent_bytes / GIBIBYTE, prices["push"]["sent_gib"]),
        ]

    def naive(self, prices: Prices) -> list[Line]:
        """The same sender and functions; one document per resident, one receipt per push."""
        store = prices["firestore"]
        same = [line for line in self.lines(prices) if not line.what.startswith("Firestore")]
        return [
            Line("Firestore reads", self.residents, store["read"]),
            Line("Firestore writes", self.phones, store["write"]),
            Line("Firestore deletes (TTL)", self.phones, store["delete"]),
            *same,
        ]

    @property
    def function_seconds(self) -> float:
        short = sum(self.done.requests.values()) - self.done.slices - self.done.requests["start_alert"]
        return self.worker_seconds + SHORT * short


def case(population: Population, residents: int, area: Area, plan: Plan) -> Case:
    """Raises AssertionError unless the phones pushed are those of the exact filter."""
    done = delivered(population, area)
    expected = population.reached(area).phones
    if done.phones != expected:
        raise AssertionError(f"{done.phones:,} phones were pushed, {expected:,} are in the area")
    simulated = simulate.projected(plan, simulate_costs.cloud(), simulate_costs.deployed())
    return Case(done.phones, residents, done, sum(simulated["instance_seconds"].values()))


def cases() -> Iterator[tuple[str, Case]]:
    areas = inhabitants.areas()
    for name, area, phones, plan in (
        ("340", "one street", 18_000, simulate.STREET),
        ("18000", "whole gmina", 18_000, simulate_plan.municipal(18_000)),
        ("1000000", "whole gmina", 1_000_000, simulate_plan.municipal(1_000_000)),
    ):
        residents = round(phones / simulate_plan.PHONES_PER_RESIDENT)
        yield name, case(Population(inhabitants.places(residents)), residents, areas[area], plan)


def arithmetic(of: Case, prices: Prices) -> str:
    ours, naive = of.lines(prices), of.naive(prices)
    rows: list[Sequence[object]] = [
        (line.what, f"{line.number:,.2f}", f"{line.price:.3g}", f"{line.usd:.6f}", f"{other.usd:.6f}")
        for line, other in zip(ours, naive, strict=True)
    ]
    rows.append(("sum", "", "", f"{usd(ours):.6f}", f"{usd(naive):.6f}"))
    return table((f"{of.phones:,} phones", "number", "USD each", "USD", "naive USD"), rows)


def whole(of: Case, prices: Prices, read: Reading) -> list[Line]:
    """The delivery, and all that phones do with it."""
    return [*of.lines(prices), *receipts(of.phones, prices), *read(of.phones, prices)]


def bill(title: str, lines: Sequence[Line], free: bool = False) -> str:
    """With the arithmetic; `free`: beside the list price what is left after the free tiers."""
    rows: list[Sequence[object]] = [
        (line.what, f"{line.number:,.2f}", f"{line.price:.3g}", f"{line.usd:.6f}")
        + ((f"{line.usd_after_free:.6f}",) if free else ())
        for line in lines
    ]
    after = (f"{sum(line.usd_after_free for line in lines):.6f}",) if free else ()
    rows.append(("sum", "", "", f"{usd(lines):.6f}", *after))
    return table((title, "number", "USD each", "USD", *(("after free tiers",) if free else ())), rows)


def main() -> int:
    prices = tomllib.loads(PRICES.read_text(encoding="utf-8"))
    print(f"{machine()}; counted, list prices of {prices['firestore']['date']}")
    found = dict(cases())
    for of in found.values():
        print(f"\n{arithmetic(of, prices)}")
    city, nothing = found["18000"], idle(prices)
    print(f"\n{bill('the whole alert', whole(city, prices, app))}")
    print(f"\n{bill('the whole alert, lists from Firestore', whole(city, prices, from_firestore))}")
    print(f"\n{bill('a month of nothing', nothing, free=True)}")
    result: dict[str, Any] = {
        "usd": {name: round(usd(of.lines(prices)), 6) for name, of in found.items()},
        "usd_naive": {name: round(usd(of.naive(prices)), 6) for name, of in found.items()},
        "phones": {name: of.phones for name, of in found.items()},
        "reads": {name: of.done.reads for name, of in found.items()},
        "writes": {name: of.done.writes for name, of in found.items()},
        "tasks": {name: of.done.task_operations for name, of in found.items()},
        "function_seconds": {name: round(of.function_seconds, 1) for name, of in found.items()},
    }
    result["naive_vs_ours"] = {
        name: round(result["usd_naive"][name] / result["usd"][name], 1) for name in found
    }
    result |= {
        "usd_whole_18000": round(usd(whole(city, prices, app)), 4),
        "usd_whole_18000_longest_list": round(usd(whole(city, prices, partial(app, listed=MOST_LISTED))), 4),
        "usd_whole_18000_from_firestore": round(usd(whole(city, prices, from_firestore)), 4),
        "usd_receipts_18000": round(usd(receipts(city.phones, prices)), 4),
        "usd_idle_month": round(sum(line.usd_after_free for line in nothing), 3),
        "usd_idle_month_list_price": round(usd(nothing), 3),
    }
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
