"""Limits that hold for all instances together, in `limits/{digest}`: one read and one write each time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.domain.limits import Bucket, Limit, full_after, take

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot

KEPT = timedelta(hours=1)  # beyond the moment at which the bucket is full again: clocks differ


class FirestoreLimits:
    """Fulfils ports.LimitStore: of two who take the last token at once one gets Conflict."""

    def __init__(self, client: Client, times: float = 1) -> None:
        self._client = client
        self._times = times

    def take(self, limit: Limit, key: str, now: datetime) -> float:
        document = self._document(limit, key)
        with reading():
            found = document.get()
        bucket, wait = take(_bucket(found.to_dict() or {}), limit.value.times(self._times), now)
        if not wait:
            self._write(document, found, _kept(limit, bucket))
        return wait

    def give_back(self, limit: Limit, key: str) -> None:
        with writing():
            self._document(limit, key).delete()

    def _write(
        self, document: DocumentReference, found: DocumentSnapshot[Any], kept: Mapping[str, Any]
    ) -> None:
        with writing():
            if found.exists:
                option = self._client.write_option(last_update_time=found.update_time)
                document.update(dict(kept), option=option)
            else:
                document.create(dict(kept))

    def _document(self, limit: Limit, key: str) -> DocumentReference:
        digest = hashlib.sha256(f"{limit.name}:{key}".encode()).hexdigest()
        return self._client.collection("limits").document(digest)


def _kept(limit: Limit, bucket: Bucket) -> dict[str, Any]:
    expire = bucket.at + timedelta(seconds=full_after(limit.value)) + KEPT
    return {"left": bucket.left, "at": bucket.at, "expire": expire}


def _bucket(document: Mapping[str, Any]) -> Bucket | None:
    """Of any form: what cannot be read is a full bucket."""
    left, at = document.get("left"), document.get("at")
    return Bucket(float(left), at) if isinstance(left, int | float) and isinstance(at, datetime) else None
