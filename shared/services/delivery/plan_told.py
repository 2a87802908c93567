"""Slices of whoever was sent the messages of a thread before this one."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from shared.domain.delivery import Delivery, Slice
from shared.domain.ledger import shares
from shared.services.delivery.delivery_ports import SchedulePorts
from shared.services.delivery.plan_slices import MOST_SLICES


def told_slices(ports: SchedulePorts, delivery: Delivery, first: int, size: int) -> tuple[Slice, ...]:
    """Shares of up to `size` residents or so, numbered from `first`; none where the delivery names no ledger.

    How many there are is taken from the figures so far, which may still grow: at least one share is there.
    """
    if not delivery.recipients_of:
        return ()
    told = max((_told(ports, delivery, alert_id) for alert_id in delivery.recipients_of), default=0)
    number = max(1, min(ceil(told / size), MOST_SLICES - first))
    return tuple(
        Slice(index=index, ranges=(share,), count=ceil(told / number), told=True)
        for index, share in enumerate(shares(number), start=first)
    )


def ledgers(ports: SchedulePorts, delivery: Delivery, alert_id: str) -> Iterator[Delivery]:
    """The deliveries of a message over the same channel; a query."""
    for known in ports.delivery.of(alert_id):
        if known.value.channel == delivery.channel:
            yield known.value


def _told(ports: SchedulePorts, delivery: Delivery, alert_id: str) -> int:
    """Addresses that one message went to, so far."""
    return max((_devices(ports, one) for one in ledgers(ports, delivery, alert_id)), default=0)


def _devices(ports: SchedulePorts, one: Delivery) -> int:
    if one.figures is not None:
        return one.figures.targeted
    return sum(part.devices for part in ports.delivery.slices(one.ref))
