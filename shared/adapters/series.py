"""Series in Firestore: `series/{id}`; what is made or withdrawn is written in the series' own commit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.alert_documents import from_document, history_document, history_id, to_document
from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.change_marks import mark
from shared.adapters.firestore_errors import reading
from shared.adapters.series_documents import series_document, series_of
from shared.adapters.stored_documents import at_most, one
from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import Act
from shared.domain.series import NOT_STARTED, Series
from shared.ports import Versioned
from shared.ports.series import Step

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentSnapshot, WriteBatch

MOST_READ = 200
_ID = re.compile(r"[A-Za-z0-9]{1,40}")


class FirestoreSeriesStore:
    """Fulfils ports.SeriesStore. A token is the `update_time` of the document that was read."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)
        self._series = client.collection("series")
        self._alerts = client.collection("alerts")

    def new_id(self) -> str:
        document_id: str = self._series.document().id
        return document_id

    def get(self, series_id: str) -> Versioned[Series] | None:
        if not _ID.fullmatch(series_id):
            return None
        with reading():
            snapshot = self._series.document(series_id).get()
        return one("series", series_id, snapshot, _versioned) if snapshot.exists else None

    def list(self, terc: str) -> Sequence[Series]:
        """A read for each; sorted here, so that no index is needed."""
        query = self._series.where(filter=_filter("terc", "==", terc))
        with reading():
            found, _ = at_most(query, MOST_READ, "series", _versioned)
        return sorted((item.value for item in found), key=lambda item: (item.updated, item.id), reverse=True)

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Series]]:
        """One read for each, by the single-field index of `wake`."""
        query = self._series.where(filter=_filter("wake", "<=", until)).order_by("wake")
        with reading():
            return at_most(query, limit, "series", _versioned)[0]

    def waiting(self, series: Series) -> Sequence[Versioned[Alert]]:
        """By equalities, whose single-field indexes Firestore joins."""
        query = self._alerts.where(filter=_filter("series", "==", series.id))
        query = query.where(filter=_filter("state", "in", [state.value for state in NOT_STARTED]))
        with reading():
            return at_most(query, MOST_READ, "alerts", _versioned_alert)[0]

    def create(self, series: Series, acts: Sequence[Act] = ()) -> None:
        document = self._series.document(series.id)
        self._audit.commit(lambda batch: batch.create(document, series_document(series)), *acts)

    def replace(
        self,
        before: Versioned[Series],
        after: Series,
        acts: Sequence[Act] = (),
        occurrences: Sequence[Step] = (),
    ) -> None:
        def fill(batch: WriteBatch) -> None:
            self._update(batch, before, after)
            for known, alert, entry in occurrences:
                unchanged: Any = self._client.write_option(last_update_time=known.token)
                batch.update(self._alerts.document(alert.id), to_document(alert), option=unchanged)
                self._tell(batch, alert, entry)
            mark(self._client, batch, after.terc)

        self._audit.commit(fill, *acts)

    def make(
        self,
        before: Versioned[Series],
        after: Series,
        occurrence: Alert,
        entry: HistoryEntry,
        acts: Sequence[Act] = (),
    ) -> None:
        def fill(batch: WriteBatch) -> None:
            self._update(batch, before, after)
            batch.create(self._alerts.document(occurrence.id), to_document(occurrence))
            self._tell(batch, occurrence, entry)
            mark(self._client, batch, after.terc)

        self._audit.commit(fill, *acts)

    def _update(self, batch: WriteBatch, before: Versioned[Series], after: Series) -> None:
        unchanged: Any = self._client.write_option(last_update_time=before.token)
        batch.update(self._series.document(after.id), series_document(after), option=unchanged)

    def _tell(self, batch: WriteBatch, alert: Alert, entry: HistoryEntry) -> None:
        history = self._alerts.document(alert.id).collection("history")
        batch.create(history.document(history_id(entry)), history_document(entry))


def _versioned(series_id: str, snapshot: DocumentSnapshot[Any]) -> Versioned[Series]:
    return Versioned(series_of(series_id, snapshot.to_dict() or {}), snapshot.update_time)


def _versioned_alert(alert_id: str, snapshot: DocumentSnapshot[Any]) -> Versioned[Alert]:
    return Versioned(from_document(alert_id, snapshot.to_dict() or {}), snapshot.update_time)


def _filter(field: str, operator: str, value: object) -> Any:
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, operator, value)
