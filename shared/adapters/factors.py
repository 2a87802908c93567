"""Keys and PINs of staff in Firestore: `factors/{uid}`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shared.adapters.audit_chain import AuditChain
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import Document, one, record
from shared.domain.audit import Act
from shared.domain.own_factors import Factors
from shared.ports import Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, WriteBatch


class FirestoreFactorStore:
    """Fulfils ports.FactorStore. A token is the `update_time` of the document that was read."""

    def __init__(self, client: Client, chain: AuditChain) -> None:
        self._client, self._chain = client, chain

    def get(self, uid: str) -> Versioned[Factors] | None:
        with reading():
            found = self._client.document("factors", uid).get()
        if not found.exists:
            return None
        return Versioned(one("factors", uid, found.to_dict() or {}, _factors), found.update_time)

    def put(self, before: Versioned[Factors] | None, after: Factors, acts: Sequence[Act] = ()) -> None:
        def fill(batch: WriteBatch) -> None:
            document = self._client.document("factors", after.uid)
            if before is None:
                batch.create(document, _document(after))
            else:
                unchanged: Any = self._client.write_option(last_update_time=before.token)
                batch.update(document, _document(after), option=unchanged)
            if bool(after.keys) != bool(before and before.value.keys):
                batch.update(self._client.document("staff", after.uid), {"has_key": bool(after.keys)})

        self._chain.commit(fill, *acts)


def _factors(uid: str, document: Document) -> Factors:
    """Raises Misfit."""
    return record(Factors, document, uid=uid)


def _document(factors: Factors) -> dict[str, Any]:
    fields = asdict(factors)
    del fields["uid"]
    return fields
