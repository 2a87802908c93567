"""How a message reached people over time: moments of its waves, and a curve for each channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.after_action import WaveCount
from shared.domain.delivery import Delivery
from shared.domain.figures import shown
from shared.domain.report.material import Kept
from shared.domain.report.values import ChannelCurve
from shared.domain.statistics import Point, SentFigures, with_point


@dataclass(frozen=True)
class Pace:
    """When the first, the last and half of what was accepted were; None of few people, who have no times."""

    first: datetime | None = None
    half: datetime | None = None
    last: datetime | None = None


def pace(kept: Kept) -> Pace:
    """Of the first delivery of each channel together."""
    counted = [_totals(kept.waves.get(one.id, ())) for one in first_deliveries(kept) if not is_small(one)]
    steps = sorted((step for totals in counted for step in _added(totals)), key=lambda step: step[0])
    if not steps:
        return Pace()
    whole, sum_so_far, half = sum(more for _, more in steps), 0, steps[-1][0]
    for at, more in steps:
        sum_so_far += more
        if 2 * sum_so_far >= whole:
            half = at
            break
    return Pace(steps[0][0], half, steps[-1][0])


def curves(kept: Kept) -> tuple[ChannelCurve, ...]:
    """Thinned as the series of a summary is; what stands for fewer than ten people is left out."""
    return tuple(
        ChannelCurve(one.channel, _curve(one, kept.waves.get(one.id, ()), kept.alert.started or one.due))
        for one in first_deliveries(kept)
        if not is_small(one)
    )


def first_deliveries(kept: Kept) -> list[Delivery]:
    """Those after it tell the same people once more. Of the last approval that was sent."""
    return [one for one in kept.deliveries if one.number == 1]


def is_small(delivery: Delivery) -> bool:
    figures = delivery.figures or SentFigures()
    return shown(figures.accepted, figures.people) is None


def _curve(delivery: Delivery, waves: Sequence[WaveCount], started: datetime) -> tuple[Point, ...]:
    figures = delivery.figures or SentFigures()
    points: tuple[Point, ...] = ()
    for at, count in _totals(waves):
        people = count * figures.people // max(figures.targeted, 1)
        figure = shown(count, people)
        if figure is not None:
            seconds = max(0, round((at - started).total_seconds()))
            points = with_point(points, Point(seconds, figure, None, None))
    return points


def _totals(waves: Sequence[WaveCount]) -> list[tuple[datetime, int]]:
    """All slices together after each wave; a worker that was overtaken takes nothing back."""
    latest: dict[int, int] = {}
    found = []
    for wave in waves:
        latest[wave.slice] = max(wave.accepted, latest.get(wave.slice, 0))
        found.append((wave.at, sum(latest.values())))
    return found


def _added(totals: Sequence[tuple[datetime, int]]) -> Iterator[tuple[datetime, int]]:
    before = 0
    for at, count in totals:
        if count > before:
            yield at, count - before
            before = count
