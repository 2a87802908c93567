"""Who asked how many an area reaches: counted, so that nobody is found by asking, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.audit import Act
from shared.domain.reach import Question


@dataclass(frozen=True)
class Asked:
    """One person's questions of today and yesterday; `token` is of what was read."""

    questions: Sequence[Question]
    token: object


class QuestionStore(Protocol):
    def asked(self, uid: str, now: datetime) -> Asked: ...

    def note(
        self,
        uid: str,
        terc: str,
        question: Question,
        before: Asked,
        acts: Sequence[Act] = (),
    ) -> None:
        """Raises Conflict when the person asked something else since."""
