"""How many attacks were tried, by area, and which succeeded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Tally:
    tried: Counter[str] = field(default_factory=Counter)
    succeeded: dict[str, list[str]] = field(default_factory=dict)

    def note(self, area: str, attack: str, succeeded: bool) -> None:
        self.tried[area] += 1
        if succeeded:
            self.succeeded.setdefault(area, []).append(attack)

    @property
    def successes(self) -> int:
        return sum(map(len, self.succeeded.values()))

    def lines(self) -> list[str]:
        """A line an area, and one for each attack that succeeded."""
        told = []
        for area, tried in self.tried.items():
            found = self.succeeded.get(area, [])
            told.append(f"{area:<24} {tried:>5} tried {len(found):>4} succeeded")
            told += [f"    {attack}" for attack in found]
        return told

    def report(self) -> dict[str, Any]:
        return {
            "tried": self.tried.total(),
            "succeeded": self.successes,
            "areas": {area: [tried, len(self.succeeded.get(area, []))] for area, tried in self.tried.items()},
        }
