"""How far the walks of `sweep` have come: `sweep/positions`, functions only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import reading, writing

if TYPE_CHECKING:
    from google.cloud.firestore import Client

POSITIONS = "positions"


class FirestoreCursorStore:
    """Fulfils ports.CursorStore. The last to write decides: a step back only repeats what is repeatable."""

    def __init__(self, client: Client) -> None:
        self._cursors = client.collection("sweep")

    def all(self) -> Mapping[str, str]:
        """Release 0.1.0 kept a document for each walk, which are read until there is one for all."""
        with reading():
            known = self._cursors.document(POSITIONS).get().to_dict()
            if known is None:
                known = {one.id: (one.to_dict() or {}).get("position") for one in self._cursors.stream()}
        return {name: position for name, position in known.items() if isinstance(position, str)}

    def put(self, name: str, position: str) -> None:
        with writing():
            self._cursors.document(POSITIONS).set({name: position}, merge=True)
