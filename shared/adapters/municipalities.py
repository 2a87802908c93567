"""Municipalities in Firestore: `municipalities/{terc}` and their shapes in `areas/{terc}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import Document, Misfit, needed, one, record
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
        return one("municipalities", terc, document, municipality)

    def boundary(self, terc: str) -> str | None:
        return self._text("areas", terc, field="geometry")

    def base_map(self, terc: str) -> str | None:
        return self._text("areas", terc, "layers", "base", field="geojson")

    def _text(self, *path: str, field: str) -> str | None:
        with reading():
            document = self._client.document(*path).get([field]).to_dict() or {}
        text = document.get(field)
        return text if isinstance(text, str) else None


def municipality(terc: str, document: Document) -> Municipality:
    """Raises Misfit."""
    return record(Municipality, document, terc=terc, center=center(document))


def center(document: Document) -> tuple[float, float]:
    """Raises Misfit."""
    point = needed(document, "center")
    try:
        return point.latitude, point.longitude
    except AttributeError as error:
        raise Misfit("center") from error
