"""In which system coordinates are: WGS 84 is taken, others are refused by their name.

RFC 7946 knows WGS 84 alone; files of the form before it name another in `crs`, and exports of Polish
registers often say nothing and give metres (EPSG:2180). EPSG:4258 (ETRS89) differs from WGS 84 by less
than a metre.
"""

from __future__ import annotations

import re
from typing import Any

from shared.entry_rules import rules
from shared.geo.faults import Fault

_EPSG = re.compile(r"EPSG\W.*?(\d{4,6})$", re.IGNORECASE)
_WGS84 = re.compile(r"(CRS|WGS)[ :_]?(19)?84$", re.IGNORECASE)
_LONGEST = 60  # characters of a name that is told


def check_system(value: object) -> None:
    """Raises Fault for a GeoJSON object whose `crs` is not WGS 84, by the system's name."""
    if not isinstance(value, dict) or value.get("crs") is None:
        return
    name = _name(value["crs"])
    if name not in rules()["places"]["as_wgs84"]:
        raise Fault("area-system", system=name)


def system_of(east: float, north: float) -> str | None:
    """The system in which these are metres of a place in Poland, in either order of the axes."""
    for system in rules()["places"]["systems"]:
        if any(_within(x, system["east"]) and _within(y, system["north"]) for x, y in _orders(east, north)):
            return str(system["name"])
    return None


def _orders(east: float, north: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (east, north), (north, east)


def _within(number: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= number <= limits[1]


def _name(crs: Any) -> str:
    """Of the form before RFC 7946: {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2180"}}."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    found = properties.get("name") if isinstance(properties, dict) else crs
    if not isinstance(found, str):
        return "?"
    name = found.strip()
    if code := _EPSG.search(name):
        return f"EPSG:{code[1]}"
    return "CRS84" if _WGS84.search(name) else name[:_LONGEST]
