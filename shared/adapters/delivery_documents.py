"""Deliveries as Firestore documents; the shapes are in docs/data.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from shared.adapters.known_fields import known_fields
from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState
from shared.domain.statistics import Neighbourhood, PlatformFigures, SentFigures

Document = dict[str, Any]
LEDGER_KEPT = timedelta(days=90)  # beyond the alert's expiry; the TTL of deliveries, slices and waves

_PLAIN = (
    "generation", "version", "urgent", "due", "expires", "direct", "attempt", "read_time", "started",
    "finished", "slices", "refusal",
)  # fmt: skip


def delivery_document(delivery: Delivery) -> Document:
    return {
        **{name: getattr(delivery, name) for name in _PLAIN},
        "state": delivery.state.value,
        "figures": None if delivery.figures is None else asdict(delivery.figures),
        "wake": delivery.wake(),  # for queries only
        "expire": delivery.expires + LEDGER_KEPT,
    }


def delivery_of(ref: DeliveryRef, document: Mapping[str, Any]) -> Delivery:
    """Raises TypeError when a field without a default is missing."""
    channel, _, number = ref.id.rpartition(".")
    figures = document.get("figures")
    return known_fields(
        Delivery,
        {
            **document,
            "alert": ref.alert,
            "channel": channel,
            "number": int(number),
            "state": DeliveryState(document.get("state", DeliveryState.PLANNED)),
            "figures": None if figures is None else sent_figures(figures),
        },
    )


def sent_figures(document: Mapping[str, Any]) -> SentFigures:
    by_kind = {kind: known_fields(PlatformFigures, it) for kind, it in document.get("by_kind", {}).items()}
    return known_fields(SentFigures, {**document, "by_kind": by_kind, "places": places_of(document)})


def places_of(document: Mapping[str, Any]) -> tuple[Neighbourhood, ...]:
    return tuple(known_fields(Neighbourhood, place) for place in document.get("places", ()))
