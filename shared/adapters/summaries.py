"""The figures of an alert in Firestore: `alerts/{id}/summary/current`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.stored_documents import MISFITS, record
from shared.domain.retention import CASE_KEPT
from shared.domain.statistics import Summary
from shared.ports import Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class FirestoreSummaryStore:
    """Fulfils ports.SummaryStore. A token is the `update_time` of the document."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, alert_id: str) -> Versioned[Summary] | None:
        with reading():
            snapshot = self._current(alert_id).get()
        document = snapshot.to_dict()
        return None if document is None else Versioned(_summary(document), snapshot.update_time)

    def put(self, alert_id: str, summary: Summary, expected: Versioned[Summary] | None) -> None:
        batch = self._client.batch()
        current = self._current(alert_id)
        document = {**asdict(summary), "expire": summary.updated + CASE_KEPT}
        if expected is None:
            batch.create(current, document)
        else:
            batch.update(current, document, option=self._client.write_option(last_update_time=expected.token))
        with writing():
            batch.commit()

    def _current(self, alert_id: str) -> DocumentReference:
        alert = self._client.collection("alerts").document(alert_id)
        current: DocumentReference = alert.collection("summary").document("current")
        return current


def _summary(document: Mapping[str, Any]) -> Summary:
    """The document has the fields of the dataclasses, `asdict`'s way. An unreadable one is gathered anew."""
    try:
        return record(Summary, document)
    except MISFITS:
        return Summary(0, 0, {}, 0, 0, complete=False, updated=LONG_AGO)
