"""Figures that point at nobody: the one rule for every number of people that staff see."""

from __future__ import annotations

from collections.abc import Mapping

LEAST_PEOPLE = 10  # of fewer nothing is told, not even whether there is anybody
STEP = 5  # others are rounded to it, so that one person more or less does not show

# None: fewer than ten people, perhaps nobody; otherwise rounded. Zero is never told.
Figure = int | None


def shown(count: float, people: float | None = None) -> Figure:
    """`people` behind the count, when it counts something else of them: two may have ten phones.

    What was shown once is shown the same again.
    """
    if min(count, count if people is None else people) < LEAST_PEOPLE:
        return None
    return STEP * round(count / STEP)


def shown_by_reason(counts: Mapping[str, int], other: str) -> dict[str, int]:
    """The reasons that are large enough, the rest together under `other` when that is."""
    told = {reason: figure for reason, count in counts.items() if (figure := shown(count)) is not None}
    rest = shown(sum(count for reason, count in counts.items() if reason not in told))
    return told if rest is None else {**told, other: told.get(other, 0) + rest}
