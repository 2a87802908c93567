"""What Firestore keeps of residents who are gone, and the list of those still to be cleared away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.slice_documents import packed, unpacked
from shared.errors import Conflict
from shared.ports import Erasure

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot

RECORDS = {  # collection of a delivery: where its documents hold keys `uid.place/device`, and the cursor
    "waves": ("outcomes", "aside", "progress.retry", "progress.cursor"),
    "slices": ("retry", "cursor"),
}


class FirestoreTraceStore:
    """Fulfils ports.TraceStore. `erasures/{uid}` is there until the last trace is gone."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ask(self, uid: str, now: datetime) -> None:
        """Created, so that asking again does not change whose turn it is."""
        with suppress(Conflict), writing():
            self._erasure(uid).create({"uid": uid, "turn": now})

    def asked(self, limit: int) -> Sequence[Erasure]:
        """Those without a turn are of release 0.2.0 and before: they come when all others were served."""
        erasures = self._client.collection("erasures")
        with reading():
            found = list(erasures.order_by("turn").limit(limit).stream())
            if len(found) < limit:
                known = {item.id for item in found}
                found += [item for item in erasures.limit(limit).stream() if item.id not in known]
        return [Erasure(item.id, _after(item.to_dict() or {})) for item in found[:limit]]

    def alerts(self, after: str, limit: int) -> Sequence[str]:
        """What is being sent need not be published yet, and the follower of an alert is only published."""
        found = {alert_id for name in ("alerts", "published") for alert_id in self._ids(name, after, limit)}
        return sorted(found)[:limit]

    def _ids(self, name: str, after: str, limit: int) -> list[str]:
        documents = self._client.collection(name)
        query = documents.order_by("__name__").select([]).limit(limit)
        if after:
            query = query.start_after({"__name__": documents.document(after)})
        with reading():
            return [found.id for found in query.stream()]

    def erase(self, alert_id: str, uid: str) -> None:
        """Five reads, more for each delivery, slice and wave, a write for each that names the uid.

        The record goes last: while it is there, a run that was cut short can be told from one that never was.
        """
        published = self._client.document("published", alert_id)
        batch = self._client.batch()
        for receipt in self._receipts(published, uid):
            batch.delete(receipt)
        batch.delete(published.collection("reports").document(uid))
        with writing():
            batch.commit()
        for reference, change, token in self._records(alert_id, uid):
            with writing():
                reference.update(change, self._client.write_option(last_update_time=token))

    def move_on(self, uid: str, after: str) -> None:
        with writing():
            self._erasure(uid).set({"after": after}, merge=True)

    def put_off(self, uid: str, now: datetime) -> None:
        with writing():
            self._erasure(uid).set({"turn": now}, merge=True)

    def forget_targets(self, uid: str) -> None:
        """One query, a delete for each phone."""
        from google.cloud.firestore import FieldFilter

        owned = self._client.collection("targets").where(filter=FieldFilter("uid", "==", uid)).select([])
        with reading():
            found = [item.reference for item in owned.stream()]
        for reference in found:
            with writing():
                reference.delete()

    def done(self, uid: str) -> None:
        with writing():
            self._erasure(uid).delete()

    def _receipts(self, published: DocumentReference, uid: str) -> list[DocumentReference]:
        """By their ids, `{uid}.{1..8}.{kind}`."""
        receipts = published.collection("receipts")
        first, behind = receipts.document(f"{uid}.0"), receipts.document(f"{uid}.9")
        query = receipts.order_by("__name__").start_at({"__name__": first}).end_before({"__name__": behind})
        with reading():
            return [found.reference for found in query.select([]).stream()]

    def _records(self, alert_id: str, uid: str) -> Iterator[tuple[DocumentReference, dict[str, Any], object]]:
        """Of the alert's deliveries; and of the alert itself, where release 0.1.0 kept them for 90 days."""
        alert = self._client.document("alerts", alert_id)
        with reading():
            known = [found.reference for found in alert.collection("deliveries").select([]).stream()]
        for parent, (name, fields) in product([*known, alert], RECORDS.items()):
            with reading():
                found: list[DocumentSnapshot[Any]] = list(parent.collection(name).select(fields).stream())
            for item in found:
                if change := _without(uid, {field: _value(item, field) for field in fields}):
                    yield item.reference, change, item.update_time

    def _erasure(self, uid: str) -> DocumentReference:
        return self._client.document("erasures", uid)


def _after(document: Mapping[str, object]) -> str:
    """What cannot be read begins anew: to erase again is as good as once."""
    after = document.get("after")
    return after if isinstance(after, str) else ""


def _value(item: DocumentSnapshot[Any], field: str) -> object:
    try:
        return item.get(field)
    except KeyError:
        return None


def _without(uid: str, fields: Mapping[str, object]) -> dict[str, Any]:
    """The fields that change, without the uid: lines of keys are left out, a cursor keeps its cell."""
    cleared = {name: _cleared(uid, value) for name, value in fields.items()}
    return {name: value for name, value in cleared.items() if value != fields[name]}


def _cleared(uid: str, value: object) -> object:
    match value:
        case {"cell": str(cell), "id": str(key)} if key.startswith(f"{uid}."):
            return {"cell": cell, "id": ""}
        case dict():
            return {name: _cleared(uid, inner) for name, inner in value.items()}
        case str():
            return packed([key for key in unpacked(value) if not key.startswith(f"{uid}.")])
        case _:
            return value
