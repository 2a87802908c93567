"""Owners of push targets in memory, under the contract of tests/emulator/test_targets_contract.py."""

from __future__ import annotations

from datetime import datetime

from shared.domain.audience import Target
from shared.errors import Conflict
from shared.ports import Registration, Versioned


class FakeTargetStore:
    """Fulfils ports.TargetStore; `devices` are what the apps wrote."""

    def __init__(self) -> None:
        self.devices: dict[tuple[str, str], Registration] = {}
        self._owners: dict[Target, Versioned[Registration]] = {}
        self.claims = 0

    def write(self, registration: Registration) -> None:
        self.devices[registration.uid, registration.device] = registration

    def registration(self, uid: str, device: str) -> Registration | None:
        return self.devices.get((uid, device))

    def owner(self, target: Target) -> Versioned[Registration] | None:
        return self._owners.get(target)

    def claim(self, registration: Registration, before: Versioned[Registration] | None) -> None:
        if self._owners.get(registration.target) != before:
            raise Conflict
        self.claims += 1
        self._owners[registration.target] = Versioned(registration, self.claims)

    def take_away(self, uid: str, target: Target, until: datetime) -> None:
        for key, known in list(self.devices.items()):
            if known.uid == uid and known.target == target and known.at <= until:
                del self.devices[key]
