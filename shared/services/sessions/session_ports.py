"""What the use cases of a session need from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from shared.domain.staff_session import SessionLimits
from shared.ports import AlertStore, Clock, FactorStore, KeyCeremony, SessionStore


@dataclass(frozen=True)
class SessionPorts:
    sessions: SessionStore
    alerts: AlertStore
    clock: Clock
    factors: FactorStore
    ceremony: KeyCeremony
    alarm: Callable[[str, str], None]  # of a municipality, and how its sealed account was used
    limits: SessionLimits = field(default_factory=SessionLimits)
