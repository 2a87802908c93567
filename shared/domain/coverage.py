"""How much of a municipality can be told: by street the share of addresses that have a phone.

So that no figure points at a house, streets of fewer than ten addresses stand together, shares go in steps of
ten and are counted once a month. The lowest step holds zero and the highest all, so neither is ever told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.domain.figures import Figure

LEAST_ADDRESSES = 10
STEP, LOWEST, HIGHEST = 10, 10, 90  # percent; "10 or fewer", "90 or more"


NOWHERE = "nowhere"  # in the place of a TERC: of no municipality


class Silence(StrEnum):
    """Why a phone with the app cannot ring."""

    PERMISSION = "permission"  # it has a place, and never registered for pushes
    NO_PLACE = "no_place"
    LOST = "lost"  # it was registered, and its target works no more or was given up
    MUTED = "muted"  # its owner mutes all that can be muted


@dataclass(frozen=True)
class CountedStreet:
    """Exactly: `covered` of its `addresses` have a phone; of a locality the houses without a street."""

    code: str
    name: str
    sym: str  # of its locality
    locality: str  # its name
    addresses: int
    covered: int


@dataclass(frozen=True)
class StreetShare:
    """A street, or several that are too short to be told alone; `share` in percent, in steps.

    `name` is empty for several streets, and `locality` for those of several localities.
    """

    codes: tuple[str, ...]
    name: str
    locality: str
    addresses: int
    share: int


@dataclass(frozen=True)
class CountedPhones:
    """Exactly; `joined` showed the push that was sent for trial. `silent` by Silence."""

    registered: int = 0
    joined: int = 0
    iphones: int = 0
    iphones_joined: int = 0
    silent: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Coverage:
    """Of a municipality in a month ("2026-11"), as staff may see it; `share` of all addresses, in steps.

    `streets` those of the lowest share first. `silent` by Silence; NO_PLACE is counted over all
    municipalities served, as such a phone belongs to none, and `served` says how many these are.
    """

    terc: str
    month: str
    counted: datetime
    addresses: int
    share: int | None  # None: fewer than ten addresses
    streets: tuple[StreetShare, ...] = ()
    registered: Figure = None
    joined: Figure = None
    iphones: Figure = None
    iphones_joined: Figure = None
    silent: Mapping[str, Figure] = field(default_factory=dict)
    served: int = 1


def month_of(moment: datetime) -> str:
    return f"{moment:%Y-%m}"


def share_in_steps(covered: float, addresses: int) -> int | None:
    """To the next ten, half of it upwards; None for so few that they are not told."""
    if addresses < LEAST_ADDRESSES:
        return None
    nearest = STEP * int(100 * covered / addresses / STEP + 0.5)
    return min(max(nearest, LOWEST), HIGHEST)


def street_shares(streets: Iterable[CountedStreet]) -> tuple[StreetShare, ...]:
    """Every street once, the lowest share first; nothing when all together are fewer than ten addresses."""
    groups = [[street] for street in streets if street.addresses]
    groups = _merged(groups, lambda street: street.sym)
    groups = sorted(_merged(groups, lambda _: ""), key=_addresses)
    if len(groups) > 1 and _is_small(groups[0]):
        groups = [groups[0] + groups[1], *groups[2:]]
    shares = [_share(group) for group in groups if not _is_small(group)]
    return tuple(sorted(shares, key=lambda one: (one.share, one.locality, one.name, one.codes)))


Group = list[CountedStreet]


def _merged(groups: Iterable[Group], key: Callable[[CountedStreet], str]) -> list[Group]:
    """The small ones put together by `key`, the others as they are."""
    whole: list[Group] = []
    small: dict[str, Group] = defaultdict(list)
    for group in groups:
        if _is_small(group):
            small[key(group[0])] += group
        else:
            whole.append(group)
    return [*whole, *small.values()]


def _is_small(group: Group) -> bool:
    return _addresses(group) < LEAST_ADDRESSES


def _addresses(group: Group) -> int:
    return sum(street.addresses for street in group)


def _share(group: Group) -> StreetShare:
    addresses, covered = _addresses(group), sum(street.covered for street in group)
    share = share_in_steps(covered, addresses)
    if share is None:
        raise ValueError("too few addresses to be told")
    localities = {street.locality for street in group}
    return StreetShare(
        codes=tuple(sorted(street.code for street in group)),
        name=group[0].name if len(group) == 1 else "",
        locality=group[0].locality if len(localities) == 1 else "",
        addresses=addresses,
        share=share,
    )
