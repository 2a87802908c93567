"""The figures of an alert, gathered into the one document that is answered to staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.delivery import OVER, Delivery, DeliveryState
from shared.domain.figures import LEAST_PEOPLE
from shared.domain.statistics import Point, SentFigures, Summary, with_point
from shared.errors import Conflict, NotFound
from shared.ports import AlertStore, Clock, DeliveryStore, PublishedStore, SummaryStore, Versioned
from shared.services.delivery.show_summary import Confirmed, as_shown, shown_summary
from shared.services.delivery.sum_slices import sum_slices

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
    """The figures as staff see them, at most 3 seconds old (or `at_most_every`); later older ones.

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
        if known is not None and _is_fresh(known.value, clock.now(), every):
            return known.value
        fresh = _gathered(alert_id, alerts, delivery, published, clock, known.value if known else None)
        if _stored(alert_id, fresh, known, summaries):
            return fresh
    raise Conflict


def _is_fresh(known: Summary, now: datetime, every: timedelta) -> bool:
    """Clocks differ. What was gathered before figures were rounded never is."""
    return known.least >= LEAST_PEOPLE and abs(now - known.updated) < every


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
    deliveries = [item.value for item in delivery.of(alert_id)]
    if known is not None and not deliveries:
        return replace(as_shown(known), updated=now)  # it outlives the deliveries that it was gathered from
    sent = [(one, _figures(one, delivery)) for one in deliveries]
    confirmed = Confirmed(published.receipts(alert_id), published.not_mine(alert_id))
    figures = shown_summary(sent, confirmed, now)
    series = as_shown(known).series if known else ()
    return replace(figures, series=_lengthened(series, figures, found.value.started, now))


def _figures(one: Delivery, delivery: DeliveryStore) -> SentFigures:
    if one.figures is not None:
        return one.figures
    return sum_slices(delivery.slices(one.ref)) if one.state is DeliveryState.SENDING else SentFigures()


def _lengthened(
    series: tuple[Point, ...], figures: Summary, started: datetime | None, now: datetime
) -> tuple[Point, ...]:
    """A small group has no times."""
    if started is None or figures.targeted is None:
        return ()
    seconds = max(0, round((now - started).total_seconds()))
    return with_point(series, Point(seconds, figures.accepted, figures.received, figures.opened))
