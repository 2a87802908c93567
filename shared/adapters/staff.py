"""The register of staff in Firestore: `staff/{uid}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading
from shared.adapters.staff_documents import staff_document, staff_record
from shared.domain.audit import Act
from shared.domain.staff import StaffRecord
from shared.ports import Versioned

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
        def fill(batch: WriteBatch) -> None:
            unchanged: Any = self._client.write_option(last_update_time=before.token)
            batch.update(self._document(after.uid), staff_document(after), option=unchanged)
            if witness is not None:
                still: Any = self._client.write_option(last_update_time=witness.token)
                known = {"active": witness.value.active}  # as it is: only the precondition counts
                batch.update(self._document(witness.value.uid), known, option=still)

        self._chain.commit(fill, *acts)

    def _document(self, uid: str) -> DocumentReference:
        return self._client.document("staff", uid)
