"""What a channel is built from; each folder takes what it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.ports import Clock, Pace, ResidentStore
from shared.settings import Settings


@dataclass(frozen=True)
class Parts:
    settings: Settings
    clock: Clock
    pace: Pace  # of the deployment; a channel may go at its own
    residents: Callable[[], ResidentStore]
