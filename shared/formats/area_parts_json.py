"""An area of parts in JSON, read strictly from staff, with saved areas put in.

A part is an object with `kind` and, when it is taken out, `"subtract": true`:

    {"kind": "shape", "shape": GeoJSON}
    {"kind": "gmina", "code": "120903"}                              also voivodeship, powiat, locality
    {"kind": "street", "code": "0951617:01014", "houses": {"parity": "odd", "from": "1", "to": "21A"}}
    {"kind": "saved", "id": "zone-3"}                                taken with its parts as they are now
    {"kind": "here", "lat": 49.83, "lng": 19.94, "metres": 300}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.domain.area_parts import Drawn, Leaf, Level, Saved, Step, Steps, Unit
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import LONGEST_STEP, pointer
from shared.formats.part_fields import Path, check_names, read_around, read_drawn, read_unit
from shared.geo.geojson import MOST_VERTICES
from shared.geo.shapes import Area, vertices

MOST_PARTS = 200  # saved areas and what they hold counted one by one
DEEPEST = 4  # saved areas in saved areas
_KINDS = ("shape", "saved", "here", *Level)
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

SavedParts = Callable[[str], object | None]  # the JSON of a saved area's parts; None: there is none


def read_parts(
    value: object,
    saved: SavedParts,
    in_register: Callable[[Unit], bool],
    name: str = "parts",
    within: str | None = None,
) -> Steps:
    """What staff sent under `name`; `within`: the saved area whose parts they are, which they may not name.

    Raises InvalidInput with everything that is wrong with it.
    """
    reading = _Reading(saved, in_register, within=[] if within is None else [within])
    return reading.steps(value, (name,))


@dataclass
class _Reading:
    """One reading, with what it has cost so far."""

    saved: SavedParts
    in_register: Callable[[Unit], bool]
    parts: int = 0
    vertices: int = 0
    within: list[str] = field(default_factory=list)  # the saved areas that are being read

    def steps(self, value: object, path: Path) -> Steps:
        if not isinstance(value, list):
            raise InvalidInput([FieldError(pointer(*path), "parts-not-list")])
        if not value:
            raise InvalidInput([FieldError(pointer(*path), "parts-none")])
        self.parts += len(value)
        if self.parts > MOST_PARTS:
            raise _TooLarge([FieldError(pointer(path[0]), "parts-too-many", {"most": MOST_PARTS})])
        return self._each(value, path)

    def _each(self, value: list[object], path: Path) -> Steps:
        steps, faults = list[Step](), list[FieldError]()
        for at, part in enumerate(value):
            try:
                steps.append(self._step(part, (*path, at)))
            except _TooLarge:
                raise
            except InvalidInput as error:
                faults += error.errors
        if not faults and steps[0].subtracted:
            faults.append(FieldError(pointer(*path, 0), "part-first-subtracted"))
        if faults:
            raise InvalidInput(faults)
        return tuple(steps)

    def _step(self, part: object, path: Path) -> Step:
        if not isinstance(part, dict):
            raise InvalidInput([FieldError(pointer(*path), "not-object")])
        subtracted = part.get("subtract", False)
        if not isinstance(subtracted, bool):
            raise InvalidInput([FieldError(pointer(*path, "subtract"), "not-a-boolean")])
        return Step(self._part(part, path), subtracted)

    def _part(self, part: Mapping[str, Any], path: Path) -> Leaf | Saved:
        kind = part.get("kind")
        if not isinstance(kind, str) or kind not in _KINDS:
            known = ", ".join(_KINDS)
            raise InvalidInput([FieldError(pointer(*path, "kind"), "unknown-value", {"known": known})])
        if kind == "shape":
            return self._drawn(part, path)
        if kind == "here":
            return read_around(part, path)
        return self._saved(part, path) if kind == "saved" else self._unit(part, Level(kind), path)

    def _drawn(self, part: Mapping[str, Any], path: Path) -> Drawn:
        drawn = read_drawn(part, path)
        self.vertices += vertices(Area.from_text(drawn.shape))
        if self.vertices > MOST_VERTICES:
            faults = [FieldError(pointer(path[0]), "area-too-many-vertices", {"most": MOST_VERTICES})]
            raise _TooLarge(faults)
        return drawn

    def _unit(self, part: Mapping[str, Any], level: Level, path: Path) -> Unit:
        unit = read_unit(part, level, path)
        if not self.in_register(unit):
            unknown = FieldError(pointer(*path, "code"), "part-code-unknown", {"code": unit.code})
            raise InvalidInput([unknown])
        return unit

    def _saved(self, part: Mapping[str, Any], path: Path) -> Saved:
        check_names(part, {"kind", "id"}, {"subtract"}, path)
        name = part["id"]
        if not isinstance(name, str):
            raise InvalidInput([FieldError(pointer(*path, "id"), "not-text")])
        name = name[:LONGEST_STEP]
        self._check_nesting(name, path)
        parts = self.saved(name) if _ID.fullmatch(name) else None
        if parts is None:
            raise InvalidInput([FieldError(pointer(*path, "id"), "part-saved-unknown", {"id": name})])
        self.within.append(name)
        try:
            return Saved(name, self._steps_of_saved(name, parts, path))
        finally:
            self.within.pop()

    def _check_nesting(self, name: str, path: Path) -> None:
        at = pointer(*path, "id")
        if name in self.within:
            raise InvalidInput([FieldError(at, "part-saved-cycle", {"id": name})])
        if len(self.within) == DEEPEST:
            raise InvalidInput([FieldError(at, "part-saved-deep", {"most": DEEPEST})])

    def _steps_of_saved(self, name: str, parts: object, path: Path) -> Steps:
        """What is wrong inside is told where the saved area was named: its own path says nothing to staff."""
        try:
            return self.steps(parts, (*path, "parts"))
        except _TooLarge:
            raise
        except InvalidInput as error:
            told = {one.code: one for one in error.errors if one.code.startswith("part-saved-")}
            faults = [FieldError(pointer(*path, "id"), one.code, one.params) for one in told.values()]
            unreadable = FieldError(pointer(*path, "id"), "part-saved-unreadable", {"id": name})
            raise InvalidInput(faults or [unreadable]) from None


class _TooLarge(InvalidInput):
    """Nothing more is read, wherever in the parts it was noticed."""
