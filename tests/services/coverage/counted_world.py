"""A small municipality whose coverage is counted: its registers, its residents and their phones on fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.content import Severity
from shared.domain.found_by import found_by
from shared.domain.place_codes import PlaceCodes
from shared.domain.preferences import NO_PREFERENCES, Preferences
from shared.domain.whole_units import WholeUnit, is_whole
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

CELL = "8d1e22d2c4b0cbf"
JOINED, REGISTERED = Phone(joined=True, iphone=False), Phone(joined=False, iphone=False)
IPHONE, WAITING_IPHONE = Phone(joined=True, iphone=True), Phone(joined=False, iphone=True)


def at_rozana(number: int | str) -> PlaceCodes:
    return PlaceCodes(TERC, TOWN, None, ROZANA, str(number))


def register(
    audience: FakeAudienceStore,
    phones: FakePhoneRegister,
    uid: str,
    where: PlaceCodes | WholeUnit,
    devices: Sequence[Phone] = (JOINED,),
    muted: bool = False,
) -> None:
    """Somebody whom a channel can reach, as the index and their own documents have them."""
    slots = {str(slot): phone for slot, phone in enumerate(devices, start=1)}
    place = str(1 + sum(entry.uid == uid for entry in audience.documents.values()))
    own = Sibling(place, where.cell) if isinstance(where, WholeUnit) else Sibling(place, CELL, where)
    audience.put(
        AudienceEntry(
            uid,
            place,
            own.cell,
            own.codes.terc,
            "pl",
            tuple(Device(slot, Platform.WEB, Target("token", f"{uid}.{slot}")) for slot in slots),
            (own,),
            Preferences(least=Severity.EXTREME) if muted else NO_PREFERENCES,
            () if is_whole(own.cell) else found_by(own.codes),
        )
    )
    phones.devices |= {(uid, slot): phone for slot, phone in slots.items()}
    phones.owners.add(uid)


@dataclass
class CountedWorld:
    areas: FakeAreaLibrary = field(default_factory=FakeAreaLibrary)
    municipalities: FakeMunicipalityStore = field(default_factory=FakeMunicipalityStore)
    audience: FakeAudienceStore = field(default_factory=FakeAudienceStore)
    residents: FakeResidentStore = field(default_factory=FakeResidentStore)
    store: FakeCoverageStore = field(default_factory=FakeCoverageStore)
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.phones = FakePhoneRegister(self.audience)

    @property
    def ports(self) -> CoveragePorts:
        return CoveragePorts(
            self.areas,
            self.audience,
            self.municipalities,
            self.phones,
            self.residents,
            FakeResidentWalk(self.residents, self.audience),
            self.store,
            self.clock,
        )

    def live(self, uid: str, where: PlaceCodes | WholeUnit, *phones: Phone, muted: bool = False) -> None:
        register(self.audience, self.phones, uid, where, phones or (JOINED,), muted)
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
