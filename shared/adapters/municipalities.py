"""Municipalities in Firestore: `municipalities/{terc}` and their shapes in `areas/{terc}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import reading
from shared.domain.municipality import Municipality

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreMunicipalityStore:
    """Fulfils ports.MunicipalityStore."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def get(self, terc: str) -> Municipality | None:
        with reading():
            document = self._client.document("municipalities", terc).get().to_dict()
        if document is None:
            return None
        center = document["center"]
        return Municipality(
            terc=terc,
            name=document["name"],
            languages=tuple(document["languages"]),
            center=(center.latitude, center.longitude),
        )

    def boundary(self, terc: str) -> str | None:
        return self._text("areas", terc, field="geometry")

    def base_map(self, terc: str) -> str | None:
        return self._text("areas", terc, "layers", "base", field="geojson")

    def _text(self, *path: str, field: str) -> str | None:
        with reading():
            document = self._client.document(*path).get([field]).to_dict() or {}
        return document.get(field)
