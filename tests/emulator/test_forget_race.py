"""A phone that registers again between the look at its device and the delete."""

from __future__ import annotations

import pytest
from google.cloud.firestore import Client

from shared.adapters.residents import FirestoreResidentStore
from shared.domain.audience import Target
from shared.ports import DeadPhone
from tests.emulator.resident_writer import FirestoreResidentWriter

pytestmark = pytest.mark.emulator


class RacingClient(Client):
    """Firestore, with somebody who writes as soon as something was read."""

    def __init__(self, project, meanwhile):
        super().__init__(project=project)
        self._meanwhile = meanwhile

    def get_all(self, *of, **named):
        found = list(super().get_all(*of, **named))
        self._meanwhile()
        return iter(found)


@pytest.mark.parametrize("value", ["new", "old"])
def test_what_was_written_after_the_look_stays_and_the_others_go(project, value):
    phone = FirestoreResidentWriter(Client(project=project))
    client = RacingClient(project, lambda: phone.write_device("bob", "1", value))
    store = FirestoreResidentStore(client)
    for uid in ("ann", "bob", "eve"):
        phone.write_device(uid, "1", "old")
    assert store.forget([DeadPhone(uid, "1", Target("token", "old")) for uid in ("ann", "bob", "eve")]) == 2
    left = [client.document("residents", uid, "devices", "1").get().exists for uid in ("ann", "bob", "eve")]
    assert left == [False, True, False]
