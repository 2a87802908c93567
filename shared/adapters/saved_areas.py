"""Saved areas in Firestore: `areas/{terc}/saved/{id}`, and who has a name in `areas/{terc}/saved_names`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.alert_documents import person_document
from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import one, readable, record
from shared.domain.audit import Act
from shared.domain.saved_area import MOST_SAVED, SavedArea, name_key
from shared.errors import Conflict, NameTaken
from shared.ports import Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, CollectionReference, DocumentReference, WriteBatch

_ID = re.compile(r"[A-Za-z0-9]{1,64}")
_MOST_READ = 2 * MOST_SAVED  # those that came beside the last one that was let in
_PLAIN = ("terc", "name", "parts", "updated", "revision", "addresses")


class FirestoreSavedAreaStore:
    """Fulfils ports.SavedAreaStore. A token is the document's `update_time`.

    A name is held by a document of its own, created in the commit that gives the name.
    """

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)

    def new_id(self) -> str:
        document_id: str = self._client.collection("areas").document().id
        return document_id

    def get(self, terc: str, area_id: str) -> Versioned[SavedArea] | None:
        if not _ID.fullmatch(area_id):
            return None
        with reading():
            found = self._saved(terc).document(area_id).get()
        if not found.exists:
            return None
        return Versioned(one("saved", area_id, found.to_dict() or {}, _saved_area), found.update_time)

    def list(self, terc: str) -> Sequence[SavedArea]:
        query: Any = self._saved(terc).limit(_MOST_READ)
        with reading():
            documents = ((item.id, item.to_dict() or {}) for item in query.stream())
            found = list(readable("saved", documents, _saved_area))
        return sorted(found, key=lambda area: (name_key(area.name), area.id))

    def create(self, area: SavedArea, acts: Sequence[Act] = ()) -> None:

        def fill(batch: WriteBatch) -> None:
            batch.create(self._saved(area.terc).document(area.id), _document(area))
            batch.create(self._holder(area), {"area": area.id})

        try:
            self._audit.commit(fill, *acts)
        except Conflict as error:  # ids are never given twice
            raise NameTaken from error

    def replace(self, before: Versioned[SavedArea], after: SavedArea, acts: Sequence[Act] = ()) -> None:
        unchanged: Any = self._client.write_option(last_update_time=before.token)

        def fill(batch: WriteBatch) -> None:
            batch.update(self._saved(after.terc).document(after.id), _document(after), option=unchanged)
            if name_key(after.name) != name_key(before.value.name):
                batch.create(self._holder(after), {"area": after.id})
                batch.delete(self._holder(before.value))

        try:
            self._audit.commit(fill, *acts)
        except Conflict as error:
            if self._held_by_another(after):
                raise NameTaken from error
            raise

    def delete(self, before: Versioned[SavedArea], acts: Sequence[Act] = ()) -> None:
        area = before.value
        unchanged: Any = self._client.write_option(last_update_time=before.token)

        def fill(batch: WriteBatch) -> None:
            batch.delete(self._saved(area.terc).document(area.id), option=unchanged)
            batch.delete(self._holder(area))

        self._audit.commit(fill, *acts)

    def _held_by_another(self, area: SavedArea) -> bool:
        with reading():
            holder = self._holder(area).get().to_dict()
        return holder is not None and holder.get("area") != area.id

    def _saved(self, terc: str) -> CollectionReference:
        return self._client.collection("areas", terc, "saved")

    def _holder(self, area: SavedArea) -> DocumentReference:
        digest = hashlib.sha256(name_key(area.name).encode()).hexdigest()
        return self._client.document("areas", area.terc, "saved_names", digest)


def _document(area: SavedArea) -> dict[str, Any]:
    return {**{name: getattr(area, name) for name in _PLAIN}, "by": person_document(area.by)}


def _saved_area(area_id: str, document: Mapping[str, Any]) -> SavedArea:
    """Raises Misfit."""
    return record(SavedArea, document, id=area_id)
