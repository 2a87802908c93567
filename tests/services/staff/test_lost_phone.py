"""A lost phone: a recovery code, or two admins; the old factor counts no more, the office is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.alert import Person
from shared.domain.enrolment import LOST_PHONE_WAITS
from shared.domain.limits import Limit
from shared.domain.own_factors import Factors, Key, Pin
from shared.domain.staff import Enrolment, Membership
from shared.errors import Conflict, Forbidden, NotFound, TooMany, Unavailable, WrongState
from shared.ports import Change
from shared.services.staff.end_staff import end_staff
from shared.services.staff.enrol import choose_password, finish, make_codes
from shared.services.staff.enrol_ports import Doer
from shared.services.staff.invite import Newcomer, send_invitation
from shared.services.staff.lost_phone import recover, renew_by_operator, say_lost
from tests.fakes.alert_values import TERC
from tests.fakes.enrolment import HERE, THERE, EnrolmentOffice
from tests.services.staff.test_enrol import GOOD
from tests.services.staff.test_invite import ADMIN, OPERATOR, sent
from tests.services.staff.test_rights import member

BEATA = Doer(TERC, Person("uid-beata", "Beata"))
ANNA_MAIL = "anna@urzad.example"


def enrolled(office, newcomer, doer=ADMIN):
    """Their uid and recovery codes."""
    uid = sent(office, doer, newcomer).uid
    link = office.code()
    choose_password(office.ports, link, HERE, GOOD)
    token = office.tokens.sign_in(uid)
    codes = make_codes(office.ports, link, HERE, token)
    finish(office.ports, link, HERE, token)
    return uid, codes


@pytest.fixture
def office():
    office = EnrolmentOffice()
    for doer in (ADMIN, BEATA):
        uid = doer.by.uid
        office.register.records[uid] = replace(
            member(uid, "admin"), email="adam@urzad.example" if doer is ADMIN else ""
        )
    return office


@pytest.fixture
def anna(office):
    found = enrolled(office, Newcomer("Anna", ANNA_MAIL, frozenset({"author"})))
    office.mail.sent.clear()
    office.clock.advance(timedelta(hours=2))
    return found


def is_out(office, uid):
    record = office.register.records[uid]
    return record.state is Enrolment.INVITED and not record.accepts_sign_in(office.tokens.at[uid])


def test_a_recovery_code_ends_all_sign_ins_and_sends_a_link_to_the_mail_box_alone(office, anna):
    uid, codes = anna
    recover(office.ports, ANNA_MAIL, codes[3].lower().replace("-", " "), HERE)
    assert is_out(office, uid)
    assert uid not in office.accounts.accounts
    assert office.audit.acts(TERC, "staff.renew")[-1].where == HERE.where
    link, told = office.mail.sent
    assert (link.to, told.to) == (ANNA_MAIL, "adam@urzad.example")
    assert "/join#" in link.text
    assert "/join#" not in told.text


def test_after_it_they_enrol_anew(office, anna):
    uid, codes = anna
    recover(office.ports, ANNA_MAIL, codes[0], HERE)
    link = office.mail.sent[0].text.partition("/join#")[2].split()[0]
    choose_password(office.ports, link, HERE, GOOD)
    token = office.tokens.sign_in(uid)
    finish(office.ports, link, HERE, token)
    assert office.register.records[uid].employed(office.clock.now())


def test_each_code_serves_once(office, anna):
    uid, codes = anna
    recover(office.ports, ANNA_MAIL, codes[0], HERE)
    link = office.mail.sent[0].text.partition("/join#")[2].split()[0]
    choose_password(office.ports, link, HERE, GOOD)
    finish(office.ports, link, HERE, office.tokens.sign_in(uid))
    with pytest.raises(Forbidden):
        recover(office.ports, ANNA_MAIL, codes[0], HERE)
    office.clock.advance(timedelta(hours=1))
    recover(office.ports, ANNA_MAIL, codes[1], HERE)


@pytest.mark.parametrize("email", [ANNA_MAIL, "nobody@urzad.example"])
def test_a_wrong_code_and_an_unknown_person_are_refused_alike(office, anna, email):
    with pytest.raises(Forbidden, match="recovery-refused"):
        recover(office.ports, email, "0000-0000-0000", HERE)
    assert office.mail.sent == []
    assert not is_out(office, anna[0])


def guess(office, times, email=ANNA_MAIL, address=HERE):
    for _ in range(times):
        with pytest.raises(Forbidden):
            recover(office.ports, email, "0000-0000-0000", address)


def test_codes_are_not_guessed(office, anna):
    guess(office, Limit.CODE.value.burst)
    with pytest.raises(TooMany) as raised:
        recover(office.ports, ANNA_MAIL, anna[1][0], THERE)
    office.clock.advance(timedelta(seconds=raised.value.seconds))
    recover(office.ports, ANNA_MAIL, anna[1][0], THERE)


def test_nor_are_those_of_many_people_from_one_address(office, anna):
    for number in range(Limit.RECOVERIES.value.burst):
        guess(office, 1, f"{number}@urzad.example")
    with pytest.raises(TooMany):
        recover(office.ports, ANNA_MAIL, anna[1][0], HERE)
    recover(office.ports, ANNA_MAIL, anna[1][0], THERE)


def test_whoever_gave_the_right_code_has_guessed_nothing(office, anna):
    guess(office, Limit.CODE.value.burst - 1)
    recover(office.ports, ANNA_MAIL, anna[1][0], HERE)
    guess(office, Limit.CODE.value.burst)


KEYS = Factors("", (Key("abc", "def", 1, "Klucz", datetime(2026, 1, 1, tzinfo=UTC)),), Pin("00", "11"))


def with_key(office, uid):
    office.store.commit([Change(None, replace(KEYS, uid=uid))])
    office.register.records[uid] = replace(office.register.records[uid], has_key=True)


@pytest.mark.parametrize("by", ["two admins", "operator"])
def test_with_the_phone_goes_the_key_when_others_vouch_for_the_person(office, anna, by):
    uid, _ = anna
    with_key(office, uid)
    if by == "operator":
        renew_by_operator(office.ports, OPERATOR, uid)
    else:
        say_lost(office.ports, ADMIN, uid)
        say_lost(office.ports, BEATA, uid)
    assert office.register.records[uid].has_key is False
    assert office.store.factors(uid).value == Factors(uid)


def test_a_recovery_code_alone_takes_no_key_away(office, anna):
    uid, codes = anna
    with_key(office, uid)
    recover(office.ports, ANNA_MAIL, codes[0], HERE)
    assert office.register.records[uid].has_key is True
    assert office.store.factors(uid).value.keys == KEYS.keys


def test_one_admin_alone_changes_nothing(office, anna):
    uid, _ = anna
    assert say_lost(office.ports, ADMIN, uid) is False
    assert say_lost(office.ports, ADMIN, uid) is False
    assert not is_out(office, uid)
    assert {mail.to for mail in office.mail.sent} == {ANNA_MAIL, "adam@urzad.example"}


def test_two_admins_end_all_sign_ins_and_send_a_link(office, anna):
    uid, _ = anna
    say_lost(office.ports, ADMIN, uid)
    assert say_lost(office.ports, BEATA, uid) is True
    assert is_out(office, uid)
    assert [mail.to for mail in office.mail.sent if "/join#" in mail.text] == [ANNA_MAIL]
    assert [act.action for act in office.audit.acts(TERC)][-3:] == [
        "staff.lost-phone",
        "staff.renew",
        "staff.send-invitation",
    ]


def test_what_the_first_one_said_is_forgotten_after_a_day(office, anna):
    uid, _ = anna
    say_lost(office.ports, ADMIN, uid)
    office.clock.advance(LOST_PHONE_WAITS)
    assert say_lost(office.ports, BEATA, uid) is False


@pytest.mark.parametrize(
    "change", [{"active": False}, {"roles": frozenset({"author"})}, {"terc": "1201032"}], ids=str
)
def test_what_was_said_by_who_is_no_admin_any_more_counts_for_nothing(office, anna, change):
    uid, _ = anna
    say_lost(office.ports, ADMIN, uid)
    records = office.register.records
    records["uid-adam"] = replace(records["uid-adam"], **change)
    assert say_lost(office.ports, BEATA, uid) is False
    assert not is_out(office, uid)


def test_the_first_one_is_dismissed_at_the_same_moment_as_the_second_one_confirms(office, anna, monkeypatch):
    uid, _ = anna
    say_lost(office.ports, ADMIN, uid)
    commit = office.store.commit

    def commit_behind_the_end(changes, acts=()):
        monkeypatch.setattr(office.store, "commit", commit)
        end_staff(office.ports, BEATA, "uid-adam")
        commit(changes, acts)

    monkeypatch.setattr(office.store, "commit", commit_behind_the_end)
    with pytest.raises(Conflict):
        say_lost(office.ports, BEATA, uid)
    assert not is_out(office, uid)


def test_admins_of_another_municipality_hear_nothing_of_it_and_those_of_this_one_all(office, anna):
    guest = Membership(frozenset({"author"}))
    office.register.records["uid-x"] = member("uid-x", "admin", terc="1201032", others={TERC: guest})
    office.register.records["uid-y"] = member(
        "uid-y", "author", terc="1201032", others={TERC: Membership(frozenset({"admin"}))}
    )
    say_lost(office.ports, ADMIN, anna[0])
    assert {mail.to for mail in office.mail.sent} == {ANNA_MAIL, "adam@urzad.example", "uid-y@x.pl"}


def test_nobody_says_it_of_themselves_or_of_another_municipality(office, anna):
    uid, _ = anna
    with pytest.raises(Forbidden):
        say_lost(office.ports, Doer(TERC, Person(uid, "Anna")), uid)
    with pytest.raises(NotFound):
        say_lost(office.ports, Doer("1201032", Person("uid-x", "X")), uid)


def test_who_enrols_anew_already_is_sent_the_link_again_instead(office, anna):
    uid, codes = anna
    recover(office.ports, ANNA_MAIL, codes[0], HERE)
    with pytest.raises(WrongState):
        say_lost(office.ports, ADMIN, uid)
    office.clock.advance(timedelta(minutes=2))
    revision = office.store.invitation(uid).value.revision
    send_invitation(office.ports, ADMIN, uid, revision)
    assert office.mail.sent[-1].to == ANNA_MAIL


def test_without_identity_platform_or_mail_they_are_out_all_the_same(office, anna):
    uid, _ = anna
    say_lost(office.ports, ADMIN, uid)
    office.accounts.away, office.mail.fails = True, Unavailable()
    assert say_lost(office.ports, BEATA, uid) is True
    assert is_out(office, uid)


def test_an_operator_helps_an_office_with_one_admin(office, anna):
    renew_by_operator(office.ports, OPERATOR, anna[0])
    assert is_out(office, anna[0])
