"""Residents' phones as coverage asks for them: what their apps wrote, and who can be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.audience import state_id
from shared.adapters.firestore_errors import reading
from shared.ports.coverage import Key, Phone

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference

AT_ONCE = 500  # documents in one request
IPHONE = "ios"


class FirestorePhoneRegister:
    """Fulfils ports.PhoneRegister."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def phones(self, keys: Collection[Key]) -> Mapping[Key, Phone]:
        paths = {f"residents/{uid}/devices/{slot}": (uid, slot) for uid, slot in keys}
        found = self._found(list(paths), ["platform", "system", "arrived"])
        return {paths[path]: _phone(document) for path, document in found}

    def indexed(self, uids: Collection[str]) -> Collection[str]:
        paths = {f"audience_state/{state_id(uid)}": uid for uid in uids}
        return {
            paths[path] for path, document in self._found(list(paths), ["places"]) if document.get("places")
        }

    def was_registered(self, uid: str) -> bool:
        from google.cloud.firestore import FieldFilter

        owned = self._client.collection("targets").where(filter=FieldFilter("uid", "==", uid))
        with reading():
            return any(True for _ in owned.select([]).limit(1).stream())

    def _found(self, paths: Sequence[str], fields: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        for start in range(0, len(paths), AT_ONCE):
            references = [self._reference(path) for path in paths[start : start + AT_ONCE]]
            with reading():
                found = self._client.get_all(references, field_paths=list(fields))
                yield from ((item.reference.path, item.to_dict() or {}) for item in found if item.exists)

    def _reference(self, path: str) -> DocumentReference:
        reference: DocumentReference = self._client.document(path)
        return reference


def _phone(document: Mapping[str, Any]) -> Phone:
    """An iPhone's browser says so in `system`, an app of its own in `platform`."""
    return Phone(
        joined=isinstance(document.get("arrived"), datetime),
        iphone=IPHONE in (document.get("system"), document.get("platform")),
    )
