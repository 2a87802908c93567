"""A delivery in Firestore: `alerts/{id}/slices`, `waves` and `private/proof`; shapes in docs/data.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.alert_documents import history_document, history_id, to_document
from shared.adapters.firestore_errors import translated
from shared.domain.alert import Alert, HistoryEntry
from shared.domain.delivery import Lease, Slice
from shared.errors import NotFound
from shared.ports import Versioned, Wave

if TYPE_CHECKING:
    from google.cloud.firestore import Client, CollectionReference, DocumentReference

Document = dict[str, Any]

# Fields whose name and value are the same in the slice and in its document.
_PLAIN = (
    "count", "waves", "exhausted", "done", "stopped", "attempt", "retries", "resume_at", "devices",
    "accepted",
)  # fmt: skip


class FirestoreDeliveryStore:
    """Fulfils ports.DeliveryStore. A token is the `update_time` of the slice's document."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def plan(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        slices: Sequence[Slice],
        proof_key: str,
    ) -> None:
        alert = self._alert(after.id)
        unchanged = self._client.write_option(last_update_time=before.token)
        batch = self._client.batch()
        batch.update(alert, to_document(after), option=unchanged)
        batch.create(alert.collection("history").document(history_id(entry)), history_document(entry))
        batch.create(self._proof(after.id), {"key": proof_key})
        for part in slices:
            batch.create(self._slice(after.id, part.index), slice_document(part))
        with translated():
            batch.commit()

    def proof_key(self, alert_id: str) -> str:
        """Raises NotFound before the plan is written."""
        with translated():
            document = self._proof(alert_id).get().to_dict()
        if document is None:
            raise NotFound
        return str(document["key"])

    def slice(self, alert_id: str, index: int) -> Versioned[Slice] | None:
        with translated():
            snapshot = self._slice(alert_id, index).get()
        document = snapshot.to_dict()
        if document is None:
            return None
        return Versioned(slice_of(snapshot.id, document), snapshot.update_time)

    def slices(self, alert_id: str) -> Sequence[Slice]:
        with translated():
            found = self._slices(alert_id).order_by("__name__").stream()
            return [slice_of(snapshot.id, snapshot.to_dict() or {}) for snapshot in found]

    def done(self, alert_id: str) -> int:
        from google.cloud.firestore import FieldFilter

        finished: Any = self._slices(alert_id).where(filter=FieldFilter("done", "==", True)).count()
        with translated():
            return int(finished.get()[0][0].value)

    def save(
        self, alert_id: str, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        batch = self._client.batch()
        unchanged = self._client.write_option(last_update_time=before.token)
        batch.update(self._slice(alert_id, after.index), slice_document(after), option=unchanged)
        if wave is not None:
            waves = self._alert(alert_id).collection("waves")
            batch.create(waves.document(f"{wave.slice:04}.{wave.number:04}"), wave_document(wave))
        with translated():
            results = batch.commit()
        return Versioned(after, results[0].update_time)

    def _alert(self, alert_id: str) -> DocumentReference:
        return self._client.collection("alerts").document(alert_id)

    def _slices(self, alert_id: str) -> CollectionReference:
        slices: CollectionReference = self._alert(alert_id).collection("slices")
        return slices

    def _slice(self, alert_id: str, index: int) -> DocumentReference:
        return self._slices(alert_id).document(f"{index:04}")

    def _proof(self, alert_id: str) -> DocumentReference:
        proof: DocumentReference = self._alert(alert_id).collection("private").document("proof")
        return proof


def slice_document(part: Slice) -> Document:
    """Every field, so that an update leaves nothing of an older state behind.

    Ranges are texts, since Firestore has no nested lists; keys to retry are one text, since a list would
    cost an index entry for each.
    """
    return {
        **{name: getattr(part, name) for name in _PLAIN},
        "ranges": [f"{lo}-{hi}" for lo, hi in part.ranges],
        "cursor": None if part.cursor is None else {"cell": part.cursor[0], "id": part.cursor[1]},
        "lease": {"generation": part.lease.generation, "until": part.lease.until},
        "failed": dict(part.failed),
        "retry": "\n".join(part.retry),
    }


def slice_of(document_id: str, document: Mapping[str, Any]) -> Slice:
    cursor, lease = document["cursor"], document["lease"]
    return Slice(
        index=int(document_id),
        ranges=tuple(_range(text) for text in document["ranges"]),
        cursor=None if cursor is None else (cursor["cell"], cursor["id"]),
        lease=Lease(lease["generation"], lease["until"]),
        failed=document["failed"],
        retry=tuple(document["retry"].split("\n")) if document["retry"] else (),
        **{name: document[name] for name in _PLAIN},
    )


def wave_document(wave: Wave) -> Document:
    """The keys of each outcome as one text: a thousand phones are some 35 KB and no index entries."""
    outcomes: dict[str, list[str]] = {}
    for key, outcome in wave.outcomes.items():
        outcomes.setdefault(outcome, []).append(key)
    return {
        "slice": wave.slice,
        "number": wave.number,
        "at": wave.at,
        "outcomes": {outcome: "\n".join(keys) for outcome, keys in outcomes.items()},
        "expire": wave.expire,
    }


def wave_of(document: Mapping[str, Any]) -> Wave:
    return Wave(
        slice=document["slice"],
        number=document["number"],
        at=document["at"],
        outcomes={key: outcome for outcome, keys in document["outcomes"].items() for key in keys.split("\n")},
        expire=document["expire"],
    )


def _range(text: str) -> tuple[str, str]:
    lo, _, hi = text.partition("-")
    return lo, hi
