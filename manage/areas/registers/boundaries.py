"""Boundaries A01 (voivodeships), A02 (powiats) and A03 (gminas) of PRG."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from manage.areas.registers.codes import digits, name
from manage.areas.registers.coordinates import Numbers, Place, degrees, located
from manage.areas.registers.faults import Reject, RowFault
from manage.areas.registers.layers import Layer, Record
from manage.areas.registers.rows import Boundary

CODES = ("jpt_kod_je", "terc", "teryt")
TITLES = ("jpt_nazwa_", "name", "nazwa")
LEVELS = {2: "voivodeship", 4: "powiat", 6: "gmina", 7: "gmina"}


def is_boundaries(columns: Collection[str]) -> bool:
    return _column(columns, CODES) is not None and _column(columns, TITLES) is not None


def boundaries(of: Layer, found: Iterable[Record], reject: Reject) -> Iterator[tuple[int, Boundary]]:
    """With the rows' numbers. Raises FileFault when the axes are swapped."""
    code, title = _column(of.columns, CODES) or "", _column(of.columns, TITLES) or ""
    for record in found:
        try:
            unit = digits("the code", record.fields[code], *LEVELS)
            shape = _polygons(record.shape)
            middle = record.shape.representative_point()
            if located(of.system, [Place(record.row, unit, middle.x, middle.y)], reject) == [None]:
                continue
            yield (
                record.row,
                Boundary(unit, name("the name", record.fields[title]), _in_degrees(of.system, shape)),
            )
        except RowFault as fault:
            reject(record.row, str(fault))


def _column(columns: Collection[str], names: Collection[str]) -> str | None:
    lower = {column.lower(): column for column in columns}
    return next((lower[one] for one in names if one in lower), None)


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """Valid ones; Raises RowFault for what is none."""
    if not isinstance(shape, Polygon | MultiPolygon):
        raise RowFault(f"not a polygon but a {shape.geom_type}")
    valid = shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if not isinstance(valid, Polygon | MultiPolygon) or valid.is_empty:
        raise RowFault("a polygon that encloses nothing")
    return valid


def _in_degrees(system: str, shape: BaseGeometry) -> BaseGeometry:
    def moved(points: Numbers) -> Numbers:
        return np.column_stack(degrees(system, points[:, 0], points[:, 1]))

    return shapely.transform(shape, moved)
