"""Layers as GDAL reads them (SHP, GeoJSON, GML), some records at a time."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from manage.areas.registers.coordinates import DEGREES, METRES
from manage.areas.registers.faults import FileFault, Reject
from manage.areas.registers.sources import Source
from manage.areas.registers.tables import Fields

AT_ONCE = {True: 20_000, False: 500}  # records in memory, by whether they are points
MOST_DEGREES = 360.0
_UNREADABLE = (DataLayerError, DataSourceError, ValueError, LookupError, ShapelyError, UserWarning)
# A shapefile that names no encoding (.cpg) GDAL takes for ISO-8859-1, which has no Polish letters.
_UNNAMED = "ISO-8859-1"
_POLISH = ("UTF-8", "CP1250")


@dataclass(frozen=True)
class Layer:
    path: str
    system: str
    columns: tuple[str, ...]
    size: int
    of_points: bool
    encodings: tuple[str | None, ...]  # to be tried in turn; None for what the file names
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Record:
    row: int
    fields: Fields
    shape: BaseGeometry


def layer(source: Source, options: Mapping[str, str] | None = None) -> Layer:
    """`options` are GDAL's for the format. Raises FileFault for what GDAL cannot read."""
    options = options or {}
    try:
        with _one_layer():
            info = pyogrio.read_info(
                source.path, force_feature_count=True, force_total_bounds=True, **options
            )
            first = _first(source, options) if info["features"] else None
    except _UNREADABLE as error:
        raise FileFault(f"cannot be read: {_first_line(error)}") from error
    if first is None:
        raise FileFault("no records, or the first has no shape")
    columns = tuple(str(name) for name in info["fields"])
    encodings = _POLISH if source.is_shape and info["encoding"] == _UNNAMED else (None,)
    return Layer(
        source.path,
        _system(info),
        columns,
        int(info["features"]),
        first.geom_type == "Point",
        encodings,
        options,
    )


@contextmanager
def _one_layer() -> Iterator[None]:
    """pyogrio would read the first of several and only warn."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="More than one layer", category=UserWarning)
        yield


def records(of: Layer, reject: Reject) -> Iterator[Record]:
    """Values as texts, None as an empty one. Rejects what has no shape."""
    at_once = AT_ONCE[of.of_points]
    for start in range(0, of.size, at_once):
        shapes, fields = _read(of, start, at_once)
        for row, (shape, *values) in enumerate(zip(shapes, *fields, strict=True), start + 1):
            if shape is None or shape.is_empty:
                reject(row, "without a shape")
                continue
            texts = map(_value, values)
            yield Record(row, dict(zip(of.columns, texts, strict=True)), shape)


def _read(of: Layer, start: int, count: int) -> tuple[Any, list[Any]]:
    for encoding in of.encodings:
        try:
            return _read_as(encoding, of, start, count)
        except UnicodeDecodeError:
            continue
    raise FileFault("in another encoding than it says", start + 1)


def _read_as(encoding: str | None, of: Layer, start: int, count: int) -> tuple[Any, list[Any]]:
    """Raises FileFault, and UnicodeDecodeError for another encoding."""
    try:
        _, _, shapes, fields = pyogrio.raw.read(
            of.path,
            columns=list(of.columns),
            skip_features=start,
            max_features=count,
            force_2d=True,
            encoding=encoding,
            **of.options,
        )
    except UnicodeDecodeError:
        raise
    except _UNREADABLE as error:
        raise FileFault(f"cannot be read: {_first_line(error)}", start + 1) from error
    return shapely.from_wkb(shapes, on_invalid="ignore"), fields


def _first(source: Source, options: Mapping[str, str]) -> BaseGeometry | None:
    shapes = pyogrio.raw.read(source.path, columns=[], max_features=1, **options)[2]
    found: BaseGeometry | None = shapely.from_wkb(shapes[0], on_invalid="ignore")
    return found


def _system(info: Mapping[str, Any]) -> str:
    """A shapefile without a .prj says nothing: metres and degrees differ by their size."""
    if info["crs"]:
        return str(info["crs"])
    bounds = info["total_bounds"]
    return DEGREES if bounds and max(map(abs, bounds)) <= MOST_DEGREES else METRES


def _value(value: object) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return str(value).strip()


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0].split(";", 1)[0]
