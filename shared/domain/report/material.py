"""What a report is made of: all that is stored of each message of a thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.after_action import WaveCount
from shared.domain.alert import Alert, HistoryEntry
from shared.domain.audit import AuditEntry
from shared.domain.call import Call
from shared.domain.delivery import Delivery
from shared.domain.report.values import Gap
from shared.domain.statistics import Summary
from shared.domain.upwards import Telling


@dataclass(frozen=True)
class Kept:
    """Of one message; the oldest first. `waves`: by the id of the delivery."""

    alert: Alert
    history: Sequence[HistoryEntry] = ()
    entries: Sequence[AuditEntry] = ()
    deliveries: Sequence[Delivery] = ()
    waves: Mapping[str, Sequence[WaveCount]] = field(default_factory=dict)
    summary: Summary | None = None
    calls: Sequence[Call] = ()
    tellings: Sequence[Telling] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Material:
    """Of a thread, by versions; `gaps`: what concerns no single message."""

    terc: str
    office: str
    thread: str
    kept: Sequence[Kept]
    now: datetime
    gaps: tuple[Gap, ...] = ()
