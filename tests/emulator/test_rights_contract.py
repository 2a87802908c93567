"""One contract for grants and agreements in Firestore and for their fakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Person
from shared.domain.audit import Act
from shared.domain.grant import Grant, GrantState
from shared.domain.scope import Scope
from shared.domain.stand_in import StandIn
from shared.errors import Conflict
from shared.ports import RecordChange
from tests.fakes.alert_values import TERC
from tests.fakes.audit import FakeAuditKeys, FakeAuditLog
from tests.fakes.clock import SUNDAY_NIGHT, FakeClock
from tests.fakes.rights import FakeGrantStore, FakeStandInStore
from tests.fakes.staff import FakeStaffStore
from tests.services.staff.test_rights import member

ADAM, BEATA = Person("uid-adam", "Adam"), Person("uid-beata", "Beata")
ACT = Act(TERC, "staff.test", None)
WIDE = Scope(frozenset({"failure"}), "Severe", frozenset({"zone"}), frozenset({"water"}), alone=True)
GRANT = Grant(
    "grant1", TERC, "uid-anna", "Anna", frozenset({"author", "crisis"}), ADAM, SUNDAY_NIGHT, {"author": WIDE}
)
AGREED = StandIn(
    TERC,
    "1201032",
    "Powiat",
    (Person("uid-olga", "Olga"), Person("uid-pawel", "Paweł")),
    ADAM,
    SUNDAY_NIGHT,
    BEATA,
    SUNDAY_NIGHT + timedelta(hours=1),
)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def stores(request):
    """Of people, of grants, of agreements."""
    if request.param == "fake":
        audit = FakeAuditLog()
        staff = FakeStaffStore(audit=audit)
        return staff, FakeGrantStore(staff), FakeStandInStore(audit)
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.audit_chain import AuditChain
    from shared.adapters.rights import FirestoreGrantStore, FirestoreStandInStore
    from shared.adapters.staff import FirestoreStaffStore

    client = Client(project=name)
    chain = AuditChain(client, FakeAuditKeys(), FakeClock())
    return (
        FirestoreStaffStore(client, chain),
        FirestoreGrantStore(client, chain),
        FirestoreStandInStore(client, chain),
    )


def test_a_grant_is_found_as_it_was_asked_for(stores):
    _, grants, _ = stores
    grants.create(GRANT, None, [ACT])
    assert grants.get("grant1").value == GRANT
    assert grants.get("another") is None
    later = replace(GRANT, id="grant2", at=SUNDAY_NIGHT + timedelta(hours=1), scopes={})
    grants.create(later, None, [ACT])
    assert grants.all(TERC) == [later, GRANT]
    assert grants.all("1201042") == []


def test_who_gets_it_changes_with_the_grant_or_not_at_all(stores):
    staff, grants, _ = stores
    staff.create(member("uid-anna", "author"), [ACT])
    staff.create(member("uid-adam", "admin"), [ACT])
    anna, adam = staff.find("uid-anna"), staff.find("uid-adam")
    change = RecordChange(anna, replace(anna.value, roles=frozenset({"author", "crisis"})), adam)
    grants.create(GRANT, None, [ACT])
    staff.replace(adam, replace(adam.value, active=False), [ACT])
    before, given = grants.get("grant1"), replace(GRANT, state=GrantState.GIVEN, by2=BEATA, revision=2)
    with pytest.raises(Conflict):
        grants.decide(before, given, change, [ACT])
    assert staff.get("uid-anna").roles == {"author"}
    assert grants.get("grant1").value == GRANT
    grants.decide(before, given, replace(change, witness=staff.find("uid-adam")), [ACT])
    assert staff.get("uid-anna").roles == {"author", "crisis"}
    assert grants.get("grant1").value == given
    with pytest.raises(Conflict):
        grants.decide(before, given, None, [ACT])


def test_an_agreement_is_kept_for_each_municipality(stores):
    _, _, stand_ins = stores
    assert stand_ins.get(TERC) is None
    stand_ins.put(None, AGREED, [ACT])
    with pytest.raises(Conflict):
        stand_ins.put(None, AGREED, [ACT])
    before = stand_ins.get(TERC)
    assert before.value == AGREED
    begun = replace(AGREED, begun=SUNDAY_NIGHT, begun_by=Person("uid-olga", "Olga"), revision=2)
    stand_ins.put(before, begun, [ACT])
    assert stand_ins.naming("uid-olga") == [begun]
    assert stand_ins.naming("uid-adam") == []
    with pytest.raises(Conflict):
        stand_ins.put(before, AGREED, [ACT])
    with pytest.raises(Conflict):
        stand_ins.delete(before, [ACT])
    stand_ins.delete(stand_ins.get(TERC), [ACT])
    assert stand_ins.get(TERC) is None
