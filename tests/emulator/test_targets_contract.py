"""One contract for the owners of push targets in Firestore and for their fake."""

from __future__ import annotations

import pytest

from shared.domain.audience import Target
from shared.errors import Conflict
from shared.ports import Registration
from tests.fakes.alert_values import at
from tests.fakes.targets import FakeTargetStore

BROWSER, OTHER = Target("token", "browser"), Target("fid", "browser")


class OnFirestore:
    """The adapter, and the apps that write devices."""

    def __init__(self, client):
        from shared.adapters.targets import FirestoreTargetStore

        self._client, self.store = client, FirestoreTargetStore(client)

    def write(self, one):
        target = {"kind": one.target.kind, "value": one.target.value}
        document = {"platform": "web", "target": target, "updated": one.at}
        self._client.document(f"residents/{one.uid}/devices/{one.device}").set(document)


class InMemory:
    def __init__(self):
        self.store = FakeTargetStore()
        self.write = self.store.write


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def world(request):
    if request.param == "fake":
        return InMemory()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    return OnFirestore(Client(project=name))


def of(uid, device="1", target=BROWSER, hour=3):
    return Registration(uid, device, target, at(hour))


def test_what_an_app_wrote_is_found(world):
    world.write(of("ann"))
    assert world.store.registration("ann", "1") == of("ann")
    assert world.store.registration("ann", "2") is None


def test_a_target_has_the_owner_that_claimed_it_last(world):
    assert world.store.owner(BROWSER) is None
    world.store.claim(of("ann"), None)
    world.store.claim(of("bob", hour=4), world.store.owner(BROWSER))
    assert world.store.owner(BROWSER).value == of("bob", hour=4)
    assert world.store.owner(OTHER) is None


def test_of_two_who_claim_at_once_one_is_refused(world):
    world.store.claim(of("ann"), None)
    known = world.store.owner(BROWSER)
    with pytest.raises(Conflict):
        world.store.claim(of("bob"), None)
    world.store.claim(of("bob"), known)
    with pytest.raises(Conflict):
        world.store.claim(of("zoe"), known)


def test_only_devices_with_that_target_written_until_then_go(world):
    world.write(of("ann", "1"))
    world.write(of("ann", "2", OTHER))
    world.write(of("ann", "3", hour=5))
    world.write(of("bob", "1"))
    world.store.take_away("ann", BROWSER, at(4))
    left = [(uid, slot) for uid in ("ann", "bob") for slot in "123" if world.store.registration(uid, slot)]
    assert left == [("ann", "2"), ("ann", "3"), ("bob", "1")]


def test_taking_away_what_is_not_there_is_no_trouble(world):
    world.store.take_away("nobody", BROWSER, at(4))
