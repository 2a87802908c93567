"""The powiat's staff stand in: agreed by two, begun in one step, over by itself, never cut off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Person, State
from shared.domain.scope import Scope
from shared.domain.staff import Enrolment, Kind
from shared.domain.stand_in import LASTS, Standing
from shared.errors import Forbidden, InvalidInput, NotFound, PreconditionFailed, WrongState
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.alerts.create_alert import create_alert
from shared.services.alerts.submit_alert import submit_alert
from shared.services.staff.stand_in import (
    agree,
    begin,
    confirm,
    dissolve,
    end,
    running,
    seen_by,
    standing,
)
from tests.fakes.alert_values import TERC, alert, content
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import NEIGHBOUR, STAFF, staff
from tests.services.staff.test_rights import member

ADAM, BEATA = STAFF["adam"], STAFF["beata"]
OLGA = staff(Person("uid-olga", "Olga"), "author", terc=NEIGHBOUR)
PAWEL = staff(Person("uid-pawel", "Paweł"), "approver", terc=NEIGHBOUR)
NAME = "Powiat regionalny"
PEOPLE = ["uid-olga@x.pl", "uid-pawel@x.pl"]


@pytest.fixture
def office():
    office = StaffApi()
    for one in (
        member("uid-adam", "admin"),
        member("uid-beata", "admin"),
        member("uid-anna", "author"),
        member("uid-olga", "author", terc=NEIGHBOUR),
        member("uid-pawel", "approver", terc=NEIGHBOUR),
        member("uid-ewelina", "admin", terc=NEIGHBOUR),
        member("uid-third", "author", terc="1201042"),
        member("uid-left", "author", terc=NEIGHBOUR, until=office.clock.now()),
        member("uid-new", "author", terc=NEIGHBOUR, state=Enrolment.INVITED),
        member("uid-sealed", "author", terc=NEIGHBOUR, kind=Kind.BREAK_GLASS),
    ):
        office.register.records[one.uid] = one
    return office


def agreed(office):
    proposed = agree(office.people_ports, NAME, PEOPLE, 0, ADAM)
    return confirm(office.people_ports, proposed.revision, BEATA)


def begun(office, by=OLGA):
    agreed(office)
    return begin(office.people_ports, TERC, by)


def gives(office, uid="uid-olga", terc=TERC):
    return standing(office.people_ports, uid, terc)


def test_two_admins_name_the_people_beforehand(office):
    proposed = agree(office.people_ports, NAME, PEOPLE, 0, ADAM)
    assert [person.uid for person in proposed.people] == ["uid-olga", "uid-pawel"]
    assert proposed.agreed is None
    with pytest.raises(WrongState):
        begin(office.people_ports, TERC, OLGA)
    with pytest.raises(Forbidden):
        confirm(office.people_ports, 1, ADAM)
    assert confirm(office.people_ports, 1, BEATA).by2 == BEATA.person
    with pytest.raises(WrongState):
        confirm(office.people_ports, 2, BEATA)
    assert gives(office) is None
    actions = [act.action for act in office.audit.acts(TERC)]
    assert actions == ["stand-in.propose", "stand-in.agree"]


@pytest.mark.parametrize(
    "people",
    [
        [],
        ["nobody@x.pl"],
        ["uid-anna@x.pl"],
        ["uid-ewelina@x.pl"],
        ["uid-left@x.pl"],
        ["uid-new@x.pl"],
        ["uid-sealed@x.pl"],
        ["uid-olga@x.pl", "uid-third@x.pl"],
        [f"{number}@x.pl" for number in range(21)],
    ],
    ids=["nobody", "unknown", "own", "no role", "left", "invited", "sealed", "two employers", "many"],
)
def test_the_people_are_staff_of_one_other_employer(office, people):
    with pytest.raises(InvalidInput):
        agree(office.people_ports, NAME, people, 0, ADAM)
    assert office.stand_ins.get(TERC) is None


@pytest.mark.parametrize("by", [OLGA, PAWEL, ADAM, BEATA])
def test_one_person_begins_it_in_one_step_and_everybody_is_told(office, by):
    started = begun(office, by)
    assert (started.begun, started.begun_by) == (office.clock.now(), by.person)
    assert office.stand_in_alarms == [started]
    assert begin(office.people_ports, TERC, by) == started
    assert office.stand_in_alarms == [started]
    assert gives(office) == gives(office, "uid-pawel") == Standing(NAME)
    assert office.audit.acts(TERC, "stand-in.begin")[0].by == by.person


@pytest.mark.parametrize(
    "by",
    [
        STAFF["anna"],
        STAFF["kasia"],
        STAFF["dorota"],
        staff(Person("uid-ewelina", "Ewelina"), "admin", terc=NEIGHBOUR),
        replace(ADAM, on_behalf="somebody"),
    ],
)
def test_nobody_else_begins_or_ends_it(office, by):
    agreed(office)
    with pytest.raises(NotFound):
        begin(office.people_ports, TERC, by)
    begin(office.people_ports, TERC, OLGA)
    with pytest.raises(NotFound):
        end(office.people_ports, TERC, by)
    assert gives(office) == Standing(NAME)


def test_it_lets_in_who_is_named_and_nowhere_else(office):
    begun(office)
    assert gives(office, "uid-ewelina") is None
    assert gives(office, terc="1201042") is None


def test_who_went_to_another_employer_stands_in_no_more(office):
    begun(office)
    office.register.records["uid-olga"] = member("uid-olga", "author", terc="1201042")
    assert gives(office) is None
    assert gives(office, "uid-pawel") == Standing(NAME)
    for act in (begin, end):
        with pytest.raises(NotFound):
            act(office.people_ports, TERC, replace(OLGA, terc="1201042"))


@pytest.mark.parametrize(
    "change", [{"active": False}, {"roles": frozenset({"author"})}, {"terc": "1201042"}], ids=str
)
def test_what_an_admin_of_before_proposed_is_proposed_anew(office, change):
    proposed = agree(office.people_ports, NAME, PEOPLE, 0, ADAM)
    office.register.records["uid-adam"] = replace(office.register.records["uid-adam"], **change)
    with pytest.raises(WrongState, match="stand-in-lapsed"):
        confirm(office.people_ports, proposed.revision, BEATA)
    assert office.stand_ins.get(TERC).value.agreed is None


def test_it_ends_by_itself_after_its_hours(office):
    begun(office)
    office.clock.advance(LASTS - timedelta(seconds=1))
    assert gives(office) == Standing(NAME)
    office.clock.advance(timedelta(seconds=1))
    assert gives(office) is None
    assert begin(office.people_ports, TERC, OLGA).begun == office.clock.now()


def test_it_can_be_ended_before(office):
    begun(office)
    ended = end(office.people_ports, TERC, ADAM)
    assert (ended.ended, gives(office)) == (office.clock.now(), None)
    assert end(office.people_ports, TERC, ADAM) == ended
    assert begin(office.people_ports, TERC, OLGA).ended is None
    assert gives(office) == Standing(NAME)


def sent(office, approved, state=State.ACTIVE, on_behalf=NAME, alert_id="a1"):
    words = content(on_behalf=on_behalf, expires=office.clock.now() + timedelta(days=9))
    return office.alerts.put(alert(alert_id, content=words, state=state, approved=approved)).value


@pytest.mark.parametrize("state", [State.SCHEDULED, State.ACTIVE])
def test_it_is_not_cut_while_an_alert_that_it_sent_is_in_force(office, state):
    begun(office)
    sent(office, office.clock.now() + timedelta(hours=1), state)
    office.clock.advance(timedelta(hours=2))
    with pytest.raises(WrongState) as refused:
        end(office.people_ports, TERC, ADAM)
    assert refused.value.code == "stand-in-in-force"
    office.clock.advance(LASTS)
    assert gives(office) == Standing(NAME, late=True)
    sent(office, office.alerts.get("a1").value.approved, State.CANCELLED)
    assert gives(office) is None


def test_what_is_sent_after_its_hours_or_by_the_municipality_keeps_nothing_open(office):
    started = begun(office)
    sent(office, started.begun + timedelta(hours=1), on_behalf=None)
    sent(office, started.begun + LASTS, alert_id="a2")
    sent(office, started.begun - timedelta(hours=1), alert_id="a3")
    office.clock.advance(LASTS)
    assert gives(office) is None


def test_an_agreement_is_replaced_and_dissolved_only_while_it_does_not_run(office):
    begun(office)
    revision = office.stand_ins.get(TERC).value.revision
    with pytest.raises(WrongState):
        agree(office.people_ports, NAME, PEOPLE, revision, ADAM)
    with pytest.raises(WrongState):
        dissolve(office.people_ports, revision, ADAM)
    end(office.people_ports, TERC, ADAM)
    with pytest.raises(PreconditionFailed):
        dissolve(office.people_ports, revision, ADAM)
    dissolve(office.people_ports, revision + 1, ADAM)
    assert office.stand_ins.get(TERC) is None
    with pytest.raises(NotFound):
        begin(office.people_ports, TERC, OLGA)


@pytest.mark.parametrize("who", ["anna", "piotr", "kasia", "dorota"])
def test_only_admins_agree(office, who):
    for act in (
        lambda: agree(office.people_ports, NAME, PEOPLE, 0, STAFF[who]),
        lambda: confirm(office.people_ports, 1, STAFF[who]),
        lambda: dissolve(office.people_ports, 1, STAFF[who]),
    ):
        with pytest.raises(Forbidden):
            act()


def test_the_agreement_is_seen_by_the_municipalitys_staff_and_by_who_is_named(office):
    running_now = begun(office)
    assert seen_by(office.people_ports, STAFF["anna"]) == (running_now, [])
    assert seen_by(office.people_ports, OLGA) == (None, [running_now])
    there = replace(OLGA, terc=TERC, on_behalf=NAME)
    assert seen_by(office.people_ports, there) == (None, [running_now])
    assert running(office.people_ports, running_now) == Standing(NAME)


def here(who):
    return replace(who, terc=TERC, on_behalf=NAME)


def test_residents_read_on_whose_behalf_it_was_sent(office):
    from shared.formats.content_json import read_content

    ports = office.ports
    made = create_alert(ports, read_content(water()), here(OLGA), None)
    assert made.content.on_behalf == NAME
    submit_alert(ports, made.id, 1, here(OLGA))
    assert approve_alert(ports, made.id, 2, here(PAWEL)).content.on_behalf == NAME
    own = create_alert(ports, read_content(water()), STAFF["anna"], None)
    submit_alert(ports, own.id, 1, STAFF["anna"])
    assert office.alerts.get(own.id).value.content.on_behalf is None
    assert approve_alert(ports, own.id, 2, here(PAWEL)).content.on_behalf == NAME


def test_two_persons_are_two_also_when_they_stand_in(office):
    from shared.formats.content_json import read_content

    both = replace(here(OLGA), roles=frozenset({"author", "approver"}))
    made = create_alert(office.ports, read_content(water()), both, None)
    submit_alert(office.ports, made.id, 1, both)
    with pytest.raises(Forbidden) as refused:
        approve_alert(office.ports, made.id, 2, both)
    assert refused.value.code == "own-approval"


def test_after_its_hours_they_stop_what_is_in_force_and_begin_nothing(office):
    from shared.formats.content_json import read_content

    late = replace(here(OLGA), late=True)
    sent(office, office.clock.now())
    office.alerts.put(alert("a2", state=State.SUBMITTED, writers=()))
    with pytest.raises(Forbidden):
        create_alert(office.ports, read_content(water()), late, None)
    with pytest.raises(Forbidden):
        approve_alert(office.ports, "a2", 1, replace(late, person=PAWEL.person, roles=PAWEL.roles))
    assert cancel_alert(office.ports, "a1", None, late).state is State.CANCELLED


def test_a_scope_at_home_reaches_nothing_of_another_municipalitys(office):
    from shared.formats.content_json import read_content

    zone = {"author": Scope(areas=frozenset({"zone-of-the-powiat"}))}
    with pytest.raises(Forbidden):
        create_alert(office.ports, read_content(water()), replace(here(OLGA), scopes=zone), None)
