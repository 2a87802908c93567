"""What the residents of the demo ask to be spared, as people do: most nothing, many the noise at night."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
MUTED: Mapping[tuple[str, ...], int] = {
    (): 78,
    ("event",): 14,
    ("event", "disruption"): 4,
    ("failure",): 3,
    ("failure", "warning", "disruption", "event"): 1,
}
LEAST: Mapping[str | None, int] = {None: 86, "Moderate": 9, "Severe": 4, "Extreme": 1}
QUIET: Mapping[tuple[str, str] | None, int] = {
    None: 60,
    ("22:00", "06:00"): 28,
    ("23:30", "07:15"): 9,
    ("13:00", "15:00"): 3,
}


@dataclass(frozen=True)
class Wishes:
    """As the app writes them; what is not set is not written (docs/app-developers.md)."""

    muted: tuple[str, ...] = ()
    least_severity: str | None = None
    quiet_hours: tuple[str, str] | None = None

    def fields(self) -> dict[str, object]:
        fields: dict[str, object] = {}
        if self.muted:
            fields["muted"] = list(self.muted)
        if self.least_severity:
            fields["least_severity"] = self.least_severity
        if self.quiet_hours:
            fields["quiet_hours"] = dict(zip(("from", "to"), self.quiet_hours, strict=True))
        return fields


NO_WISHES = Wishes()


def wishes(seed: int = 1) -> Iterator[Wishes]:
    """Those of one person after the other, without end; the same for the same seed."""
    rng = random.Random(seed)
    while True:
        yield Wishes(_pick(MUTED, rng), _pick(LEAST, rng), _pick(QUIET, rng))


def _pick(shares: Mapping[T, int], rng: random.Random) -> T:
    return rng.choices(list(shares), weights=list(shares.values()))[0]
