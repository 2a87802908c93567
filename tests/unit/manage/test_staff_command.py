"""`python -m manage.staff` on fakes: the first admins, and whoever has left."""

from __future__ import annotations

import pytest

from manage.staff.__main__ import main
from shared import wiring
from shared.domain.enrolment import PAUSE
from shared.errors import Unavailable
from tests.fakes.alert_values import TERC
from tests.fakes.enrolment import EnrolmentOffice

CREATE = ["create", TERC, "--name", "Adam Nowak", "--email", "Adam@Urzad.example", "--roles", "admin"]
ADAM = "adam@urzad.example"


@pytest.fixture
def office(monkeypatch):
    office = EnrolmentOffice()
    monkeypatch.setattr(wiring, "enrol_ports", lambda: office.ports)
    return office


def record(office):
    return next(iter(office.register.records.values()))


def test_the_first_admin_gets_a_link_by_mail_and_it_is_not_printed(office, capsys):
    assert main(CREATE) == 0
    assert office.mail.sent[0].to == ADAM
    assert record(office).roles == {"admin"}
    assert "/join#" not in capsys.readouterr().out


def test_without_mail_the_link_can_be_printed(office, capsys):
    office.mail.fails = Unavailable("mail-not-set-up")
    assert main([*CREATE, "--print-link"]) == 0
    assert f"{office.STAFF_URL}/join#" in capsys.readouterr().out


def test_run_again_it_sends_another_link_to_the_same_person(office):
    main(CREATE)
    assert main(CREATE) == 1  # just sent
    office.clock.advance(PAUSE)
    assert main(CREATE) == 0
    assert len(office.mail.sent) == 2
    assert len(office.register.records) == 1


def test_an_operator_gives_and_takes_roles_by_the_address(office, capsys):
    main(CREATE)
    assert main(["roles", TERC, ADAM, "--roles", "admin,approver"]) == 0
    assert record(office).roles == {"admin", "approver"}
    assert main(["roles", TERC, ADAM, "--roles", "mayor"]) == 1
    assert "mayor" in capsys.readouterr().err


def test_a_leaver_is_disabled_and_again(office):
    main(CREATE)
    assert main(["disable", TERC, ADAM, "--why", "emerytura"]) == 0
    assert main(["disable", TERC, ADAM]) == 0
    assert not record(office).active
    (act,) = office.audit.acts(TERC, "staff.disable")
    assert (act.by, act.where, act.why) == (None, "manage.staff", "emerytura")


def test_broken_off_it_says_so_and_is_finished_by_running_it_again(office):
    main(CREATE)
    office.accounts.away = True
    assert main(["disable", TERC, ADAM]) == 1
    assert not record(office).active
    office.accounts.away = False
    assert main(["disable", TERC, ADAM]) == 0


def test_the_list_shows_everybody_and_how_far_they_are(office, capsys):
    main(CREATE)
    capsys.readouterr()
    assert main(["list", TERC]) == 0
    shown = capsys.readouterr().out
    assert "invited\tAdam Nowak\tadam@urzad.example\tadmin" in shown


@pytest.mark.parametrize("command", [["disable", TERC, "nobody@urzad.example"], ["lost-phone", TERC, ADAM]])
def test_nobody_is_guessed(office, command):
    assert main(command) == 1


@pytest.mark.parametrize("arguments", [[], ["create", "12"], ["create", TERC], ["disable", TERC]])
def test_a_command_that_cannot_be_understood_changes_nothing(office, arguments):
    with pytest.raises(SystemExit):
        main(arguments)
    assert office.register.records == {}
