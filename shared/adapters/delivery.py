"""Deliveries in Firestore: `alerts/{id}/deliveries/{id}` with `slices` and `waves`; shapes in docs/data.md.

A slice's progress is a log. Each save creates the next document of `waves`, with the slice as it then is
and, if something was sent, who was sent what. Two workers cannot create the same document: whoever claims
a slice thereby refuses every later save of the worker before. So a wave costs one write. The document in
`slices` holds the plan, and is written again only when the slice is done.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.alert_documents import history_document, history_id, to_document
from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.change_marks import mark
from shared.adapters.delivery_documents import LEDGER_KEPT, delivery_document, delivery_of
from shared.adapters.firestore_errors import reading, writing
from shared.adapters.known_slices import KnownSlices
from shared.adapters.slice_documents import (
    Document,
    ledger,
    packed,
    plan_document,
    progress,
    slice_of,
    unpacked,
)
from shared.adapters.stored_documents import at_most, needed, one, readable
from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import Act
from shared.domain.delivery import Delivery, DeliveryRef, Slice
from shared.errors import Conflict, NotFound, Unavailable
from shared.ports import Progress, Replacement, Versioned, Wave

if TYPE_CHECKING:
    from google.cloud.firestore import (
        Client,
        CollectionReference,
        DocumentReference,
        DocumentSnapshot,
        WriteBatch,
    )

AT_ONCE = 8  # queries at the same time
_LOG = 10_000  # entries of a slice's log


@dataclass(frozen=True)
class _Head:
    """The end of a slice's log; the token of a slice. Whoever read it writes its entries as one worker."""

    number: int
    expire: datetime | None
    worker: str = field(default_factory=lambda: secrets.token_hex(8))


@dataclass(frozen=True)
class _End:
    """The last entry of a slice's log; number 0 when nobody has begun it."""

    index: int
    number: int = 0
    progress: Document = field(default_factory=dict)
    written: datetime | None = None


class FirestoreDeliveryStore:
    """Fulfils ports.DeliveryStore."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)
        self._known = KnownSlices()

    def start(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry,
        deliveries: Sequence[Delivery],
        proof_key: str,
        acts: Sequence[Act] = (),
        replaced: Replacement | None = None,
    ) -> Sequence[Versioned[Delivery]]:
        alert = self._alert(after.id)
        unchanged = self._client.write_option(last_update_time=before.token)

        def fill(batch: WriteBatch) -> None:
            for delivery in deliveries:
                batch.create(self._delivery(delivery.ref), delivery_document(delivery))
            batch.update(alert, to_document(after), option=unchanged)
            # Set, like the key: what release 0.1.0 was sending is started once more, with an entry of that
            # name.
            batch.set(alert.collection("history").document(history_id(entry)), history_document(entry))
            kept = after.content.expires + LEDGER_KEPT
            batch.set(self._proof(after.id), {"key": proof_key, "expire": kept})
            if replaced is not None:
                self._replace(batch, replaced)
            mark(self._client, batch, after.terc)

        results = self._audit.commit(fill, *acts)
        return [
            Versioned(delivery, result.update_time)
            for delivery, result in zip(deliveries, results, strict=False)
        ]

    def _replace(self, batch: WriteBatch, replaced: Replacement) -> None:
        alert, entry = self._alert(replaced.after.id), replaced.entry
        unchanged = self._client.write_option(last_update_time=replaced.before.token)
        batch.update(alert, to_document(replaced.after), option=unchanged)
        batch.create(alert.collection("history").document(history_id(entry)), history_document(entry))

    def get(self, ref: DeliveryRef) -> Versioned[Delivery] | None:
        with reading():
            snapshot = self._delivery(ref).get()
        return one("deliveries", _name(ref), snapshot, _versioned) if snapshot.exists else None

    def of(self, alert_id: str) -> Sequence[Versioned[Delivery]]:
        """One query, a read for each."""
        with reading():
            found = self._alert(alert_id).collection("deliveries").order_by("__name__").stream()
            return list(readable("deliveries", ((_name(_ref(item)), item) for item in found), _versioned))

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Delivery]]:
        """One read for each, by the index of `wake` over all collections of that name."""
        from google.cloud.firestore import FieldFilter

        query: Any = self._client.collection_group("deliveries")
        due = query.where(filter=FieldFilter("wake", "<=", until)).order_by("wake")
        with reading():
            return at_most(due, limit, "deliveries", _versioned)[0]

    def plan(self, before: Versioned[Delivery], after: Delivery, slices: Sequence[Slice]) -> None:
        batch = self._client.batch()
        self._update(batch, before, after)
        for part in slices:
            batch.create(self._slice(after.ref, part.index), plan_document(part, after.expires + LEDGER_KEPT))
        with writing():
            batch.commit()

    def replace(self, before: Versioned[Delivery], after: Delivery) -> Versioned[Delivery]:
        batch = self._client.batch()
        self._update(batch, before, after)
        with writing():
            results = batch.commit()
        return Versioned(after, results[0].update_time)

    def _update(self, batch: WriteBatch, before: Versioned[Delivery], after: Delivery) -> None:
        unchanged = self._client.write_option(last_update_time=before.token)
        batch.update(self._delivery(after.ref), delivery_document(after), option=unchanged)

    def proof_key(self, alert_id: str) -> str:
        with reading():
            document = self._proof(alert_id).get().to_dict()
        if document is None:
            raise NotFound
        return one(
            "private", f"proof of alerts/{alert_id}", document, lambda _, known: str(needed(known, "key"))
        )

    def slice(self, ref: DeliveryRef, index: int) -> Versioned[Slice] | None:
        with reading():
            document = self._slice(ref, index).get().to_dict()
        return None if document is None else self._as_of_now(ref, index, document)

    def slices(self, ref: DeliveryRef) -> Sequence[Slice]:
        """Plans, which one commit writes, and slices that are done are read once by each process, then only
        what can still change: one read for each slice that was begun and was not done when last asked."""
        known = self._known.of(ref) or self._planned(ref)
        begun = self._begun(ref, known)
        self._known.keep(ref, known | {index: now for index, now in begun.items() if now.get("done")})
        return list(readable("slices", sorted((known | begun).items()), slice_of))

    def _planned(self, ref: DeliveryRef) -> dict[int, Document]:
        with reading():
            found = list(self._slices(ref).order_by("__name__").stream())
        return {int(snapshot.id): snapshot.to_dict() or {} for snapshot in found}

    def _begun(self, ref: DeliveryRef, known: Mapping[int, Document]) -> dict[int, Document]:
        """As they are now, of those not known to be done. Beyond the end of the log nobody began a slice."""
        waiting = sorted(index for index, document in known.items() if not document.get("done"))
        if not waiting:
            return {}
        latest = self._end_of_log(ref, 0, waiting[-1])
        earlier = [index for index in waiting if index < latest.index]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            ends = [*pool.map(lambda index: self._end_of_log(ref, index, index), earlier), latest]
        return {end.index: {**known[end.index], **end.progress} for end in ends if end.index in waiting}

    def progress(self, ref: DeliveryRef) -> Sequence[Progress]:
        """One read per slice, and one more for each that is not done; `moved` is by Firestore's clock."""
        with reading():
            planned = [(int(item.id), item) for item in self._slices(ref).order_by("__name__").stream()]
        return list(readable("slices", planned, lambda index, item: self._progress(ref, index, item)))

    def _progress(self, ref: DeliveryRef, index: int, snapshot: DocumentSnapshot[Any]) -> Progress:
        document = snapshot.to_dict() or {}
        if document.get("done"):
            return Progress(Versioned(slice_of(index, document), None), snapshot.update_time)
        end = self._end_of_log(ref, index, index)
        part = slice_of(index, {**document, **end.progress})
        moved = end.written or snapshot.update_time
        return Progress(Versioned(part, _Head(end.number, document.get("expire"))), moved)

    def done(self, ref: DeliveryRef) -> int:
        from google.cloud.firestore import FieldFilter

        finished: Any = self._slices(ref).where(filter=FieldFilter("done", "==", True)).count()
        with reading():
            return int(finished.get()[0][0].value)

    def ledger(self, ref: DeliveryRef) -> Iterator[Wave]:
        """A read for each entry of the log, a few more than waves; a thousand lines are one document."""
        entries = self._delivery(ref).collection("waves").select(["position", "at", "outcomes", "aside"])
        with reading():
            documents = ((found.id, found.to_dict() or {}) for found in entries.stream())
            told = ((entry, document) for entry, document in documents if document.get("outcomes"))
            yield from readable("waves", told, lambda _, document: _wave(document))

    def save(
        self, ref: DeliveryRef, before: Versioned[Slice], after: Slice, wave: Wave | None
    ) -> Versioned[Slice]:
        head = before.token
        if not isinstance(head, _Head):
            raise Conflict
        following = replace(head, number=head.number + 1)
        reference = self._log_entry(ref, after.index, following.number)
        document = _entry(after, wave, following)
        batch = self._client.batch()
        batch.create(reference, document)
        if after.done:
            batch.update(self._slice(ref, after.index), progress(after))
        try:
            with writing():
                batch.commit()
        except (Conflict, Unavailable):
            if not _is_mine(reference, document):
                raise
        return Versioned(after, following)

    def _as_of_now(self, ref: DeliveryRef, index: int, planned: Document) -> Versioned[Slice]:
        """A slice that is done stands in its own document; nobody may save it again."""
        if planned.get("done"):
            return Versioned(_part(ref, index, planned), None)
        end = self._end_of_log(ref, index, index)
        part = _part(ref, index, {**planned, **end.progress})
        return Versioned(part, _Head(end.number, planned.get("expire")))

    def _end_of_log(self, ref: DeliveryRef, first: int, last: int) -> _End:
        """The last entry of these slices, without its ledger."""
        from google.cloud.firestore import FieldFilter

        entries = self._delivery(ref).collection("waves").select(["position", "progress"])
        mine = entries.where(filter=FieldFilter("position", ">=", first * _LOG)).where(
            filter=FieldFilter("position", "<", (last + 1) * _LOG)
        )
        with reading():
            found = list(mine.order_by("position", direction="DESCENDING").limit(1).stream())
        if not found:
            return _End(first)
        document = found[0].to_dict() or {}
        index, number = divmod(document["position"], _LOG)
        return _End(index, number, document.get("progress") or {}, found[0].create_time)

    def _alert(self, alert_id: str) -> DocumentReference:
        return self._client.collection("alerts").document(alert_id)

    def _delivery(self, ref: DeliveryRef) -> DocumentReference:
        delivery: DocumentReference = self._alert(ref.alert).collection("deliveries").document(ref.id)
        return delivery

    def _slices(self, ref: DeliveryRef) -> CollectionReference:
        slices: CollectionReference = self._delivery(ref).collection("slices")
        return slices

    def _slice(self, ref: DeliveryRef, index: int) -> DocumentReference:
        return self._slices(ref).document(f"{index:04}")

    def _log_entry(self, ref: DeliveryRef, index: int, number: int) -> DocumentReference:
        entry: DocumentReference = self._delivery(ref).collection("waves").document(f"{index:04}.{number:04}")
        return entry

    def _proof(self, alert_id: str) -> DocumentReference:
        proof: DocumentReference = self._alert(alert_id).collection("private").document("proof")
        return proof


def _key(_: str, document: Document) -> str:
    return str(needed(document, "key"))


def _ref(snapshot: DocumentSnapshot[Any]) -> DeliveryRef:
    alert = snapshot.reference.parent.parent
    return DeliveryRef("" if alert is None else alert.id, snapshot.id)


def _name(ref: DeliveryRef) -> str:
    return f"{ref.id} of alerts/{ref.alert}"


def _versioned(_: str, snapshot: DocumentSnapshot[Any]) -> Versioned[Delivery]:
    return Versioned(delivery_of(_ref(snapshot), snapshot.to_dict() or {}), snapshot.update_time)


def _part(ref: DeliveryRef, index: int, document: Document) -> Slice:
    """Raises Unreadable."""
    return one("slices", f"{index} of {_name(ref)}", document, lambda _, stored: slice_of(index, stored))


def _entry(after: Slice, wave: Wave | None, head: _Head) -> Document:
    return {
        "position": after.index * _LOG + head.number,
        "progress": progress(after),
        "at": None if wave is None else wave.at,
        "outcomes": {} if wave is None else ledger(wave.outcomes),
        **({"aside": packed(sorted(wave.aside))} if wave is not None and wave.aside else {}),
        "expire": head.expire,
        "mark": f"{head.worker}.{secrets.token_hex(4)}",
    }


def _wave(document: Document) -> Wave:
    """Of any release."""
    lines = {word: unpacked(str(keys)) for word, keys in document["outcomes"].items()}
    outcomes = {key: word for word, keys in lines.items() for key in keys}
    index = int(document.get("position") or 0) // _LOG
    return Wave(index, document["at"], outcomes, frozenset(unpacked(document.get("aside") or "")))


def _is_mine(reference: DocumentReference, document: Document) -> bool:
    """Whether the entry was written after all: when an answer is lost, the client library repeats the commit
    and meets its own document. Taken for another worker's, it would leave the slice alone for a lease."""
    with reading():
        found = reference.get(field_paths=["mark"]).to_dict() or {}
    return bool(found.get("mark") == document["mark"])
