"""Alerts in Firestore: `alerts/{id}`, its `history`, and the idempotency keys of its creation."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.adapters.alert_documents import (
    content_digest,
    from_document,
    history_document,
    history_entry,
    history_id,
    in_order,
    stored_words,
    to_document,
)
from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.change_marks import mark
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import at_most, one, readable
from shared.domain.alert import Alert, HistoryEntry, State
from shared.domain.audit import Act
from shared.errors import Conflict, FieldError, InvalidInput, KeyReused
from shared.ports import Page, Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot, WriteBatch

KEY_KEPT = timedelta(days=1)  # the TTL of `idempotency`
LONGEST_THREAD = 100
LONGEST_CURSOR = 200  # characters; one has about 150 with the longest id
_YEARS = range(2000, 3000)
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")  # an auto-id and more, but no path and no reserved `__name__`


class FirestoreAlertStore:
    """Fulfils ports.AlertStore. A token is the `update_time` of the document that was read."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)
        self._alerts = client.collection("alerts")

    def new_id(self) -> str:
        document_id: str = self._alerts.document().id
        return document_id

    def get(self, alert_id: str) -> Versioned[Alert] | None:
        if not _ID.fullmatch(alert_id):
            return None
        with reading():
            snapshot = self._alerts.document(alert_id).get()
        return one("alerts", alert_id, snapshot, _versioned) if snapshot.exists else None

    def create(
        self, alert: Alert, entry: HistoryEntry, idempotency_key: str | None, acts: Sequence[Act] = ()
    ) -> Alert:
        """Raises KeyReused when the key came before with another content."""

        def fill(batch: WriteBatch) -> None:
            batch.create(self._alerts.document(alert.id), to_document(alert))
            self._add_history(batch, alert.id, entry)
            mark(self._client, batch, alert.terc)
            if idempotency_key is not None:
                batch.create(self._key(alert, idempotency_key), _key_document(alert))

        try:
            self._audit.commit(fill, *acts)
        except Conflict:
            if idempotency_key is None:
                raise
            return self._first_of(alert, idempotency_key)
        return alert

    def replace(
        self,
        before: Versioned[Alert],
        after: Alert,
        entry: HistoryEntry | None,
        acts: Sequence[Act] = (),
    ) -> Versioned[Alert]:
        unchanged = self._client.write_option(last_update_time=before.token)

        def fill(batch: WriteBatch) -> None:
            batch.update(self._alerts.document(after.id), to_document(after), option=unchanged)
            if entry is not None:
                self._add_history(batch, after.id, entry)
            mark(self._client, batch, after.terc)

        results = self._audit.commit(fill, *acts)
        return Versioned(after, results[0].update_time)

    def list(self, terc: str, states: Sequence[State], limit: int, after: str | None) -> Page[Alert]:
        """Raises InvalidInput for a cursor that this method did not make."""
        query: Any = self._alerts.where(filter=_equals("terc", terc))
        if states:
            words = stored_words("state", [state.value for state in states])
            query = query.where(filter=_one_of("state", words))
        query = query.order_by("updated", direction="DESCENDING").order_by("__name__", direction="DESCENDING")
        if after is not None:
            updated, alert_id = cursor_position(after)
            query = query.start_after({"updated": updated, "__name__": self._alerts.document(alert_id)})
        with reading():
            found, unreadable = at_most(query, limit + 1, "alerts", _alert)
        following = cursor(found[limit - 1]) if len(found) > limit else None
        return Page(tuple(found[:limit]), following, unreadable)

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Alert]]:
        """One read for each, by the single-field index of `wake`."""
        query = self._alerts.where(filter=_at_most("wake", until)).order_by("wake")
        with reading():
            return at_most(query, limit, "alerts", _versioned)[0]

    def changed(self, since: datetime, until: datetime, limit: int) -> Sequence[Alert]:
        query = self._alerts.where(filter=_at_least("updated", since)).where(
            filter=_at_most("updated", until)
        )
        with reading():
            return at_most(query.order_by("updated"), limit, "alerts", _alert)[0]

    def thread(self, thread: str) -> Sequence[Alert]:
        """By equality alone, which needs no composite index; a thread is a handful of messages."""
        query = self._alerts.where(filter=_equals("thread", thread))
        with reading():
            return at_most(query, LONGEST_THREAD, "alerts", _alert)[0]

    def history(self, alert_id: str) -> Sequence[HistoryEntry]:
        entries = self._alerts.document(alert_id).collection("history")
        with reading():
            found = ((item.id, item.to_dict() or {}) for item in entries.stream())
            return in_order(readable("history", found, lambda _, document: history_entry(document)))

    def _add_history(self, batch: WriteBatch, alert_id: str, entry: HistoryEntry) -> None:
        history = self._alerts.document(alert_id).collection("history")
        batch.create(history.document(history_id(entry)), history_document(entry))

    def _key(self, alert: Alert, idempotency_key: str) -> DocumentReference:
        digest = hashlib.sha256(f"{alert.terc}\n{alert.author.uid}\n{idempotency_key}".encode()).hexdigest()
        return self._client.collection("idempotency").document(digest)

    def _first_of(self, alert: Alert, idempotency_key: str) -> Alert:
        with reading():
            known = self._key(alert, idempotency_key).get().to_dict()
        first = self.get(str(known.get("alert"))) if known else None
        if known is None or first is None:
            raise Conflict
        if known.get("digest") != content_digest(alert.content):
            raise KeyReused
        return first.value


def _alert(alert_id: str, snapshot: DocumentSnapshot[Any]) -> Alert:
    return from_document(alert_id, snapshot.to_dict() or {})


def _versioned(alert_id: str, snapshot: DocumentSnapshot[Any]) -> Versioned[Alert]:
    return Versioned(_alert(alert_id, snapshot), snapshot.update_time)


def _key_document(alert: Alert) -> dict[str, object]:
    return {
        "alert": alert.id,
        "digest": content_digest(alert.content),
        "expire": alert.created + KEY_KEPT,
    }


def _equals(field: str, value: str) -> object:
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, "==", value)


def _at_least(field: str, moment: datetime) -> object:
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, ">=", moment)


def _at_most(field: str, moment: datetime) -> object:
    """A field that is null is never found: Firestore compares within a type."""
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, "<=", moment)


def _one_of(field: str, values: Sequence[str]) -> object:
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, "in", values)


def cursor(last: Alert) -> str:
    """Where the next page begins: opaque to callers, safe in an address."""
    position = json.dumps([last.updated.astimezone(UTC).isoformat(), last.id])
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def cursor_position(text: str) -> tuple[datetime, str]:
    """The reverse of `cursor`, of nothing else. Raises InvalidInput."""
    try:
        if len(text) > LONGEST_CURSOR:
            raise ValueError("longer than any cursor")
        padded = text + "=" * (-len(text) % 4)
        updated, alert_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        moment = datetime.fromisoformat(updated)
        if not _ID.fullmatch(alert_id) or moment.year not in _YEARS or moment.utcoffset() != timedelta(0):
            raise ValueError("no position of ours")
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise InvalidInput([FieldError("/after", "cursor-unknown")]) from error
    return moment, alert_id
