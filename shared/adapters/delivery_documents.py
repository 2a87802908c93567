"""Deliveries as Firestore documents; the shapes are in docs/data.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from shared.adapters.stored_documents import record
from shared.domain.delivery import Delivery, DeliveryRef

Document = dict[str, Any]
LEDGER_KEPT = timedelta(days=90)  # beyond the alert's expiry; the TTL of deliveries, slices and waves

_PLAIN = (
    "generation", "version", "urgent", "due", "expires", "direct", "attempt", "read_time", "started",
    "finished", "slices", "refusal", "quiet", "epoch", "by_parts", "digest",
)  # fmt: skip


def delivery_document(delivery: Delivery) -> Document:
    return {
        **{name: getattr(delivery, name) for name in _PLAIN},
        "state": delivery.state.value,
        "units": list(delivery.units),
        "codes": list(delivery.codes),
        "recipients_of": list(delivery.recipients_of),
        "figures": None if delivery.figures is None else asdict(delivery.figures),
        "wake": delivery.wake(),  # for queries only
        "expire": delivery.expires + LEDGER_KEPT,
    }


def delivery_of(ref: DeliveryRef, document: Mapping[str, Any]) -> Delivery:
    """Of any release. Raises Misfit."""
    channel, _, number = ref.id.rpartition(".")
    return record(Delivery, document, alert=ref.alert, channel=channel, number=int(number))
