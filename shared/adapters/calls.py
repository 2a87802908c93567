"""Calls of staff in Firestore, `calls/{id}`, and rosters, `duty/{terc}`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import Document, at_most, one, record
from shared.domain.audit import Act
from shared.domain.call import KEPT, Call, CallKind
from shared.domain.duty import Roster
from shared.ports import Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentSnapshot, WriteBatch

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,299}", re.ASCII)  # no path, no reserved `__name__`
_MOST_OF = 200  # calls about one alert
_MOST_DRILLS = 1_000


class FirestoreCallStore:
    """Fulfils ports.CallStore. A token is the `update_time` of the document that was read."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)
        self._calls = client.collection("calls")

    def get(self, call_id: str) -> Versioned[Call] | None:
        if not _ID.fullmatch(call_id):
            return None
        with reading():
            found = self._calls.document(call_id).get()
        return one("calls", call_id, found, _versioned) if found.exists else None

    def create(self, call: Call, acts: Sequence[Act] = ()) -> None:
        self._audit.commit(lambda batch: batch.create(self._calls.document(call.id), _document(call)), *acts)

    def replace(self, before: Versioned[Call], after: Call, acts: Sequence[Act] = ()) -> Versioned[Call]:
        unchanged: Any = self._client.write_option(last_update_time=before.token)

        def fill(batch: WriteBatch) -> None:
            batch.update(self._calls.document(after.id), _document(after), option=unchanged)

        return Versioned(after, self._audit.commit(fill, *acts)[0].update_time)

    def of(self, alert_id: str) -> Sequence[Versioned[Call]]:
        return self._found(self._where("alert", "==", alert_id), _MOST_OF)

    def open(self, terc: str, limit: int) -> Sequence[Versioned[Call]]:
        """By the single-field indexes of both."""
        query = self._where("terc", "==", terc).where(filter=_filter("open", "==", True))
        return sorted(self._found(query, limit), key=lambda found: found.value.created)

    def drills(self, terc: str) -> Sequence[Call]:
        query = self._where("terc", "==", terc).where(filter=_filter("kind", "==", CallKind.DRILL.value))
        return [found.value for found in self._found(query, _MOST_DRILLS)]

    def waking(self, until: datetime, limit: int) -> Sequence[Versioned[Call]]:
        return self._found(self._where("wake", "<=", until).order_by("wake"), limit)

    def _where(self, field: str, operator: str, value: object) -> Any:
        return self._calls.where(filter=_filter(field, operator, value))

    def _found(self, query: Any, limit: int) -> list[Versioned[Call]]:
        with reading():
            return at_most(query, limit, "calls", _versioned)[0]


class FirestoreDutyStore:
    """Fulfils ports.DutyStore. A token is the `update_time` of the document that was read."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        self._client, self._audit = client, audit or Unaudited(client)

    def get(self, terc: str) -> Versioned[Roster] | None:
        with reading():
            found = self._client.document("duty", terc).get()
        if not found.exists:
            return None
        roster = one("duty", terc, found.to_dict() or {}, lambda name, item: record(Roster, item, terc=name))
        return Versioned(roster, found.update_time)

    def put(self, before: Versioned[Roster] | None, after: Roster, acts: Sequence[Act] = ()) -> None:
        place = self._client.document("duty", after.terc)
        document = {"rows": [asdict(row) for row in after.rows], "revision": after.revision}

        def fill(batch: WriteBatch) -> None:
            if before is None:
                batch.create(place, document)
            else:
                unchanged: Any = self._client.write_option(last_update_time=before.token)
                batch.update(place, document, option=unchanged)

        self._audit.commit(fill, *acts)


def _filter(field: str, operator: str, value: object) -> Any:
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, operator, value)


def _versioned(call_id: str, snapshot: DocumentSnapshot[Any]) -> Versioned[Call]:
    document: Document = snapshot.to_dict() or {}
    return Versioned(record(Call, document, id=call_id), snapshot.update_time)


def _document(call: Call) -> dict[str, Any]:
    """Its words as texts; `open` for one query, `expire` for the end."""
    plain = asdict(call)
    del plain["id"]
    attempts = [
        {**one, "way": one["way"].value, "outcome": one["outcome"].value} for one in plain["attempts"]
    ]
    return {
        **plain,
        "kind": call.kind.value,
        "named": list(call.named),
        "attempts": attempts,
        "open": call.is_open,
        "expire": call.created + KEPT,
    }
