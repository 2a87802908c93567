"""Sessions of staff in Firestore: `sessions/{uid}.{second of the sign-in}`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.audit_chain import AuditChain
from shared.adapters.firestore_errors import reading, writing
from shared.adapters.stored_documents import Document, one, readable, record
from shared.domain.audit import Act
from shared.domain.staff_session import KEPT, StaffSession
from shared.ports import Versioned
from shared.ports.staff_sessions import MOST_SESSIONS

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, WriteBatch


class FirestoreSessionStore:
    """Fulfils ports.SessionStore. A token is the `update_time` of the document that was read or written."""

    def __init__(self, client: Client, chain: AuditChain) -> None:
        self._client, self._chain = client, chain

    def get(self, uid: str, begun: datetime) -> Versioned[StaffSession] | None:
        with reading():
            found = self._document(uid, begun).get()
        if not found.exists:
            return None
        return Versioned(one("sessions", found.id, found.to_dict() or {}, _session), found.update_time)

    def begin(self, session: StaffSession, acts: Sequence[Act] = ()) -> Versioned[StaffSession]:
        document = {**asdict(session), "expire": session.begun + KEPT}
        place = self._document(session.uid, session.begun)
        written = self._chain.commit(lambda batch: batch.create(place, document), *acts)
        return Versioned(session, written[0].update_time)

    def note(self, before: StaffSession, after: StaffSession) -> Versioned[StaffSession]:
        return Versioned(after, self._write(before, after))

    def replace(self, before: Versioned[StaffSession], after: StaffSession) -> None:
        unchanged = self._client.write_option(last_update_time=before.token)
        self._write(before.value, after, unchanged)

    def end(self, sessions: Sequence[StaffSession], at: datetime, acts: Sequence[Act] = ()) -> None:
        def fill(batch: WriteBatch) -> None:
            for session in sessions:
                batch.update(self._document(session.uid, session.begun), {"ended": at})

        self._chain.commit(fill, *acts)

    def last_sign_in(self, uid: str) -> datetime | None:
        return next((session.begun for session in self._latest(uid, 1)), None)

    def of(self, uid: str) -> Sequence[StaffSession]:
        """One read for each."""
        return self._latest(uid, MOST_SESSIONS)

    def _latest(self, uid: str, most: int) -> Sequence[StaffSession]:
        from google.cloud.firestore import FieldFilter

        query = self._client.collection("sessions").where(filter=FieldFilter("uid", "==", uid))
        latest = query.order_by("begun", direction="DESCENDING").limit(most)
        with reading():
            found = ((item.id, item.to_dict() or {}) for item in latest.stream())
            return list(readable("sessions", found, _session))

    def _write(self, before: StaffSession, after: StaffSession, option: Any = None) -> object:
        old, new = asdict(before), asdict(after)
        changes = {name: value for name, value in new.items() if value != old[name]}
        with writing():
            written = self._document(after.uid, after.begun).update(changes, option=option)
        return written.update_time

    def _document(self, uid: str, begun: datetime) -> DocumentReference:
        return self._client.collection("sessions").document(f"{uid}.{int(begun.timestamp())}")


def _session(_: str, document: Document) -> StaffSession:
    """Raises Misfit."""
    return record(StaffSession, document)
