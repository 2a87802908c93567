"""One contract for what crisis centres were told and their addresses, in Firestore and for their fakes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.audit import Act
from shared.domain.call import Outcome
from shared.domain.upwards import Centre, CentreContact, Centres, Telling, ToldBy, Upwards
from shared.errors import Conflict
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC, at
from tests.fakes.audit import FakeAuditKeys
from tests.fakes.clock import FakeClock
from tests.fakes.upwards import FakeCentreStore, FakeUpwardsStore

CONTACT = CentreContact("PCZK", "12 345 67 89", "pczk@powiat.example")
TOLD = Telling(1, Centre.POWIAT, ToldBy.EMAIL, "PCZK", CONTACT.email, "Alert", AUTHOR, at(3), key="tap")
UPWARDS = Upwards("a1", TERC, (TOLD,))
ACT = Act(TERC, "upwards.tell", AUTHOR)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def stores(request):
    if request.param == "fake":
        return FakeUpwardsStore(), FakeCentreStore()
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.audit_chain import AuditChain
    from shared.adapters.upwards import FirestoreCentreStore, FirestoreUpwardsStore

    client = Client(project=name)
    chain = AuditChain(client, FakeAuditKeys(), FakeClock())
    return FirestoreUpwardsStore(client, chain), FirestoreCentreStore(client, chain)


def test_tellings_are_kept_as_they_were_and_nothing_is_written_over(stores):
    upwards, _ = stores
    assert upwards.get("a1") is None
    upwards.put(None, UPWARDS, [ACT])
    with pytest.raises(Conflict):
        upwards.put(None, UPWARDS)
    before = upwards.get("a1")
    assert before.value == UPWARDS
    answered = replace(TOLD, outcome=Outcome.SENT, answered=at(4), noted=APPROVER)
    after = upwards.put(before, UPWARDS.with_telling(answered), [ACT])
    with pytest.raises(Conflict):
        upwards.put(before, UPWARDS)
    assert upwards.get("a1").value == after.value
    assert upwards.put(after, after.value.with_telling(replace(TOLD, number=2))).value.next_number == 3


def test_addresses_are_kept_as_they_were_and_nothing_is_written_over(stores):
    _, centres = stores
    assert centres.get(TERC) is None
    centres.put(None, Centres(TERC, CONTACT, None, 1), [ACT])
    before = centres.get(TERC)
    assert before.value == Centres(TERC, CONTACT, None, 1)
    centres.put(before, Centres(TERC, None, CONTACT, 2))
    for stale in (before, None):
        with pytest.raises(Conflict):
            centres.put(stale, Centres(TERC))
    assert centres.get(TERC).value == Centres(TERC, None, CONTACT, 2)
