"""How long it takes to turn an area into ranges of cells, what that needs, and against h3's own cover.

python -m benchmarks.cover [FOLDER]: the boundaries in FOLDER/*.geojson (default: the register extracts beside
the repository), else the demonstration's own boundary. The cover is the one that previews and deliveries make
(`ranges_for`), of whose ranges they choose by where people live. h3 is timed on shapes small enough for it: a
1 km circle, the smallest municipality and the one of median size. Keys: `units`, `median_ms`, `worst_ms`
(CPU), `worst_ranges`, `area_read` (area of the ranges by area of the shape, median), `worst_mb` (memory in a
fresh process, of the unit that took longest), `missed` (random places in any unit), `vs_h3` (CPU of
`h3shape_to_cells_experimental` at resolution 13 / CPU of ours, for the municipality of median size; of cells
whose centre is inside, h3's default and its fastest, although that misses places at the border).
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h3
import pyproj
import shapely

from benchmarks.memory import peak_megabytes
from benchmarks.report import machine, table
from demo.generate import generate
from infra.local.processes import ROOT
from shared.geo import cells
from shared.geo.cells import Range
from shared.geo.cover import matcher, ranges_for
from shared.geo.plane import Plane
from shared.geo.shapes import Area

REGISTERS = ROOT.parent / "shared" / "data" / "teryt"
PLACES = 20  # random places inside each shape that must be found
ROUNDS = 3
HEAD = ("boundaries", "units", "median ms", "worst ms", "most ranges", "area read", "missed")
AGAINST = ("shape", "km2", "ms", "MB", "h3 ms", "h3 MB", "h3 cells", "times")


@dataclass(frozen=True)
class Unit:
    kind: str
    area: Area
    milliseconds: float
    ranges: int
    area_read: float
    missed: int


@dataclass(frozen=True)
class Against:
    name: str
    square_metres: float
    milliseconds: float
    megabytes: float
    h3_milliseconds: float
    h3_megabytes: float
    h3_cells: int

    @property
    def times(self) -> float:
        return self.h3_milliseconds / self.milliseconds

    @property
    def row(self) -> tuple[object, ...]:
        own = (self.square_metres / 1e6, self.milliseconds, self.megabytes)
        return self.name, *own, self.h3_milliseconds, self.h3_megabytes, self.h3_cells, self.times


def boundaries(folder: Path) -> Iterator[tuple[str, Any]]:
    """Kind (the file's first word) and GeoJSON geometry."""
    for path in sorted(folder.glob("*.geojson")):
        for feature in json.loads(path.read_text(encoding="utf-8-sig"))["features"]:
            yield path.name.split("_")[0], feature["geometry"]


def measured(kind: str, geometry: Any, rng: random.Random) -> Unit:
    area = Area.from_text(json.dumps(geometry))
    names = [cells.cell_of(lat, lng) for lng, lat in _inside(area, rng)]
    began = time.process_time()
    ranges = ranges_for(area)
    spent = 1000 * (time.process_time() - began)
    count = sum(int(hi - lo) + 1 for lo, hi in (cells.ranks(pair) for pair in ranges))
    read = count * h3.cell_area(cells.cell_of(*reversed(area.centre)), "m^2")
    return Unit(kind, area, spent, len(ranges), read / square_metres(area), _missed(area, ranges, names))


def square_metres(area: Area) -> float:
    return float(abs(pyproj.Geod(ellps="GRS80").geometry_area_perimeter(area.geometry)[0]))


def _inside(area: Area, rng: random.Random) -> list[tuple[float, float]]:
    west, south, east, north = area.geometry.bounds
    spots = [(rng.uniform(west, east), rng.uniform(south, north)) for _ in range(PLACES * 4)]
    return [spot for spot in spots if shapely.contains_xy(area.geometry, *spot)][:PLACES]


def _missed(area: Area, ranges: Sequence[Range], names: Sequence[str]) -> int:
    """Places inside the shape that no range holds or that the filter drops."""
    starts = [lo for lo, _ in ranges]
    held = [(at := bisect_right(starts, name)) > 0 and name <= ranges[at - 1][1] for name in names]
    kept = matcher(area)(names)
    return sum(not (read and keep) for read, keep in zip(held, kept, strict=True))


def rows(units: Sequence[Unit]) -> Iterator[tuple[object, ...]]:
    for kind in dict.fromkeys(unit.kind for unit in units):
        some = [unit for unit in units if unit.kind == kind]
        times = [one.milliseconds for one in some]
        read = statistics.median(one.area_read for one in some)
        most, missed = max(one.ranges for one in some), sum(one.missed for one in some)
        yield kind, len(some), statistics.median(times), max(times), most, read, missed


def against_h3(name: str, area: Area) -> Against:
    """The CPU of both, the median of interleaved rounds; and the memory of one more round each."""
    shape = h3.geo_to_h3shape(area.geojson())
    own: list[float] = []
    theirs: list[float] = []
    for _ in range(ROUNDS):
        own.append(_milliseconds(lambda: ranges_for(Area(area.geometry))))
        theirs.append(_milliseconds(lambda: h3.h3shape_to_cells_experimental(shape, cells.RESOLUTION)))
    found = len(h3.h3shape_to_cells_experimental(shape, cells.RESOLUTION))
    return Against(
        name,
        square_metres(area),
        statistics.median(own),
        peak_megabytes(covered, area.text()),
        statistics.median(theirs),
        peak_megabytes(covered_by_h3, area.text()),
        found,
    )


def covered(geojson: str) -> int:
    return len(ranges_for(Area.from_text(geojson)))


def covered_by_h3(geojson: str) -> int:
    shape = h3.geo_to_h3shape(json.loads(geojson))
    return len(h3.h3shape_to_cells_experimental(shape, cells.RESOLUTION))


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def small(units: Sequence[Unit]) -> Iterator[tuple[str, Area]]:
    """From what h3 covers in a twentieth of a second to what takes it seconds; the last one counts."""
    lng, lat = units[0].area.centre
    plane = Plane.at(lat)
    disc = plane.unproject(shapely.buffer(plane.project(shapely.Point(lng, lat)), 1000))
    circle = Area.of(disc)
    if circle is not None:
        yield "1 km circle", circle
    kind = units[0].kind
    by_size = sorted((unit.area for unit in units if unit.kind == kind), key=square_metres)
    yield f"smallest of {kind}", by_size[0]
    yield f"median of {kind}", by_size[len(by_size) // 2]


def figures(units: Sequence[Unit]) -> dict[str, float]:
    times = [one.milliseconds for one in units]
    return {
        "units": len(units),
        "median_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1),
        "worst_ranges": max(one.ranges for one in units),
        "area_read": round(statistics.median(one.area_read for one in units), 3),
        "missed": sum(one.missed for one in units),
    }


def main() -> int:
    rng = random.Random(1)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REGISTERS
    with tempfile.TemporaryDirectory() as made_up:
        source = folder if any(folder.glob("*.geojson")) else generate(Path(made_up))
        units = [measured(kind, geometry, rng) for kind, geometry in boundaries(source)]
    slowest = max(units, key=lambda unit: unit.milliseconds)
    against = [against_h3(name, area) for name, area in small(units)]
    print(machine())
    print(f"\n{table(HEAD, rows(units))}")
    print(f"\n{table(AGAINST, [one.row for one in against])}")
    result = {
        **figures(units),
        "worst_mb": round(peak_megabytes(covered, slowest.area.text()), 1),
        "vs_h3": round(against[-1].times),
    }
    print(json.dumps(result))
    return 1 if result["missed"] else 0


if __name__ == "__main__":
    sys.exit(main())
