"""Questions of reach in Firestore: `questions/{uid}.{day}`, one document for a person and a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.audit_chain import Commits, Unaudited
from shared.adapters.firestore_errors import reading
from shared.adapters.stored_documents import MISFITS, record
from shared.domain.audit import KEPT, Act
from shared.domain.reach import DAY, Question
from shared.ports import Asked

if TYPE_CHECKING:
    from google.cloud.firestore import Client, DocumentReference, WriteBatch


class FirestoreQuestionStore:
    """Fulfils ports.QuestionStore. A token is the `update_time` of today's document, None without one."""

    def __init__(self, client: Client, audit: Commits | None = None) -> None:
        """Without `audit` it takes no acts."""
        self._client, self._audit = client, audit or Unaudited(client)

    def asked(self, uid: str, now: datetime) -> Asked:
        """Two reads, one request."""
        days = [self._day(uid, now - DAY), self._day(uid, now)]
        with reading():
            found = {item.reference.path: item for item in self._client.get_all(days) if item.exists}
        questions = [one for item in found.values() for one in _questions(item.to_dict() or {})]
        today = found.get(days[-1].path)
        return Asked(questions, today.update_time if today else None)

    def note(
        self,
        uid: str,
        terc: str,
        question: Question,
        before: Asked,
        acts: Sequence[Act] = (),
    ) -> None:
        from google.cloud.firestore import ArrayUnion

        day, one = self._day(uid, question.at), [{"at": question.at, "area": question.area}]

        def fill(batch: WriteBatch) -> None:
            if before.token is None:
                batch.create(day, {"uid": uid, "terc": terc, "asked": one, "expire": question.at + KEPT})
                return
            unchanged = self._client.write_option(last_update_time=before.token)
            batch.update(day, {"asked": ArrayUnion(one)}, option=unchanged)

        self._audit.commit(fill, *acts)

    def _day(self, uid: str, at: datetime) -> DocumentReference:
        return self._client.collection("questions").document(f"{uid}.{at:%Y-%m-%d}")


def _questions(document: Mapping[str, Any]) -> list[Question]:
    """Of any form: what cannot be read keeps nobody from asking."""
    try:
        return [record(Question, one) for one in document.get("asked") or ()]
    except MISFITS:
        return []
