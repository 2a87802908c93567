"""The figures of a delivery, as they are and as staff see them: by platform, over time and by place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import log1p

from shared.domain.figures import LEAST_PEOPLE, Figure

# A point's place in the series: about one for every gathering at first, then ever fewer, 12 % apart.
POINTS_PER_E_FOLD = 8
FIRST_SPACING = 3  # seconds; figures are gathered no more often


@dataclass(frozen=True)
class PlatformFigures:
    """Addresses of one kind: phones of one platform."""

    targeted: int = 0
    accepted: int = 0
    failed: int = 0
    residents: int = 0  # whose they are; 0 in what was counted before residents were

    @property
    def people(self) -> int:
        return self.residents or self.targeted


@dataclass(frozen=True)
class ShownGroup:
    """Of one platform, as staff see it."""

    targeted: Figure = None
    accepted: Figure = None
    failed: Figure = None
    received: Figure = None
    opened: Figure = None


@dataclass(frozen=True)
class Point:
    """The figures as they were some seconds after the alert's start."""

    seconds: int
    accepted: Figure
    received: Figure
    opened: Figure


@dataclass(frozen=True)
class Neighbourhood:
    """Phones that FCM took the alert for, about a point (degrees); `cell` is H3."""

    cell: str
    lat: float
    lng: float
    accepted: int


@dataclass(frozen=True)
class SentFigures:
    """The figures of one delivery before anybody confirmed."""

    targeted: int = 0  # addresses that were due a message so far
    accepted: int = 0  # taken by the channel's provider
    failed: Mapping[str, int] = field(default_factory=dict)  # given up, by outcome or the alert's end
    by_kind: Mapping[str, PlatformFigures] = field(default_factory=dict)
    places: tuple[Neighbourhood, ...] = ()  # those large enough to be shown, the largest first
    residents: int = 0  # who were due it; 0 in what was counted before residents were

    @property
    def people(self) -> int:
        return self.residents or self.targeted


@dataclass(frozen=True)
class ChannelReport:
    """One delivery as staff see it: how far it is, what it reached, what is wrong with it."""

    channel: str
    number: int
    state: str  # domain.delivery.DeliveryState
    due: datetime
    targeted: Figure = None
    accepted: Figure = None
    failed: Mapping[str, int] = field(default_factory=dict)
    refusal: str = ""


@dataclass(frozen=True)
class Summary:
    """The figures of an alert as staff see them; what channels accepted, phones confirmed, people opened.

    They are of each channel's first delivery; `rung` tells how many were told again, with sound. Of a small
    group there are no platforms, no series and no places (domain.figures).
    """

    targeted: Figure
    accepted: Figure
    failed: Mapping[str, int]
    received: Figure  # never more than were accepted, whatever phones claim
    opened: Figure
    complete: bool  # every delivery whose moment has come is over
    updated: datetime
    rung: Figure = None
    by_platform: Mapping[str, ShownGroup] = field(default_factory=dict)
    series: tuple[Point, ...] = ()  # since the alert's start
    not_mine: Figure = None  # residents who reported that the alert does not concern them
    places: tuple[Neighbourhood, ...] = ()  # of the first delivery that has some
    deliveries: tuple[ChannelReport, ...] = ()
    unverified: bool = False  # phones confirmed more than were sent to: what they confirm proves little
    least: int = 0  # people whom the smallest figure stands for; 0: gathered before figures were rounded


def with_point(series: tuple[Point, ...], point: Point) -> tuple[Point, ...]:
    """The series with its newest point, thinned: after 28 days, an alert's longest life, about 110 points.

    Of points closer together than the series has room for, the last stays. Time never goes back, though
    the clocks of those who gather differ.
    """
    if not series:
        return (point,)
    last = series[-1].seconds
    newest = replace(point, seconds=max(point.seconds, last))
    earlier = series[:-1] if _bucket(newest.seconds) == _bucket(last) else series
    return (*earlier, newest)


def _bucket(seconds: int) -> int:
    return int(POINTS_PER_E_FOLD * log1p(seconds / FIRST_SPACING))


def shown_places(phones: Mapping[str, int], residents: Mapping[str, int]) -> dict[str, int]:
    """The groups large enough to be shown by place, the largest first; `residents` are those of the phones.

    What is hidden must not follow from the total: it is never one group alone and never fewer phones than a
    group that may be shown, as long as hiding the next smallest groups as well can prevent it. How many are
    hidden is not told: with their sum it would tell of groups that are all of one phone.
    """
    groups = ((min(count, residents.get(place, count)), place) for place, count in phones.items() if count)
    shown = sorted(groups, reverse=True)
    hidden: list[int] = []
    while shown and (shown[-1][0] < LEAST_PEOPLE or _reveals(hidden)):
        hidden.append(shown.pop()[0])
    by_size = sorted(((phones[place], place) for _, place in shown), reverse=True)
    return {place: count for count, place in by_size}


def _reveals(hidden: list[int]) -> bool:
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) < LEAST_PEOPLE)
