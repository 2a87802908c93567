"""Whom an area of parts means: streets, localities and units by code, shapes by the exact filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import or_, sub

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from shared.domain.area_parts import Around, Drawn, Leaf, Steps, Unit, combined
from shared.domain.covered import MOST_NAMED, Address, Covered, covered
from shared.domain.place_codes import CodeIndex
from shared.geo.around import around
from shared.geo.cover import core_matcher, matcher
from shared.geo.shapes import Area
from shared.services.audience.spots import Members, Spot

Matcher = Callable[[Sequence[str]], NDArray[np.bool_]]
ShapeOf = Callable[[Unit], Area | None]  # of a part named by code, houses included; None: none is known


class PartsMatch:
    """The parts with their shapes prepared once, for any number of places."""

    def __init__(self, steps: Steps, shape_of: ShapeOf) -> None:
        self._steps = steps
        self._shape_of = shape_of
        self._matchers: dict[tuple[Leaf, bool], Matcher | None] = {}

    def inside(self, spots: Sequence[Spot]) -> Members:
        """Which of the places are in, by their index."""
        index = CodeIndex([spot.codes for spot in spots])

        def members(leaf: Leaf, taken_out: bool) -> Members:
            if not isinstance(leaf, Unit):
                return self._in_shape(leaf, taken_out, spots, range(len(spots)))
            meant, unsure = index.meant(leaf, wholly=taken_out)
            return meant | self._in_shape(leaf, taken_out, spots, sorted(unsure))

        return combined(self._steps, Members(), members, or_, sub)

    def holds(self, spot: Spot) -> bool:
        return bool(self.inside([spot]))

    def owner(self, places: Mapping[str, Spot]) -> str | None:
        """Of a resident's places by id the one that is delivered, the lowest that is in: one push each."""
        ids = sorted(places)
        return min((ids[at] for at in self.inside([places[one] for one in ids])), default=None)

    def covers(self, addresses: Sequence[Address], most: int = MOST_NAMED) -> Covered:
        """By name; an address is covered when a resident who picked it is in."""
        return covered(addresses, self.inside([Spot(one.cell, one.codes) for one in addresses]), most)

    def in_any(self, parts: Iterable[Leaf], cells: Sequence[str]) -> Members:
        """The cells, by their index, that lie in one of these parts' shapes, as parts that add."""
        spots = [Spot(cell) for cell in cells]
        found = (self._in_shape(leaf, False, spots, range(len(spots))) for leaf in parts)
        return Members().union(*found)

    def _in_shape(self, leaf: Leaf, taken_out: bool, spots: Sequence[Spot], asked: Sequence[int]) -> Members:
        matches = self._matcher(leaf, taken_out) if asked else None
        if matches is None:
            return Members()
        kept = matches([spots[at].cell for at in asked])
        return Members(at for at, yes in zip(asked, kept, strict=True) if yes)

    def _matcher(self, leaf: Leaf, taken_out: bool) -> Matcher | None:
        """What is taken out is so only where no place that stays can lie."""
        key = leaf, taken_out
        if key not in self._matchers:
            area = shape(leaf, self._shape_of)
            made = core_matcher if taken_out else matcher
            self._matchers[key] = None if area is None else made(area)
        return self._matchers[key]


def shape(leaf: Leaf, shape_of: ShapeOf) -> Area | None:
    """Where the part lies; raises InvalidArea for a text that is no area."""
    if isinstance(leaf, Drawn):
        return Area.from_text(leaf.shape)
    if isinstance(leaf, Around):
        return around(leaf.lat, leaf.lng, leaf.metres)
    return shape_of(leaf)


def shape_taken(unit: Unit) -> Area | None:
    """Of a stored part, the shape that the register had when it was taken; a ShapeOf."""
    return None if unit.shape is None else Area.from_text(unit.shape)


def outline_of(steps: Steps, shape_of: ShapeOf) -> Area | None:
    """The parts' shapes put together, None when nothing is left: for maps, and for apps that know no codes.

    A part without a shape adds nothing to it and takes nothing out: the codes decide, this shows.
    """

    def geometry(leaf: Leaf, _taken_out: bool) -> BaseGeometry:
        area = shape(leaf, shape_of)
        return MultiPolygon() if area is None else area.geometry

    nothing: BaseGeometry = MultiPolygon()
    return Area.of(combined(steps, nothing, geometry, BaseGeometry.union, BaseGeometry.difference))
