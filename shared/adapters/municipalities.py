"""Municipalities in Firestore: `municipalities/{terc}` and their shapes in `areas/{terc}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import Document, needed, one, record
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
        return one("municipalities", terc, document, _municipality)

    def boundary(self, terc: str) -> str | None:
        return self._text("areas", terc, field="geometry")

    def base_map(self, terc: str) -> str | None:
        return self._text("areas", terc, "layers", "base", field="geojson")

    def _text(self, *path: str, field: str) -> str | None:
        with reading():
            document = self._client.document(*path).get([field]).to_dict() or {}
        text = document.get(field)
        return text if isinstance(text, str) else None


def _municipality(terc: str, document: Document) -> Municipality:
    center = needed(document, "center")
    return record(Municipality, document, terc=terc, center=(center.latitude, center.longitude))
