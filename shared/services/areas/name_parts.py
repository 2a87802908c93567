"""The name of an area from those of its parts, where staff give none: "ul. Różana (nieparzyste), Zawada"."""

from __future__ import annotations

from collections.abc import Callable

from shared.domain.area_parts import Leaf, Saved, Steps, Unit
from shared.domain.house_numbers import Houses, Parity

_WITHOUT, _MORE = "bez", "i inne"  # in the language that every alert has
_SIDES = {Parity.ODD: "nieparzyste", Parity.EVEN: "parzyste"}


def name_parts(
    steps: Steps,
    unit_name: Callable[[Unit], str | None],
    saved_name: Callable[[str], str | None],
    longest: int,
) -> str | None:
    """In Polish; None when what is added has no names, as a shape that was drawn, or they are too long."""

    def named(part: Leaf | Saved) -> str | None:
        if isinstance(part, Saved):
            return saved_name(part.id)
        if not isinstance(part, Unit):
            return None
        name = unit_name(part)
        return name if name is None or part.houses is None else f"{name} ({_houses(part.houses)})"

    added = [named(step.part) for step in steps if not step.subtracted]
    taken_out = [named(step.part) for step in steps if step.subtracted]
    if None in added or None in taken_out:
        return None
    return _fitting([str(one) for one in added], [str(one) for one in taken_out], longest)


def _fitting(added: list[str], taken_out: list[str], longest: int) -> str | None:
    """Of many parts the first ones, and how many more there are; what is taken out is told whole."""
    without = f" {_WITHOUT}: {', '.join(taken_out)}" if taken_out else ""
    names = list(dict.fromkeys(added))
    for told in range(len(names), 0, -1):
        more = len(names) - told
        name = ", ".join(names[:told]) + (f" {_MORE} ({more})" if more else "") + without
        if len(name) <= longest:
            return name
    return None


def _houses(houses: Houses) -> str:
    side = [] if houses.parity is None else [_SIDES[houses.parity]]
    first, last = houses.first, houses.last
    if first and last:
        return " ".join([*side, f"{first}–{last}" if first != last else first])
    bounds = [f"od {first}"] if first else [f"do {last}"] if last else []
    return " ".join([*side, *bounds])
