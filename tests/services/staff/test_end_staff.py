"""The end of somebody's rights: the register first, then the account, and again until both are done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Person
from shared.domain.staff import Kind, Membership
from shared.errors import Conflict, NotFound, Unavailable, WrongState
from shared.services.staff.end_staff import end_staff, set_roles
from shared.services.staff.enrol import opened
from shared.services.staff.enrol_ports import Doer
from shared.services.staff.invite import Newcomer, invite
from tests.fakes.alert_values import TERC
from tests.fakes.enrolment import HERE, EnrolmentOffice
from tests.services.staff.test_invite import ADMIN, ANNA, OPERATOR, sent
from tests.services.staff.test_lost_phone import enrolled
from tests.services.staff.test_rights import member


@pytest.fixture
def office():
    return EnrolmentOffice()


@pytest.fixture
def uid(office):
    found, _ = enrolled(office, ANNA)
    office.clock.advance(timedelta(hours=1))
    return found


def test_document_sign_ins_claims_and_account_end_together(office, uid):
    end_staff(office.ports, ADMIN, uid, "odeszła z urzędu")
    record, account = office.register.records[uid], office.accounts.accounts[uid]
    assert not record.employed(office.clock.now())
    assert not record.accepts_sign_in(office.tokens.at[uid])
    assert (account.disabled, account.claims, account.sessions) == (True, {}, 1)
    (act,) = office.audit.acts(TERC, "staff.disable")
    assert act.why == "odeszła z urzędu"


def test_broken_off_the_rights_have_ended_and_it_is_finished_by_asking_again(office, uid):
    office.accounts.away = True
    with pytest.raises(Unavailable):
        end_staff(office.ports, ADMIN, uid)
    assert not office.register.records[uid].active
    office.accounts.away = False
    end_staff(office.ports, ADMIN, uid)
    assert office.accounts.accounts[uid].disabled
    assert len(office.audit.acts(TERC, "staff.disable")) == 1


def test_what_is_not_written_leaves_the_account_as_it_was(office, uid):
    office.store.broken = Conflict()
    with pytest.raises(Conflict):
        end_staff(office.ports, ADMIN, uid)
    assert not office.accounts.accounts[uid].disabled


def test_an_open_invitation_ends_with_it(office):
    invitation = sent(office)
    end_staff(office.ports, ADMIN, invitation.uid)
    with pytest.raises(NotFound):
        opened(office.ports, office.code(), HERE)


def test_the_last_admin_stays_unless_an_operator_ends_it(office):
    admin, _ = enrolled(office, Newcomer("Adam", "adam@urzad.example", frozenset({"admin"})), OPERATOR)
    with pytest.raises(WrongState, match="last-admin"):
        end_staff(office.ports, ADMIN, admin)
    end_staff(office.ports, OPERATOR, admin)
    assert not office.register.records[admin].active


def test_another_municipality_ends_nobody(office, uid):
    with pytest.raises(NotFound):
        end_staff(office.ports, Doer("1201032", ADMIN.by), uid)
    assert office.register.records[uid].active


def test_who_has_left_may_be_invited_again(office, uid):
    end_staff(office.ports, ADMIN, uid)
    assert invite(office.ports, ADMIN, ANNA).uid == uid
    assert office.register.records[uid].is_invited


def test_roles_change_in_the_register_and_in_the_claims(office, uid):
    set_roles(office.ports, OPERATOR, uid, frozenset({"approver"}))
    set_roles(office.ports, OPERATOR, uid, frozenset({"approver"}))
    assert office.register.records[uid].roles == {"approver"}
    assert office.accounts.accounts[uid].claims["roles"] == ["approver"]
    assert len(office.audit.acts(TERC, "staff.roles")) == 1


@pytest.mark.parametrize("ends", ["each other", "themselves"])
def test_of_two_admins_who_end_rights_at_once_one_stays(office, monkeypatch, ends):
    both = [
        enrolled(office, Newcomer(name, f"{name}@urzad.example", frozenset({"admin"})), OPERATOR)[0]
        for name in ("adam", "beata")
    ]
    one, other = (Doer(TERC, Person(uid, "Admin")) for uid in both)
    by_the_other, by_the_one = both if ends == "each other" else reversed(both)
    commit = office.store.commit

    def commit_behind_the_other(changes, acts=()):
        monkeypatch.setattr(office.store, "commit", commit)
        end_staff(office.ports, other, by_the_other)
        commit(changes, acts)

    monkeypatch.setattr(office.store, "commit", commit_behind_the_other)
    with pytest.raises(Conflict):
        end_staff(office.ports, one, by_the_one)
    assert {uid for uid in both if office.register.records[uid].active} == {by_the_one}


def test_an_admin_of_where_a_guest_is_employed_is_no_other_admin_here(office):
    admin, _ = enrolled(office, Newcomer("Adam", "adam@urzad.example", frozenset({"admin"})), OPERATOR)
    guest = {TERC: Membership(frozenset({"author"}))}
    office.register.records["uid-x"] = member("uid-x", "admin", terc="1201032", others=guest)
    with pytest.raises(WrongState, match="last-admin"):
        end_staff(office.ports, ADMIN, admin)
    guest = {TERC: Membership(frozenset({"admin"}))}
    office.register.records["uid-x"] = member("uid-x", "author", terc="1201032", others=guest)
    end_staff(office.ports, Doer(TERC, Person("uid-x", "X")), admin)
    assert not office.register.records[admin].active


def test_the_sealed_account_is_ended_by_the_operator_alone(office):
    sealed = member("sealed", "author", kind=Kind.BREAK_GLASS)
    office.register.records["sealed"] = sealed
    with pytest.raises(NotFound):
        end_staff(office.ports, ADMIN, "sealed")
    assert office.register.records["sealed"] == sealed
    end_staff(office.ports, OPERATOR, "sealed")
    assert not office.register.records["sealed"].active


def test_who_is_invited_again_is_still_held_to_their_key(office, uid):
    office.register.records[uid] = replace(office.register.records[uid], has_key=True)
    end_staff(office.ports, ADMIN, uid)
    invite(office.ports, ADMIN, ANNA)
    assert office.register.records[uid].has_key
