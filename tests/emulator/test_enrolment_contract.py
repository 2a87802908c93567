"""What is kept while people become staff, in Firestore as in the fake."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from google.cloud.firestore import Client

from shared.adapters.audit_chain import AuditChain
from shared.adapters.enrolment import FirestoreEnrolmentStore
from shared.domain.enrolment import Invitation, LostPhone, Mailing, Progress, RecoveryCodes
from shared.domain.staff import Enrolment, StaffRecord
from shared.errors import Conflict
from shared.ports import Change
from shared.services.staff.enrol_ports import Doer
from tests.fakes.alert_values import TERC
from tests.fakes.audit import FakeAuditKeys
from tests.fakes.clock import FakeClock
from tests.fakes.enrolment import EnrolmentOffice

NOW = datetime(2026, 11, 29, 20, tzinfo=UTC)
INVITATION = Invitation(
    "uid-anna", TERC, "anna@urzad.example", "Anna", NOW, NOW + timedelta(hours=72), wanted=("author",)
)
RECORD = StaffRecord(
    TERC, frozenset({"author"}), "Anna", active=True, valid_since=NOW, uid="uid-anna", state=Enrolment.INVITED
)
CODES = RecoveryCodes("uid-anna", "00" * 16, ("aa", "bb"), NOW)
LOST = LostPhone("uid-anna", TERC, "uid-adam", NOW, NOW + timedelta(hours=24))
ACT = Doer(TERC).act("staff.invite", "uid-anna")


@pytest.fixture
def firestore(request):
    project = request.getfixturevalue("project")
    client = Client(project=project)
    return client, FirestoreEnrolmentStore(client, AuditChain(client, FakeAuditKeys(), FakeClock(NOW)))


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def store(request):
    if request.param == "fake":
        return EnrolmentOffice().store
    return request.getfixturevalue("firestore")[1]


def found(store, kept):
    return {
        StaffRecord: store.record,
        Invitation: store.invitation,
        RecoveryCodes: store.recovery_codes,
        LostPhone: store.lost_phone,
    }[type(kept)](kept.uid)


@pytest.mark.parametrize("kept", [INVITATION, RECORD, CODES, LOST])
def test_each_is_kept_as_it_is_and_made_once(store, kept):
    assert found(store, kept) is None
    store.commit([Change(None, kept)], [ACT])
    assert found(store, kept).value == kept
    with pytest.raises(Conflict):
        store.commit([Change(None, kept)], [ACT])


def test_one_stale_change_leaves_all_as_they_were(store):
    store.commit([Change(None, INVITATION), Change(None, RECORD)], [ACT])
    invitation, record = store.invitation("uid-anna"), store.record("uid-anna")
    moved = INVITATION.moved(state=Progress.TAKEN, codes=("x",), mail=Mailing.SENT, mailed=NOW)
    store.commit([Change(invitation, moved)], [ACT])
    assert store.invitation("uid-anna").value == moved
    with pytest.raises(Conflict):
        store.commit([Change(record, replace(RECORD, active=False)), Change(invitation, INVITATION)], [ACT])
    assert store.record("uid-anna").value.active


def test_invitations_are_those_of_the_municipality(store):
    other = replace(INVITATION, uid="uid-jan", terc="1201032")
    later = replace(INVITATION, uid="uid-ewa", at=NOW + timedelta(hours=1))
    for one in (INVITATION, other, later):
        store.commit([Change(None, one)])
    assert [one.uid for one in store.invitations(TERC)] == ["uid-ewa", "uid-anna"]


def test_an_act_without_a_change_is_recorded(store):
    store.commit([], [ACT])
