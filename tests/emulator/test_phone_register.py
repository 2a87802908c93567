"""The coverage counted from what apps, the index and a delivery wrote: whom it can ring, and whom not."""

from __future__ import annotations

import pytest

from shared.domain.audience import Platform, Target
from shared.domain.content import Severity
from shared.domain.coverage import month_of
from shared.domain.preferences import Preferences
from shared.ports import DeadPhone
from shared.services.audience.index_resident import index_resident
from shared.services.audience.own_target import own_target
from shared.services.coverage.count_coverage import count_coverage
from shared.services.coverage.count_silent import count_silent
from shared.services.coverage.coverage_ports import CoveragePorts
from tests.emulator.resident_writer import FirestoreResidentWriter
from tests.fakes.alert_values import TERC
from tests.fakes.areas import GAZETTEER, ROZANA, FakeAreaLibrary
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.fakes.reachable import has_device

pytestmark = pytest.mark.emulator

EACH = 12  # phones of a kind: ten are the fewest that are told
HOUSES = GAZETTEER.localities[0].streets[0].houses.listed


class Town:
    def __init__(self, client):
        from shared.adapters.audience import FirestoreAudienceStore
        from shared.adapters.coverage import FirestoreCoverageStore
        from shared.adapters.phone_register import FirestorePhoneRegister
        from shared.adapters.resident_walk import FirestoreResidentWalk
        from shared.adapters.residents import FirestoreResidentStore
        from shared.adapters.targets import FirestoreTargetStore

        self.client, self.writer = client, FirestoreResidentWriter(client)
        self.targets = FirestoreTargetStore(client)
        self.clock = FakeClock()
        self.ports = CoveragePorts(
            FakeAreaLibrary(),
            FirestoreAudienceStore(client, self.clock),
            FakeMunicipalityStore(),
            FirestorePhoneRegister(client),
            FirestoreResidentStore(client),
            FirestoreResidentWalk(client),
            FirestoreCoverageStore(client),
            self.clock,
        )

    def move_in(self, uid, house, device=True, muted=False, **fields):
        self.writer.write_resident(uid, "pl", Preferences(least=Severity.EXTREME) if muted else Preferences())
        if house is not None:
            self.writer.write_place(uid, "1", point=(house.lat, house.lon))
        if device:
            self.writer.write_device(uid, "1", f"token of {uid}", Platform.WEB)
            self.client.document(f"residents/{uid}/devices/1").set(fields, merge=True)
            own_target(uid, "1", self.targets)
        self.index(uid)

    def index(self, uid):
        ports = self.ports
        index_resident(uid, ports.residents, ports.audience, ports.municipalities, has_device, ports.areas)

    def count(self):
        now = self.clock.now()
        walk = self.ports.store.walk(month_of(now))
        while walk.position is not None:
            walk = count_silent(walk, self.ports, 7)
        count_coverage(TERC, self.ports, walk.found)
        return self.ports.store.latest(TERC, now)


@pytest.fixture
def town(project):
    from google.cloud.firestore import Client

    return Town(Client(project=project))


def test_phones_are_told_apart_by_what_they_can(town):
    from google.cloud.firestore import SERVER_TIMESTAMP

    for number in range(EACH):
        town.move_in(f"joined{number}", HOUSES[number], system="android", arrived=SERVER_TIMESTAMP)
        town.move_in(f"iphone{number}", HOUSES[number], system="ios")
        town.move_in(f"muted{number}", HOUSES[number], muted=True, system="other")
        town.move_in(f"asked{number}", HOUSES[number], device=False)
        town.move_in(f"nowhere{number}", None)
        town.move_in(f"dead{number}", HOUSES[number])
    dead = [
        DeadPhone(uid, "1", Target("token", f"token of {uid}"))
        for uid in (f"dead{number}" for number in range(EACH))
    ]
    assert town.ports.residents.forget(dead) == EACH
    for phone in dead:
        town.index(phone.uid)
    found = town.count()
    assert (found.registered, found.joined, found.iphones, found.iphones_joined) == (35, 10, 10, None)
    assert found.silent == {"permission": 10, "no_place": 10, "lost": 10, "muted": 10}
    assert {code: one.share for one in found.streets for code in one.codes}[ROZANA] == 30  # 12 of 42


def test_who_left_and_who_came_back_are_no_lost_phones(town):
    for number in range(EACH):
        town.move_in(f"back{number}", HOUSES[number])
        town.writer.delete_device(f"back{number}", "1")
        town.index(f"back{number}")
        town.move_in(f"back{number}", HOUSES[number])
        town.writer.delete_resident(f"back{number}")
        town.index(f"back{number}")
    found = town.count()
    assert set(found.silent.values()) == {None}
    assert found.registered is None
