"""The parts that staff chose become an area: read, frozen as the register has them now, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from shared.domain.area_parts import Leaf, Saved, Step, Steps, Unit, leaves
from shared.errors import FieldError, InvalidInput
from shared.formats.area_parts_json import read_parts
from shared.formats.parts_text import parts_text
from shared.geo.crossings import cross_too_often
from shared.geo.shapes import Area, outline
from shared.services.areas.check_area import check_inside
from shared.services.areas.register import Register
from shared.services.audience.match_parts import outline_of, shape, shape_taken

# Bytes: with the longest of texts, before and after a change, both fit into one event of Eventarc.
MOST_PARTS, MOST_OUTLINE = 120_000, 80_000
_OUTLINE = 3_200  # corners, where metres allow it
_MOST_SHAPES, _LEAST_SHAPE = 3_500, 24  # corners of all shapes of the register together, and of one


@dataclass(frozen=True)
class Taken:
    """Parts with their shapes, and the area that they make, exactly; None: nothing is left of it."""

    steps: Steps
    area: Area | None

    @property
    def notes(self) -> Sequence[FieldError]:
        """Parts that change nothing, since the register knows neither an address nor a boundary of theirs."""
        return [
            FieldError(f"/parts/{at}", "part-nobody", {"number": at + 1})
            for at, step in enumerate(self.steps)
            if isinstance(step.part, Unit) and step.part.shape is None
        ]

    @cached_property
    def outline(self) -> str:
        """GeoJSON text of few corners, "" without an area: for maps, and for apps that know no parts."""
        return "" if self.area is None else outline(self.area, _OUTLINE).text()


def take_parts(value: object, register: Register, within: str | None = None) -> Taken:
    """`value`: the JSON of a request; `within`: the saved area that these are the parts of.

    Raises InvalidInput for what cannot be read, is not the municipality's or is too much to be stored.
    """
    read = read_parts(value, register.saved_parts, register.has, within=within)
    steps = _frozen(read, register)
    if cross_too_often([area.geometry for leaf in leaves(steps) if (area := shape(leaf, shape_taken))]):
        raise InvalidInput([FieldError("/parts", "parts-too-large")])
    if len(parts_text(steps).encode()) > MOST_PARTS:
        raise InvalidInput([FieldError("/parts", "parts-too-large")])
    taken = Taken(steps, outline_of(steps, shape_taken))
    if len(taken.outline) > MOST_OUTLINE:
        raise InvalidInput([FieldError("/parts", "parts-too-large")])
    return taken


def check_taken(taken: Taken, boundary: Area) -> Area:
    """What an alert may go to. Raises InvalidInput, with the part that lies inside, if any."""
    if taken.area is None:
        raise InvalidInput([FieldError("/parts", "parts-nobody")])
    check_inside(taken.area, boundary, "/parts")
    return taken.area


def _frozen(steps: Steps, register: Register) -> Steps:
    units = [leaf for leaf in leaves(steps) if isinstance(leaf, Unit)]
    most = max(_LEAST_SHAPE, _MOST_SHAPES // max(1, len(units)))

    @cache
    def shaped(unit: Unit) -> Unit:
        area = register.shape_of(unit)
        return replace(unit, shape=None if area is None else outline(area, most).text())

    return _mapped(steps, lambda leaf: shaped(leaf) if isinstance(leaf, Unit) else leaf)


def _mapped(steps: Steps, leaf: Callable[[Leaf], Leaf]) -> Steps:
    return tuple(
        replace(step, part=Saved(step.part.id, _mapped(step.part.steps, leaf)))
        if isinstance(step.part, Saved)
        else Step(leaf(step.part), step.subtracted)
        for step in steps
    )
