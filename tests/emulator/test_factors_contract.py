"""One contract for keys and PINs of staff in Firestore and for their fake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.audit import Act
from shared.domain.own_factors import Factors, Key, Pin
from shared.errors import Conflict
from tests.fakes.alert_values import AUTHOR, TERC, at
from tests.fakes.audit import FakeAuditKeys
from tests.fakes.clock import FakeClock
from tests.fakes.factors import FakeFactorStore

KEY = Key("abc", "def", 3, "Klucz", at(3))
PIN = Pin("0f" * 16, "1e" * 32, 4)
NONE = Factors("uid-anna")


class Register:
    """The store, and whether the register of staff says that there is a key."""

    def __init__(self, store, has_key):
        self.store, self.has_key = store, has_key


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def register(request):
    if request.param == "fake":
        fake = FakeFactorStore()
        return Register(fake, lambda: "uid-anna" in fake.with_key)
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.audit_chain import AuditChain
    from shared.adapters.factors import FirestoreFactorStore

    client = Client(project=name)
    staff = client.document("staff/uid-anna")
    staff.set({"terc": TERC, "has_key": False})
    store = FirestoreFactorStore(client, AuditChain(client, FakeAuditKeys(), FakeClock()))
    return Register(store, lambda: staff.get().get("has_key"))


def test_who_has_none_is_not_found(register):
    assert register.store.get("uid-anna") is None


def test_keys_and_pin_are_found_as_they_were_put(register):
    both = replace(NONE, keys=(KEY, replace(KEY, id="other", used=at(4))), pin=PIN)
    register.store.put(None, both, [Act(TERC, "key.add", AUTHOR)])
    assert register.store.get("uid-anna").value == both


def test_the_register_learns_of_the_first_key_and_of_the_last_one_gone(register):
    told = []
    for keys in ((), (KEY,), (replace(KEY, sign_count=4),), ()):
        register.store.put(register.store.get("uid-anna"), replace(NONE, keys=keys, pin=PIN))
        told.append(register.has_key())
    assert told == [False, True, True, False]


def test_what_was_written_since_is_not_written_over(register):
    register.store.put(None, NONE)
    before = register.store.get("uid-anna")
    register.store.put(before, replace(NONE, pin=PIN))
    for stale in (before, None):
        with pytest.raises(Conflict):
            register.store.put(stale, NONE)
    assert register.store.get("uid-anna").value.pin == PIN
