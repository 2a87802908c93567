"""The figures of an alert, gathered into the one document that the staff's page listens to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.alert import Alert
from shared.domain.delivery import Slice
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
    alert = alerts.get(alert_id)
    if alert is None:
        raise NotFound
    # Complete figures are final, and outlive the slices they were gathered from.
    sent = known if known and known.complete else _sent(delivery.slices(alert_id), alert.value, now)
    receipts = published.receipts(alert_id)
    return replace(sent, received=receipts.get("received", 0), opened=receipts.get("opened", 0), updated=now)


def _sent(slices: Sequence[Slice], alert: Alert, now: datetime) -> Summary:
    """What the slices say; nobody has confirmed anything yet."""
    failed: Counter[str] = Counter()
    for part in slices:
        failed.update(part.failed)
    total = alert.slices_total
    return Summary(
        targeted=sum(part.devices for part in slices),
        accepted=sum(part.accepted for part in slices),
        failed=dict(failed),
        received=0,
        opened=0,
        complete=total is not None and sum(part.done for part in slices) >= total,
        updated=now,
    )
