"""What anyone may read, from `published` and `municipalities` in Firestore."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from shared.adapters.firestore_errors import reading
from shared.adapters.public_documents import public_alert, public_municipality
from shared.domain.public_alert import PublicAlert, PublicMunicipality
from shared.ports import Clock

if TYPE_CHECKING:
    from google.cloud.firestore import Client, Query

LONGEST_THREAD = 100
log = logging.getLogger(__name__)


class FirestorePublicStore:
    """Fulfils ports.PublicStore. Municipalities are kept in the process."""

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._clock = clock
        self._served: tuple[PublicMunicipality, ...] = ()
        self._read_at = 0.0

    def alert(self, alert_id: str) -> PublicAlert | None:
        with reading():
            document = self._client.document("published", alert_id).get().to_dict()
        return None if document is None else public_alert(alert_id, document)

    def thread(self, thread: str) -> Sequence[PublicAlert]:
        """By equality alone, which needs no composite index; a thread is a handful of messages."""
        found = self._alerts(self._published(thread=thread).limit(LONGEST_THREAD))
        return sorted(found, key=lambda alert: alert.version, reverse=True)

    def active(self, terc: str, limit: int) -> Sequence[PublicAlert]:
        return list(self._alerts(_latest(self._published(terc=terc, state="active"), limit)))

    def sent_since(self, terc: str, since: datetime, limit: int) -> Sequence[PublicAlert]:
        from google.cloud.firestore import FieldFilter

        recent = self._published(terc=terc).where(filter=FieldFilter("sent", ">=", since))
        return list(self._alerts(_latest(recent, limit)))

    def municipalities(self, max_age: float = 60.0) -> Sequence[PublicMunicipality]:
        """One document read per municipality served, when the last answer is older than `max_age`."""
        now = self._clock.monotonic()
        if not self._served or now - self._read_at > max_age:
            self._served, self._read_at = tuple(self._municipalities()), now
        return self._served

    def _municipalities(self) -> list[PublicMunicipality]:
        with reading():
            documents = {
                snapshot.id: snapshot.to_dict() or {}
                for snapshot in self._client.collection("municipalities").stream()
            }
        found = [served for terc, document in documents.items() if (served := _served(terc, document))]
        return sorted(found, key=lambda municipality: (municipality.name, municipality.terc))

    def _published(self, **equal: str) -> Query:
        from google.cloud.firestore import FieldFilter

        query: Any = self._client.collection("published")
        for field, value in equal.items():
            query = query.where(filter=FieldFilter(field, "==", value))
        return cast("Query", query)

    def _alerts(self, query: Query) -> Iterator[PublicAlert]:
        with reading():
            for snapshot in query.stream():
                yield public_alert(snapshot.id, snapshot.to_dict() or {})


def _served(terc: str, document: Mapping[str, Any]) -> PublicMunicipality | None:
    """One that is written by halves must not take the pages of all others down."""
    try:
        return public_municipality(terc, document)
    except (KeyError, TypeError, AttributeError) as error:
        log.error("municipalities/%s cannot be read: %s %s", terc, type(error).__name__, error)
        return None


def _latest(query: Query, limit: int) -> Query:
    return query.order_by("sent", direction="DESCENDING").limit(limit)
