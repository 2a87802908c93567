"""A small municipality whose coverage is counted: its registers, its residents and their phones on fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.domain.place_codes import PlaceCodes
from shared.ports.coverage import Phone, SilentWalk
from shared.services.coverage.count_coverage import count_coverage
from shared.services.coverage.count_silent import count_silent
from shared.services.coverage.coverage_ports import CoveragePorts
from tests.fakes.alert_values import TERC
from tests.fakes.areas import ROZANA, TOWN, FakeAreaLibrary
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import FakeClock
from tests.fakes.coverage import FakeCoverageStore, FakePhoneRegister
from tests.fakes.municipalities import CENTRE, FakeMunicipalityStore
from tests.fakes.resident_walk import FakeResidentWalk
from tests.fakes.residents import FakeResidentStore

JOINED, REGISTERED = Phone(joined=True, iphone=False), Phone(joined=False, iphone=False)
IPHONE, WAITING_IPHONE = Phone(joined=True, iphone=True), Phone(joined=False, iphone=True)


def at_rozana(number: int | str) -> PlaceCodes:
    return PlaceCodes(TERC, TOWN, None, ROZANA, str(number))


@dataclass
class CountedWorld:
    areas: FakeAreaLibrary = field(default_factory=FakeAreaLibrary)
    municipalities: FakeMunicipalityStore = field(default_factory=FakeMunicipalityStore)
    phones: FakePhoneRegister = field(default_factory=FakePhoneRegister)
    residents: FakeResidentStore = field(default_factory=FakeResidentStore)
    store: FakeCoverageStore = field(default_factory=FakeCoverageStore)
    clock: FakeClock = field(default_factory=FakeClock)

    @property
    def ports(self) -> CoveragePorts:
        walk = FakeResidentWalk(self.residents, FakeAudienceStore())
        return CoveragePorts(
            self.areas, self.municipalities, self.phones, self.residents, walk, self.store, self.clock
        )

    def live(self, uid: str, codes: PlaceCodes, *phones: Phone, muted: bool = False) -> None:
        """A resident whom a channel can reach, as the index knows them."""
        slots = {str(slot): phone for slot, phone in enumerate(phones or (JOINED,), start=1)}
        self.phones.register(uid, codes, slots, muted)
        self.residents.write_resident(uid, "pl")

    def install(self, uid: str, place: bool = True, device: bool = False) -> None:
        """A resident who is in no index."""
        self.residents.write_resident(uid, "pl")
        if place:
            self.residents.write_place(uid, "1", point=CENTRE)
        if device:
            self.residents.write_device(uid, "1", f"token of {uid}")

    def walk(self, month: str, limit: int) -> Sequence[SilentWalk]:
        """Page by page to the end."""
        pages = [self.store.walk(month)]
        while pages[-1].position is not None:
            pages.append(count_silent(pages[-1], self.ports, limit))
        return pages

    def count(self, silent: Mapping[str, Mapping[str, int]] | None = None) -> bool:
        return count_coverage(TERC, self.ports, silent or {})
