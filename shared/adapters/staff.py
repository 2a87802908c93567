"""The register of staff in Firestore: `staff/{uid}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading
from shared.adapters.staff_documents import staff_document, staff_record
from shared.domain.audit import Act
from shared.domain.staff import StaffRecord
from shared.ports import RecordChange, Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, WriteBatch

    from shared.adapters.audit_chain import AuditChain

MOST_STAFF = 1_000  # of a municipality, read at once


class FirestoreStaffStore:
    """Fulfils ports.StaffStore. A token is the document's `update_time`."""

    def __init__(self, client: Client, chain: AuditChain) -> None:
        self._client, self._chain = client, chain

    def get(self, uid: str) -> StaffRecord | None:
        """One read."""
        found = self.find(uid)
        return None if found is None else found.value

    def find(self, uid: str) -> Versioned[StaffRecord] | None:
        with reading():
            found = self._document(uid).get()
        if not found.exists:
            return None
        return Versioned(staff_record(found.to_dict() or {}, uid), found.update_time)

    def all(self, terc: str) -> Sequence[StaffRecord]:
        from google.cloud.firestore import FieldFilter

        staff = self._client.collection("staff")
        home = staff.where(filter=FieldFilter("terc", "==", terc))
        guests = staff.order_by(f"others.`{terc}`.roles")  # those that have the field
        with reading():
            documents = {
                item.id: item.to_dict() or {}
                for query in (home, guests)
                for item in query.limit(MOST_STAFF).stream()
            }
        found = (staff_record(document, uid) for uid, document in documents.items())
        return sorted(found, key=lambda record: (record.name, record.uid))

    def by_email(self, email: str) -> StaffRecord | None:
        from google.cloud.firestore import FieldFilter

        query = self._client.collection("staff").where(filter=FieldFilter("email", "==", email))
        with reading():
            found = [staff_record(item.to_dict() or {}, item.id) for item in query.limit(1).stream()]
        return found[0] if found else None

    def create(self, record: StaffRecord, acts: Sequence[Act]) -> None:
        self._chain.commit(
            lambda batch: batch.create(self._document(record.uid), staff_document(record)), *acts
        )

    def replace(
        self,
        before: Versioned[StaffRecord],
        after: StaffRecord,
        acts: Sequence[Act],
        witness: Versioned[StaffRecord] | None = None,
    ) -> None:
        change = RecordChange(before, after, witness)
        self._chain.commit(lambda batch: add_change(self._client, batch, change), *acts)

    def _document(self, uid: str) -> DocumentReference:
        return self._client.document("staff", uid)


def add_change(client: Client, batch: WriteBatch, change: RecordChange | None) -> None:
    """The record's change, and that the witness is still as they were: only its precondition counts."""
    if change is None:
        return
    unchanged: Any = client.write_option(last_update_time=change.before.token)
    batch.update(client.document("staff", change.after.uid), staff_document(change.after), option=unchanged)
    if change.witness is not None:
        still: Any = client.write_option(last_update_time=change.witness.token)
        known = {"active": change.witness.value.active}
        batch.update(client.document("staff", change.witness.value.uid), known, option=still)
