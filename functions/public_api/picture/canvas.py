"""A picture in memory: shapes and letters with smooth edges, and the PNG that it becomes."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Colour = tuple[int, int, int]
Cover = NDArray[np.float32]  # of each pixel the share that is covered, rows from above
ROWS = 4  # sampled in each row of pixels; sideways the share is exact


class Canvas:
    def __init__(self, width: int, height: int, colour: Colour) -> None:
        self._pixels = np.full((height, width, 3), colour, dtype=np.uint8)

    def fill(self, shape: BaseGeometry, colour: Colour, opacity: float = 1.0) -> None:
        """Polygons in pixels, y down; what lies outside the picture is left out."""
        height, width, _ = self._pixels.shape
        seen = shapely.intersection(shape, shapely.box(0, 0, width, height))
        if seen.is_empty:
            return
        left, top, right, bottom = (int(bound) for bound in seen.bounds)
        moved = shapely.transform(seen, lambda xy: xy - (left, top))
        cover = _covered(moved, right - left + 1, bottom - top + 1)
        self.paint(cover * np.float32(opacity), left, top, colour)

    def paint(self, cover: Cover, left: int, top: int, colour: Colour) -> None:
        """A cover with its upper left corner at a pixel."""
        height, width, _ = self._pixels.shape
        rows, columns = slice(max(0, top), min(height, top + len(cover))), slice(max(0, left), width)
        part = cover[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left, None]
        under = self._pixels[rows, columns.start : columns.start + part.shape[1]]
        under[:] = np.rint(under + part * (np.array(colour, dtype=np.float32) - under)).astype(np.uint8)

    def png(self) -> bytes:
        """Portable Network Graphics, RGB without filters (ISO/IEC 15948)."""
        height, width, _ = self._pixels.shape
        rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
        rows[:, 1:] = self._pixels.reshape(height, -1)
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _covered(shape: BaseGeometry, width: int, height: int) -> Cover:
    """By the crossings of sampled rows with the edges, the odd ones in and the even ones out."""
    rows, xs = _crossings(shape, height * ROWS)
    xs = xs.clip(0, width)
    order = np.lexsort((xs, rows))
    rows, xs = rows[order], xs[order]
    sign = np.where(np.arange(len(xs)) % 2, -1.0, 1.0)
    whole = np.floor(xs).astype(np.int64)
    rest = xs - whole
    gained = np.zeros((height * ROWS, width + 2))
    np.add.at(gained, (rows, whole), sign * (1 - rest))
    np.add.at(gained, (rows, whole + 1), sign * rest)
    shares = gained.cumsum(axis=1)[:, :width].reshape(height, ROWS, width)
    cover: Cover = shares.mean(axis=1).clip(0, 1).astype(np.float32)
    return cover


def _crossings(shape: BaseGeometry, rows: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Row and x of each crossing of an edge with the middle of a sampled row."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    ends = np.stack([points[:-1][same], points[1:][same]])
    ends[..., 1] = ends[..., 1] * ROWS - 0.5
    upper = np.where(ends[0, :, 1] <= ends[1, :, 1], 0, 1)
    at = np.arange(ends.shape[1])
    (x, y), (to_x, to_y) = ends[upper, at].T, ends[1 - upper, at].T
    first = np.ceil(y).astype(np.int64).clip(0, rows)
    count = np.ceil(to_y).astype(np.int64).clip(0, rows) - first
    edge = np.repeat(at, count)
    row = first[edge] + np.arange(len(edge)) - np.repeat(count.cumsum() - count, count)
    slope = (to_x - x)[edge] / (to_y - y)[edge]
    return row, x[edge] + (row - y[edge]) * slope
