"""Boundaries of the municipalities served: `areas/{terc}` of kind "municipality"."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import reading
from shared.adapters.kept import Kept
from shared.adapters.stored_documents import Document, Misfit, needed, readable
from shared.ports import Clock

if TYPE_CHECKING:
    from google.cloud.firestore import Client

MAX_AGE = 300.0  # seconds; a municipality joins or changes its boundary a few times a year


class FirestoreBoundaryStore:
    """Fulfils ports.BoundaryStore; read once per process and then every five minutes.

    An answer without any municipality is not kept: a new deployment's first one counts at once.
    """

    def __init__(self, client: Client, clock: Clock) -> None:
        self._client = client
        self._kept: Kept[Mapping[str, str]] = Kept(clock)

    def boundaries(self) -> Mapping[str, str]:
        """One document read per municipality served, when the last answer is older than `MAX_AGE`."""
        return self._kept.get("served", MAX_AGE, lambda _: self._fetch())

    def _fetch(self) -> dict[str, str]:
        from google.cloud.firestore import FieldFilter

        served = self._client.collection("areas").where(filter=FieldFilter("kind", "==", "municipality"))
        with reading():
            found = served.select(["terc", "geometry"]).stream()
            return dict(readable("areas", ((item.id, item.to_dict() or {}) for item in found), _boundary))


def _boundary(_: str, document: Document) -> tuple[str, str]:
    """TERC and shape. One that is no shape would stop whoever looks for a place among all of them."""
    terc, geometry = needed(document, "terc"), needed(document, "geometry")
    if not isinstance(terc, str) or json.loads(geometry)["type"] not in ("Polygon", "MultiPolygon"):
        raise Misfit("geometry")
    return terc, geometry
