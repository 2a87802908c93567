"""The sealed account: made, sealed anew, tried; and the sheet that is printed once."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from manage.staff_emergency import __main__ as command
from manage.staff_emergency import sealing
from manage.staff_emergency.identity import SignInFailed
from manage.staff_emergency.sealing import SignIn, Trouble
from manage.staff_emergency.sheet import written
from shared.domain.staff import Kind
from shared.services.staff.access_review import ReviewPorts
from shared.services.staff.remind_trial import remind_trial
from tests.fakes.alert_values import TERC
from tests.fakes.enrolment import EnrolmentOffice
from tests.fakes.staff import record
from tests.fakes.staff_sessions import FakeSessionStore

UID = f"sealed-{TERC}"


class FakeIdentity:
    """Fulfils Identity on the accounts of an office."""

    def __init__(self, office: EnrolmentOffice) -> None:
        self._office, self.secrets = office, 0

    def enrol(self, email: str, password: str) -> str:
        account = self._account(email, password)
        account.factor = True
        self.secrets += 1
        return f"SECRET{self.secrets}"

    def token(self, email: str, password: str, code: str) -> str:
        if not self._account(email, password).factor or code != "123456":
            raise SignInFailed("INVALID_CODE")
        return "token"

    def _account(self, email: str, password: str) -> Any:
        for account in self._office.accounts.accounts.values():
            if (account.email, account.password, account.disabled) == (email, password, False):
                return account
        raise SignInFailed("INVALID_LOGIN_CREDENTIALS")


class FakeDoor:
    def __init__(self) -> None:
        self.entered: list[str] = []

    def enter(self, token: str) -> None:
        self.entered.append(token)


@pytest.fixture
def office():
    return EnrolmentOffice()


@pytest.fixture
def identity(office):
    return FakeIdentity(office)


def test_it_is_made_once_and_may_write_alerts_only(office, identity):
    sheet = sealing.create(office.ports, identity, TERC)
    made = office.register.records[UID]
    assert (made.kind, made.roles, made.active, made.terc) == (Kind.BREAK_GLASS, {"author"}, True, TERC)
    assert sheet.email == made.email == f"konto-awaryjne-{TERC}@urzad.example"
    assert [act.action for act in office.audit.acts(TERC)] == ["sealed.seal"]
    with pytest.raises(Trouble):
        sealing.create(office.ports, identity, TERC)


def test_a_new_sheet_makes_the_old_one_worthless(office, identity):
    old = sealing.create(office.ports, identity, TERC)
    office.clock.advance(timedelta(days=1))
    new = sealing.seal(office.ports, identity, TERC)
    assert (old.password != new.password, old.secret != new.secret) == (True, True)
    with pytest.raises(SignInFailed):
        identity.token(old.email, old.password, "123456")
    assert office.register.records[UID].valid_since == office.clock.now().replace(microsecond=0)


def test_a_trial_goes_from_the_sheet_to_the_door_of_the_page(office, identity):
    sheet, door = sealing.create(office.ports, identity, TERC), FakeDoor()
    sealing.test(office.ports, TERC, sheet.password, "123456", SignIn(identity, door))
    assert door.entered == ["token"]
    assert office.audit.acts(TERC)[-1].action == "sealed.test"


def test_a_trial_that_fails_counts_for_none(office, identity):
    sheet, door = sealing.create(office.ports, identity, TERC), FakeDoor()
    with pytest.raises(SignInFailed):
        sealing.test(office.ports, TERC, sheet.password, "000000", SignIn(identity, door))
    assert door.entered == []
    assert [act.action for act in office.audit.acts(TERC)] == ["sealed.seal"]


@pytest.mark.parametrize("do", [sealing.seal, lambda *given: sealing.test(given[0], given[2], "", "", None)])
def test_what_is_not_there_is_neither_sealed_nor_tried(office, identity, do):
    with pytest.raises(Trouble):
        do(office.ports, identity, TERC)


def test_the_sheet_says_all_that_is_needed_and_draws_the_secret(office, identity):
    sheet = replace(sealing.create(office.ports, identity, TERC), office="Gmina <Regionalna>")
    page = written(sheet)
    for word in (sheet.address, sheet.email, sheet.password, "SECR ET1", "Gmina &lt;Regionalna&gt;", "<svg"):
        assert word in page
    assert "{{" not in page


def test_the_sheet_is_for_its_owner_alone_and_never_over_another(office, identity, tmp_path):
    file = tmp_path / "sheet.html"
    sheet = sealing.create(office.ports, identity, TERC)
    command._keep(sheet, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        command._keep(sheet, file)


@pytest.mark.parametrize(("days", "told"), [(189, False), (190, True)])
def test_admins_are_reminded_of_a_trial_that_is_due(office, identity, days, told):
    sealing.create(office.ports, identity, TERC)
    admin = replace(record("admin"), uid="uid-ada", email="ada@urzad.example")
    office.register.records["uid-ada"] = admin
    office.clock.advance(timedelta(days=days))
    review = ReviewPorts(office.register, FakeSessionStore(), office.audit, office.clock)
    assert (remind_trial(office.ports, review, TERC) is not None) is told
    assert [sent.to for sent in office.mail.sent] == (["ada@urzad.example"] if told else [])
