"""The parts of an area one by one: what JSON says of a shape, a code, houses or a circle."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Set
from typing import Any

from shared.domain.area_parts import Around, Drawn, Level, Unit
from shared.domain.house_numbers import Houses, Parity, lower_bound, upper_bound
from shared.entry_rules import rules
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer
from shared.geo.read_area import parse_area

LEAST_RADIUS_M, MOST_RADIUS_M = 10, 20_000
# RODZ of a whole gmina: 1, 2, 3. A town or the villages about it (4, 5) share the boundary of theirs.
_CODES = {
    Level.VOIVODESHIP: (r"[0-9]{2}", "00"),
    Level.POWIAT: (r"[0-9]{4}", "0000"),
    Level.GMINA: (r"[0-9]{6}[123]?", "000000"),
    Level.LOCALITY: (r"[0-9]{7}", "0000000"),
    Level.STREET: (r"[0-9]{7}:[0-9]{5}", "0000000:00000"),
}

Path = tuple[str | int, ...]
Fields = Mapping[str, Any]


def check_names(part: Fields, required: Set[str], optional: Set[str], path: Path) -> None:
    """Raises InvalidInput with every name that is missing or not known."""
    faults = [FieldError(pointer(*path, name), "missing") for name in sorted(required - part.keys())]
    unknown = [name for name in part if name not in required | optional]
    faults += [FieldError(pointer(*path, name), "unknown-field") for name in unknown]
    if faults:
        raise InvalidInput(faults)


def read_drawn(part: Fields, path: Path) -> Drawn:
    check_names(part, {"kind", "shape"}, {"subtract"}, path)
    return Drawn(parse_area(part["shape"], pointer(*path, "shape")).text())


def read_unit(part: Fields, level: Level, path: Path) -> Unit:
    houses = {"houses"} if level is Level.STREET else set()
    check_names(part, {"kind", "code"}, {"subtract"} | houses, path)
    form, digits = _CODES[level]
    code = part["code"]
    if not isinstance(code, str) or not re.fullmatch(form, code):
        raise InvalidInput([FieldError(pointer(*path, "code"), "part-code", {"digits": digits})])
    return Unit(level, code, _houses(part["houses"], (*path, "houses")) if "houses" in part else None)


def _houses(value: object, path: Path) -> Houses:
    if not isinstance(value, dict):
        raise InvalidInput([FieldError(pointer(*path), "not-object")])
    check_names(value, set(), {"parity", "from", "to"}, path)
    if not value:
        raise InvalidInput([FieldError(pointer(*path), "part-houses")])
    first, last = (_bound(value[name], (*path, name)) if name in value else None for name in ("from", "to"))
    if first and last and lower_bound(first) > upper_bound(last):
        raise InvalidInput([FieldError(pointer(*path, "to"), "part-houses-order")])
    return Houses(_parity(value["parity"], path) if "parity" in value else None, first, last)


def _parity(value: object, path: Path) -> Parity:
    if not isinstance(value, str) or value not in set(Parity):
        known = ", ".join(Parity)
        raise InvalidInput([FieldError(pointer(*path, "parity"), "unknown-value", {"known": known})])
    return Parity(value)


def _bound(value: object, path: Path) -> str:
    try:
        if isinstance(value, str):
            lower_bound(value)
            return value
    except ValueError:
        pass
    raise InvalidInput([FieldError(pointer(*path), "part-houses")])


def read_around(part: Fields, path: Path) -> Around:
    check_names(part, {"kind", "lat", "lng", "metres"}, {"subtract"}, path)
    limits = rules()["places"]["poland"]
    lat, lng, metres = (_number(part[name]) for name in ("lat", "lng", "metres"))
    if not (limits["south"] <= lat <= limits["north"] and limits["west"] <= lng <= limits["east"]):
        raise InvalidInput([FieldError(pointer(*path), "part-point")])
    if not LEAST_RADIUS_M <= metres <= MOST_RADIUS_M:
        at = pointer(*path, "metres")
        raise InvalidInput([FieldError(at, "part-radius", {"least": LEAST_RADIUS_M, "most": MOST_RADIUS_M})])
    return Around(lat, lng, metres)


def _number(value: object) -> float:
    """NaN, which lies within no limits, for what is no number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf
