"""The way from a link to being staff, and the ways that lead nowhere."""

from __future__ import annotations

import pytest

from shared.domain.audit import Outcome
from shared.domain.limits import Limit
from shared.domain.staff import Enrolment
from shared.errors import Forbidden, InvalidInput, NotFound, TooMany, Unauthenticated, Unavailable, WrongState
from shared.services.staff.enrol import (
    CODES,
    choose_password,
    finish,
    make_codes,
    opened,
    slow_hash,
)
from shared.services.staff.enrol_ports import Visitor
from tests.fakes.alert_values import TERC
from tests.fakes.enrolment import HERE, THERE, EnrolmentOffice
from tests.services.staff.test_invite import sent

GOOD = "cztery koty i stary parasol"


@pytest.fixture
def office():
    return EnrolmentOffice()


@pytest.fixture
def link(office):
    sent(office)
    return office.code()


STEPS = [
    ("staff.choose-password", Outcome.INTENT),
    ("staff.choose-password", Outcome.DONE),
    ("staff.recovery-codes", Outcome.DONE),
    ("staff.enrol", Outcome.DONE),
]


def uid(link):
    return link.partition(".")[0]


def test_the_whole_way(office, link):
    choose_password(office.ports, link, HERE, GOOD)
    token = office.tokens.sign_in(uid(link))
    codes = make_codes(office.ports, link, HERE, token)
    record = finish(office.ports, link, HERE, token)
    assert len(set(codes)) == CODES
    assert record.state is Enrolment.ENROLLED
    assert office.register.records[uid(link)].employed(office.clock.now())
    assert record.accepts_sign_in(office.tokens.at[token])
    assert office.accounts.accounts[uid(link)].claims["roles"] == ["author"]
    acts = office.audit.acts(TERC)[-4:]
    assert [(act.action, act.outcome) for act in acts] == STEPS
    assert {act.by.uid for act in acts} == {uid(link)}
    assert {act.where for act in acts} == {HERE.where}


def test_until_the_end_they_are_nobody(office, link):
    choose_password(office.ports, link, HERE, GOOD)
    make_codes(office.ports, link, HERE, office.tokens.sign_in(uid(link)))
    assert not office.register.records[uid(link)].employed(office.clock.now())


def test_finished_again_it_stays_so(office, link):
    token = office.tokens.sign_in(uid(link))
    make_codes(office.ports, link, HERE, token)
    finish(office.ports, link, HERE, token)
    assert finish(office.ports, link, HERE, token).state is Enrolment.ENROLLED
    assert len(office.audit.acts(TERC, "staff.enrol")) == 1


def test_a_used_link_opens_nothing(office, link):
    token = office.tokens.sign_in(uid(link))
    make_codes(office.ports, link, HERE, token)
    finish(office.ports, link, HERE, token)
    for again in (
        lambda: opened(office.ports, link, HERE),
        lambda: choose_password(office.ports, link, HERE, GOOD),
        lambda: make_codes(office.ports, link, HERE, token),
    ):
        with pytest.raises(WrongState):
            again()


def test_nobody_finishes_without_recovery_codes(office, link):
    with pytest.raises(WrongState, match="recovery-codes-first"):
        finish(office.ports, link, HERE, office.tokens.sign_in(uid(link)))


def test_nobody_finishes_without_a_second_factor(office, link):
    with pytest.raises(Unauthenticated):
        make_codes(office.ports, link, HERE, "only a password")


def test_nobody_uses_a_link_for_another_account(office, link):
    with pytest.raises(Forbidden):
        make_codes(office.ports, link, HERE, office.tokens.sign_in("somebody-else"))
    with pytest.raises(Forbidden):
        finish(office.ports, link, HERE, "somebody-else")


@pytest.mark.parametrize("end", ["x" * 43, "", "x"])
def test_a_wrong_code_is_unknown(office, link, end):
    with pytest.raises(NotFound):
        opened(office.ports, f"{uid(link)}.{end}", HERE)
    with pytest.raises(NotFound):
        opened(office.ports, f"nobody.{end}", HERE)


def test_codes_are_not_tried_without_end(office, link):
    for _ in range(Limit.LINK.value.burst):
        with pytest.raises(NotFound):
            opened(office.ports, f"{uid(link)}.{'x' * 43}", HERE)
    with pytest.raises(TooMany):
        opened(office.ports, f"{uid(link)}.{'x' * 43}", THERE)


def test_nor_from_one_address(office):
    for _ in range(Limit.LINKS.value.burst):
        with pytest.raises(NotFound):
            opened(office.ports, "nothing", HERE)
    with pytest.raises(TooMany):
        opened(office.ports, "nothing", HERE)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Alert-Online-2026", "password-common"),
        ("Xk7#pQz!9vL", "password-short"),
        ("cztery koty " * 11, "password-long"),
    ],
)
def test_a_password_that_is_too_easy_is_refused_and_no_account_made(office, link, password, code):
    with pytest.raises(InvalidInput) as raised:
        choose_password(office.ports, link, HERE, password)
    assert raised.value.errors[0].code == code
    assert office.accounts.accounts == {}


def test_a_password_that_was_not_set_is_told_as_such(office, link):
    office.accounts.away = True
    with pytest.raises(Unavailable):
        choose_password(office.ports, link, HERE, GOOD)
    told = [(act.outcome, act.why) for act in office.audit.acts(TERC, "staff.choose-password")]
    assert told == [(Outcome.INTENT, ""), (Outcome.FAILED, "unavailable")]


def test_who_comes_from_nowhere_is_held_by_the_limit_of_the_link_alone(office, link):
    nowhere = Visitor(None)
    for _ in range(Limit.LINKS.value.burst):
        with pytest.raises(NotFound):
            opened(office.ports, "nothing", nowhere)
    assert opened(office.ports, link, nowhere)


def test_a_code_may_be_typed_in_any_way():
    assert slow_hash("ab01-cdef-ghjk", "00") == slow_hash("ABO1 CDEFGHJK", "00")
    assert slow_hash("ab01-cdef-ghjk", "00") != slow_hash("ab01-cdef-ghjk", "01")
