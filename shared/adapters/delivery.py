"""A delivery in Firestore: `alerts/{id}/slices`, `waves` and `private/proof`; shapes in docs/data.md.

A slice's progress is a log. Each save creates the next document of `waves`, with the slice as it then is
and, if something was sent, who was sent what. Two workers cannot create the same document: whoever claims
a slice thereby refuses every later save of the worker before. So a wave costs one write. The document in
`slices` holds the plan, and is written again only when the slice is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.adapters.alert_documents import history_document, history_id, to_document
from shared.adapters.firestore_errors import reading, writing
from shared.adapters.slice_documents import Document, ledger, plan_document, progress, slice_of
from shared.domain.alert import Alert, HistoryEntry
from shared.domain.delivery import Slice
from shared.errors import Conflict, NotFound
from shared.ports import Progress, Versioned, Wave

if TYPE_CHECKING:
    from google.cloud.firestore import Client, CollectionReference, DocumentReference, DocumentSnapshot

LEDGER_KEPT = timedelta(days=90)  # beyond the alert's expiry; the TTL of slices and waves
_LOG = 10_000  # entries of a slice's log


@dataclass(frozen=True)
class _Head:
    """The end of a slice's log; the token of a slice."""

    number: int
    expire: datetime


class FirestoreDeliveryStore:
    """Fulfils ports.DeliveryStore."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def plan(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        slices: Sequence[Slice],
        proof_key: str | None,
    ) -> None:
        alert = self._alert(after.id)
        unchanged = self._client.write_option(last_update_time=before.token)
        batch = self._client.batch()
        batch.update(alert, to_document(after), option=unchanged)
        batch.create(alert.collection("history").document(history_id(entry)), history_document(entry))
        if proof_key is not None:
            batch.create(self._proof(after.id), {"key": proof_key})
        for part in slices:
            document = plan_document(part, after.content.expires + LEDGER_KEPT)
            batch.create(self._slice(after.id, part.index), document)
        with writing():
            batch.commit()

    def proof_key(self, alert_id: str) -> str:
        """Raises NotFound before the plan is written."""
        with reading():
            document = self._proof(alert_id).get().to_dict()
        if document is None:
            raise NotFound
        return str(document["key"])

    def slice(self, alert_id: str, index: int) -> Versioned[Slice] | None:
        with reading():
            document = self._slice(alert_id, index).get().to_dict()
        return None if document is None else self._as_of_now(alert_id, index, document)

    def slices(self, alert_id: str) -> Sequence[Slice]:
        with reading():
            planned = list(self._slices(alert_id).order_by("__name__").stream())
        return [
            self._as_of_now(alert_id, int(snapshot.id), snapshot.to_dict() or {}).value
            for snapshot in planned
        ]

    def progress(self, alert_id: str) -> Sequence[Progress]:
        """One read per slice, and one more for each that is not done; `moved` is by Firestore's clock."""
        with reading():
            planned = list(self._slices(alert_id).order_by("__name__").stream())
        return [self._progress(alert_id, snapshot) for snapshot in planned]

    def _progress(self, alert_id: str, snapshot: DocumentSnapshot[Any]) -> Progress:
        index, document = int(snapshot.id), snapshot.to_dict() or {}
        if document["done"]:
            return Progress(Versioned(slice_of(index, document), None), snapshot.update_time)
        number, latest, moved = self._end_of_log(alert_id, index)
        part = slice_of(index, {**document, **latest})
        return Progress(Versioned(part, _Head(number, document["expire"])), moved or snapshot.update_time)

    def done(self, alert_id: str) -> int:
        from google.cloud.firestore import FieldFilter

        finished: Any = self._slices(alert_id).where(filter=FieldFilter("done", "==", True)).count()
        with reading():
            return int(finished.get()[0][0].value)

    def save(
        self, alert_id: str, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        head = before.token
        if not isinstance(head, _Head):
            raise Conflict
        following = _Head(head.number + 1, head.expire)
        batch = self._client.batch()
        batch.create(self._log_entry(alert_id, after.index, following.number), _entry(after, wave, following))
        if after.done:
            batch.update(self._slice(alert_id, after.index), progress(after))
        with writing():
            batch.commit()
        return Versioned(after, following)

    def _as_of_now(self, alert_id: str, index: int, planned: Document) -> Versioned[Slice]:
        """A slice that is done stands in its own document; nobody may save it again."""
        if planned["done"]:
            return Versioned(slice_of(index, planned), None)
        number, latest, _ = self._end_of_log(alert_id, index)
        return Versioned(slice_of(index, {**planned, **latest}), _Head(number, planned["expire"]))

    def _end_of_log(self, alert_id: str, index: int) -> tuple[int, Document, datetime | None]:
        """The last entry without its ledger, and when it was written; number 0 before anybody began."""
        from google.cloud.firestore import FieldFilter

        entries = self._alert(alert_id).collection("waves").select(["position", "progress"])
        mine = entries.where(filter=FieldFilter("position", ">=", index * _LOG)).where(
            filter=FieldFilter("position", "<", (index + 1) * _LOG)
        )
        with reading():
            found = list(mine.order_by("position", direction="DESCENDING").limit(1).stream())
        if not found:
            return 0, {}, None
        document = found[0].to_dict() or {}
        return document["position"] % _LOG, document["progress"], found[0].create_time

    def _alert(self, alert_id: str) -> DocumentReference:
        return self._client.collection("alerts").document(alert_id)

    def _slices(self, alert_id: str) -> CollectionReference:
        slices: CollectionReference = self._alert(alert_id).collection("slices")
        return slices

    def _slice(self, alert_id: str, index: int) -> DocumentReference:
        return self._slices(alert_id).document(f"{index:04}")

    def _log_entry(self, alert_id: str, index: int, number: int) -> DocumentReference:
        entry: DocumentReference = (
            self._alert(alert_id).collection("waves").document(f"{index:04}.{number:04}")
        )
        return entry

    def _proof(self, alert_id: str) -> DocumentReference:
        proof: DocumentReference = self._alert(alert_id).collection("private").document("proof")
        return proof


def _entry(after: Slice, wave: Wave | None, head: _Head) -> Document:
    return {
        "position": after.index * _LOG + head.number,
        "progress": progress(after),
        "at": None if wave is None else wave.at,
        "outcomes": {} if wave is None else ledger(wave.outcomes),
        "expire": head.expire,
    }
