"""What is about to start is held against what was approved."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.domain.alert import Alert, Kind
from shared.domain.altered import is_altered
from shared.domain.interlock import Fault, Found, Interlock, fault_in_numbers, of_generation
from shared.domain.lifecycle import LESSER
from shared.services.delivery.delivery_ports import DeliveryPorts

TO_THE_TOLD = (Kind.CORRECTION, Kind.ALL_CLEAR)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Refused:
    """`told`: addresses, which are public, for the history; never people."""

    why: str
    told: Mapping[str, str] = field(default_factory=dict)


def why_altered(alert: Alert) -> Refused | None:
    if not is_altered(alert):
        return None
    log.error("alert %s is not as it was approved", alert.id)
    return Refused(Fault.CHANGED.why)


def why_other_numbers(ports: DeliveryPorts, alert: Alert) -> Refused | None:
    """Counts what is Minor or Moderate, and nothing of what endangers people or says that something was wrong
    or is over: that goes to whoever was told, however many live in its area. Raises Unavailable."""
    approved = of_generation(alert.interlock, alert.generation)
    if approved is None or alert.content.severity not in LESSER or alert.kind in TO_THE_TOLD:
        return None
    found = _found(ports, alert, approved)
    fault = fault_in_numbers(approved, found, lesser=True)
    if fault is None:
        return None
    numbers = {"approved": str(approved.addresses), "found": str(found.addresses)}
    return Refused(fault.why, numbers if fault is Fault.ADDRESSES else {})


def _found(ports: DeliveryPorts, alert: Alert, approved: Interlock) -> Found:
    """Only what there is something to compare with."""
    from shared.services.areas.covers import covers_of
    from shared.services.audience.count_phones import count_phones

    content, areas = alert.content, ports.areas
    covers = None
    if approved.addresses is not None and areas is not None:
        covers = covers_of(content.area, content.parts, alert.terc, areas, most=0)
    counts = approved.phones is not None
    phones = count_phones(content, alert.terc, areas, ports.audience) if counts else None
    return Found(None if covers is None else covers.inside, phones)
