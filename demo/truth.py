"""Who should be reached, by plain point-in-polygon on what the generator knows, and how a delivery compares.

Nothing of the product's index, cells, ranges or buffer is used here, nor of its rules about preferences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from demo.municipality import Address, GeoJson
from demo.plane import LocalMetres
from demo.residents import DemoResident

Means = Callable[[Address], bool]
SEVERITIES = ("Minor", "Moderate", "Severe", "Extreme")
FAULTS = ("missed", "twice", "outside", "unwanted")
BORDER_M = 8.4  # a cell's radius, and as much again: how far beyond the border a push may stray


@dataclass(frozen=True)
class Comparison:
    """Counts of devices: `twice` got more than one push, `border` live beyond the border but within what is
    allowed, `outside` should not have got any. `muted` would be expected but for their wishes, and `unwanted`
    are those of them that were pushed."""

    expected: int
    pushed: int
    missed: int
    twice: int
    outside: int
    border: int
    muted: int = 0
    unwanted: int = 0

    @property
    def exact(self) -> bool:
        return not any(getattr(self, fault) for fault in FAULTS)


def expected(residents: Iterable[DemoResident], area: GeoJson) -> set[str]:
    """Values of the targets of everyone with a place in the area, its border included."""
    drawn = shape(area)
    shapely.prepare(drawn)
    return _targets(resident for resident in residents if _touches(resident, drawn))


def named(residents: Iterable[DemoResident], means: Means) -> set[str]:
    """Values of the targets of everyone with a place at an address that is meant: by names there is no
    border."""
    return _targets(
        resident
        for resident in residents
        if any(place.address is not None and means(place.address) for place in resident.places)
    )


def border(residents: Iterable[DemoResident], area: GeoJson, metres: float = BORDER_M) -> set[str]:
    """Values of the targets of those with a place close outside the area, and none in it."""
    drawn = shape(area)
    plane = LocalMetres(drawn.centroid.y)
    near = plane.unproject(plane.project(drawn).buffer(metres, quad_segs=64))
    shapely.prepare([drawn, near])
    return _targets(
        resident for resident in residents if _touches(resident, near) and not _touches(resident, drawn)
    )


def asked_for(resident: DemoResident, content: Mapping[str, Any]) -> bool:
    """Whether the resident's wishes let this alert through; what is extreme and no exercise always is."""
    wishes, severity = resident.wishes, content["severity"]
    if severity == "Extreme" and not content.get("exercise"):
        return True
    least = wishes.least_severity or "Minor"
    return content["category"] not in wishes.muted and SEVERITIES.index(severity) >= SEVERITIES.index(least)


def compare(
    residents: Sequence[DemoResident],
    content: Mapping[str, Any],
    pushed: Iterable[str],
    means: Means | None = None,
) -> Comparison:
    """`content` is the alert as staff sent it; `pushed` the target of every message that was delivered,
    repeated as often as it was. `means`: of an area by names, which places it means."""
    willing = [resident for resident in residents if asked_for(resident, content)]
    unwilling = [resident for resident in residents if not asked_for(resident, content)]
    if means is None:
        area = content["area"]
        meant, close, muted = expected(willing, area), border(willing, area), expected(unwilling, area)
        against = muted | border(unwilling, area)
    else:
        meant, muted = named(willing, means), named(unwilling, means)
        close, against = set(), muted
    times = Counter(pushed)
    return Comparison(
        expected=len(meant),
        pushed=len(times),
        missed=len(meant - times.keys()),
        twice=sum(count > 1 for count in times.values()),
        outside=len(times.keys() - meant - close - against),
        border=len(times.keys() & close),
        muted=len(muted),
        unwanted=len(times.keys() & against),
    )


def _touches(resident: DemoResident, some: BaseGeometry) -> bool:
    return any(some.intersects(Point(place.lon, place.lat)) for place in resident.places)


def _targets(residents: Iterable[DemoResident]) -> set[str]:
    return {device.value for resident in residents for device in resident.devices}
