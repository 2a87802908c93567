"""Whom a message of a thread is for: everybody who was sent one before it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from shared.domain.alert import Alert, Kind
from shared.domain.content import Response
from shared.domain.delivery import Delivery
from shared.services.delivery.delivery_ports import SchedulePorts

MOST = 50  # messages of a thread; each follower tells all who were told before, so older ones add nobody
log = logging.getLogger(__name__)


def told_before(ports: SchedulePorts, alert: Alert) -> tuple[str, ...]:
    """The ids of the thread's messages before this one, the newest first; a read for each.

    Those taken back as well: whoever the taking back did not reach has never heard of it.
    """
    return tuple(one.id for one in _before(ports, alert))


def is_for_the_area(alert: Alert, delivery: Delivery) -> bool:
    """An update also reaches newcomers; the rest of a thread is for who was told, wherever they are."""
    return not delivery.recipients_of or alert.kind is Kind.UPDATE


def recipients_of(alert: Alert, number: int, before: tuple[str, ...]) -> tuple[str, ...]:
    """What a delivery keeps. An update is told once more, with sound, to its area alone."""
    return () if alert.kind is Kind.UPDATE and number > 1 else before


def told_to_leave(ports: SchedulePorts, delivery: Delivery) -> bool:
    """Whether a message before was an evacuation; a read for each."""
    found = (ports.alerts.get(alert_id) for alert_id in delivery.recipients_of)
    return any(one is not None and one.value.content.response == Response("Evacuate") for one in found)


def _before(ports: SchedulePorts, alert: Alert) -> Iterator[Alert]:
    current: Alert | None = alert
    for _ in range(MOST):
        if current is None or current.replaces is None:
            return
        found = ports.alerts.get(current.replaces)
        current = found.value if found is not None and found.value.terc == alert.terc else None
        if current is not None:
            yield current
    log.warning("alert %s: only the last %d messages of its thread are looked at", alert.id, MOST)
