"""The index of whom an alert can reach: `audience/{uid}.{place}` and `audience_state/{hash of uid}`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shared.adapters.as_of import as_of
from shared.adapters.firestore_errors import reading, writing
from shared.adapters.preference_fields import preference_fields, preferences_of
from shared.adapters.residents import SLOTS
from shared.adapters.store_clock import time_of_store
from shared.adapters.stored_documents import MISFITS, Document, needed, readable, record
from shared.domain.audience import AudienceEntry, Device, Platform, Target
from shared.ports import AudienceState, Clock, Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, Query, WriteBatch

    from shared.adapters.firestore_query import RangeQuery

TOMBSTONE_KEPT = timedelta(days=7)  # Eventarc gives an event up after 24 hours; the rest is margin
KEYS_PER_READ = 500


class FirestoreAudienceStore:
    """Fulfils ports.AudienceStore. A token is the `update_time` of the state's document."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._entries = client.collection("audience")

    def moment(self) -> datetime:
        """Firestore's own: our clock may be ahead, and the future is refused."""
        return time_of_store(self._client)

    def state(self, uid: str) -> Versioned[AudienceState] | None:
        with reading():
            snapshot = self._state(uid).get()
        document = snapshot.to_dict()
        return None if document is None else Versioned(_audience_state(document), snapshot.update_time)

    def commit(
        self,
        uid: str,
        entries: Sequence[AudienceEntry],
        state: AudienceState,
        expected: Versioned[AudienceState] | None,
    ) -> None:
        batch = self._client.batch()
        for entry in entries:
            batch.set(self._entries.document(entry.key), _to_document(entry))
        before = expected.value.places if expected else ()
        for place in sorted(set(before) - {entry.place for entry in entries}):
            batch.delete(self._entries.document(f"{uid}.{place}"))
        self._write_state(batch, uid, state, expected)
        with writing():
            batch.commit()

    def count(self, lo: str, hi: str, read_time: datetime | None) -> int:
        query: Any = self._between(
            lo, hi
        ).count()  # the library's own annotation names the class, not a query
        with reading():
            return int(query.get(read_time=read_time)[0][0].value)

    def stream(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
    ) -> Iterator[AudienceEntry]:
        """Whole documents: an entry holds nothing but what delivery needs."""
        with reading():
            found = as_of(read_time, lambda at: self._by_cell.run(lo, hi, at, after, limit))
            yield from readable("audience", found, _from_document)

    def entries(self, keys: Sequence[str], read_time: datetime | None) -> Iterator[AudienceEntry]:
        for start in range(0, len(keys), KEYS_PER_READ):
            references = [self._entries.document(key) for key in keys[start : start + KEYS_PER_READ]]
            with reading():
                snapshots = as_of(read_time, self._reading(references))
                found = ((item.id, item.to_dict() or {}) for item in snapshots if item.exists)
                yield from readable("audience", found, _from_document)

    def _reading(self, references: Sequence[DocumentReference]) -> Callable[[datetime | None], Iterator[Any]]:
        return lambda at: iter(self._client.get_all(list(references), read_time=at))

    @cached_property
    def _by_cell(self) -> RangeQuery:
        from shared.adapters.firestore_query import RangeQuery

        return RangeQuery(self._client, "audience", "cell")

    def _between(self, lo: str, hi: str) -> Query:
        from google.cloud.firestore import FieldFilter

        at_least = self._entries.where(filter=FieldFilter("cell", ">=", lo))
        return at_least.where(filter=FieldFilter("cell", "<=", hi))

    def _state(self, uid: str) -> DocumentReference:
        return self._client.collection("audience_state").document(state_id(uid))

    def _write_state(
        self,
        batch: WriteBatch,
        uid: str,
        state: AudienceState,
        expected: Versioned[AudienceState] | None,
    ) -> None:
        from google.cloud.firestore import DELETE_FIELD

        document: dict[str, object] = {"digest": state.digest, "places": list(state.places)}
        if not state.places:
            document["expire"] = self._clock.now() + TOMBSTONE_KEPT
        if expected is None:
            batch.create(self._state(uid), document)
            return
        unchanged = self._client.write_option(last_update_time=expected.token)
        batch.update(self._state(uid), {"expire": DELETE_FIELD, **document}, option=unchanged)


def state_id(uid: str) -> str:
    """Hashed, so that a tombstone, which outlives the resident's documents, does not name them."""
    return hashlib.sha256(uid.encode()).hexdigest()[:32]


def _to_document(entry: AudienceEntry) -> dict[str, object]:
    return {
        "cell": entry.cell,
        "terc": entry.terc,
        "language": entry.language,
        "devices": [
            {"id": d.id, "platform": d.platform.value, "kind": d.target.kind, "value": d.target.value}
            for d in entry.devices
        ],
        "siblings": [{"id": sibling.id, "cell": sibling.cell} for sibling in entry.siblings],
        **preference_fields(entry.preferences),
    }


def _audience_state(document: Document) -> AudienceState:
    """One that cannot be read agrees with no resident, and may have left an entry for any place."""
    try:
        return record(AudienceState, document)
    except MISFITS:
        return AudienceState("", SLOTS)


def _from_document(document_id: str, document: Document) -> AudienceEntry:
    """Of any release; of a kind of device that is not known here, the others are reached all the same."""
    uid, _, place = document_id.rpartition(".")
    return record(
        AudienceEntry,
        document,
        uid=uid,
        place=place,
        devices=tuple(device for item in needed(document, "devices") if (device := _device(item))),
        preferences=preferences_of(document),
    )


def _device(item: Document) -> Device | None:
    try:
        return Device(item["id"], Platform(item["platform"]), Target(item["kind"], item["value"]))
    except MISFITS:
        return None
