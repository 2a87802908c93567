"""Invitations: one person, one account; a mail only when somebody wants one sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.alert import Person
from shared.domain.enrolment import PAUSE, VALID, Mailing, Progress
from shared.errors import (
    InvalidInput,
    MailRefused,
    NotFound,
    PreconditionFailed,
    Throttled,
    Unavailable,
    WrongState,
)
from shared.ports import Staff
from shared.services.staff import invite as inviting
from shared.services.staff.ask_roles import ask_roles
from shared.services.staff.enrol import opened
from shared.services.staff.enrol_ports import Doer
from shared.services.staff.invite import Newcomer, invite, mail_first, send_invitation, withdraw
from shared.services.staff.people_ports import PeoplePorts
from tests.fakes.alert_values import TERC
from tests.fakes.enrolment import HERE, EnrolmentOffice
from tests.fakes.rights import FakeGrantStore

ADMIN = Doer(TERC, Person("uid-adam", "Adam Nowak"), "198.51.100.0/24")
OPERATOR = Doer(TERC)
ANNA = Newcomer("Anna Nowak", "anna@urzad.example", frozenset({"author"}))


@pytest.fixture
def office():
    return EnrolmentOffice()


def sent(office, doer=ADMIN, newcomer=ANNA):
    return mail_first(office.ports, doer, invite(office.ports, doer, newcomer))


def test_an_invitation_sends_one_mail_and_keeps_only_a_hash_of_its_link(office):
    invitation = sent(office)
    (mail,) = office.mail.sent
    assert mail.to == "anna@urzad.example"
    assert invitation.mail is Mailing.SENT
    secret = office.code().partition(".")[2]
    assert len(secret) == 43
    assert secret not in repr(office.store.invitation(invitation.uid))


def test_the_mail_speaks_polish_and_english_and_names_the_office(office):
    sent(office)
    text = office.mail.sent[0].text
    assert "zaprasza" in text
    assert "invites you" in text
    assert "72" in text


def test_invited_twice_is_invited_once(office):
    first = sent(office)
    again = sent(office, Doer(TERC, Person("uid-beata", "Beata")))
    assert again == first
    assert len(office.mail.sent) == 1


def test_somebody_who_is_staff_is_not_invited(office):
    invitation = sent(office)
    record = office.register.records[invitation.uid]
    office.register.records[invitation.uid] = type(record)(
        **{**record.__dict__, "state": type(record.state).ENROLLED}
    )
    with pytest.raises(InvalidInput):
        invite(office.ports, ADMIN, ANNA)


def test_the_roles_of_two_admins_are_not_given_by_one(office):
    newcomer = Newcomer("Piotr", "piotr@urzad.example", frozenset({"author", "approver", "admin"}))
    invitation = invite(office.ports, ADMIN, newcomer)
    assert office.register.records[invitation.uid].roles == {"author"}
    assert set(invitation.wanted) == newcomer.roles


def test_an_operator_gives_the_first_admin_their_role(office):
    newcomer = Newcomer("Adam", "adam@urzad.example", frozenset({"admin"}))
    assert office.register.records[invite(office.ports, OPERATOR, newcomer).uid].roles == {"admin"}


@pytest.mark.parametrize(
    ("fails", "mail"),
    [(Throttled(), Mailing.THROTTLED), (MailRefused(), Mailing.REFUSED), (Unavailable(), Mailing.BEGUN)],
)
def test_what_became_of_the_mail_is_told_and_nothing_is_sent_again(office, fails, mail):
    office.mail.fails = fails
    invitation = sent(office)
    assert invitation.mail is mail
    assert office.store.invitation(invitation.uid).value.mail is mail
    assert office.mail.sent == []


def test_a_lost_answer_sends_no_second_mail_by_itself(office):
    office.mail.fails, office.mail.taken = Unavailable(), True
    invitation = sent(office)
    assert invitation.mail is Mailing.BEGUN
    sent(office)
    assert len(office.mail.sent) == 1


def test_pressed_twice_send_again_sends_one_mail(office):
    invitation = sent(office)
    office.clock.advance(PAUSE)
    send_invitation(office.ports, ADMIN, invitation.uid, invitation.revision)
    with pytest.raises(PreconditionFailed):
        send_invitation(office.ports, ADMIN, invitation.uid, invitation.revision)
    assert len(office.mail.sent) == 2


def test_send_again_within_the_pause_sends_nothing(office):
    invitation = sent(office)
    with pytest.raises(WrongState):
        send_invitation(office.ports, ADMIN, invitation.uid, invitation.revision)
    assert len(office.mail.sent) == 1


def test_after_a_refusal_it_may_be_sent_at_once(office):
    office.mail.fails = Throttled()
    invitation = sent(office)
    office.mail.fails = None
    assert send_invitation(office.ports, ADMIN, invitation.uid, invitation.revision).mail is Mailing.SENT


def test_the_links_of_both_mails_serve(office):
    invitation = sent(office)
    first = office.code()
    office.clock.advance(PAUSE)
    send_invitation(office.ports, ADMIN, invitation.uid, invitation.revision)
    for code in (first, office.code()):
        assert opened(office.ports, code, HERE).value.uid == invitation.uid


def test_what_cannot_be_noted_stays_unknown(office, monkeypatch):
    invitation = invite(office.ports, ADMIN, ANNA)

    def hand_over(ports, to, letter):
        office.store.broken = Unavailable()
        return Mailing.SENT

    monkeypatch.setattr(inviting, "hand_over", hand_over)
    assert mail_first(office.ports, ADMIN, invitation).mail is Mailing.BEGUN


def test_a_withdrawn_invitation_opens_nothing_and_its_person_is_nobody(office):
    invitation = sent(office)
    code = office.code()
    withdraw(office.ports, ADMIN, invitation.uid)
    assert withdraw(office.ports, ADMIN, invitation.uid).state is Progress.WITHDRAWN
    with pytest.raises(NotFound):
        opened(office.ports, code, HERE)
    assert not office.register.records[invitation.uid].active


def test_whoever_was_taken_back_can_be_invited_anew(office):
    invitation = sent(office)
    withdraw(office.ports, ADMIN, invitation.uid)
    again = sent(office)
    assert again.state is Progress.OPEN
    assert again.revision > invitation.revision
    assert office.register.records[again.uid].active


def test_after_three_days_a_link_opens_nothing_until_it_is_sent_again(office):
    invitation = sent(office)
    office.clock.advance(VALID)
    with pytest.raises(WrongState):
        opened(office.ports, office.code(), HERE)
    send_invitation(office.ports, ADMIN, invitation.uid, invitation.revision)
    assert opened(office.ports, office.code(), HERE)


@pytest.mark.parametrize("act", [withdraw, lambda ports, doer, uid: send_invitation(ports, doer, uid, 3)])
def test_another_municipality_knows_nothing_of_it(office, act):
    invitation = sent(office)
    office.clock.advance(timedelta(hours=1))
    with pytest.raises(NotFound):
        act(office.ports, Doer("1201032", Person("uid-x", "X")), invitation.uid)


def test_the_audit_names_who_invited_whom(office):
    invitation = sent(office)
    (act,) = office.audit.acts(TERC, "staff.invite")
    assert (act.by, act.about, act.where) == (ADMIN.by, f"staff/{invitation.uid}", ADMIN.where)
    assert act.after["email"] == "anna@urzad.example"


def test_roles_of_two_admins_wait_for_the_second_and_are_asked_for_once(office):
    grants = FakeGrantStore(office.register)
    people = PeoplePorts(
        office.register,
        grants,
        stand_ins=None,
        alerts=None,
        municipalities=office.municipalities,
        saved=None,
        is_template=lambda terc, template: False,
        clock=office.clock,
        alarm=lambda _: None,
    )
    admin = Staff(ADMIN.by, TERC, frozenset({"admin"}))
    newcomer = Newcomer("Piotr", "piotr@urzad.example", frozenset({"author", "approver"}))
    for _ in range(2):
        ask_roles(people, invite(office.ports, ADMIN, newcomer), admin)
    (grant,) = grants.all(TERC)
    assert (grant.roles, grant.by) == ({"approver"}, ADMIN.by)
    assert office.register.records[grant.uid].roles == {"author"}
