"""What an area covers, told by name: "Różana 9 of 42, Dworcowa 7 of 117"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from shared.domain.place_codes import PlaceCodes

MOST_NAMED = 50
LONGEST_NAME = (
    48  # characters; so many names of letters of two bytes fit beside the largest area into one event
)


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
    return shortened(Covered(tuple(found), len(inside), len(addresses)), most)


def shortened(told: Covered, most: int = MOST_NAMED) -> Covered:
    """What was told of every name, told of `most` of them."""
    rest = told.names[most:]
    inside = told.more_inside + sum(one.inside for one in rest)
    return replace(told, names=told.names[:most], more=told.more + len(rest), more_inside=inside)


def plain(told: Covered) -> dict[str, Any]:
    """Names and values, for whoever stores, signs or answers it."""
    return {**asdict(told), "names": [asdict(one) for one in told.names]}


def read(stored: Mapping[str, Any]) -> Covered:
    """What `plain` gave, in any release; raises LookupError, TypeError or ValueError for anything else."""
    names = tuple(CoveredName(**_declared(CoveredName, one)) for one in stored["names"])
    return Covered(**{**_declared(Covered, stored), "names": names})


def _declared(of: type, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that this release knows, each of its type: a signed text may come from anybody."""
    kinds = {"int": int, "str": str}
    known = {one.name: kinds.get(str(one.type), object) for one in fields(of) if one.name in stored}
    if any(kind is not object and type(stored[name]) is not kind for name, kind in known.items()):
        raise TypeError(of.__name__)
    return {name: stored[name] for name in known}


def _code(address: Address) -> str:
    return address.codes.street or address.codes.locality or ""


def _names(addresses: Sequence[Address]) -> Mapping[str, str]:
    """Of each code the first name in order, so that a slip in one row decides nothing by chance."""
    names: dict[str, str] = {}
    for one in addresses:
        code = _code(one)
        names[code] = min(names.get(code, one.name), one.name)
    return {code: _cut(name) for code, name in names.items()}


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
