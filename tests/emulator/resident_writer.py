"""What a resident's app writes, with the methods of the fake; past the rules, which have their own tests."""

from __future__ import annotations

from datetime import datetime

from google.cloud.firestore import SERVER_TIMESTAMP, Client, DocumentReference, GeoPoint

from shared.adapters.preference_fields import preference_fields
from shared.domain.audience import Platform
from shared.domain.preferences import NO_PREFERENCES, Preferences


class FirestoreResidentWriter:
    def __init__(self, client: Client) -> None:
        self._residents = client.collection("residents")

    def write_resident(self, uid: str, language: str, preferences: Preferences = NO_PREFERENCES) -> None:
        self._residents.document(uid).set(
            {"language": language, **preference_fields(preferences), "updated": SERVER_TIMESTAMP}
        )

    def write_place(
        self,
        uid: str,
        place: str,
        cell: str | None = None,
        point: tuple[float, float] | None = None,
        until: datetime | None = None,
    ) -> None:
        position = {"point": GeoPoint(*point)} if point else {"cell": cell}
        end = {} if until is None else {"until": until}
        self._of(uid, "places", place).set({"label": "Dom", **position, **end, "updated": SERVER_TIMESTAMP})

    def write_device(
        self, uid: str, device: str, value: str, platform: Platform = Platform.ANDROID, kind: str = "token"
    ) -> None:
        target = {"kind": kind, "value": value}
        self._of(uid, "devices", device).set(
            {"platform": platform.value, "target": target, "updated": SERVER_TIMESTAMP}
        )

    def write_trial(
        self, uid: str, device: str, asked: datetime | None, arrived: datetime | None = None
    ) -> None:
        self._of(uid, "devices", device).set({"trial": asked, "arrived": arrived}, merge=True)

    def delete_resident(self, uid: str) -> None:
        self._residents.document(uid).delete()

    def delete_place(self, uid: str, place: str) -> None:
        self._of(uid, "places", place).delete()

    def delete_device(self, uid: str, device: str) -> None:
        self._of(uid, "devices", device).delete()

    def points(self, uid: str) -> int:
        places = self._residents.document(uid).collection("places").stream()
        return sum("point" in (place.to_dict() or {}) for place in places)

    def _of(self, uid: str, kind: str, slot: str) -> DocumentReference:
        return self._residents.document(uid).collection(kind).document(slot)
