"""What anyone may read, from `published` in Firestore."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from shared.adapters.firestore_errors import reading
from shared.adapters.public_documents import public_alert
from shared.adapters.stored_documents import at_most, one, readable
from shared.domain.public_alert import PublicAlert

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentSnapshot, Query

LONGEST_THREAD = 100


class FirestorePublicStore:
    """Fulfils ports.PublicStore."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def alert(self, alert_id: str) -> PublicAlert | None:
        with reading():
            document = self._client.document("published", alert_id).get().to_dict()
        return None if document is None else one("published", alert_id, document, public_alert)

    def thread(self, thread: str) -> Sequence[PublicAlert]:
        """By equality alone, which needs no composite index; a thread is a handful of messages."""
        of_thread = self._published(thread=thread).limit(LONGEST_THREAD)
        with reading():
            documents = ((item.id, item.to_dict() or {}) for item in of_thread.stream())
            found = list(readable("published", documents, public_alert))
        return sorted(found, key=lambda alert: alert.version, reverse=True)

    def active(self, terc: str, limit: int) -> Sequence[PublicAlert]:
        return _latest(self._published(terc=terc, state="active"), limit)

    def sent_since(self, terc: str, since: datetime, limit: int) -> Sequence[PublicAlert]:
        from google.cloud.firestore import FieldFilter

        recent = self._published(terc=terc).where(filter=FieldFilter("sent", ">=", since))
        return _latest(recent, limit)

    def _published(self, **equal: str) -> Query:
        from google.cloud.firestore import FieldFilter

        query: Any = self._client.collection("published")
        for field, value in equal.items():
            query = query.where(filter=FieldFilter(field, "==", value))
        return cast("Query", query)


def _latest(query: Query, limit: int) -> Sequence[PublicAlert]:
    ordered = query.order_by("sent", direction="DESCENDING")
    with reading():
        return at_most(ordered, limit, "published", _public_alert)[0]


def _public_alert(alert_id: str, snapshot: DocumentSnapshot[Any]) -> PublicAlert:
    return public_alert(alert_id, snapshot.to_dict() or {})
