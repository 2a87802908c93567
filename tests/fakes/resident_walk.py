"""A walk over the other fakes, under the contract of tests/emulator/test_sweep_stores_contract.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.errors import Conflict
from shared.ports import IdleDevice
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.residents import FakeResidentStore


class FakeResidentWalk:
    """Fulfils ports.ResidentWalk; `written` says when a device was, where it matters (uid, device)."""

    def __init__(self, residents: FakeResidentStore, audience: FakeAudienceStore) -> None:
        self._residents = residents
        self._audience = audience
        self.written: dict[tuple[str, str], datetime] = {}

    def residents(self, after: str, limit: int) -> Sequence[str]:
        known = [uid for uid, of in self._residents.documents.items() if of.language is not None]
        return sorted(uid for uid in known if uid > after)[:limit]

    def entries(self, after: str, limit: int) -> Sequence[str]:
        return sorted(key for key in self._audience.documents if key > after)[:limit]

    def gone(self, uids: Sequence[str]) -> Sequence[str]:
        known = self._residents.documents
        return [uid for uid in uids if uid not in known or known[uid].language is None]

    def idle_devices(self, before: datetime, limit: int) -> Sequence[IdleDevice]:
        idle = sorted((self._at(uid, device), uid, device) for uid, device in self._devices())
        return [IdleDevice(uid, device, at) for at, uid, device in idle if at < before][:limit]

    def prune(self, device: IdleDevice) -> None:
        if self._at(device.uid, device.id) != device.token:
            raise Conflict
        self._residents.delete_device(device.uid, device.id)

    def _devices(self) -> list[tuple[str, str]]:
        return [(uid, device) for uid, of in self._residents.documents.items() for device in of.devices]

    def _at(self, uid: str, device: str) -> datetime:
        return self.written.get((uid, device), SUNDAY_NIGHT)
