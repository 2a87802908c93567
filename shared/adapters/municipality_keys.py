"""The public keys in `municipalities/{terc}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
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
        return Versioned(public_keys(found.to_dict() or {}), found.update_time)

    def replace(self, terc: str, before: Versioned[tuple[PublicKey, ...]], keys: Sequence[PublicKey]) -> None:
        unchanged: Any = self._client.write_option(last_update_time=before.token)
        document = self._client.document("municipalities", terc)
        with writing():
            document.update({"keys": [key_document(key) for key in keys]}, option=unchanged)


def public_keys(municipality: Mapping[str, Any]) -> tuple[PublicKey, ...]:
    """Of a document `municipalities/{terc}`; empty before its first key."""
    keys = municipality.get("keys") or ()
    return tuple(PublicKey(key["id"], key["key"], key["from"], key["until"]) for key in keys)


def key_document(key: PublicKey) -> dict[str, Any]:
    return {"id": key.id, "key": key.key, "from": key.since, "until": key.until}
