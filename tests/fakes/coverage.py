"""What coverage is counted from and where it is kept, as tests/emulator/test_coverage_contract.py has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from shared.domain.coverage import Coverage, month_of
from shared.ports.coverage import Key, Phone, SilentWalk
from tests.fakes.audience import FakeAudienceStore


class FakePhoneRegister:
    """Fulfils ports.PhoneRegister, beside the index; `owners` are the uids that ever had a target."""

    def __init__(self, audience: FakeAudienceStore) -> None:
        self._audience = audience
        self.devices: dict[Key, Phone] = {}
        self.owners: set[str] = set()

    def phones(self, keys: Collection[Key]) -> Mapping[Key, Phone]:
        return {key: self.devices[key] for key in keys if key in self.devices}

    def indexed(self, uids: Collection[str]) -> Collection[str]:
        known = {entry.uid for entry in self._audience.documents.values()}
        return [uid for uid in uids if uid in known]

    def was_registered(self, uid: str) -> bool:
        return uid in self.owners


class FakeCoverageStore:
    """Fulfils ports.CoverageStore."""

    def __init__(self) -> None:
        self.months: dict[tuple[str, str], Coverage] = {}
        self.kept = SilentWalk("")

    def latest(self, terc: str, now: datetime) -> Coverage | None:
        last_month = now.replace(day=1) - timedelta(days=1)
        found = (self.months.get((terc, month_of(at))) for at in (now, last_month))
        return next((one for one in found if one), None)

    def put(self, coverage: Coverage) -> None:
        self.months[coverage.terc, coverage.month] = coverage

    def walk(self, month: str) -> SilentWalk:
        return self.kept if self.kept.month == month else SilentWalk(month)

    def keep(self, walk: SilentWalk, now: datetime) -> None:
        self.kept = walk
