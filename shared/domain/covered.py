"""What an area covers, told by name: "Różana 9 of 42, Dworcowa 7 of 117"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from shared.domain.place_codes import PlaceCodes

MOST_NAMED = 50


@dataclass(frozen=True)
class Address:
    """An address point of the register; `name` is that of its street, or of a locality without streets."""

    codes: PlaceCodes
    name: str
    cell: str  # H3, resolution 13: the place that a resident has who picked this address


@dataclass(frozen=True)
class CoveredName:
    """`inside` of the `total` addresses of a street (or of a locality without streets) are covered."""

    code: str
    name: str
    inside: int
    total: int


@dataclass(frozen=True)
class Covered:
    """`names`: at most MOST_NAMED, those of which most is covered first; `more` names hold `more_inside`."""

    names: tuple[CoveredName, ...]
    inside: int
    total: int
    more: int = 0
    more_inside: int = 0


def covered(addresses: Sequence[Address], inside: Collection[int], most: int = MOST_NAMED) -> Covered:
    """`inside`: indexes of the addresses that the area holds."""
    totals = Counter(_code(one) for one in addresses)
    counts = Counter(_code(addresses[at]) for at in inside)
    names = _names(addresses)
    found = [CoveredName(code, names[code], count, totals[code]) for code, count in counts.items()]
    found.sort(key=lambda one: (-one.inside, one.name, one.code))
    rest = found[most:]
    return Covered(
        tuple(found[:most]), len(inside), len(addresses), len(rest), sum(one.inside for one in rest)
    )


def _code(address: Address) -> str:
    return address.codes.street or address.codes.locality or ""


def _names(addresses: Sequence[Address]) -> Mapping[str, str]:
    """Of each code the first name in order, so that a slip in one row decides nothing by chance."""
    names: dict[str, str] = {}
    for one in addresses:
        code = _code(one)
        names[code] = min(names.get(code, one.name), one.name)
    return names
