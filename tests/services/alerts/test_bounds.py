"""A role with a scope acts within it and nowhere else; without a second person only what two approved."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.alert import Person, State, Worded
from shared.domain.lifecycle import Action
from shared.domain.saved_area import SavedArea
from shared.domain.scope import NOTHING, Scope
from shared.errors import Forbidden, NotSendable, WrongState
from shared.formats.content_json import read_content
from shared.formats.template_json import built_in
from shared.formats.unfinished_json import read_unfinished
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.bounds import Bounds, possible
from shared.services.alerts.cancel_alert import cancel_alert
from shared.services.alerts.create_alert import create_alert
from shared.services.alerts.edit_alert import edit_alert
from shared.services.alerts.keep_draft import begin_draft
from shared.services.alerts.send_alone import confirm_alone, send_alone
from shared.services.alerts.submit_alert import submit_alert
from shared.services.templates.template_ports import TemplatePorts
from shared.services.templates.word_alert import word_alert
from shared.services.templates.write_template import approve_template, change_template
from tests.fakes.alert_values import TERC, alert, content
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.municipalities import square
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF, staff

ZONE, OTHER_ZONE = "zone1", "zone2"
IN_ZONE, BESIDE = (49.84, 19.94), (49.87, 19.97)  # degrees, latitude first
WATER = "water_outage"
WORKS = Scope(frozenset({"failure"}), "Moderate", frozenset({ZONE}), frozenset({WATER}), alone=True)
DISPATCHER = replace(staff(Person("uid-marek", "Marek Dyspozytor"), "author"), scopes={"author": WORKS})
PIOTR, EWA, KASIA = STAFF["piotr"], STAFF["ewa"], STAFF["kasia"]


@pytest.fixture
def office():
    office = StaffApi()
    for name, (lat, lng) in {ZONE: IN_ZONE, OTHER_ZONE: BESIDE}.items():
        shape = {"kind": "shape", "shape": json.loads(square(lat, lng, 0.01))}
        office.saved.create(
            SavedArea(name, TERC, name, json.dumps([shape]), PIOTR.person, office.clock.now()), []
        )
    return office


def templates(office):
    return TemplatePorts(office.templates, office.clock, built_in())


def limited(scope, *roles, person="uid-marek"):
    return replace(staff(Person(person, "Marek"), *roles), scopes=dict.fromkeys(roles, scope))


def drawn(lat, lng, half=0.005):
    return json.loads(square(lat, lng, half))


INSIDE, OUTSIDE = drawn(*IN_ZONE), drawn(*BESIDE)
SCOPES = {
    "everything": (Scope(), {}),
    "category": (Scope(categories=frozenset({"failure"})), {"category": "event"}),
    "severity": (Scope(severity="Moderate"), {"severity": "Severe"}),
    "area": (Scope(areas=frozenset({ZONE})), {"area": OUTSIDE}),
    "nothing": (NOTHING, None),
}


def body(**changes):
    return read_content(water(area=INSIDE, **changes))


@pytest.mark.parametrize("name", SCOPES)
@pytest.mark.parametrize("role", ["author", "crisis"])
def test_who_writes_is_held_to_the_scope(office, name, role):
    scope, beyond = SCOPES[name]
    marek = limited(scope, role)
    if beyond is None:
        with pytest.raises(Forbidden):
            create_alert(office.ports, body(), marek, None)
        return
    made = create_alert(office.ports, body(), marek, None)
    if beyond:
        wrong = read_content(water(**{"area": INSIDE, **beyond}))
        for act in (
            lambda: create_alert(office.ports, wrong, marek, None),
            lambda: begin_draft(office.ports, wrong, marek, None),
            lambda: edit_alert(office.ports, made.id, 1, marek, wrong),
        ):
            with pytest.raises(Forbidden) as refused:
                act()
            assert refused.value.code == "out-of-scope"
    assert submit_alert(office.ports, made.id, 1, marek).state is State.SUBMITTED


@pytest.mark.parametrize("name", SCOPES)
@pytest.mark.parametrize("role", ["approver", "crisis"])
def test_who_decides_is_held_to_the_scope(office, name, role):
    scope, beyond = SCOPES[name]
    inside = content(area=json.dumps(INSIDE))
    changes = {} if not beyond else {**beyond, **({"area": json.dumps(OUTSIDE)} if "area" in beyond else {})}
    office.alerts.put(alert("a1", state=State.SUBMITTED, content=inside))
    office.alerts.put(alert("a2", state=State.SUBMITTED, content=replace(inside, **changes)))
    marek = limited(scope, role)
    if beyond is None:
        with pytest.raises(Forbidden):
            approve_alert(office.ports, "a1", 1, marek)
        return
    assert approve_alert(office.ports, "a1", 1, marek).state is State.SCHEDULED
    if beyond:
        for act in (
            lambda: approve_alert(office.ports, "a2", 1, marek),
            lambda: cancel_alert(office.ports, "a2", 1, marek),
        ):
            with pytest.raises(Forbidden) as refused:
                act()
            assert refused.value.code == "out-of-scope"


def test_what_is_possible_is_told_within_the_scope_alone(office):
    inside = alert(content=content(area=json.dumps(INSIDE)))
    outside = alert(content=content(area=json.dumps(OUTSIDE)))
    marek = limited(Scope(areas=frozenset({ZONE})), "author")
    bounds = Bounds(office.ports, marek)
    assert possible(office.ports, inside, bounds, marek) == (Action.EDIT, Action.SUBMIT, Action.CANCEL)
    assert possible(office.ports, outside, bounds, marek) == ()


def test_each_role_has_a_scope_of_its_own(office):
    marek = replace(limited(Scope(), "author", "approver"), scopes={"approver": Scope(severity="Minor")})
    create_alert(office.ports, body(), marek, None)
    office.alerts.put(alert("a1", state=State.SUBMITTED))
    with pytest.raises(Forbidden):
        approve_alert(office.ports, "a1", 1, marek)


def test_an_unfinished_draft_is_held_to_what_it_says_so_far(office):
    marek = limited(Scope(categories=frozenset({"failure"}), areas=frozenset({ZONE})), "author")
    begin_draft(office.ports, read_unfinished({}), marek, None)
    begin_draft(office.ports, read_unfinished({"category": "failure"}), marek, None)
    with pytest.raises(Forbidden):
        begin_draft(office.ports, read_unfinished({"category": "event"}), marek, None)


@pytest.mark.parametrize(
    ("parts", "allowed"),
    [
        ([{"kind": "saved", "id": ZONE}], True),
        ([{"kind": "saved", "id": OTHER_ZONE}], False),
        ([{"kind": "saved", "id": ZONE}, {"kind": "saved", "id": OTHER_ZONE}], False),
        ([{"kind": "shape", "shape": INSIDE}], True),
        ([{"kind": "shape", "shape": OUTSIDE}], False),
        ([{"kind": "saved", "id": ZONE}, {"kind": "saved", "id": OTHER_ZONE, "subtract": True}], True),
    ],
)
def test_an_area_of_parts_lies_in_the_zones(office, parts, allowed):
    marek = limited(Scope(areas=frozenset({ZONE})), "author")
    form = {name: value for name, value in water().items() if name != "area"}
    make = lambda: create_alert(office.ports, read_content({**form, "parts": parts}), marek, None)  # noqa: E731
    if allowed:
        make()
        return
    with pytest.raises(Forbidden):
        make()


def test_a_zone_that_is_gone_holds_nothing(office):
    marek = limited(Scope(areas=frozenset({"gone"})), "author")
    with pytest.raises(Forbidden):
        create_alert(office.ports, body(), marek, None)


def test_severities_are_compared_from_the_least():
    order = ["Minor", "Moderate", "Severe", "Extreme"]
    for most, one in itertools.product(order, order):
        assert Scope(severity=most).takes("failure", one, None) == (order.index(one) <= order.index(most))
    assert not Scope(severity="Extreme").takes("failure", "Apocalyptic", None)
    assert not Scope(severity="Apocalyptic").takes("failure", "Minor", None)


FACTS = {"until": "2026-11-22T13:00:00Z", "telephone": "12 345 67 89"}


def worded(office, who=DISPATCHER, parts=ZONE, template=WATER):
    given = {"facts": FACTS, "parts": [{"kind": "saved", "id": parts}]}
    return word_alert(office.ports, templates(office), template, given, who, None)


def approved(office, *people):
    for who in people:
        stored = office.templates.get(TERC, WATER)
        revision = stored.value.revision if stored else 0
        approve_template(templates(office), WATER, revision, who)


def test_the_dispatcher_sends_alone_what_two_approved_in_the_own_zone(office):
    approved(office, PIOTR, EWA)
    made = worded(office)
    assert made.template == WATER
    assert ZONE in made.content.texts["pl"].title + made.content.texts["pl"].body
    sent = send_alone(office.ports, made.id, 1, DISPATCHER)
    assert (sent.state, sent.sent_alone, sent.approver) == (State.SCHEDULED, True, None)
    assert office.caller.calls or office.tasks
    with pytest.raises(Forbidden):
        confirm_alone(office.ports, made.id, 2, replace(DISPATCHER, roles=frozenset({"crisis"}), scopes={}))
    confirmed = confirm_alone(office.ports, made.id, 2, PIOTR)
    assert (confirmed.confirmer, confirmed.confirmed) == (PIOTR.person, office.clock.now())
    with pytest.raises(WrongState):
        confirm_alone(office.ports, made.id, 3, PIOTR)


def test_the_dispatcher_ends_what_was_sent(office):
    approved(office, PIOTR, EWA)
    made = worded(office)
    send_alone(office.ports, made.id, 1, DISPATCHER)
    assert cancel_alert(office.ports, made.id, None, DISPATCHER).state is State.CANCELLED
    assert confirm_alone(office.ports, made.id, 3, KASIA).state is State.CANCELLED


ONE_SHORT: dict[str, dict[str, Any]] = {
    "approved by nobody": {"people": ()},
    "approved by one": {"people": (PIOTR,)},
    "approved by the same twice": {"people": (PIOTR, PIOTR)},
    "approved by the sender and another": {
        "people": (PIOTR, replace(DISPATCHER, roles=frozenset({"approver"}), scopes={}))
    },
    "not alone": {"scope": replace(WORKS, alone=False)},
    "too severe a scope": {"scope": replace(WORKS, severity="Severe")},
    "every area": {"scope": replace(WORKS, areas=None)},
    "every template": {"scope": replace(WORKS, templates=None)},
    "as a duty officer": {"role": "crisis"},
}


@pytest.mark.parametrize("name", ONE_SHORT)
def test_whatever_is_missing_a_second_person_is_needed(office, name):
    case = ONE_SHORT[name]
    approved(office, *case.get("people", (PIOTR, EWA)))
    role = case.get("role", "author")
    who = replace(DISPATCHER, roles=frozenset({role}), scopes={role: case.get("scope", WORKS)})
    made = worded(office, who)
    with pytest.raises(Forbidden):
        send_alone(office.ports, made.id, 1, who)
    assert Action.SEND not in possible(office.ports, made, Bounds(office.ports, who), who)
    assert office.alerts.get(made.id).value == made
    assert submit_alert(office.ports, made.id, 1, who).state is State.SUBMITTED


@pytest.mark.parametrize("who", [STAFF["anna"], PIOTR, KASIA, STAFF["adam"], STAFF["dorota"]])
def test_nobody_else_sends_alone(office, who):
    approved(office, PIOTR, EWA)
    made = worded(office)
    with pytest.raises(Forbidden):
        send_alone(office.ports, made.id, 1, who)


def test_words_that_were_touched_or_that_others_approved_are_somebodys_own(office):
    approved(office, PIOTR, EWA)
    made = worded(office)
    edited = edit_alert(office.ports, made.id, 1, STAFF["anna"], read_content(water(area=INSIDE)))
    assert edited.template is None
    with pytest.raises(Forbidden):
        send_alone(office.ports, made.id, 2, DISPATCHER)
    with pytest.raises(Forbidden):
        edit_alert(office.ports, worded(office).id, 1, DISPATCHER, body())
    forged = alert("a9", worded=Worded(WATER, "0" * 64, 1), content=content(area=json.dumps(INSIDE)))
    office.alerts.put(forged)
    with pytest.raises(Forbidden):
        send_alone(office.ports, "a9", 1, DISPATCHER)


def test_a_template_that_was_changed_is_to_be_approved_anew(office):
    approved(office, PIOTR, EWA)
    old = worded(office)
    stored = office.templates.get(TERC, WATER).value
    other = replace(built_in()[WATER], name={"pl": "Inna nazwa"})
    change_template(templates(office), WATER, stored.revision, other, False, PIOTR)
    new = worded(office)
    with pytest.raises(Forbidden):
        send_alone(office.ports, new.id, 1, DISPATCHER)
    approved(office, PIOTR, EWA)
    with pytest.raises(Forbidden):
        send_alone(office.ports, old.id, 1, DISPATCHER)  # what was corrected is not sent as it was
    assert send_alone(office.ports, new.id, 1, DISPATCHER).sent_alone


def test_a_template_that_is_no_longer_offered_is_not_sent_alone(office):
    approved(office, PIOTR, EWA)
    made, stored = worded(office), office.templates.get(TERC, WATER).value
    change_template(templates(office), WATER, stored.revision, built_in()[WATER], True, PIOTR)
    with pytest.raises(Forbidden):
        send_alone(office.ports, made.id, 1, DISPATCHER)


def test_whoever_may_redraw_the_zones_sends_nothing_alone(office):
    approved(office, PIOTR, EWA)
    both = replace(DISPATCHER, roles=frozenset({"author", "crisis"}))
    made = worded(office, both)
    with pytest.raises(Forbidden, match="not-alone"):
        send_alone(office.ports, made.id, 1, both)


@pytest.mark.parametrize(("parts", "template"), [(OTHER_ZONE, WATER), (ZONE, "road_closure")])
def test_beyond_zone_or_template_nothing_is_even_begun(office, parts, template):
    approved(office, PIOTR, EWA)
    with pytest.raises(Forbidden):
        worded(office, parts=parts, template=template)


def test_whose_scope_is_for_templates_writes_nothing_freely(office):
    with pytest.raises(Forbidden):
        create_alert(office.ports, body(), DISPATCHER, None)
    with pytest.raises(Forbidden):
        begin_draft(office.ports, read_unfinished({}), DISPATCHER, None)


def test_an_alert_that_expired_is_not_sent(office):
    approved(office, PIOTR, EWA)
    made = worded(office)
    office.clock.advance(timedelta(days=30))
    with pytest.raises(NotSendable):
        send_alone(office.ports, made.id, 1, DISPATCHER)
    assert made.created == SUNDAY_NIGHT


@pytest.mark.parametrize("who", [STAFF["anna"], DISPATCHER, STAFF["adam"], STAFF["dorota"]])
def test_only_who_decides_about_alerts_approves_templates(office, who):
    with pytest.raises(Forbidden):
        approve_template(templates(office), WATER, 0, who)
