"""What residents wrote about themselves: `residents/{uid}`, its `places` and `devices`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.domain.audience import Device, Place, Resident
from shared.domain.delivery import Platform, Target

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot

    Snapshot = DocumentSnapshot[DocumentReference]

KINDS = ("places", "devices")
SLOTS = tuple("12345678")  # firestore.rules allow no other ids


class FirestoreResidentStore:
    """Fulfils ports.ResidentStore. A token is the `update_time` of the place's document."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def read(self, uid: str) -> tuple[Resident, Mapping[str, object]]:
        """One round trip for all slots; costs 17 document reads, whether they exist or not."""
        root = self._root(uid)
        references = [root] + [root.collection(kind).document(slot) for kind in KINDS for slot in SLOTS]
        with reading():
            found = {item.reference.path: item for item in self._client.get_all(references) if item.exists}
        places = [item for path, item in sorted(found.items()) if "/places/" in path]
        devices = [item for path, item in sorted(found.items()) if "/devices/" in path]
        resident = Resident(
            uid=uid,
            language=_language(found.get(root.path)),
            places=tuple(_place(item) for item in places),
            devices=tuple(_device(item) for item in devices),
        )
        return resident, {item.id: item.update_time for item in places}

    def replace_point(self, uid: str, place: str, cell: str, token: object) -> None:
        from google.cloud.firestore import DELETE_FIELD

        unchanged = self._client.write_option(last_update_time=token)
        change = {"cell": cell, "point": DELETE_FIELD}
        with writing():
            self._root(uid).collection("places").document(place).update(change, option=unchanged)

    def _root(self, uid: str) -> DocumentReference:
        return self._client.collection("residents").document(uid)


def _language(snapshot: Snapshot | None) -> str | None:
    return None if snapshot is None else str(snapshot.get("language"))


def _place(snapshot: Snapshot) -> Place:
    document: dict[str, Any] = snapshot.to_dict() or {}
    point = document.get("point")
    return Place(
        id=snapshot.id,
        cell=document.get("cell"),
        point=None if point is None else (point.latitude, point.longitude),
    )


def _device(snapshot: Snapshot) -> Device:
    document: dict[str, Any] = snapshot.to_dict() or {}
    target = document["target"]
    return Device(snapshot.id, Platform(document["platform"]), Target(target["kind"], target["value"]))
