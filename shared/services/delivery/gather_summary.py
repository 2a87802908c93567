"""The figures of an alert, gathered into the one document that the staff's page listens to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.delivery import OVER, Delivery, DeliveryState
from shared.domain.statistics import (
    ChannelReport,
    PlatformFigures,
    Point,
    SentFigures,
    Summary,
    with_point,
)
from shared.errors import Conflict, NotFound
from shared.ports import AlertStore, Clock, DeliveryStore, PublishedStore, SummaryStore, Versioned
from shared.services.delivery.sum_slices import added, sum_slices

EVERY = timedelta(seconds=3)
AGES = 40  # at an hour, 90 seconds
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
    """The figures, at most 3 seconds old (or `at_most_every`); older ones of what was sent long ago.

    Of several callers one gathers, the others get what it wrote. Costs one read when the figures are fresh;
    else one each for summary, alert and every delivery, those of `DeliveryStore.slices` while one is sending,
    seven or more for receipts and reports (one per 1,000 of a kind and platform), and one write. Raises
    NotFound, and Conflict when a caller that wants fresh figures is overtaken again and again.
    """
    every = EVERY if at_most_every is None else at_most_every
    for _ in range(TRIES):
        known = summaries.get(alert_id)
        if at_most_every is None and known is not None:
            every = spacing(known.value)
        if known is not None and abs(clock.now() - known.value.updated) < every:  # clocks differ
            return known.value
        fresh = _gathered(alert_id, alerts, delivery, published, clock, known.value if known else None)
        if _stored(alert_id, fresh, known, summaries):
            return fresh
    raise Conflict


def spacing(known: Summary) -> timedelta:
    """How old figures may be: when everything is sent, what changes becomes rarer as time passes."""
    if not known.series or any(DeliveryState(one.state) not in OVER for one in known.deliveries):
        return EVERY
    return max(EVERY, timedelta(seconds=known.series[-1].seconds) / AGES)


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
    deliveries = [item.value for item in delivery.of(alert_id)]
    if known is not None and not deliveries:
        sent = known  # it outlives the deliveries that it was gathered from
    else:
        sent = _sent([(one, _figures(one, delivery)) for one in deliveries], now)
    figures = _confirmed(sent, published.receipts(alert_id))
    figures = replace(figures, not_mine=published.not_mine(alert_id))
    return replace(figures, updated=now, series=_lengthened(series, figures, alert.started, now))


def _figures(one: Delivery, delivery: DeliveryStore) -> SentFigures:
    if one.figures is not None:
        return one.figures
    return sum_slices(delivery.slices(one.ref)) if one.state is DeliveryState.SENDING else SentFigures()


def _sent(deliveries: Sequence[tuple[Delivery, SentFigures]], now: datetime) -> Summary:
    """What was handed to the channels; the first delivery of each counts, those after it repeat it."""
    first = [figures for one, figures in deliveries if one.number == 1]
    by_platform: dict[str, PlatformFigures] = {}
    for figures in first:
        by_platform |= figures.by_kind
    return Summary(
        targeted=sum(figures.targeted for figures in first),
        accepted=sum(figures.accepted for figures in first),
        failed=added(figures.failed for figures in first),
        received=0,
        opened=0,
        complete=bool(deliveries) and all(one.over or one.due > now for one, _ in deliveries),
        updated=now,
        rung=sum(figures.accepted for one, figures in deliveries if one.number > 1),
        by_platform=by_platform,
        places=next((figures.places for figures in first if figures.places), ()),
        deliveries=tuple(_report(one, figures) for one, figures in deliveries),
    )


def _report(one: Delivery, figures: SentFigures) -> ChannelReport:
    return ChannelReport(
        channel=one.channel,
        number=one.number,
        state=one.state.value,
        due=one.due,
        targeted=figures.targeted,
        accepted=figures.accepted,
        failed=figures.failed,
        refusal=one.refusal,
    )


def _confirmed(sent: Summary, receipts: Mapping[str, Mapping[str, int]]) -> Summary:
    """With every platform that can confirm, so that the page shows zeros rather than gaps."""
    received, opened = receipts["received"], receipts["opened"]
    platforms = {
        platform: replace(
            sent.by_platform.get(platform, PlatformFigures()),
            received=received.get(platform, 0),
            opened=opened.get(platform, 0),
        )
        for platform in [*received, *(name for name in sent.by_platform if name not in received)]
    }
    return replace(sent, received=sum(received.values()), opened=sum(opened.values()), by_platform=platforms)


def _lengthened(
    series: tuple[Point, ...], figures: Summary, started: datetime | None, now: datetime
) -> tuple[Point, ...]:
    if started is None:
        return series
    seconds = max(0, round((now - started).total_seconds()))
    return with_point(series, Point(seconds, figures.accepted, figures.received, figures.opened))
