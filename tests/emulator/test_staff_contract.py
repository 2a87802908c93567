"""One contract for the register of staff in Firestore and for its fake; the unreadable gives no right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.adapters.staff_documents import staff_document, staff_record
from shared.domain.audit import Act
from shared.domain.scope import NOTHING, Scope
from shared.domain.staff import Enrolment, Kind, Membership, StaffRecord
from shared.errors import Conflict
from tests.fakes.alert_values import TERC
from tests.fakes.audit import FakeAuditKeys
from tests.fakes.clock import FakeClock
from tests.fakes.staff import LONG_AGO, FakeStaffStore, record

DOCUMENT = {
    "terc": TERC,
    "roles": ["author", "approver"],
    "name": "Anna Nowak",
    "active": True,
    "valid_since": LONG_AGO,
}
ANNA = replace(record("author", "approver"), uid="uid-anna")
NEIGHBOUR = "1201032"
ACT = Act(TERC, "staff.test", None)
WATERWORKS = Scope(
    frozenset({"failure"}), "Moderate", frozenset({"zone1"}), frozenset({"no-water"}), alone=True
)
OLGA = StaffRecord(
    NEIGHBOUR,
    frozenset({"author"}),
    "Olga Ościenna",
    active=True,
    valid_since=LONG_AGO,
    uid="uid-olga",
    scopes={"author": Scope(severity="Severe")},
    others={TERC: Membership(frozenset({"author", "crisis"}), {"author": WATERWORKS})},
    email="olga@oscienna.example",
    until=datetime(2030, 1, 1, tzinfo=UTC),
    state=Enrolment.INVITED,
    kind=Kind.BREAK_GLASS,
)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return FakeStaffStore({"uid-anna": ANNA})
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.audit_chain import AuditChain
    from shared.adapters.staff import FirestoreStaffStore

    client = Client(project=name)
    client.document("staff/uid-anna").set(DOCUMENT)
    return FirestoreStaffStore(client, AuditChain(client, FakeAuditKeys(), FakeClock()))


def test_a_member_of_staff_is_found_with_all_that_decides(store):
    assert store.get("uid-anna") == ANNA


def test_nobody_else_is_found(store):
    assert store.get("uid-piotr") is None


@pytest.mark.parametrize(
    ("change", "without"),
    [
        ({"active": "true"}, "active"),
        ({"active": 1}, "active"),
        ({"terc": 1201022}, "terc"),
        ({"roles": "author"}, "roles"),
        ({"roles": {"author": True}}, "roles"),
        ({"name": ["Anna"]}, "name"),
        ({"valid_since": "2020-01-01"}, "valid_since"),
    ],
)
def test_a_field_of_another_type_gives_no_right(change, without):
    assert getattr(staff_record({**DOCUMENT, **change}), without) == getattr(StaffRecord(), without)


def test_an_empty_document_gives_no_right():
    assert staff_record({}) == StaffRecord()


def test_roles_that_are_no_words_are_left_out():
    assert staff_record({**DOCUMENT, "roles": ["author", 5, None]}).roles == {"author"}


def test_what_is_created_is_found_as_it_was(store):
    store.create(OLGA, [ACT])
    assert store.get("uid-olga") == OLGA
    with pytest.raises(Conflict):
        store.create(OLGA, [ACT])


def test_staff_of_a_municipality_are_its_own_and_those_of_others_with_a_part_in_it(store):
    store.create(OLGA, [ACT])
    assert [one.uid for one in store.all(TERC)] == ["uid-anna", "uid-olga"]
    assert [one.uid for one in store.all(NEIGHBOUR)] == ["uid-olga"]
    assert store.all("1201042") == []


def test_of_two_who_change_somebody_the_second_is_told(store):
    before = store.find("uid-anna")
    store.replace(before, replace(before.value, roles=frozenset({"author"})), [ACT])
    assert store.get("uid-anna").roles == {"author"}
    with pytest.raises(Conflict):
        store.replace(before, replace(before.value, active=False), [ACT])
    assert store.get("uid-anna").active
    assert store.find("uid-nobody") is None


def test_of_two_who_take_each_others_right_the_second_is_told(store):
    """Each is the other's witness: one of them stays."""
    store.create(OLGA, [ACT])
    anna, olga = store.find("uid-anna"), store.find("uid-olga")
    store.replace(olga, replace(olga.value, active=False), [ACT], witness=anna)
    with pytest.raises(Conflict):
        store.replace(anna, replace(anna.value, active=False), [ACT], witness=olga)
    assert store.get("uid-anna").active
    store.replace(store.find("uid-anna"), replace(ANNA, name="Anna Inna"), [ACT], witness=None)


def test_what_was_taken_away_leaves_nothing_behind(store):
    store.create(OLGA, [ACT])
    store.replace(store.find("uid-olga"), replace(OLGA, others={}, scopes={}, until=None, email=""), [ACT])
    assert store.get("uid-olga") == replace(OLGA, others={}, scopes={}, until=None, email="")
    assert [one.uid for one in store.all(TERC)] == ["uid-anna"]


def test_a_document_has_what_the_release_before_reads():
    written = staff_document(ANNA)
    assert {name: written[name] for name in DOCUMENT} == {**DOCUMENT, "roles": ["approver", "author"]}
    assert staff_record(written, "uid-anna") == ANNA


@pytest.mark.parametrize(
    "scope",
    [
        "everything",
        {"categories": "failure"},
        {"severity": 3},
        {"areas": {"zone1": True}},
        {"districts": ["north"]},
    ],
)
def test_a_scope_that_cannot_be_read_reaches_nothing(scope):
    found = staff_record({**DOCUMENT, "scopes": {"author": scope}})
    assert found.scopes == {"author": NOTHING}


def test_scopes_that_are_no_map_leave_no_role_to_limit():
    assert staff_record({**DOCUMENT, "scopes": ["author"]}).roles == frozenset()
    others = {NEIGHBOUR: {"roles": ["author"], "scopes": 5}, "all": {"roles": ["author"]}, TERC: "author"}
    assert staff_record({**DOCUMENT, "others": others}).others == {
        NEIGHBOUR: Membership(),
        TERC: Membership(),
    }


@pytest.mark.parametrize(
    "change", [{"until": "2030"}, {"state": "unknown"}, {"state": "invited"}, {"kind": "robot"}, {"kind": 1}]
)
def test_an_end_a_state_or_a_kind_that_cannot_be_read_employs_nobody(change):
    assert staff_record(DOCUMENT).employed(LONG_AGO)
    assert not staff_record({**DOCUMENT, **change}).employed(LONG_AGO)
