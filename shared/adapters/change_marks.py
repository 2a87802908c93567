"""When anything of a municipality's alerts was last written: `changes/{terc}`, functions only.

Written in the commit of each change, so that whoever asks again and again learns by one read that there is
nothing new. Several commits at once only put it after one another: none has a precondition on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.adapters.firestore_errors import reading

if TYPE_CHECKING:
    from google.cloud.firestore import Client, WriteBatch

CHANGES = "changes"


class FirestoreChangeMarks:
    """Fulfils ports.ChangeMarks."""

    def __init__(self, client: Client) -> None:
        self._marks = client.collection(CHANGES)

    def of(self, terc: str) -> str:
        with reading():
            found = self._marks.document(terc).get(field_paths=["at"])
        return found.update_time.isoformat() if found.exists else ""


def mark(client: Client, batch: WriteBatch, terc: str) -> None:
    from google.cloud.firestore import SERVER_TIMESTAMP

    batch.set(client.collection(CHANGES).document(terc), {"at": SERVER_TIMESTAMP})
