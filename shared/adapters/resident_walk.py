"""Everybody in the residents' documents and in their index, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import reading, writing
from shared.ports import IdleDevice

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreResidentWalk:
    """Fulfils ports.ResidentWalk. The order is that of document names."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def residents(self, after: str, limit: int) -> Sequence[str]:
        return self._ids("residents", after, limit)

    def entries(self, after: str, limit: int) -> Sequence[str]:
        return self._ids("audience", after, limit)

    def gone(self, uids: Sequence[str]) -> Sequence[str]:
        references = [self._client.document("residents", uid) for uid in uids]
        with reading():
            found = {
                item.id for item in self._client.get_all(references, field_paths=["language"]) if item.exists
            }
        return [uid for uid in uids if uid not in found]

    def idle_devices(self, before: datetime, limit: int) -> Sequence[IdleDevice]:
        """By the index of `updated` over all collections named `devices`; one read for each."""
        from google.cloud.firestore import FieldFilter

        devices = self._client.collection_group("devices")
        idle = devices.where(filter=FieldFilter("updated", "<", before)).order_by("updated")
        with reading():
            return [
                IdleDevice(found.reference.parent.parent.id, found.id, found.update_time)
                for found in idle.select([]).limit(limit).stream()
            ]

    def prune(self, device: IdleDevice) -> None:
        reference = self._client.document("residents", device.uid, "devices", device.id)
        with writing():
            reference.delete(option=self._client.write_option(last_update_time=device.token))

    def _ids(self, collection: str, after: str, limit: int) -> Sequence[str]:
        """One read for each, without its fields."""
        documents = self._client.collection(collection)
        query = documents.order_by("__name__").select([]).limit(limit)
        if after:
            query = query.start_after({"__name__": documents.document(after)})
        with reading():
            return [found.id for found in query.stream()]
