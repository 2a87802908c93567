"""A picture in memory: shapes and letters with smooth edges, and the PNG that it becomes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Colour = tuple[int, int, int]
Cover = NDArray[np.float32]  # of each pixel the share that is covered, rows from above
Edges = NDArray[
    np.float64
]  # (2, n, 2): from and to, x and y in pixels, y down; rings go all the same way round
ROWS = 4  # sampled in each row of pixels; sideways the share is exact
EDGES_AT_ONCE = 400  # each may cross every sampled row
DOT_CORNERS = 12


class Canvas:
    def __init__(self, width: int, height: int, colour: Colour) -> None:
        self._pixels = np.full((height, width, 3), colour, dtype=np.uint8)

    def fill(self, shape: BaseGeometry, colour: Colour, opacity: float = 1.0) -> None:
        """Valid polygons; what lies outside the picture is left out."""
        rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shape)))
        self._fill(_edges(rings), colour, opacity)

    def stroke(self, lines: BaseGeometry, width: float, colour: Colour) -> None:
        """Each piece of a line as a rectangle: joined to one shape first, many of them would take minutes."""
        start, end = _edges(shapely.get_parts(lines))
        along = end - start
        length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
        ahead = along / length * (width / 2)
        aside = ahead[:, ::-1] * (-1, 1)
        start, end = start - ahead / 2, end + ahead / 2
        corners = np.stack([start + aside, start - aside, end - aside, end + aside], axis=1)
        self._fill(_around(corners), colour)

    def dots(self, middles: NDArray[np.float64], radius: float, colour: Colour, opacity: float = 1.0) -> None:
        angles = np.arange(DOT_CORNERS) * (2 * np.pi / DOT_CORNERS)
        circle = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radius
        self._fill(_around(middles[:, None, :] + circle), colour, opacity)

    def paint(self, cover: Cover, left: int, top: int, colour: Colour) -> None:
        """A cover with its upper left corner at a pixel."""
        height, width, _ = self._pixels.shape
        rows, columns = slice(max(0, top), min(height, top + len(cover))), slice(max(0, left), width)
        part = cover[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left, None]
        under = self._pixels[rows, columns.start : columns.start + part.shape[1]]
        under[:] = np.rint(under + part * (np.array(colour, dtype=np.float32) - under)).astype(np.uint8)

    def place(self, other: Canvas, left: int, top: int) -> None:
        """A smaller picture, wholly within this one."""
        height, width, _ = other._pixels.shape
        self._pixels[top : top + height, left : left + width] = other._pixels

    def png(self) -> bytes:
        """Portable Network Graphics, RGB without filters (ISO/IEC 15948)."""
        height, width, _ = self._pixels.shape
        rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
        rows[:, 1:] = self._pixels.reshape(height, -1)
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)

    def _fill(self, edges: Edges, colour: Colour, opacity: float = 1.0) -> None:
        height, width, _ = self._pixels.shape
        cover = _covered(edges, width, height)
        self.paint(cover * np.float32(opacity), 0, 0, colour)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _edges(lines: NDArray[np.object_]) -> Edges:
    points, line = shapely.get_coordinates(lines, return_index=True)
    same = line[1:] == line[:-1]
    return np.stack([points[:-1][same], points[1:][same]])


def _around(corners: NDArray[np.float64]) -> Edges:
    """Of many shapes with as many corners each: (shape, corner, x and y)."""
    return np.stack([corners.reshape(-1, 2), np.roll(corners, -1, axis=1).reshape(-1, 2)])


def _covered(edges: Edges, width: int, height: int) -> Cover:
    """Right of an edge that goes one way is inside, of one that goes the other way outside."""
    gained = np.zeros((height * ROWS, width + 2))
    for row, across, sign in _crossings(edges, height * ROWS):
        x = across.clip(0, width)
        whole = np.floor(x).astype(np.int64)
        rest = x - whole
        np.add.at(gained, (row, whole), sign * (1 - rest))
        np.add.at(gained, (row, whole + 1), sign * rest)
    shares = np.abs(gained.cumsum(axis=1)[:, :width]).clip(0, 1).reshape(height, ROWS, width)
    cover: Cover = shares.mean(axis=1).astype(np.float32)
    return cover


Crossings = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]


def _crossings(edges: Edges, rows: int) -> Iterator[Crossings]:
    """Row, x and direction of each crossing of an edge with the middle of a sampled row."""
    sampled = edges * (1, ROWS) - (0, 0.5)
    down = sampled[0, :, 1] <= sampled[1, :, 1]
    upper, lower = np.where(down[:, None], sampled, sampled[::-1])
    for some in np.array_split(np.arange(len(down)), 1 + len(down) // EDGES_AT_ONCE):
        (x, y), (to_x, to_y) = upper[some].T, lower[some].T
        first = np.ceil(y).clip(0, rows).astype(np.int64)
        count = np.ceil(to_y).clip(0, rows).astype(np.int64) - first
        edge = np.repeat(np.arange(len(some)), count)
        row = first[edge] + np.arange(len(edge)) - np.repeat(count.cumsum() - count, count)
        slope = (to_x - x)[edge] / (to_y - y)[edge]
        yield row, x[edge] + (row - y[edge]) * slope, np.where(down[some], 1.0, -1.0)[edge]
