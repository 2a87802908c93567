"""What serves once serves once, and five tries are five, however many ask at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.own_factors import TRIES, Factors, Pin, new_pin
from shared.domain.staff import Membership
from shared.domain.staff_session import StaffSession
from shared.errors import AlertOnlineError, Conflict, InvalidInput, PreconditionFailed
from shared.formats.people_json import rights_tag
from shared.ports import Versioned
from shared.services.sessions.own_factors import use_pin
from shared.services.sessions.session_ports import SessionPorts
from shared.services.staff.change_rights import change_rights
from shared.services.staff.decide_grant import confirm_grant, refuse_grant
from shared.services.staff.invite import Newcomer
from shared.services.staff.lost_phone import recover
from tests.fakes.alert_values import TERC
from tests.fakes.enrolment import HERE, EnrolmentOffice
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF, staff
from tests.services.staff.test_invite import ADMIN
from tests.services.staff.test_lost_phone import enrolled
from tests.services.staff.test_rights import member

PIOTR, RIGHT, WRONG = STAFF["piotr"], "482915", "271828"
GUESSES = 40


class Crowd:
    """A session whose holder's PIN is guessed by many at once."""

    def __init__(self) -> None:
        office = StaffApi()
        self.factors, now = office.factors, office.clock.now()
        self.ports: SessionPorts = office.session_ports
        session = StaffSession("uid-piotr", TERC, now, now, now + timedelta(hours=12), 1800)
        self.session = Versioned(session, 1)
        self.factors.put(None, Factors(PIOTR.person.uid, pin=new_pin(RIGHT)))

    def guess(self, pin: str) -> str:
        try:
            use_pin(self.ports, PIOTR, self.session, pin)
        except InvalidInput:
            return "wrong"
        except AlertOnlineError as error:
            return error.code
        return "right"


def test_of_many_guesses_at_once_no_more_are_looked_at_than_there_are_tries(monkeypatch):
    crowd = Crowd()
    looked, fits = [], Pin.fits

    def counted(pin, given):
        looked.append(given)
        return fits(pin, given)

    monkeypatch.setattr(Pin, "fits", counted)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(crowd.guess, [WRONG] * GUESSES))
    assert len(looked) == told.count("wrong") <= TRIES
    while crowd.guess(WRONG) == "wrong":
        pass
    assert len(looked) == TRIES
    assert crowd.guess(RIGHT) == "pin-gone"


@pytest.fixture
def office():
    return EnrolmentOffice()


def behind(monkeypatch, store, first):
    """The next commit comes after all of `first` was done."""
    commit = store.commit

    def late(changes, acts=()):
        monkeypatch.setattr(store, "commit", commit)
        first()
        return commit(changes, acts)

    monkeypatch.setattr(store, "commit", late)


@pytest.mark.parametrize("other", [0, 1], ids=["the same code", "another code"])
def test_of_two_recoveries_at_once_one_is_begun(office, monkeypatch, other):
    office.register.records["uid-adam"] = member("uid-adam", "admin")
    anna = Newcomer("Anna", "anna@urzad.example", frozenset({"author"}))
    uid, codes = enrolled(office, anna, ADMIN)
    office.clock.advance(timedelta(hours=2))
    office.mail.sent.clear()
    behind(monkeypatch, office.store, lambda: recover(office.ports, anna.email, codes[other], HERE))
    with pytest.raises(Conflict):
        recover(office.ports, anna.email, codes[0], HERE)
    assert len([mail for mail in office.mail.sent if "/join#" in mail.text]) == 1
    assert len(office.store.recovery_codes(uid).value.hashes) == len(codes) - 1


@pytest.mark.parametrize("first", [confirm_grant, refuse_grant])
def test_of_two_admins_who_decide_at_once_one_does(monkeypatch, first):
    office = StaffApi()
    for uid in ("uid-adam", "uid-beata", "uid-celina"):
        office.register.records[uid] = member(uid, "admin")
    office.register.records["uid-anna"] = member("uid-anna", "author")
    wanted = Membership(frozenset({"author", "approver"}))
    tag = rights_tag(office.register.records["uid-anna"].membership(TERC))
    ports = office.people_ports
    grant = change_rights(ports, "uid-anna", tag, wanted, STAFF["adam"]).grant
    celina = staff(replace(STAFF["beata"].person, uid="uid-celina"), "admin")
    decide = office.grants.decide

    def late(*decided):
        monkeypatch.setattr(office.grants, "decide", decide)
        first(ports, grant.id, 1, STAFF["beata"])
        return decide(*decided)

    monkeypatch.setattr(office.grants, "decide", late)
    with pytest.raises(PreconditionFailed):
        confirm_grant(ports, grant.id, 1, celina)
    assert office.grants.get(grant.id).value.by2.uid == "uid-beata"
    has = office.register.records["uid-anna"].roles
    assert ("approver" in has) is (first is confirm_grant)
