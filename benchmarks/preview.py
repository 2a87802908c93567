"""Whether "how many phones" is what the delivery then reaches, and what it takes to say so.

python -m benchmarks.preview: measure_reach on the areas of benchmarks.targeting, with 1, 10 and 50 times as
many places in the municipality, against the delivery's exact filter over every place there is. Keys: `same`
(equal wherever the figure is called exact, which up to 5,000 places it must be), `estimate_error` (the worst
of the phones where it is called an estimate), `requests` (HTTP requests of the page for one figure, counted
in its source), `reads` and `seconds` by size, of the whole gmina.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import inhabitants
from benchmarks.places.areas import areas
from benchmarks.places.population import Country, home, settled
from benchmarks.population import Bill, Population, Reached
from benchmarks.report import machine, table
from benchmarks.targeting import PLACES, home_folder
from infra.local.processes import ROOT
from shared.domain.reach import Counted
from shared.geo.shapes import Area
from shared.services.audience.measure_reach import EXACT_UP_TO, measure_reach

TIMES = (1, 10, 50)
HEAD = ("area", "places", "phones", "said", "exact", "error %", "reads", "seconds")


@dataclass(frozen=True)
class Row:
    area: str
    truth: Reached
    said: Counted
    reads: int
    seconds: float

    @property
    def error(self) -> float:
        return abs(self.said.phones - self.truth.phones) / max(1, self.truth.phones)

    @property
    def honest(self) -> bool:
        """Exact where it says so, and it says so up to 5,000 places."""
        if not self.said.exact:
            return self.truth.places > EXACT_UP_TO
        return (self.said.residents, self.said.phones, self.said.places) == self.truth

    @property
    def cells(self) -> Sequence[object]:
        figures = (self.truth.places, self.truth.phones, self.said.phones, self.said.exact)
        return (self.area, *figures, 100 * self.error, self.reads, self.seconds)


def populations() -> Iterator[tuple[int, Mapping[str, Area], Population]]:
    """The municipality of benchmarks.targeting, ever more densely settled."""
    with tempfile.TemporaryDirectory() as made_up:
        of = home(home_folder(Path(made_up)))
    _, centres = settled(of, PLACES, np.random.default_rng(1))
    found = areas(of, centres, np.random.default_rng(2))
    for times in TIMES:
        places, _ = settled(of, times * PLACES, np.random.default_rng(1))
        yield times, found, Population(inhabitants.living_at(Country.of(places).ranks))


def measured(name: str, area: Area, population: Population) -> Row:
    population.bill = bill = Bill()
    began = time.perf_counter()
    said = measure_reach(area, population)
    taken = time.perf_counter() - began
    return Row(name, population.reached(area), said, bill.reads, taken)


def page_requests() -> int:
    """HTTP requests for one figure: calls of /reach in the page's modules, each made once an area."""
    modules = (ROOT / "web-admin" / "js").rglob("*.js")
    return sum(path.read_text(encoding="utf-8").count("request('POST', '/reach'") for path in modules)


def main() -> int:
    print(machine())
    by_size: dict[int, list[Row]] = {}
    for times, found, population in populations():
        rows = by_size[times] = [measured(name, area, population) for name, area in found.items()]
        print(f"\n{times}x: {len(population):,} places\n{table(HEAD, [row.cells for row in rows])}")
    every = [row for rows in by_size.values() for row in rows]
    whole = {times: rows[[row.area for row in rows].index("whole gmina")] for times, rows in by_size.items()}
    result = {
        "same": all(row.honest for row in every),
        "estimate_error": round(max((row.error for row in every if not row.said.exact), default=0.0), 4),
        "requests": page_requests(),
        "reads": {f"{times}x": row.reads for times, row in whole.items()},
        "seconds": {f"{times}x": round(row.seconds, 2) for times, row in whole.items()},
    }
    print(json.dumps(result))
    return 0 if result["same"] else 1


if __name__ == "__main__":
    sys.exit(main())
