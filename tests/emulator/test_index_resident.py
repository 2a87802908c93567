"""The index over Firestore itself: the same simulation as with the fakes, and what only a database shows."""

from __future__ import annotations

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from google.cloud.firestore import Client
from hypothesis import HealthCheck, given, settings

from shared.adapters.audience import FirestoreAudienceStore, state_id
from shared.adapters.residents import FirestoreResidentStore
from shared.domain.preferences import NO_PREFERENCES
from shared.errors import Conflict
from shared.services.audience.index_resident import index_resident
from tests.emulator.resident_writer import FirestoreResidentWriter
from tests.fakes.alert_values import TERC
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import CENTRE, FakeMunicipalityStore
from tests.fakes.reachable import has_device
from tests.services.index_simulation import SCRIPTS, Simulation, cell

pytestmark = pytest.mark.emulator

numbers = itertools.count()


@pytest.fixture
def client(project):
    return Client(project=project)


@pytest.fixture
def residents(client):
    return FirestoreResidentStore(client)


@pytest.fixture
def audience(client):
    return FirestoreAudienceStore(client, FakeClock())


@pytest.fixture
def phone(client):
    return FirestoreResidentWriter(client)


def sign_up(phone, uid="ann"):
    phone.write_resident(uid, "pl")
    phone.write_place(uid, "1", point=CENTRE)
    phone.write_device(uid, "1", "target")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(script=SCRIPTS)
def test_the_index_is_exactly_what_the_documents_say(residents, phone, audience, script):
    world = Simulation(residents, phone, audience, uid=f"resident{next(numbers)}")
    world.play(script)
    world.finish()
    assert world.indexed() == world.called_for(script)
    assert world.coordinates_left() == 0


def test_workers_that_run_at_once_agree_in_the_end(residents, phone, audience):
    """Real threads; as Eventarc does, whoever failed is called again."""
    sign_up(phone)
    start = threading.Barrier(6)

    def write_and_index(number):
        start.wait()
        phone.write_place("ann", str(number), cell=cell(CENTRE))
        while True:
            try:
                return index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
            except Conflict:
                continue

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write_and_index, range(2, 8)))
    keys = [entry.key for entry in audience.stream(cell(CENTRE), cell(CENTRE), None)]
    assert keys == [f"ann.{place}" for place in range(1, 8)]


def test_the_document_is_as_the_data_page_says(client, residents, phone, audience):
    sign_up(phone)
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    assert client.document("audience/ann.1").get().to_dict() == {
        "cell": cell(CENTRE),
        "found_by": [TERC[:2], TERC[:4], TERC[:6], f"{TERC[:6]}>", "?"],
        "language": "pl",
        "devices": [{"id": "1", "platform": "android", "kind": "token", "value": "target"}],
        "siblings": [{"id": "1", "cell": cell(CENTRE), "codes": {"terc": TERC}}],
    }
    state = client.document(f"audience_state/{state_id('ann')}").get().to_dict()
    assert set(state) == {"digest", "places"}


def test_nothing_is_written_when_nothing_changed(client, residents, phone, audience):
    sign_up(phone)
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    before = client.document("audience/ann.1").get().update_time
    phone.write_place("ann", "1", cell=cell(CENTRE))
    assert not index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device).changed
    assert client.document("audience/ann.1").get().update_time == before


def test_a_tombstone_expires_and_does_not_name_the_resident(client, residents, phone, audience):
    sign_up(phone)
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    phone.delete_resident("ann")
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    (tombstone,) = client.collection("audience_state").stream()
    assert "ann" not in tombstone.id
    assert tombstone.get("places") == []
    assert (tombstone.get("expire") - FakeClock().now()).days == 7


def test_whoever_comes_back_has_no_expiry(client, residents, phone, audience):
    sign_up(phone)
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    phone.delete_resident("ann")
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    phone.write_resident("ann", "pl")
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    assert "expire" not in client.document(f"audience_state/{state_id('ann')}").get().to_dict()


def test_an_alert_sees_the_index_as_it_was(residents, phone, audience):
    """A place that moves after `read_time` is still found where it was, by its whole entry."""
    sign_up(phone)
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    then = audience.state("ann").token
    phone.write_place("ann", "1", point=(50.0, 20.0))
    index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    here = cell(CENTRE)
    assert [entry.key for entry in audience.stream(here, here, then)] == ["ann.1"]
    assert [entry.key for entry in audience.stream(here, here, None)] == []


@pytest.mark.parametrize(
    ("path", "document"),
    [
        ("residents/ann", {"language": 7, "muted": "event", "least_severity": None, "quiet_hours": [22, 6]}),
        ("residents/ann", {"muted": [1, None], "quiet_hours": {"from": "25:00", "to": 6}}),
        ("residents/ann/devices/2", {"platform": "windows", "target": {"kind": "token", "value": "t"}}),
        ("residents/ann/devices/2", {"platform": "android", "target": "t"}),
        ("residents/ann/places/2", {"cell": 7}),
        ("residents/ann/places/2", {"point": "49.8, 19.9"}),
    ],
    ids=repr,
)
def test_a_document_of_another_form_does_not_keep_its_resident_out(
    client, residents, audience, phone, path, document
):
    """No rule lets it in; were it there, its event must not fail for ever."""
    sign_up(phone)
    client.document(path).set(document)
    result = index_resident("ann", residents, audience, FakeMunicipalityStore(), has_device)
    (found,) = audience.stream(cell(CENTRE), cell(CENTRE), None)
    assert result.entries == 1
    assert (found.language, found.preferences, len(found.devices)) == ("pl", NO_PREFERENCES, 1)
