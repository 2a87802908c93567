"""One slice of an alert's audience: claimed, delivered, and the alert ended with the last of them."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.delivery import Lease, Slice
from shared.errors import Unavailable
from shared.ports import Versioned
from shared.services.delivery.delivery_ports import DeliveryPorts
from shared.services.delivery.delivery_tasks import slice_task
from shared.services.delivery.finish_alert import finish_alert
from shared.services.delivery.slice_run import SliceRun


def deliver_slice(ports: DeliveryPorts, alert_id: str, generation: int, index: int, attempt: int) -> None:
    """Go on with the slice where its last committed wave ended.

    Safe to repeat at any time: a task of an old generation or attempt sends nothing. Raises Unavailable
    while another worker holds the slice, and Conflict when another one took it over.
    """
    alert = ports.alerts.get(alert_id)
    part = ports.delivery.slice(alert_id, index)
    if alert is None or part is None or alert.value.generation != generation:
        return
    if not part.value.done:
        if attempt < part.value.attempt:
            ports.tasks.enqueue(slice_task(alert.value, part.value))
            return
        leased_at = ports.clock.monotonic()
        SliceRun(ports, alert.value, _claim(ports, alert_id, part), leased_at).deliver()
    finish_alert(ports, alert_id, generation)


def _claim(ports: DeliveryPorts, alert_id: str, part: Versioned[Slice]) -> Versioned[Slice]:
    """The lease: from here on every commit of the worker that held the slice before is refused."""
    lease, now = part.value.lease, ports.clock.now()
    if lease.until is not None and now < lease.until:
        raise Unavailable("slice-held")
    claimed = replace(part.value, lease=Lease(lease.generation + 1, now + ports.pace.lease))
    return ports.delivery.save(alert_id, part, claimed, None)
