"""Who owns which push target: `targets/{hash}`, beside the residents' own `devices`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.residents import SLOTS
from shared.adapters.stored_documents import MISFITS
from shared.domain.audience import Target
from shared.ports import Registration, Versioned

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference

KEPT = timedelta(days=366)  # since it was written; a device that is not written again goes after 270 days


class FirestoreTargetStore:
    """Fulfils ports.TargetStore. A token is the `update_time` of the target's document."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def registration(self, uid: str, device: str) -> Registration | None:
        with reading():
            document = self._device(uid, device).get().to_dict()
        return _registration(uid, device, document or {})

    def owner(self, target: Target) -> Versioned[Registration] | None:
        with reading():
            snapshot = self._target(target).get()
        document = snapshot.to_dict()
        if document is None:
            return None
        return Versioned(_owner(target, document), snapshot.update_time)

    def claim(self, registration: Registration, before: Versioned[Registration] | None) -> None:
        reference, batch = self._target(registration.target), self._client.batch()
        document = {
            "uid": registration.uid,
            "device": registration.device,
            "at": registration.at,
            "expire": registration.at + KEPT,
        }
        if before is None:
            batch.create(reference, document)
        else:
            unchanged = self._client.write_option(last_update_time=before.token)
            batch.update(reference, document, option=unchanged)
        with writing():
            batch.commit()

    def take_away(self, uid: str, target: Target, until: datetime) -> None:
        """Eight reads; all or none of the devices go."""
        batch = self._client.batch()
        with reading():
            found = list(self._client.get_all([self._device(uid, slot) for slot in SLOTS]))
        for item in found:
            known = _registration(uid, item.id, item.to_dict() or {})
            if known is not None and known.target == target and known.at <= until:
                unchanged = self._client.write_option(last_update_time=item.update_time)
                batch.delete(item.reference, option=unchanged)
        if len(batch):
            with writing():
                batch.commit()

    def _device(self, uid: str, device: str) -> DocumentReference:
        reference: DocumentReference = self._client.document("residents", uid, "devices", device)
        return reference

    def _target(self, target: Target) -> DocumentReference:
        reference: DocumentReference = self._client.document("targets", target_id(target))
        return reference


def target_id(target: Target) -> str:
    """Hashed: who reads the register learns no target."""
    return hashlib.sha256(f"{target.kind}:{target.value}".encode()).hexdigest()


def _registration(uid: str, device: str, document: Mapping[str, Any]) -> Registration | None:
    try:
        target = Target(str(document["target"]["kind"]), str(document["target"]["value"]))
        at = document["updated"]
    except MISFITS:
        return None
    return Registration(uid, device, target, at) if isinstance(at, datetime) else None


def _owner(target: Target, document: Mapping[str, Any]) -> Registration:
    """One that cannot be read is nobody's, of long ago."""
    uid, device, at = (document.get(name) for name in ("uid", "device", "at"))
    if isinstance(uid, str) and isinstance(device, str) and isinstance(at, datetime):
        return Registration(uid, device, target, at)
    return Registration("nobody", "1", target, datetime.fromisoformat("1970-01-01T00:00:00Z"))
