"""Documents without `expire`, of releases and apps that did not say until when something is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.domain.retention import CASE_KEPT, CONFIRMED_KEPT

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentSnapshot

# By collection, under whatever parent: the times from which it is counted, and how long it is kept.
KEPT = {
    "alerts": (("updated", "expires"), CASE_KEPT),
    "history": (("at",), CASE_KEPT),
    "summary": (("updated",), CASE_KEPT),
    "published": (("expires",), CASE_KEPT),
    "receipts": (("at",), CONFIRMED_KEPT),
    "reports": (("at",), CONFIRMED_KEPT),
}
AT_REST = timedelta(days=30)  # longer than an alert lives: nobody is at work on it
MOST_WRITES = 500  # in one BatchWrite; Firestore docs, quotas


def say_until_when(client: Client, now: datetime) -> dict[str, int]:
    """How many of each collection have `expire` from now on. Raises Unavailable; again it goes on."""
    return {name: sum(_completed(client, name, now)) for name in KEPT}


def _completed(client: Client, collection: str, now: datetime) -> Iterator[int]:
    from google.cloud.firestore_v1.bulk_batch import BulkWriteBatch

    times, kept = KEPT[collection]
    with reading():
        found = client.collection_group(collection).select([*times, "expire"]).stream()
        lacking = ((item, since) for item in found if (since := _since(item, times, now)))
        while page := list(islice(lacking, MOST_WRITES)):
            batch = BulkWriteBatch(client)
            for item, since in page:
                unchanged: Any = client.write_option(last_update_time=item.update_time)
                batch.update(item.reference, {"expire": since + kept}, unchanged)
            with writing():
                yield sum(status.code == 0 for status in batch.commit().status)


def _since(item: DocumentSnapshot[Any], fields: Sequence[str], now: datetime) -> datetime | None:
    """None for one that says it, or is younger than what may still be at work."""
    document = item.to_dict() or {}
    if document.get("expire") is not None:
        return None
    times = [time for field in fields if isinstance(time := document.get(field), datetime)]
    since = max(times, default=now - AT_REST)
    return since if now - since >= AT_REST else None
