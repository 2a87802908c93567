"""A walk over the other fakes, under the contract of tests/emulator/test_sweep_stores_contract.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.errors import Conflict
from shared.ports import Kind, Leftover, QuietDevice, QuietResident
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.residents import FakeResidentStore


class FakeResidentWalk:
    """Fulfils ports.ResidentWalk; `written` tells when: (uid, device), or (uid, "")."""

    def __init__(self, residents: FakeResidentStore, audience: FakeAudienceStore) -> None:
        self._residents = residents
        self._audience = audience
        self.written: dict[tuple[str, str], datetime] = {}

    def residents(self, after: str, limit: int) -> Sequence[str]:
        known = [uid for uid, of in self._residents.documents.items() if of.language is not None]
        return sorted(uid for uid in known if uid > after)[:limit]

    def changed(self, kind: Kind, after: str, until: datetime, limit: int) -> Sequence[QuietResident]:
        """Of devices and residents by `written`, of places by when they were put into the fake."""
        known = self._residents.documents
        slots = {
            "residents": [(uid, "") for uid, of in known.items() if of.language is not None],
            "places": [(uid, place) for uid, of in known.items() for place in of.places],
            "devices": self._devices(),
        }[kind]
        written = sorted((self._at(uid, slot), uid, slot) for uid, slot in slots)
        found = [
            QuietResident(uid, f"{at.isoformat()} {'/'.join([uid, kind, slot] if slot else [uid])}")
            for at, uid, slot in written
            if at < until
        ]
        return [one for one in found if after not in (one.moment, one.position) and one.position > after][
            :limit
        ]

    def entries(self, after: str, limit: int) -> Sequence[str]:
        return sorted(key for key in self._audience.documents if key > after)[:limit]

    def gone(self, uids: Sequence[str]) -> Sequence[str]:
        known = self._residents.documents
        return [uid for uid in uids if uid not in known or known[uid].language is None]

    def idle_devices(self, before: datetime, limit: int) -> Sequence[Leftover]:
        idle = sorted((self._at(uid, device), uid, device) for uid, device in self._devices())
        return [Leftover(uid, "devices", device, at) for at, uid, device in idle if at < before][:limit]

    def quiet_devices(self, after: datetime, until: datetime, limit: int) -> Sequence[QuietDevice]:
        written = sorted((self._at(uid, device), uid, device) for uid, device in self._devices())
        return [QuietDevice(uid, device, at) for at, uid, device in written if after < at <= until][:limit]

    def ended_places(self, now: datetime, limit: int) -> Sequence[Leftover]:
        ended = sorted(
            (place.until, uid, place.id, of.tokens[place.id])
            for uid, of in self._residents.documents.items()
            for place in of.places.values()
            if place.until is not None and place.until <= now
        )
        return [Leftover(uid, "places", place, token) for _, uid, place, token in ended][:limit]

    def clear(self, leftover: Leftover) -> None:
        uid, key = leftover.uid, leftover.id
        device = leftover.kind == "devices"
        current = self._at(uid, key) if device else self._residents.documents[uid].tokens.get(key)
        if current != leftover.token:
            raise Conflict
        delete = self._residents.delete_device if device else self._residents.delete_place
        delete(uid, key)

    def quiet_residents(self, before: datetime, after: str, limit: int) -> Sequence[QuietResident]:
        known = [uid for uid, of in self._residents.documents.items() if of.language is not None]
        quiet = sorted((self._at(uid, ""), uid) for uid in known if self._at(uid, "") < before)
        found = [QuietResident(uid, f"{at.isoformat()} {uid}") for at, uid in quiet]
        return [resident for resident in found if resident.position > after][:limit]

    def remove(self, uid: str, before: datetime) -> bool:
        of = self._residents.documents[uid]
        if any(self._at(uid, device) >= before for device in ("", *of.devices)):
            return False
        del self._residents.documents[uid]
        return True

    def _devices(self) -> list[tuple[str, str]]:
        return [(uid, device) for uid, of in self._residents.documents.items() for device in of.devices]

    def _at(self, uid: str, device: str) -> datetime:
        return self.written.get((uid, device), SUNDAY_NIGHT)
