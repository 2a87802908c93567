"""What is kept while people become staff: `invitations`, `recovery_codes`, `lost_phones`; a document each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from shared.adapters.firestore_errors import reading
from shared.adapters.staff_documents import staff_document, staff_record
from shared.adapters.stored_documents import Document, one, readable, record
from shared.domain.audit import Act
from shared.domain.enrolment import KEPT, Invitation, LostPhone, RecoveryCodes
from shared.domain.own_factors import Factors
from shared.domain.staff import StaffRecord
from shared.ports import Change, Versioned
from shared.ports.enrolment import Kept

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, WriteBatch

    from shared.adapters.audit_chain import AuditChain

T = TypeVar("T")
MOST = 200  # invitations of a municipality, shown at once
COLLECTIONS: dict[type, str] = {
    StaffRecord: "staff",
    Invitation: "invitations",
    RecoveryCodes: "recovery_codes",
    LostPhone: "lost_phones",
    Factors: "factors",
}
log = logging.getLogger(__name__)


class FirestoreEnrolmentStore:
    """Fulfils ports.EnrolmentStore. A token is the document's `update_time`."""

    def __init__(self, client: Client, chain: AuditChain) -> None:
        self._client = client
        self._chain = chain

    def record(self, uid: str) -> Versioned[StaffRecord] | None:
        return self._find(StaffRecord, uid, lambda name, document: staff_record(document, name))

    def invitation(self, uid: str) -> Versioned[Invitation] | None:
        return self._find(Invitation, uid, lambda name, document: record(Invitation, document, uid=name))

    def recovery_codes(self, uid: str) -> Versioned[RecoveryCodes] | None:
        return self._find(
            RecoveryCodes, uid, lambda name, document: record(RecoveryCodes, document, uid=name)
        )

    def lost_phone(self, uid: str) -> Versioned[LostPhone] | None:
        return self._find(LostPhone, uid, lambda name, document: record(LostPhone, document, uid=name))

    def factors(self, uid: str) -> Versioned[Factors] | None:
        return self._find(Factors, uid, lambda name, document: record(Factors, document, uid=name))

    def invitations(self, terc: str) -> Sequence[Invitation]:
        from google.cloud.firestore import FieldFilter

        query = self._client.collection("invitations").where(filter=FieldFilter("terc", "==", terc))
        with reading():
            documents = [(item.id, item.to_dict() or {}) for item in query.limit(MOST).stream()]
        found = readable("invitations", documents, lambda name, item: record(Invitation, item, uid=name))
        return sorted(found, key=lambda invitation: invitation.at, reverse=True)

    def commit(self, changes: Sequence[Change], acts: Sequence[Act] = ()) -> None:
        self._chain.commit(lambda batch: self._fill(batch, changes), *acts)

    def _fill(self, batch: WriteBatch, changes: Sequence[Change]) -> None:
        for change in changes:
            place, document = self._place(type(change.after), change.after.uid), _document(change.after)
            if change.before is None:
                batch.create(place, document)
            else:
                unchanged: Any = self._client.write_option(last_update_time=change.before.token)
                batch.update(place, document, option=unchanged)

    def _find(self, kind: type[T], uid: str, read: Callable[[str, Document], T]) -> Versioned[T] | None:
        with reading():
            found = self._place(kind, uid).get()
        if not found.exists:
            return None
        return Versioned(one(COLLECTIONS[kind], uid, found.to_dict() or {}, read), found.update_time)

    def _place(self, kind: type, uid: str) -> DocumentReference:
        return self._client.document(COLLECTIONS[kind], uid)


def _document(kept: Kept) -> dict[str, Any]:
    """Its fields by their names, its uid being the document's; `expire` where it is kept for a time only."""
    if isinstance(kept, StaffRecord):
        return staff_document(kept)
    document = {
        field.name: _plain(getattr(kept, field.name)) for field in fields(kept) if field.name != "uid"
    }
    ends: datetime | None = document.get("ends")
    return document | ({} if ends is None else {"expire": ends + KEPT})


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
