"""What the packet of an alert is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.alert import Alert, Person
from shared.domain.audit import AuditEntry


@dataclass(frozen=True)
class Packet:
    """`entries`: of the alert, the oldest first; `by`: who took it along.

    `cut`: there are older entries that are not here; `unreadable`: entries that somebody altered.
    """

    office: str
    alert: Alert
    entries: Sequence[AuditEntry]
    by: Person
    made: datetime
    cut: bool = False
    unreadable: int = 0

    @property
    def is_whole(self) -> bool:
        return not (self.cut or self.unreadable)

    @property
    def title(self) -> str:
        text = self.alert.content.texts.get("pl")
        return f"Alert: {text.title}" if text and text.title else f"Alert {self.alert.id}"
