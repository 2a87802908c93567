"""The sum over all runs, and whether every bound was kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.run import Sent
from tests.chaos.verdict import TWO_NOTIFICATIONS, Verdict

SUMMED = (
    *("expected", "pushed", "missed", "outside", "again", "allowed_again"),
    *("takeovers", "answers_lost", "waves", "slices"),
)


@dataclass
class Totals:
    seed: int
    channel: str
    runs: int = 0
    residents: list[int] = field(default_factory=list)
    sums: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    broken: dict[str, Sequence[str]] = field(default_factory=dict)  # what -> which bounds
    stuck: int = 0
    two_notifications: int = 0
    runs_with_repeats: int = 0
    asked_again: int = 0

    def add(self, sent: Sent, verdict: Verdict, residents: int) -> None:
        self.runs += 1
        self.residents.append(residents)
        self.seconds.append(sent.seconds)
        self.sums.update({name: getattr(verdict, name) for name in SUMMED})
        self.stuck += any(text.startswith("is still") for text in verdict.faults)
        self.two_notifications += TWO_NOTIFICATIONS in verdict.faults
        self.runs_with_repeats += verdict.again > 0
        self.asked_again += sent.asked - 1
        if verdict.faults:
            self.broken[f"run {sent.plan.number}, alert {sent.alert}"] = verdict.faults

    def broke(self, what: str, bounds: Sequence[str]) -> None:
        if bounds:
            self.broken[what] = tuple(bounds)

    @property
    def kept(self) -> bool:
        return self.runs > 0 and not self.broken

    def report(
        self, done: Mapping[str, int], late: Mapping[str, int], firestore: Mapping[str, int], wall: float
    ) -> dict[str, Any]:
        """`done`, `late`: faults by name; `firestore`: failed calls by fate; `wall`: seconds, all in all."""
        ordered = sorted(self.seconds)
        return {
            "runs": self.runs,
            "seed": self.seed,
            "channel": self.channel,
            "residents": [min(self.residents, default=0), max(self.residents, default=0)],
            **{name: self.sums[name] for name in SUMMED},
            "runs_with_repeats": self.runs_with_repeats,
            "two_notifications": self.two_notifications,
            "stuck": self.stuck,
            "faults": dict(sorted(done.items())),
            "faults_too_late": sum(late.values()),
            "firestore_calls_failed": dict(sorted(firestore.items())),
            "approvals_asked_again": self.asked_again,
            "seconds_to_done": {
                "median": round(ordered[len(ordered) // 2], 1) if ordered else None,
                "longest": round(ordered[-1], 1) if ordered else None,
            },
            "seconds_per_run": round(wall / max(1, self.runs), 1),
            "broken": self.broken,
        }
