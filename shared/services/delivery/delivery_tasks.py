"""The tasks of a delivery; their names as those of an alert."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from shared.domain.delivery import Delivery, Slice
from shared.ports import Task, Way
from shared.services.schedule.alert_tasks import BACKUP_AFTER, hop, name_of


def begin_task(delivery: Delivery, way: Way, now: datetime) -> Task:
    """At the delivery's moment, or on the way there; after it when whoever starts the alert comes first."""
    moment = hop(delivery.due, now) + (BACKUP_AFTER if delivery.direct else timedelta())
    return _delivery_task(delivery, way, moment, "begin", moment.isoformat(), str(delivery.attempt))


def slice_task(delivery: Delivery, way: Way, part: Slice) -> Task:
    """The task of the slice's present attempt."""
    step = ("deliver", str(part.index), str(part.attempt))
    return _delivery_task(delivery, way, part.resume_at, *step, slice=part.index, attempt=part.attempt)


def _delivery_task(delivery: Delivery, way: Way, at: datetime | None, *step: str, **payload: int) -> Task:
    queue, function = way
    named: Mapping[str, str | int] = {"alert": delivery.alert, "generation": delivery.generation}
    return Task(
        queue=queue,
        function=function,
        name=name_of(delivery.alert, delivery.version, delivery.generation, delivery.id, *step),
        payload={**named, "delivery": delivery.id, **payload},
        at=at,
    )
