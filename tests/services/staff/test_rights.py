"""Who gives and takes rights: taking away at once, what weighs by a second admin, never one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.grant import VALID, GrantState
from shared.domain.scope import Scope
from shared.domain.staff import Kind, Membership, StaffRecord
from shared.errors import Forbidden, InvalidInput, NotFound, PreconditionFailed, WrongState
from shared.formats.people_json import rights_tag
from shared.services.staff.change_rights import admit, change_rights
from shared.services.staff.decide_grant import confirm_grant, refuse_grant
from shared.services.staff.list_people import list_people, open_grants
from tests.fakes.alert_values import TERC
from tests.fakes.staff import LONG_AGO
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import NEIGHBOUR, STAFF

ADAM, BEATA = STAFF["adam"], STAFF["beata"]
ANNA = "uid-anna"


def member(uid, *roles, terc=TERC, **more):
    return StaffRecord(
        terc, frozenset(roles), uid, active=True, valid_since=LONG_AGO, uid=uid, email=f"{uid}@x.pl", **more
    )


@pytest.fixture
def office():
    office = StaffApi()
    for one in (
        member(ANNA, "author"),
        member("uid-adam", "admin"),
        member("uid-beata", "admin"),
        member("uid-olga", "author", terc=NEIGHBOUR),
    ):
        office.register.records[one.uid] = one
    return office


def has(office, uid=ANNA, terc=TERC):
    return office.register.records[uid].membership(terc)


def change(office, *roles, uid=ANNA, staff=ADAM, scopes=None):
    had = has(office, uid)
    wanted = Membership(frozenset(roles), scopes or {})
    return change_rights(office.people_ports, uid, rights_tag(had), wanted, staff)


def test_a_role_of_less_weight_is_given_and_taken_at_once(office):
    assert change(office, "author", "auditor").grant is None
    assert has(office).roles == {"author", "auditor"}
    assert change(office, "auditor").grant is None
    assert has(office).roles == {"auditor"}
    (first, second) = office.audit.acts(TERC, "staff.rights")
    assert (first.before["roles"], first.after["roles"]) == (["author"], ["auditor", "author"])
    assert second.by == ADAM.person


@pytest.mark.parametrize("role", ["approver", "crisis", "admin"])
def test_a_role_of_weight_waits_for_a_second_admin(office, role):
    grant = change(office, "author", role).grant
    assert has(office).roles == {"author"}
    assert open_grants(office.people_ports, BEATA) == [grant]
    given = confirm_grant(office.people_ports, grant.id, 1, BEATA)
    assert (given.state, given.by2) == (GrantState.GIVEN, BEATA.person)
    assert has(office).roles == {"author", role}
    assert open_grants(office.people_ports, BEATA) == []
    (act,) = office.audit.acts(TERC, "staff.grant")
    assert (act.by, act.after["asked_by"]) == (BEATA.person, "uid-adam")


def test_what_is_taken_away_is_gone_at_once_also_beside_what_waits(office):
    office.register.records[ANNA] = member(ANNA, "author", "approver")
    change(office, "crisis", "author")
    assert has(office).roles == {"author"}
    assert change(office).grant is None
    assert has(office).roles == set()


def test_a_role_of_weight_is_narrowed_at_once_and_widened_by_two(office):
    office.register.records[ANNA] = member(ANNA, "approver", scopes={"approver": Scope(severity="Severe")})
    assert change(office, "approver", scopes={"approver": Scope(severity="Minor")}).grant is None
    assert has(office).scope("approver") == Scope(severity="Minor")
    grant = change(office, "approver").grant
    assert has(office).scope("approver") == Scope(severity="Minor")
    confirm_grant(office.people_ports, grant.id, 1, BEATA)
    assert has(office).scope("approver") == Scope()


def test_of_a_change_that_narrows_and_widens_the_narrower_holds_at_once(office):
    had = Scope(categories=frozenset({"failure", "event"}), severity="Minor")
    office.register.records[ANNA] = member(ANNA, "approver", scopes={"approver": had})
    wanted = Scope(categories=frozenset({"failure"}), severity="Severe")
    grant = change(office, "approver", scopes={"approver": wanted}).grant
    both = Scope(categories=frozenset({"failure"}), severity="Minor")
    assert has(office).scope("approver") == both
    confirm_grant(office.people_ports, grant.id, 1, BEATA)
    assert has(office).scope("approver") == wanted


def alone(office):
    office.saved_zone = "zone"
    return Scope(None, "Moderate", frozenset({"zone"}), frozenset({"water_outage"}), alone=True)


def test_sending_alone_is_given_by_two_and_only_for_what_is_bounded(office, monkeypatch):
    monkeypatch.setattr(office.saved, "get", lambda terc, one: object() if one == "zone" else None)
    bounded = alone(office)
    grant = change(office, "author", scopes={"author": bounded}).grant
    assert not has(office).scope("author").alone
    confirm_grant(office.people_ports, grant.id, 1, BEATA)
    assert has(office).scope("author") == bounded
    for wider in (
        replace(bounded, severity=None),
        replace(bounded, severity="Severe"),
        replace(bounded, areas=None),
        replace(bounded, templates=None),
        replace(bounded, templates=frozenset()),
    ):
        with pytest.raises(InvalidInput):
            change(office, "author", scopes={"author": wider})
    with pytest.raises(InvalidInput):
        change(office, "approver", scopes={"approver": bounded})


@pytest.mark.parametrize(
    ("roles", "scopes"),
    [
        (["mayor"], {}),
        (["system"], {}),
        (["admin"], {"admin": Scope(severity="Minor")}),
        (["auditor"], {"auditor": Scope(severity="Minor")}),
        (["author"], {"approver": Scope(severity="Minor")}),
        (["author"], {"author": Scope(areas=frozenset({"gone"}))}),
        (["author"], {"author": Scope(templates=frozenset({"gone"}))}),
    ],
)
def test_there_is_no_such_role_or_scope(office, roles, scopes):
    before = has(office)
    with pytest.raises(InvalidInput):
        change(office, *roles, scopes=scopes)
    assert has(office) == before
    assert office.audit.acts(TERC) == []


def test_nobody_changes_their_own_rights_nor_confirms_what_they_asked_for(office):
    with pytest.raises(Forbidden):
        change(office, "admin", "approver", uid="uid-adam")
    grant = change(office, "admin", "approver", uid="uid-beata").grant
    for staff in (ADAM, BEATA):  # who asked, who gets it
        with pytest.raises(Forbidden) as refused:
            confirm_grant(office.people_ports, grant.id, 1, staff)
        assert refused.value.code == "own-rights"
    with pytest.raises(Forbidden):
        refuse_grant(office.people_ports, grant.id, 1, BEATA)
    assert refuse_grant(office.people_ports, grant.id, 1, ADAM).state is GrantState.REFUSED
    assert has(office, "uid-beata").roles == {"admin"}


@pytest.mark.parametrize("who", ["anna", "piotr", "ewa", "kasia", "dorota"])
def test_only_admins_decide_about_people(office, who):
    grant = change(office, "approver").grant
    for act in (
        lambda staff: list_people(office.people_ports, staff),
        lambda staff: open_grants(office.people_ports, staff),
        lambda staff: change(office, "author", staff=staff),
        lambda staff: admit(office.people_ports, "uid-olga@x.pl", Membership(frozenset({"author"})), staff),
        lambda staff: confirm_grant(office.people_ports, grant.id, 1, staff),
        lambda staff: refuse_grant(office.people_ports, grant.id, 1, staff),
    ):
        with pytest.raises(Forbidden):
            act(STAFF[who])


def test_who_stands_in_sees_no_list_of_people(office):
    with pytest.raises(Forbidden):
        list_people(office.people_ports, replace(ADAM, on_behalf="Powiat"))


def test_an_admin_of_another_municipality_knows_of_nobody_here(office):
    elsewhere = replace(ADAM, terc="1201042")
    grant = change(office, "approver").grant
    with pytest.raises(NotFound):
        change(office, "author", staff=elsewhere)
    with pytest.raises(NotFound):
        confirm_grant(office.people_ports, grant.id, 1, elsewhere)
    assert list_people(office.people_ports, elsewhere) == []


def test_the_last_admin_stays_one(office):
    change(office, uid="uid-beata")
    assert has(office, "uid-beata").roles == set()
    with pytest.raises(WrongState) as refused:
        change_rights(
            office.people_ports,
            "uid-adam",
            rights_tag(has(office, "uid-adam")),
            Membership(),
            replace(BEATA),
        )
    assert refused.value.code == "last-admin"
    assert has(office, "uid-adam").roles == {"admin"}


@pytest.mark.parametrize(
    "change_of_adam",
    [{"active": False}, {"until": LONG_AGO}, {"roles": frozenset({"author"})}],
)
def test_an_admin_who_is_none_any_more_is_no_reason_to_take_anothers_role(office, change_of_adam):
    office.register.records["uid-adam"] = replace(office.register.records["uid-adam"], **change_of_adam)
    with pytest.raises(WrongState):
        change(office, uid="uid-beata", staff=replace(ADAM))


def test_a_grant_is_given_once_while_it_is_open_and_as_it_was_seen(office):
    grant = change(office, "approver").grant
    with pytest.raises(PreconditionFailed):
        confirm_grant(office.people_ports, grant.id, 2, BEATA)
    office.clock.advance(VALID)
    assert open_grants(office.people_ports, BEATA) == []
    with pytest.raises(WrongState):
        confirm_grant(office.people_ports, grant.id, 1, BEATA)
    office.clock.advance(-timedelta(days=1))
    confirm_grant(office.people_ports, grant.id, 1, BEATA)
    with pytest.raises(WrongState):
        confirm_grant(office.people_ports, grant.id, 2, BEATA)
    with pytest.raises(NotFound):
        confirm_grant(office.people_ports, "nothing", 1, BEATA)


@pytest.mark.parametrize("uid", ["uid-adam", ANNA])
def test_what_a_dismissed_admin_asked_for_or_a_dismissed_person_would_get_lapses(office, uid):
    grant = change(office, "approver").grant
    office.register.records[uid] = replace(office.register.records[uid], active=False)
    with pytest.raises(WrongState) as refused:
        confirm_grant(office.people_ports, grant.id, 1, BEATA)
    assert refused.value.code == "grant-lapsed"


def test_a_grant_is_confirmed_only_of_who_is_still_as_the_register_says(office, monkeypatch):
    grant = change(office, "approver").grant
    find = office.register.find
    stale = find("uid-adam")
    office.register.replace(stale, replace(stale.value, name="Adam Inny"), [])
    monkeypatch.setattr(office.register, "find", lambda uid: stale if uid == "uid-adam" else find(uid))
    with pytest.raises(PreconditionFailed):
        confirm_grant(office.people_ports, grant.id, 1, BEATA)
    assert has(office).roles == set()


def test_who_saw_other_rights_changes_nothing(office):
    tag = rights_tag(has(office))
    change(office, "author", "auditor")
    with pytest.raises(PreconditionFailed):
        change_rights(office.people_ports, ANNA, tag, Membership(), BEATA)


def test_a_part_in_a_second_municipality_is_given_there_and_leaves_the_first_alone(office):
    olga, wanted = "uid-olga@x.pl", Membership(frozenset({"author", "crisis"}))
    admitted = admit(office.people_ports, olga, wanted, ADAM)
    assert has(office, "uid-olga").roles == {"author"}
    confirm_grant(office.people_ports, admitted.grant.id, 1, BEATA)
    assert has(office, "uid-olga").roles == {"author", "crisis"}
    assert has(office, "uid-olga", NEIGHBOUR).roles == {"author"}
    with pytest.raises(InvalidInput):
        admit(office.people_ports, olga, wanted, ADAM)
    change(office, uid="uid-olga")
    assert office.register.records["uid-olga"].others == {}


@pytest.mark.parametrize("email", ["nobody@x.pl", "", "uid-sealed@x.pl"])
def test_nobody_of_an_unknown_address_is_admitted_nor_a_sealed_account(office, email):
    office.register.records["uid-sealed"] = member(
        "uid-sealed", "author", terc=NEIGHBOUR, kind=Kind.BREAK_GLASS
    )
    with pytest.raises(NotFound):
        admit(office.people_ports, email, Membership(frozenset({"author"})), ADAM)
