"""The public keys in `municipalities/{terc}`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.stored_documents import Document, Misfit, needed, one, readable, record
from shared.domain.signature import PublicKey
from shared.ports import Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreKeyStore:
    """Fulfils ports.KeyStore. A token is the `update_time` of the municipality's document."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, terc: str) -> Versioned[tuple[PublicKey, ...]] | None:
        with reading():
            found = self._client.document("municipalities", terc).get(["keys"])
        if not found.exists:
            return None
        keys = one("municipalities", terc, found.to_dict() or {}, lambda _, document: all_keys(document))
        return Versioned(keys, found.update_time)

    def replace(self, terc: str, before: Versioned[tuple[PublicKey, ...]], keys: Sequence[PublicKey]) -> None:
        unchanged: Any = self._client.write_option(last_update_time=before.token)
        document = self._client.document("municipalities", terc)
        with writing():
            document.update({"keys": [key_document(key) for key in keys]}, option=unchanged)


def all_keys(municipality: Document) -> tuple[PublicKey, ...]:
    """Of a document `municipalities/{terc}`; empty before its first key. Raises Misfit.

    For whoever writes the list again: a key left out would be lost.
    """
    return tuple(_public_key(key) for key in municipality.get("keys") or ())


def public_keys(terc: str, municipality: Document) -> tuple[PublicKey, ...]:
    """For whoever verifies: one key of a later kind does not take the others away."""
    keys = ((terc, key) for key in municipality.get("keys") or ())
    return tuple(readable("municipalities", keys, lambda _, key: _public_key(key)))


def _public_key(key: Document) -> PublicKey:
    return record(PublicKey, key, since=_moment(needed(key, "from")))


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise Misfit("from")
    return value


def key_document(key: PublicKey) -> dict[str, Any]:
    return {"id": key.id, "key": key.key, "from": key.since, "until": key.until}
