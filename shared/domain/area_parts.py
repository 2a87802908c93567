"""An area as a list of parts, joined and subtracted in the order said.

Streets, localities and units of the register are meant by code; everything else has a shape, of which this
module knows the text alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from shared.domain.house_numbers import Houses

S = TypeVar("S")


class Level(StrEnum):
    """Of the register (TERYT): TERC of 2, 4 and 6 digits, SYM of 7, SYM and SYM_UL as "0951617:01014"."""

    VOIVODESHIP = "voivodeship"
    POWIAT = "powiat"
    GMINA = "gmina"
    LOCALITY = "locality"
    STREET = "street"


@dataclass(frozen=True)
class Drawn:
    shape: str  # GeoJSON text of a valid area, as shared/geo/shapes.py writes it


@dataclass(frozen=True)
class Around:
    """ "Here": a circle about a point, degrees and metres."""

    lat: float
    lng: float
    metres: float


@dataclass(frozen=True)
class Unit:
    """What the register has under a code; `houses` of a street only, None for all of them."""

    level: Level
    code: str
    houses: Houses | None = None
    shape: str | None = (
        None  # GeoJSON text, the houses' alone, as it was when the part was taken; None: unknown
    )


@dataclass(frozen=True)
class Saved:
    """A saved area with its parts as they were when it was taken: a later change of it changes no alert."""

    id: str
    steps: Steps


Leaf = Drawn | Around | Unit


@dataclass(frozen=True)
class Step:
    """One part of an area: added to what the steps before it made, or taken out of that."""

    part: Leaf | Saved
    subtracted: bool = False


Steps = tuple[Step, ...]


def leaves(steps: Iterable[Step]) -> Iterator[Leaf]:
    """All parts that are no saved area, those within saved areas too, in the order said."""
    for step in steps:
        if isinstance(step.part, Saved):
            yield from leaves(step.part.steps)
        else:
            yield step.part


def added(steps: Iterable[Step]) -> Iterator[Leaf]:
    """The parts of which at least one means whoever the area means: what is taken out adds nobody."""
    for step in steps:
        if not step.subtracted:
            yield from added(step.part.steps) if isinstance(step.part, Saved) else (step.part,)


def combined(
    steps: Iterable[Step],
    nothing: S,
    value: Callable[[Leaf, bool], S],
    joined: Callable[[S, S], S],
    without: Callable[[S, S], S],
    taken_out: bool = False,
) -> S:
    """What the parts make together, in whatever they are valued by: a set of places, or a geometry.

    `value` is told whether the part takes people out in the end, so that doubt leaves them in.
    """
    made = nothing
    for step in steps:
        part = step.part
        out = taken_out != step.subtracted
        if isinstance(part, Saved):
            found = combined(part.steps, nothing, value, joined, without, out)
        else:
            found = value(part, out)
        made = without(made, found) if step.subtracted else joined(made, found)
    return made
