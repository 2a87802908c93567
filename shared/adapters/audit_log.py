"""The audit as it is read, page by page or whole, and acts that change nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.audit_chain import AUDIT, ENTRIES, WAITING, AuditChain
from shared.adapters.audit_documents import entry_name, head_of_document, stored_entry
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import one
from shared.domain.audit import Act, AuditEntry, AuditHead, Chain, Stored
from shared.errors import FieldError, InvalidInput
from shared.ports import AuditFilter, Page

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference

PAGE = 500  # entries of one query of the whole log
_CURSOR = re.compile(r"[0-9]{1,12}")


class FirestoreAuditLog:
    """Fulfils ports.AuditLog."""

    def __init__(self, client: Client, chain: AuditChain) -> None:
        self._client, self._chain = client, chain

    def record(self, *acts: Act) -> None:
        self._chain.commit(lambda batch: None, *acts)

    def entries(self, terc: str, wanted: AuditFilter, limit: int, after: str | None) -> Page[AuditEntry]:
        """One read for each. What somebody altered is counted as unreadable, and left out."""
        query = self._query(terc, wanted)
        if after is not None:
            query = query.start_after(self._position(terc, after))
        with reading():
            found = list(query.limit(limit + 1).stream())
        stored = [stored_entry(terc, item.id, item.to_dict() or {}) for item in found[:limit]]
        good = tuple(item.entry for item in stored if item.entry)
        following = str(int(found[limit - 1].id)) if len(found) > limit else None
        return Page(good, following, len(stored) - len(good))

    def head(self, terc: str) -> AuditHead:
        with reading():
            found = self._document(terc).get()
        return one(AUDIT, terc, found.to_dict(), lambda _, known: head_of_document(known))

    def whole(self, terc: str) -> Chain:
        with reading():
            found = self._document(terc).get()
        head = one(AUDIT, terc, found.to_dict(), lambda _, known: head_of_document(known))
        return Chain(terc, self._stored(terc, found.read_time), head)

    def waiting(self, terc: str) -> int:
        with reading():
            counted: Any = self._document(terc).collection(WAITING).count().get()
        return int(counted[0][0].value)

    def seal_waiting(self, limit: int) -> int:
        return self._chain.seal_waiting(limit)

    def _stored(self, terc: str, read_time: datetime) -> Iterator[Stored]:
        query: Any = self._document(terc).collection(ENTRIES).order_by("__name__").limit(PAGE)
        following = query
        while True:
            with reading():
                page = list(following.stream(read_time=read_time))
            yield from (stored_entry(terc, item.id, item.to_dict() or {}) for item in page)
            if len(page) < PAGE:
                return
            following = query.start_after(page[-1])

    def _query(self, terc: str, wanted: AuditFilter) -> Any:
        """The order by time is the order of the chain."""
        from google.cloud.firestore import FieldFilter

        query: Any = self._document(terc).collection(ENTRIES)
        for field, value in (("by.uid", wanted.uid), ("action", wanted.action), ("about", wanted.about)):
            if value:
                query = query.where(filter=FieldFilter(field, "==", value))
        if wanted.since:
            query = query.where(filter=FieldFilter("at", ">=", wanted.since))
        if wanted.until:
            query = query.where(filter=FieldFilter("at", "<", wanted.until))
        return query.order_by("at", direction="DESCENDING")

    def _position(self, terc: str, after: str) -> Any:
        """One read. Raises InvalidInput."""
        unknown = InvalidInput([FieldError("/after", "cursor-unknown")])
        if not _CURSOR.fullmatch(after):
            raise unknown
        with reading():
            found = self._document(terc).collection(ENTRIES).document(entry_name(int(after))).get()
        if not found.exists:
            raise unknown
        return {"at": (found.to_dict() or {}).get("at")}

    def _document(self, terc: str) -> DocumentReference:
        return self._client.collection(AUDIT).document(terc)
