"""The figures of an alert, gathered into the one document that the staff's page listens to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.statistics import PlatformFigures, Point, Summary, with_point
from shared.errors import Conflict, NotFound
from shared.ports import AlertStore, Clock, DeliveryStore, PublishedStore, SummaryStore, Versioned
from shared.services.delivery.sum_slices import sum_slices

EVERY = timedelta(seconds=3)
TRIES = 5


def gather_summary(
    alert_id: str,
    *,
    alerts: AlertStore,
    delivery: DeliveryStore,
    published: PublishedStore,
    summaries: SummaryStore,
    clock: Clock,
    at_most_every: timedelta | None = None,
) -> Summary:
    """The figures, at most 3 seconds old (or `at_most_every`).

    Of several callers one gathers, the others get what it wrote. Costs one read when the figures are fresh;
    else one each for summary and alert, those of `DeliveryStore.slices` until the figures are complete, seven
    or more for receipts and reports (one per 1,000 of a kind and platform), and one write. Raises NotFound,
    and Conflict when a caller that wants fresh figures is overtaken again and again.
    """
    every = EVERY if at_most_every is None else at_most_every
    for _ in range(TRIES):
        known = summaries.get(alert_id)
        if known is not None and abs(clock.now() - known.value.updated) < every:  # clocks differ
            return known.value
        fresh = _gathered(alert_id, alerts, delivery, published, clock, known.value if known else None)
        if _stored(alert_id, fresh, known, summaries):
            return fresh
    raise Conflict


def _stored(alert_id: str, fresh: Summary, known: Versioned[Summary] | None, summaries: SummaryStore) -> bool:
    try:
        summaries.put(alert_id, fresh, known)
    except Conflict:
        return False
    return True


def _gathered(
    alert_id: str,
    alerts: AlertStore,
    delivery: DeliveryStore,
    published: PublishedStore,
    clock: Clock,
    known: Summary | None,
) -> Summary:
    now = clock.now()
    found = alerts.get(alert_id)
    if found is None:
        raise NotFound
    alert, series = found.value, known.series if known else ()
    if known is not None and known.complete and known.slices == alert.slices_total:
        sent = known  # final, and outlives the slices it was gathered from
    else:
        sent = sum_slices(delivery.slices(alert_id), alert.slices_total, now)
    figures = _confirmed(sent, published.receipts(alert_id))
    figures = replace(figures, not_mine=published.not_mine(alert_id))
    return replace(figures, updated=now, series=_lengthened(series, figures, alert.started, now))


def _confirmed(sent: Summary, receipts: Mapping[str, Mapping[str, int]]) -> Summary:
    received, opened = receipts["received"], receipts["opened"]
    platforms = {
        platform: replace(
            sent.by_platform.get(platform, PlatformFigures()),
            received=received[platform],
            opened=opened[platform],
        )
        for platform in received
    }
    return replace(sent, received=sum(received.values()), opened=sum(opened.values()), by_platform=platforms)


def _lengthened(
    series: tuple[Point, ...], figures: Summary, started: datetime | None, now: datetime
) -> tuple[Point, ...]:
    if started is None:
        return series
    seconds = max(0, round((now - started).total_seconds()))
    return with_point(series, Point(seconds, figures.accepted, figures.received, figures.opened))
