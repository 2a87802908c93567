"""What share of an area's addresses can be told by phone, and where somebody has to go from door to door.

Made of the month's coverage alone, in which every figure stands for ten addresses or more, and of the public
register: whatever areas are asked for, also two that differ by one house, nothing follows that the coverage
does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.coverage import LEAST_ADDRESSES, Coverage
from shared.domain.covered import CoveredName

MOST_STREETS = 5


@dataclass(frozen=True)
class StreetToWalk:
    """`inside` of its addresses lie in the area; `share` in percent of the whole street, in steps.

    `together`: it is too short for a share of its own, this one is of several streets.
    """

    code: str
    name: str
    inside: int
    share: int
    together: bool


@dataclass(frozen=True)
class AreaCoverage:
    """`share` in percent; with `streets`, those of the lowest share, None and empty for a small area."""

    month: str
    addresses: int
    share: int | None = None
    streets: tuple[StreetToWalk, ...] = ()


def area_coverage(names: Sequence[CoveredName], coverage: Coverage) -> AreaCoverage:
    """`names`: every street and locality that the area covers an address of."""
    addresses = sum(one.inside for one in names)
    groups = {code: group for group in coverage.streets for code in group.codes}
    known = [
        StreetToWalk(one.code, one.name, one.inside, group.share, len(group.codes) > 1)
        for one in names
        if (group := groups.get(one.code))
    ]
    counted = sum(one.inside for one in known)
    if counted < LEAST_ADDRESSES:
        return AreaCoverage(coverage.month, addresses)
    share = round(sum(one.inside * one.share for one in known) / counted)
    lowest = sorted(known, key=lambda one: (one.share, -one.inside, one.name, one.code))
    return AreaCoverage(coverage.month, addresses, share, tuple(lowest[:MOST_STREETS]))
