"""What finding the people in an area takes: queries, documents read, against geofire; and that all are found.

python -m benchmarks.targeting [PLACES]: 23,400 places in a municipality; 10 and 50 times as many with its
neighbours; 10 and 50 times as many in itself. A read is what Firestore bills: a document, or 1,000 index
entries counted, at least one per query; counts are those of the plan. Keys: `reads_per_match` (by area with
50 places or more, the worst of all populations), `worst_compact` and `worst_scattered` of these (scattered:
of several parts), `geofire_reads_per_match`, `missed`, `twice`, `false_positives_beyond_m` (the farthest
place from its area that was delivered), `reads_grow_with_population` (reads among 50 times as many places
divided by those among 10 times as many, all further ones elsewhere; the worst area), `same_on_the_emulator`;
`by_code` (reads per match of names of the register, some places in the fields without a street).
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.places import emulator, geohash
from benchmarks.places.areas import areas
from benchmarks.places.audience import Judged, Read, delivered, judged
from benchmarks.places.codes import ByCode, inhabited, named, told
from benchmarks.places.population import REGISTERS, Country, Home, home, living_in, neighbours, settled
from benchmarks.report import machine, table
from demo.generate import generate
from shared.geo.shapes import Area

PLACES = 23_400
ALONE, AMONG_10, AMONG_50 = "1x", "10x, elsewhere", "50x, elsewhere"
ENOUGH = 50  # matches, for a ratio to mean something
CODE_HEAD = ("area by code", "in it", "counts", "queries", "documents", "reads per match", "missed", "twice")
HEAD = ("area", "in it", "counts", "queries", "documents", "reads per match", "geofire", "missed", "beyond m")


@dataclass(frozen=True)
class Row:
    area: str
    compact: bool
    read: Read
    judged: Judged
    geofire: float  # reads per match
    geofire_queries: int

    @property
    def cells(self) -> tuple[object, ...]:
        asked = (self.read.counts, self.read.queries, self.read.documents)
        verdict = (self.judged.missed + self.judged.twice, self.judged.beyond_m)
        return self.area, self.judged.inside, *asked, self.read.per_match, self.geofire, *verdict


def home_folder(made_up: Path) -> Path:
    real = REGISTERS / "demo_120903_myslenice"
    return real if real.is_dir() else generate(made_up)


def populations(of: Home, count: int, rng: np.random.Generator) -> Iterator[tuple[str, Country]]:
    """By name; every one holds the first, or as much of it as there is."""
    own, _ = settled(of, count, np.random.default_rng(1))
    around = [living_in(one, count, rng)[0] for one in neighbours(of, 49)]
    yield ALONE, Country.of(own)
    yield AMONG_10, Country.of(np.concatenate([own, *around[:9]]))
    yield AMONG_50, Country.of(np.concatenate([own, *around]))
    for times in (10, 50):
        yield f"{times}x, all here", Country.of(settled(of, count * times, np.random.default_rng(1))[0])


def measured(found: dict[str, Area], country: Country, geofire: geohash.Geofire) -> list[Row]:
    ordered = geohash.ordered(country)
    rows = []
    for name, area in found.items():
        read = delivered(area, country)
        queries, documents = geofire.reads(name, ordered)
        per_match = documents / max(1, len(read.found))
        compact = len(getattr(area.geometry, "geoms", [0])) == 1
        rows.append(Row(name, compact, read, judged(area, country, read), per_match, queries))
    return rows


def on_the_emulator(found: dict[str, Area], country: Country, rows: list[Row]) -> bool:
    with emulator.filled(country) as store:
        return all(emulator.seen(found[row.area], store).same_as(row.read) for row in rows)


def by_code(of: Home, folder: Path, count: int) -> dict[str, ByCode]:
    people = inhabited(of, folder, count, np.random.default_rng(3))
    found = {name: told(steps, people) for name, steps in named(of, people).items()}
    rows = [
        (name, one.inside, one.counts, one.queries, one.documents, one.per_match, one.missed, one.twice)
        for name, one in found.items()
    ]
    print(table(CODE_HEAD, rows))
    return found


def summary(by_population: dict[str, list[Row]]) -> dict[str, object]:
    rows = [row for some in by_population.values() for row in some]
    enough = [row for row in rows if row.judged.inside >= ENOUGH]
    before, after = by_population[AMONG_10], by_population[AMONG_50]
    return {
        "reads_per_match": _worst(enough),
        "worst_compact": max(_worst([row for row in enough if row.compact]).values()),
        "worst_scattered": max(_worst([row for row in enough if not row.compact]).values()),
        "geofire_reads_per_match": {
            row.area: round(row.geofire, 2) for row in after if row.judged.inside >= ENOUGH
        },
        "missed": sum(row.judged.missed for row in rows),
        "twice": sum(row.judged.twice for row in rows),
        "false_positives_beyond_m": round(max(row.judged.beyond_m for row in rows), 2),
        "reads_grow_with_population": round(
            max(more.read.reads / less.read.reads for less, more in zip(before, after, strict=True)), 3
        ),
    }


def _worst(rows: list[Row]) -> dict[str, float]:
    names = dict.fromkeys(row.area for row in rows)
    return {name: round(max(row.read.per_match for row in rows if row.area == name), 3) for name in names}


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PLACES
    rng = np.random.default_rng(2)
    with tempfile.TemporaryDirectory() as made_up:
        folder = home_folder(Path(made_up))
        of = home(folder)
        codes = by_code(of, folder, count)
    own, centres = settled(of, count, np.random.default_rng(1))
    found = areas(of, centres, rng)
    geofire = geohash.Geofire.of(found, own[:200])
    print(f"{machine()}; {of.name}, {count:,} places")
    by_population: dict[str, list[Row]] = {}
    same = False
    for name, country in populations(of, count, rng):
        began = time.monotonic()
        rows = by_population[name] = measured(found, country, geofire)
        print(f"\n{name}: {len(country.ranks):,} places ({time.monotonic() - began:.1f} s)")
        print(table(HEAD, [row.cells for row in rows]))
        if name == ALONE:
            same = on_the_emulator(found, country, rows)
    named_reads = {name: round(one.per_match, 3) for name, one in codes.items()}
    result = {**summary(by_population), "same_on_the_emulator": same, "by_code": named_reads}
    print(json.dumps(result, ensure_ascii=False))
    wrong = any(one.missed or one.twice for one in codes.values())
    return 1 if result["missed"] or result["twice"] or wrong or not same else 0


if __name__ == "__main__":
    sys.exit(main())
