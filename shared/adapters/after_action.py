"""Frozen reports of threads, `after_action/{thread}`, and the counts of waves for their curves."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import Document, needed, readable, record
from shared.domain.after_action import Frozen, WaveCount
from shared.domain.audit import Act
from shared.domain.delivery import DeliveryRef
from shared.domain.retention import CASE_KEPT

if TYPE_CHECKING:
    from google.cloud.firestore import Client

_SLOTS = 10_000  # positions of a slice in the log of waves (adapters.delivery)
MOST_EDITIONS = 50
MOST_PLAIN = 900_000  # bytes of a body; Firestore docs, "Quotas": a document has 1 MiB at most
_COMPRESSED = "zlib:"
MOST_WAVES = 5_000  # of one delivery; a thousand phones each


class FirestoreReportStore:
    """Fulfils ports.ReportStore."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)
        self._reports = client.collection("after_action")

    def of(self, terc: str, thread: str) -> Sequence[Frozen]:
        """By the single-field indexes of both."""
        query: Any = self._reports.where(filter=_is("thread", thread)).where(filter=_is("terc", terc))
        with reading():
            found = ((one.id, one.to_dict() or {}) for one in query.limit(MOST_EDITIONS).stream())
            known = list(readable("after_action", found, _frozen))
        return sorted(known, key=lambda one: (one.at, one.id))

    def create(self, frozen: Frozen, acts: Sequence[Act]) -> None:
        document = {
            "terc": frozen.terc,
            "thread": frozen.thread,
            "at": frozen.at,
            "until": frozen.until,
            "sha256": frozen.sha256,
            "body": _packed(frozen.text),
            "expire": frozen.at + CASE_KEPT,
        }
        self._audit.commit(lambda batch: batch.create(self._reports.document(frozen.id), document), *acts)


class FirestoreWaveStore:
    """Fulfils ports.WaveStore."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def counts(self, ref: DeliveryRef) -> Sequence[WaveCount]:
        """A read for each wave, without its ledger."""
        waves = self._client.document("alerts", ref.alert, "deliveries", ref.id).collection("waves")
        query = waves.select(["position", "at", "progress.accepted"]).limit(MOST_WAVES)
        with reading():
            found = ((one.id, one.to_dict() or {}) for one in query.stream())
            counts = list(readable("waves", found, _count))
        return sorted((one for one in counts if one is not None), key=lambda one: one.at)


def _is(field: str, value: str) -> Any:
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, "==", value)


def _frozen(report_id: str, document: Document) -> Frozen:
    """Raises Misfit, ValueError for what was not written by us."""
    try:
        text = _unpacked(str(needed(document, "body")))
    except zlib.error as error:
        raise ValueError("body") from error
    return record(Frozen, document, id=report_id, text=text)


def _packed(text: str) -> str:
    """As it is, so that it can be read where it lies; compressed where a document could not hold it."""
    if len(text.encode()) <= MOST_PLAIN:
        return text
    return _COMPRESSED + base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def _unpacked(body: str) -> str:
    if not body.startswith(_COMPRESSED):
        return body
    return zlib.decompress(base64.b64decode(body.removeprefix(_COMPRESSED))).decode()


def _count(_: str, document: Document) -> WaveCount | None:
    """None for what only moved a slice on."""
    if document.get("at") is None:
        return None
    accepted = (document.get("progress") or {}).get("accepted") or 0
    return WaveCount(needed(document, "position") // _SLOTS, needed(document, "at"), int(accepted))
