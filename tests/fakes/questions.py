"""Questions of reach in memory, under the contract of tests/emulator/test_questions_contract.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from shared.domain.audit import Act
from shared.domain.reach import DAY, Question
from shared.errors import Conflict
from shared.ports import Asked
from tests.fakes.audit import FakeAuditLog


class FakeQuestionStore:
    """Fulfils ports.QuestionStore. `days` are a person's questions by day."""

    def __init__(self, audit: FakeAuditLog | None = None) -> None:
        self.audit = audit or FakeAuditLog()
        self.days: defaultdict[tuple[str, str], list[Question]] = defaultdict(list)

    def asked(self, uid: str, now: datetime) -> Asked:
        today = self.days[uid, f"{now:%Y-%m-%d}"]
        yesterday = self.days[uid, f"{now - DAY:%Y-%m-%d}"]
        return Asked([*yesterday, *today], len(today) or None)

    def note(
        self,
        uid: str,
        terc: str,
        question: Question,
        before: Asked,
        acts: Sequence[Act] = (),
    ) -> None:
        today = self.days[uid, f"{question.at:%Y-%m-%d}"]
        if (len(today) or None) != before.token:
            raise Conflict
        today.append(question)
        self.audit.record(*acts)
