"""A municipality's own templates in Firestore: `municipalities/{terc}/templates/{id}`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import Document, one, readable, record
from shared.domain.audit import Act
from shared.domain.facts.office_template import MOST_TEMPLATES, StoredTemplate
from shared.ports import Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, CollectionReference, WriteBatch

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)  # no path, no reserved `__name__`


class FirestoreTemplateStore:
    """Fulfils ports.TemplateStore. A token is the `update_time` of the document that was read."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)

    def new_id(self) -> str:
        document_id: str = self._client.collection("municipalities").document().id
        return document_id

    def all(self, terc: str) -> Sequence[StoredTemplate]:
        """One read for each."""
        query = self._of(terc).order_by("__name__").limit(MOST_TEMPLATES)
        with reading():
            found = ((item.id, item.to_dict() or {}) for item in query.stream())
            return list(readable("templates", found, _stored))

    def get(self, terc: str, template_id: str) -> Versioned[StoredTemplate] | None:
        if not _ID.fullmatch(template_id):
            return None
        with reading():
            found = self._of(terc).document(template_id).get()
        if not found.exists:
            return None
        stored = one("templates", template_id, found.to_dict() or {}, _stored)
        return Versioned(stored, found.update_time)

    def put(
        self,
        terc: str,
        before: Versioned[StoredTemplate] | None,
        after: StoredTemplate,
        acts: Sequence[Act] = (),
    ) -> None:
        document = self._of(terc).document(after.id)

        def fill(batch: WriteBatch) -> None:
            if before is None:
                batch.create(document, _document(after))
                return
            unchanged: Any = self._client.write_option(last_update_time=before.token)
            batch.update(document, _document(after), option=unchanged)

        self._audit.commit(fill, *acts)

    def delete(self, terc: str, before: Versioned[StoredTemplate], acts: Sequence[Act] = ()) -> None:
        document = self._of(terc).document(before.value.id)
        unchanged: Any = self._client.write_option(last_update_time=before.token)
        self._audit.commit(lambda batch: batch.delete(document, option=unchanged), *acts)

    def _of(self, terc: str) -> CollectionReference:
        found: CollectionReference = self._client.collection(f"municipalities/{terc}/templates")
        return found


def _stored(template_id: str, document: Document) -> StoredTemplate:
    """Raises Misfit."""
    return record(StoredTemplate, document, id=template_id)


def _document(stored: StoredTemplate) -> dict[str, Any]:
    fields = asdict(stored)
    del fields["id"]
    for fact in (fields["template"] or {}).get("facts", ()):
        fact["type"] = fact["type"].value
    return fields
