"""Whose phone a push target is: of all who ever registered it, whoever did so last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.audience import Target
from shared.ports.stored import Versioned


@dataclass(frozen=True)
class Registration:
    """A resident's device as their app wrote it, `at` by the store's clock."""

    uid: str
    device: str
    target: Target
    at: datetime


class TargetStore(Protocol):
    def registration(self, uid: str, device: str) -> Registration | None:
        """What the resident's own document says now; None when it is gone or cannot be read."""

    def owner(self, target: Target) -> Versioned[Registration] | None: ...

    def claim(self, registration: Registration, before: Versioned[Registration] | None) -> None:
        """Make it the owner. Raises Conflict when another did so since."""

    def take_away(self, uid: str, target: Target, until: datetime) -> None:
        """Delete the resident's devices with this target, but for those written later than `until`.

        Raises Conflict when one was written meanwhile.
        """
