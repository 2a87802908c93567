"""The figures of an alert, gathered into the one document that the staff's page listens to."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from shared.errors import Conflict, NotFound
from shared.ports import AlertStore, Clock, DeliveryStore, PublishedStore, Summary, SummaryStore, Versioned

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

    Of several callers one gathers, the others get what it wrote. Raises NotFound, and Conflict when a
    caller that wants fresh figures is overtaken again and again.
    """
    every = EVERY if at_most_every is None else at_most_every
    for _ in range(TRIES):
        known = summaries.get(alert_id)
        if known is not None and clock.now() - known.value.updated < every:
            return known.value
        fresh = _gathered(alert_id, alerts, delivery, published, clock)
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
    alert_id: str, alerts: AlertStore, delivery: DeliveryStore, published: PublishedStore, clock: Clock
) -> Summary:
    now = clock.now()
    alert = alerts.get(alert_id)
    if alert is None:
        raise NotFound
    slices = delivery.slices(alert_id)
    failed: Counter[str] = Counter()
    for part in slices:
        failed.update(part.failed)
    receipts = published.receipts(alert_id)
    total = alert.value.slices_total
    return Summary(
        targeted=sum(part.devices for part in slices),
        accepted=sum(part.accepted for part in slices),
        failed=dict(failed),
        received=receipts.get("received", 0),
        opened=receipts.get("opened", 0),
        complete=total is not None and sum(part.done for part in slices) >= total,
        updated=now,
    )
