"""What anyone may read, from `published` and `municipalities` in Firestore."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from shared.adapters.firestore_errors import reading
from shared.adapters.kept import Kept
from shared.adapters.public_documents import public_alert, public_municipality
from shared.adapters.stored_documents import at_most, one, readable
from shared.domain.public_alert import PublicAlert, PublicMunicipality
from shared.ports import Clock

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentSnapshot, Query

LONGEST_THREAD = 100


class FirestorePublicStore:
    """Fulfils ports.PublicStore. Municipalities are kept in the process."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._kept: Kept[Sequence[PublicMunicipality]] = Kept(clock)

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

    def municipalities(self, max_age: float = 60.0) -> Sequence[PublicMunicipality]:
        """One document read per municipality served, when the last answer is older than `max_age`."""
        return self._kept.get("served", max_age, lambda _: self._municipalities())

    def _municipalities(self) -> list[PublicMunicipality]:
        with reading():
            snapshots = self._client.collection("municipalities").stream()
            documents = ((item.id, item.to_dict() or {}) for item in snapshots)
            found = list(readable("municipalities", documents, public_municipality))
        return sorted(found, key=lambda municipality: (municipality.name, municipality.terc))

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
