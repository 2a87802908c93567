"""What residents wrote about themselves: `residents/{uid}`, its `places` and `devices`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading, writing
from shared.adapters.preference_fields import preferences_of
from shared.domain.audience import Device, Place, Platform, Resident, Target
from shared.domain.place_codes import PlaceCodes
from shared.domain.whole_units import WholeUnit
from shared.ports import DeadPhone

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot

    Snapshot = DocumentSnapshot[DocumentReference]

KINDS = ("places", "devices")
SLOTS = tuple("12345678")  # firestore.rules allow no other ids
MOST_WRITES = 500  # in one BatchWrite; Firestore docs, quotas
OK = 0  # google.rpc.Code
UNKNOWN_LANGUAGE = "pl"  # what an alert always has a text in


class FirestoreResidentStore:
    """Fulfils ports.ResidentStore. A token is the `update_time` of the place's document.

    The rules refuse documents of another form. What cannot be read of one nevertheless counts as not there:
    it must not keep the rest of the resident out of the index for ever.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    def read(self, uid: str) -> tuple[Resident, Mapping[str, object]]:
        """Three questions, one after the other; a read for each document that is there, at least three.

        All slots by their names would be one question, and 17 reads, whether they exist or not.
        """
        root = self._root(uid)
        with reading():
            found = root.get()
            places, devices = (list(root.collection(kind).limit(len(SLOTS)).stream()) for kind in KINDS)
        own = _document(found) if found.exists else None
        resident = Resident(
            uid=uid,
            language=None if own is None else _language(own),
            places=tuple(_place(item) for item in places),
            devices=tuple(device for item in devices if (device := _device(item))),
            preferences=preferences_of(own or {}),
        )
        return resident, {item.id: item.update_time for item in places}

    def trial(self, uid: str, device: str) -> datetime | None:
        """One read."""
        fields = ["trial", "arrived"]
        with reading():
            found = (
                self._root(uid).collection("devices").document(device).get(field_paths=fields).to_dict() or {}
            )
        asked, arrived = found.get("trial"), found.get("arrived")
        if not isinstance(asked, datetime) or (isinstance(arrived, datetime) and arrived >= asked):
            return None
        return asked

    def replace_point(self, uid: str, place: str, cell: str, token: object) -> None:
        from google.cloud.firestore import DELETE_FIELD

        unchanged = self._client.write_option(last_update_time=token)
        change = {"cell": cell, "point": DELETE_FIELD}
        with writing():
            self._root(uid).collection("places").document(place).update(change, option=unchanged)

    def forget(self, phones: Sequence[DeadPhone]) -> int:
        """One read and at most one delete per phone, in two round trips for each 500 of them."""
        wanted = {f"residents/{phone.uid}/devices/{phone.device}": phone.target for phone in phones}
        paths = sorted(wanted)
        return sum(
            self._forget({path: wanted[path] for path in paths[start : start + MOST_WRITES]})
            for start in range(0, len(paths), MOST_WRITES)
        )

    def _forget(self, wanted: Mapping[str, Target]) -> int:
        """BatchWrite and not Commit: each delete stands or falls by its own precondition."""
        from google.cloud.firestore_v1.bulk_batch import BulkWriteBatch

        references = [self._client.document(path) for path in wanted]
        batch = BulkWriteBatch(self._client)
        with writing():
            for found in self._client.get_all(references, field_paths=["target"]):
                if found.exists and _target(found) == wanted[found.reference.path]:
                    unchanged = self._client.write_option(last_update_time=found.update_time)
                    batch.delete(found.reference, unchanged)
            if not len(batch):
                return 0
            return sum(status.code == OK for status in batch.commit().status)

    def _root(self, uid: str) -> DocumentReference:
        return self._client.collection("residents").document(uid)


def _document(snapshot: Snapshot) -> dict[str, Any]:
    return snapshot.to_dict() or {}


def _language(document: Mapping[str, object]) -> str:
    language = document.get("language")
    return language if isinstance(language, str) else UNKNOWN_LANGUAGE


def _place(snapshot: Snapshot) -> Place:
    from google.cloud.firestore import GeoPoint

    document = _document(snapshot)
    cell, point, until = document.get("cell"), document.get("point"), document.get("until")
    return Place(
        id=snapshot.id,
        cell=cell if isinstance(cell, str) else None,
        point=(point.latitude, point.longitude) if isinstance(point, GeoPoint) else None,
        until=until if isinstance(until, datetime) else None,
        codes=_codes(document.get("codes")),
        whole=_whole(document.get("whole")),
    )


def _codes(stored: object) -> PlaceCodes | None:
    """Of an address that was picked; without a locality it says nothing."""
    if not isinstance(stored, dict):
        return None
    known = {name: stored.get(name) for name in ("terc", "locality", "street", "number")}
    texts = {name: value if isinstance(value, str) else None for name, value in known.items()}
    return PlaceCodes(**texts) if texts["terc"] and texts["locality"] else None


def _whole(stored: object) -> WholeUnit | None:
    if not isinstance(stored, dict):
        return None
    try:
        return WholeUnit.of(stored["level"], stored["code"])
    except (KeyError, TypeError, ValueError):
        return None


def _device(snapshot: Snapshot) -> Device | None:
    document = _document(snapshot)
    try:
        kind, value = str(document["target"]["kind"]), str(document["target"]["value"])
        return Device(snapshot.id, Platform(document["platform"]), Target(kind, value))
    except (KeyError, TypeError, ValueError):
        return None


def _target(snapshot: Snapshot) -> Target | None:
    """None for one that no app writes."""
    target = _document(snapshot).get("target")
    return Target(str(target.get("kind")), str(target.get("value"))) if isinstance(target, dict) else None
