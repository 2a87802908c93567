"""How far the walks of `sweep` have come: `sweep/{name}`, functions only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import reading, writing

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreCursorStore:
    """Fulfils ports.CursorStore. The last to write decides: a step back only repeats what is repeatable."""

    def __init__(self, client: Client) -> None:
        self._cursors = client.collection("sweep")

    def get(self, name: str) -> str:
        with reading():
            document = self._cursors.document(name).get().to_dict() or {}
        position = document.get("position")
        return position if isinstance(position, str) else ""

    def put(self, name: str, position: str) -> None:
        with writing():
            self._cursors.document(name).set({"position": position})
