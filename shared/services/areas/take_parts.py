"""The parts that staff chose become an area: read, frozen as the register has them now, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from shared.domain.area_parts import Leaf, Level, Saved, Step, Steps, Unit, leaves
from shared.errors import FieldError, InvalidInput
from shared.formats.area_parts_json import read_parts
from shared.formats.parts_text import parts_text
from shared.geo.crossings import cross_too_often
from shared.geo.shapes import Area, outline
from shared.services.areas.check_area import TOLERANCE_M, check_inside
from shared.services.areas.register import Register
from shared.services.audience.match_parts import outline_of, shape

# Bytes: with the longest of texts, before and after a change, both fit into one event of Eventarc.
MOST_PARTS, MOST_OUTLINE = 120_000, 80_000
OUTLINE_MOVES_M = 32.0  # at most, of a border of hundreds of kilometres; else 8 m and less
_MOST_NAMED = 5  # of what a saved area has that the register has no more
_OUTLINE = 3_200  # corners of the outline, where that is enough
_MOST_SHAPES, _LEAST_SHAPE = 3_500, 24  # corners of all shapes of the register together, and of one
_SIMPLER_M = (1.0, 4.0, 8.0)  # a street's shape is some tens of metres wide
_SIMPLER_BORDER_M = (*_SIMPLER_M, OUTLINE_MOVES_M)


@dataclass(frozen=True)
class Taken:
    """Parts with their shapes, and the area that they make, exactly; None: nothing is left of it.

    `notes`: what staff had better know of the parts.
    """

    steps: Steps
    area: Area | None
    notes: Sequence[FieldError] = ()

    @cached_property
    def outline(self) -> str:
        """GeoJSON text of few corners, "" without an area: for maps, and for apps that know no parts."""
        return "" if self.area is None else outline(self.area, _OUTLINE, _SIMPLER_BORDER_M).text()


def take_parts(value: object, register: Register, within: str | None = None) -> Taken:
    """`value`: the JSON of a request; `within`: the saved area that these are the parts of.

    Raises InvalidInput for what cannot be read, is not the municipality's or is too much to be stored.
    """
    register.fetch(value)
    read = read_parts(value, register.saved_parts, register.has, within=within)
    shapes = [area.geometry for leaf in leaves(read) if (area := shape(leaf, register.shape_of))]
    steps = _frozen(read, register)
    if cross_too_often(shapes) or len(parts_text(steps).encode()) > MOST_PARTS:
        raise InvalidInput([FieldError("/parts", "parts-too-large")])
    taken = Taken(steps, outline_of(read, register.shape_of), list(_notes(read, register)))
    if len(taken.outline) > MOST_OUTLINE:
        raise InvalidInput([FieldError("/parts", "parts-too-large")])
    return taken


def _notes(steps: Steps, register: Register) -> Iterator[FieldError]:
    """Of parts that change little or nothing: those retired, also within a saved area, and those of which the
    register knows neither an address nor a boundary."""
    for at, step in enumerate(steps):
        if isinstance(step.part, Saved):
            yield from _notes_of_saved(f"/parts/{at}", at + 1, step.part, register)
        elif not isinstance(step.part, Unit):
            continue
        elif register.is_retired(step.part):
            yield FieldError(f"/parts/{at}", "part-retired", {"number": at + 1})
        elif register.shape_of(step.part) is None:
            yield FieldError(f"/parts/{at}", "part-nobody", {"number": at + 1})


def _notes_of_saved(pointer: str, number: int, saved: Saved, register: Register) -> Iterator[FieldError]:
    units = [leaf for leaf in dict.fromkeys(leaves(saved.steps)) if isinstance(leaf, Unit)]
    gone = [register.name_of(unit) or unit.code for unit in units if register.is_retired(unit)]
    if gone:
        names = ", ".join(dict.fromkeys(gone[:_MOST_NAMED]))
        name = register.saved_name(saved.id) or ""
        yield FieldError(pointer, "part-retired-saved", {"number": number, "area": name, "names": names})


def check_taken(taken: Taken, boundary: Area) -> Area:
    """What an alert may go to. Raises InvalidInput, with the part that lies inside, if any."""
    if taken.area is None:
        raise InvalidInput([FieldError("/parts", "parts-nobody")])
    check_inside(taken.area, boundary, "/parts")
    return taken.area


def check_outline(stored: Area, boundary: Area) -> None:
    """Of an alert that was written before: boundaries move. Both are made plain, since the exact border of a
    large municipality takes seconds. Raises InvalidInput."""
    plain = outline(boundary, _OUTLINE, _SIMPLER_BORDER_M)
    check_inside(stored, plain, "/parts", TOLERANCE_M + 2 * OUTLINE_MOVES_M)


def _frozen(steps: Steps, register: Register) -> Steps:
    units = [leaf for leaf in leaves(steps) if isinstance(leaf, Unit)]
    most = max(_LEAST_SHAPE, _MOST_SHAPES // max(1, len(units)))

    @cache
    def shaped(unit: Unit) -> Unit:
        area = register.shape_of(unit)
        simpler_m = _SIMPLER_M if unit.level is Level.STREET else _SIMPLER_BORDER_M
        return replace(unit, shape=None if area is None else outline(area, most, simpler_m).text())

    return _mapped(steps, lambda leaf: shaped(leaf) if isinstance(leaf, Unit) else leaf)


def _mapped(steps: Steps, leaf: Callable[[Leaf], Leaf]) -> Steps:
    return tuple(
        replace(step, part=Saved(step.part.id, _mapped(step.part.steps, leaf)))
        if isinstance(step.part, Saved)
        else Step(leaf(step.part), step.subtracted)
        for step in steps
    )
