"""How many an area reaches, as staff are told: addresses exactly, people so that nobody is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shared.domain.figures import Figure, shown

if TYPE_CHECKING:
    from shared.domain.area_coverage import AreaCoverage
    from shared.domain.covered import Covered

MOST_AN_HOUR, MOST_A_DAY = 60, 300  # questions of one person; nobody who composes needs as many
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """What the index says of an area, exactly; `exact` False: an estimate, within 5 %.

    Without a message `residents` and `phones` are all that the area means. With one they are those it is
    sent to; `muted` phones are not, because their owners asked so, and `wakes` of them make a sound.
    """

    residents: int
    phones: int
    places: int
    exact: bool
    muted: int | None = None
    wakes: int | None = None
    muted_residents: int = 0
    woken_residents: int = 0


@dataclass(frozen=True)
class People:
    """The figures of Counted as they may be told; of an area alone there is neither `muted` nor `wakes`."""

    residents: Figure
    phones: Figure
    exact: bool
    announced: bool  # asked with a message
    muted: Figure = None
    wakes: Figure = None


@dataclass(frozen=True)
class Reach:
    addresses: int | None  # in the municipality's register; None: it has none
    people: People | None  # None: asked too often
    covers: Covered | None = None  # the same addresses by name; None: the register knows no names
    coverage: AreaCoverage | None = None  # of them; None: no month was counted yet


@dataclass(frozen=True)
class Question:
    """What is kept of one: when it was asked and of which area (SHA-256 of its GeoJSON)."""

    at: datetime
    area: str


def told(counted: Counted) -> People:
    """By the people whom the area means; a group of them that is too small is not told either."""
    announced = counted.muted is not None
    if shown(counted.residents + counted.muted_residents) is None:
        return People(None, None, counted.exact, announced)
    return People(
        residents=shown(counted.residents),
        phones=shown(counted.phones, counted.residents),
        exact=counted.exact,
        announced=announced,
        muted=shown(counted.muted or 0, counted.muted_residents),
        wakes=shown(counted.wakes or 0, counted.woken_residents),
    )


def too_many(asked: Sequence[Question], now: datetime) -> bool:
    """Whether one more is not answered: of those of the past hour and the past day."""
    return any(
        sum(now - one.at < span for one in asked) >= most
        for span, most in ((HOUR, MOST_AN_HOUR), (DAY, MOST_A_DAY))
    )
