"""What coverage is counted from and where it is kept, as tests/emulator/test_coverage_contract.py has it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from shared.domain.coverage import Coverage, month_of
from shared.domain.place_codes import PlaceCodes
from shared.ports.coverage import Key, Phone, PlacedPhones, SilentWalk


class FakePhoneRegister:
    """Fulfils ports.PhoneRegister; `places` are in the index, `owners` the uids that ever had a target."""

    def __init__(self) -> None:
        self.places: list[PlacedPhones] = []
        self.devices: dict[Key, Phone] = {}
        self.owners: set[str] = set()

    def placed(self, terc: str) -> Iterator[PlacedPhones]:
        yield from (one for one in self.places if one.codes.terc == terc)

    def phones(self, keys: Collection[Key]) -> Mapping[Key, Phone]:
        return {key: self.devices[key] for key in keys if key in self.devices}

    def indexed(self, uids: Collection[str]) -> Collection[str]:
        known = {one.uid for one in self.places}
        return [uid for uid in uids if uid in known]

    def was_registered(self, uid: str) -> bool:
        return uid in self.owners

    def register(self, uid: str, codes: PlaceCodes, phones: Mapping[str, Phone], muted: bool = False) -> None:
        """What the index and the resident's app write of one place."""
        self.places.append(PlacedPhones(uid, codes, tuple(phones), muted))
        self.devices |= {(uid, slot): phone for slot, phone in phones.items()}
        self.owners.add(uid)


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
