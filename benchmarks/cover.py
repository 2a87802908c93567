"""How long it takes to turn an area into ranges of cells, and how much more than the area they read.

python -m benchmarks.cover [FOLDER]: the boundaries in FOLDER/*.geojson (default: the register extracts beside
the repository), else the demonstration's own boundary. Keys: `units`, `median_ms`, `worst_ms` (CPU),
`worst_ranges`, `area_read` (area of the ranges by area of the shape, median), `missed` (random places).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h3
import pyproj
import shapely

from demo.generate import generate
from infra.local.processes import ROOT
from shared.geo import cells
from shared.geo.cover import cover, matcher
from shared.geo.shapes import Area

REGISTERS = ROOT.parent / "shared" / "data" / "teryt"
PLACES = 20  # random places inside each shape that must be found
COLUMNS = ("median ms", "worst ms", "most ranges", "area read", "missed")


@dataclass(frozen=True)
class Unit:
    kind: str
    milliseconds: float
    ranges: int
    area_read: float
    missed: int


def boundaries(folder: Path) -> Iterator[tuple[str, Any]]:
    """Kind (the file's first word) and GeoJSON geometry."""
    for path in sorted(folder.glob("*.geojson")):
        for feature in json.loads(path.read_text(encoding="utf-8-sig"))["features"]:
            yield path.name.split("_")[0], feature["geometry"]


def measured(kind: str, geometry: Any, rng: random.Random) -> Unit:
    area = Area.from_text(json.dumps(geometry))
    began = time.process_time()
    ranges = cover(area)
    spent = 1000 * (time.process_time() - began)
    count = sum(int(hi - lo) + 1 for lo, hi in (cells.ranks(pair) for pair in ranges))
    read = count * h3.cell_area(cells.cell_of(*reversed(area.centre)), "m^2")
    return Unit(kind, spent, len(ranges), read / square_metres(area), missed(area, ranges, rng))


def square_metres(area: Area) -> float:
    return float(abs(pyproj.Geod(ellps="GRS80").geometry_area_perimeter(area.geometry)[0]))


def missed(area: Area, ranges: list[tuple[str, str]], rng: random.Random) -> int:
    """Random places inside the shape that no range holds or that the filter drops."""
    west, south, east, north = area.geometry.bounds
    spots = [(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(PLACES * 4)]
    inside = [spot for spot in spots if shapely.contains_xy(area.geometry, *spot)][:PLACES]
    found = [cells.cell_of(lat, lng) for lng, lat in inside]
    kept = matcher(area)(found) if found else []
    return sum(
        not (keep and any(lo <= cell <= hi for lo, hi in ranges))
        for cell, keep in zip(found, kept, strict=True)
    )


def table(units: list[Unit]) -> Iterator[str]:
    yield f"{'boundaries':<14}{'units':>7}" + "".join(f"{name:>13}" for name in COLUMNS)
    for kind in dict.fromkeys(unit.kind for unit in units):
        some = [unit for unit in units if unit.kind == kind]
        times = [unit.milliseconds for unit in some]
        read = statistics.median(unit.area_read for unit in some)
        yield (
            f"{kind:<14}{len(some):>7}{statistics.median(times):>13.1f}{max(times):>13.1f}"
            f"{max(unit.ranges for unit in some):>13}{read:>13.2f}{sum(unit.missed for unit in some):>13}"
        )


def main() -> int:
    rng = random.Random(1)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REGISTERS
    with tempfile.TemporaryDirectory() as made_up:
        source = folder if any(folder.glob("*.geojson")) else generate(Path(made_up))
        units = [measured(kind, geometry, rng) for kind, geometry in boundaries(source)]
    print("\n".join(table(units)))
    times = [unit.milliseconds for unit in units]
    result = {
        "units": len(units),
        "median_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1),
        "worst_ranges": max(unit.ranges for unit in units),
        "area_read": round(statistics.median(unit.area_read for unit in units), 2),
        "missed": sum(unit.missed for unit in units),
    }
    print(json.dumps(result))
    return 1 if result["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
