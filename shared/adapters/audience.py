"""The index of whom an alert can reach: `audience/{uid}.{place}` and `audience_state/{hash of uid}`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shared.adapters.as_of import as_of
from shared.adapters.firestore_errors import reading, writing
from shared.adapters.preference_fields import preference_fields, preferences_of
from shared.adapters.residents import SLOTS
from shared.adapters.store_clock import time_of_store
from shared.adapters.stored_documents import MISFITS, Document, needed, readable, record
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.found_by import codes_in
from shared.domain.place_codes import UNKNOWN
from shared.domain.whole_units import is_whole
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

    def count(self, lo: str, hi: str, read_time: datetime | None, code: str | None = None) -> int:
        between = self._between(lo, hi, code)
        query: Any = between.count()  # the library's own annotation names the class, not a query
        with reading():
            return int(query.get(read_time=read_time)[0][0].value)

    def stream(
        self,
        lo: str,
        hi: str,
        read_time: datetime | None,
        after: tuple[str, str] | None = None,
        limit: int | None = None,
        code: str | None = None,
    ) -> Iterator[AudienceEntry]:
        """Whole documents: an entry holds nothing but what delivery needs."""
        with reading():
            wanted = None if code is None else codes_in(code)
            found = as_of(read_time, lambda at: self._by_cell.run(lo, hi, at, after, limit, wanted))
            yield from readable("audience", found, _from_document)

    def entries(self, keys: Sequence[str], read_time: datetime | None) -> Iterator[AudienceEntry]:
        for start in range(0, len(keys), KEYS_PER_READ):
            references = [self._entries.document(key) for key in keys[start : start + KEYS_PER_READ]]
            with reading():
                snapshots = as_of(read_time, self._reading(references))
                found = ((item.id, item.to_dict() or {}) for item in snapshots if item.exists)
                yield from readable("audience", found, _from_document)

    def of(self, uid: str, read_time: datetime | None) -> Sequence[AudienceEntry]:
        """By the documents' names; a read for each, one when there is none."""
        first, last = (self._entries.document(f"{uid}.{slot}") for slot in (SLOTS[0], SLOTS[-1]))
        query = self._entries.order_by("__name__").start_at({"__name__": first}).end_at({"__name__": last})
        with reading():
            snapshots = as_of(read_time, lambda at: iter(query.stream(read_time=at)))
            found = ((item.id, item.to_dict() or {}) for item in snapshots)
            return list(readable("audience", found, _from_document))

    def without_codes(self, read_time: datetime | None) -> bool:
        """One read: they alone have the field `terc`, be it null."""
        with reading():
            some = self._entries.order_by("terc").limit(1).select(["terc"])
            return any(as_of(read_time, lambda at: iter(some.stream(read_time=at))))

    def _reading(self, references: Sequence[DocumentReference]) -> Callable[[datetime | None], Iterator[Any]]:
        return lambda at: iter(self._client.get_all(list(references), read_time=at))

    @cached_property
    def _by_cell(self) -> RangeQuery:
        from shared.adapters.firestore_query import RangeQuery

        return RangeQuery(self._client, "audience", "cell", "found_by")

    def _between(self, lo: str, hi: str, code: str | None) -> Query:
        from google.cloud.firestore import FieldFilter

        at_least = self._entries.where(filter=FieldFilter("cell", ">=", lo))
        between = at_least.where(filter=FieldFilter("cell", "<=", hi))
        if code is None:
            return between
        return between.where(filter=FieldFilter("found_by", "array_contains_any", list(codes_in(code))))

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
    """Whole units stand apart from the siblings: a release before would take their texts for cells."""
    wholes = [sibling for sibling in entry.siblings if is_whole(sibling.cell)]
    return {
        "cell": entry.cell,
        "language": entry.language,
        "devices": [
            {"id": d.id, "platform": d.platform.value, "kind": d.target.kind, "value": d.target.value}
            for d in entry.devices
        ],
        "siblings": [_sibling(sibling) for sibling in entry.siblings if sibling not in wholes],
        **({"wholes": [_sibling(sibling) for sibling in wholes]} if wholes else {}),
        **({"terc": entry.terc} if entry.found_by is None else {"found_by": list(entry.found_by)}),
        **preference_fields(entry.preferences),
    }


def _sibling(sibling: Sibling) -> dict[str, object]:
    codes = {name: code for name, code in asdict(sibling.codes).items() if code is not None}
    return {"id": sibling.id, "cell": sibling.cell, **({"codes": codes} if codes else {})}


def _audience_state(document: Document) -> AudienceState:
    """One that cannot be read agrees with no resident, and may have left an entry for any place."""
    try:
        return record(AudienceState, document)
    except MISFITS:
        return AudienceState("", SLOTS)


def _from_document(document_id: str, document: Document) -> AudienceEntry:
    """Of any release; of a kind of device that is not known here, the others are reached all the same."""
    uid, _, place = document_id.rpartition(".")
    entry = record(
        AudienceEntry,
        document,
        uid=uid,
        place=place,
        devices=tuple(device for item in needed(document, "devices") if (device := _device(item))),
        preferences=preferences_of(document),
    )
    if entry.found_by is None:
        return entry
    own = next((sibling.codes for sibling in entry.siblings if sibling.id == place), UNKNOWN)
    return replace(entry, terc=own.terc, siblings=_with_wholes(entry.siblings, document))


def _with_wholes(siblings: tuple[Sibling, ...], document: Document) -> tuple[Sibling, ...]:
    wholes = [record(Sibling, item) for item in document.get("wholes") or ()]
    return tuple(sorted((*siblings, *wholes), key=lambda one: one.id)) if wholes else siblings


def _device(item: Document) -> Device | None:
    try:
        return Device(item["id"], Platform(item["platform"]), Target(item["kind"], item["value"]))
    except MISFITS:
        return None
