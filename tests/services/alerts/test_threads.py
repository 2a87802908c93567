"""Messages that take the place of others: what they say, who sends them, what becomes of the one before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.alert import Category, Kind, Severity, State, Text
from shared.domain.lifecycle import Action
from shared.domain.public_alert import public_alert
from shared.errors import Forbidden, InvalidInput, NotSendable, Unauthenticated, WrongState
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.edit_alert import edit_alert
from shared.services.alerts.extend_alert import extend_alert
from shared.services.alerts.follow_alert import follow_alert
from shared.services.alerts.read_alerts import get_thread
from shared.services.alerts.send_alone import confirm_alone, send_alone, send_now
from shared.services.alerts.stop_alert import stop_alert
from shared.services.alerts.submit_alert import submit_alert
from shared.services.delivery.start_alert import start_alert
from tests.fakes.alert_values import alert
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF
from tests.services.delivery_world import World, area_content

ANNA, PIOTR, EWA, KASIA = (STAFF[name] for name in ("anna", "piotr", "ewa", "kasia"))
HOUR = timedelta(hours=1)
GRAVE = {"severity": Severity.EXTREME}


class Town:
    """An office and what sends, on the same alerts; one of them is active and was sent to twelve."""

    def __init__(self, **changes: Any) -> None:
        self.world = World()
        self.world.populate(12)
        self.world.approve(**changes)
        start_alert(self.world.ports, "a1", 1)
        self.office = StaffApi(alerts=self.world.alerts, clock=self.world.clock)
        self.ports = self.office.ports

    def of(self, alert_id: str = "a1"):
        return self.office.alerts.get(alert_id).value

    def follow(self, action: Action, staff=ANNA, of: str = "a1"):
        return follow_alert(self.ports, of, self.of(of).revision, staff, action)

    def start(self, one) -> None:
        self.world.clock.advance(timedelta(seconds=1))
        start_alert(self.world.ports, one.id, self.of(one.id).generation)


def form(**changes: object):
    from shared.formats.content_json import read_content

    return read_content(water(**changes))


ENDS = {
    Action.UPDATE: (Kind.UPDATE, State.SUPERSEDED),
    Action.CORRECT: (Kind.CORRECTION, State.SUPERSEDED),
    Action.ALL_CLEAR: (Kind.ALL_CLEAR, State.ENDED),
    Action.TAKE_BACK: (Kind.CORRECTION, State.CANCELLED),
}


@pytest.mark.parametrize("action", ENDS)
@pytest.mark.parametrize("expired", [False, True])
def test_when_it_starts_the_one_before_gives_way_in_the_same_commit(action, expired):
    town = Town()
    if expired:
        known = town.office.alerts.get("a1")
        town.office.alerts.put(replace(known.value, state=State.EXPIRED, finished=town.world.clock.now()))
    begun = town.follow(action)
    assert (begun.kind, begun.thread, begun.replaces) == (ENDS[action][0], "a1", "a1")
    assert town.of().state is (State.EXPIRED if expired else State.ACTIVE)
    submit_alert(town.ports, begun.id, 1, ANNA)
    approve_alert(town.ports, begun.id, 2, PIOTR)
    before = town.world.delivery.writes
    town.start(begun)
    assert (town.of().state, town.of(begun.id).state) == (ENDS[action][1], State.ACTIVE)
    assert town.of().finished is not None
    last = town.office.alerts.history("a1")[-1]
    assert (last.by, last.details) == (None, {"by": begun.id})
    assert town.world.delivery.writes > before
    first, newer = public_alert(town.of()), public_alert(town.of(begun.id))
    assert (newer.thread, newer.kind, newer.version > first.version) == (first.thread, begun.kind, True)
    assert [one.id for one in get_thread(town.office.alerts, begun.id, ANNA)] == ["a1", begun.id]


def test_the_same_request_again_begins_no_second_one():
    town = Town()
    assert town.follow(Action.UPDATE).id == town.follow(Action.UPDATE).id
    assert town.follow(Action.UPDATE).id != town.follow(Action.CORRECT).id
    assert town.follow(Action.UPDATE, KASIA).id != town.follow(Action.UPDATE).id
    other = follow_alert(town.ports, "a1", town.of().revision, ANNA, Action.UPDATE, "another key")
    assert other.id != town.follow(Action.UPDATE).id


def test_its_version_is_above_one_that_grew_meanwhile():
    town = Town()
    begun = town.follow(Action.CORRECT)
    for hour in range(1, 4):
        extend_alert(town.ports, "a1", town.of().revision, ANNA, town.of().content.expires + hour * HOUR)
    send_alone(town.ports, begun.id, 1, PIOTR)
    town.start(begun)
    assert town.of(begun.id).version > town.of().version
    assert town.world.delivery.of(begun.id)[0].value.version == town.of(begun.id).version


def test_of_two_followers_the_second_is_neither_approved_nor_started():
    town = Town()
    first, second, late = (
        town.follow(Action.CORRECT),
        town.follow(Action.UPDATE),
        town.follow(Action.UPDATE, KASIA),
    )
    for one, author in ((second, ANNA), (late, KASIA)):
        submit_alert(town.ports, one.id, 1, author)
    approve_alert(town.ports, late.id, 2, PIOTR)
    send_alone(town.ports, first.id, 1, ANNA)
    town.start(first)
    with pytest.raises(WrongState) as refused:
        approve_alert(town.ports, second.id, 2, PIOTR)
    assert refused.value.code == "thread-moved-on"
    town.start(late)
    assert town.of(late.id).state is State.HELD
    assert not town.world.delivery.of(late.id)
    with pytest.raises(WrongState):
        approve_alert(town.ports, late.id, town.of(late.id).revision, PIOTR)


def test_what_is_over_is_told_at_the_least_severity_in_every_prepared_language():
    texts = {"pl": Text("Powódź: Rynek", "Woda.", "Uciekaj."), "en": Text("Flood", "Water.", "Run.")}
    town = Town(texts=texts, **GRAVE)
    for action in (Action.ALL_CLEAR, Action.TAKE_BACK):
        said = town.follow(action).content
        assert (said.severity, said.response, said.event_ends) == (Severity.MINOR, "AllClear", None)
        assert set(said.texts) == {"pl", "en"}
        assert "Powódź: Rynek" in said.texts["pl"].title
        assert said.area == town.of().content.area
    assert town.follow(Action.CORRECT).content.severity is Severity.EXTREME
    assert town.follow(Action.UPDATE).content.texts == texts


@pytest.mark.parametrize("who", [ANNA, PIOTR, KASIA], ids=["author", "approver", "crisis"])
def test_one_person_sends_a_prepared_correction_of_whatever_severity(who):
    town = Town(**GRAVE)
    begun = town.follow(Action.CORRECT, who)
    sent = send_alone(town.ports, begun.id, 1, who)
    assert (sent.state, sent.sent_alone, sent.confirmed) == (State.SCHEDULED, True, None)
    with pytest.raises(Forbidden):
        confirm_alone(town.ports, begun.id, 2, who)
    assert confirm_alone(town.ports, begun.id, 2, EWA).confirmer == EWA.person


@pytest.mark.parametrize("action", [Action.ALL_CLEAR, Action.TAKE_BACK])
def test_what_is_grave_is_ended_by_two_or_by_who_is_on_duty(action):
    town = Town(**GRAVE)
    begun = town.follow(action)
    for who in (ANNA, PIOTR, KASIA):
        with pytest.raises(Forbidden) as refused:
            send_alone(town.ports, begun.id, 1, who)
        assert refused.value.code == "not-alone"
    for who in (ANNA, PIOTR):
        with pytest.raises(Forbidden):
            send_now(town.ports, begun.id, 1, who, "pomyłka")
    sent = send_now(town.ports, begun.id, 1, KASIA, "pomyłka")
    assert (sent.state, sent.reason, sent.sent_alone, sent.confirmed) == (
        State.SCHEDULED,
        "pomyłka",
        True,
        None,
    )


@pytest.mark.parametrize("action", [Action.ALL_CLEAR, Action.TAKE_BACK])
def test_what_is_lesser_is_ended_by_one_person_with_the_prepared_text(action):
    town = Town()
    begun = town.follow(action)
    assert send_alone(town.ports, begun.id, 1, ANNA).state is State.SCHEDULED


@pytest.mark.parametrize("action", ENDS)
def test_free_words_need_a_second_person(action):
    town = Town()
    begun = town.follow(action)
    edit_alert(town.ports, begun.id, 1, ANNA, form(severity="Minor", area_change="eased"))
    with pytest.raises(Forbidden) as refused:
        send_alone(town.ports, begun.id, 2, ANNA)
    assert refused.value.code == "not-alone"


def test_ending_what_is_grave_asks_for_a_fresh_factor_though_it_is_told_softly():
    town = Town(**GRAVE)
    begun = town.follow(Action.TAKE_BACK)
    stale = replace(KASIA, proof=replace(KASIA.proof, fresh_for=timedelta()))
    with pytest.raises(Unauthenticated):
        send_now(town.ports, begun.id, 1, stale, "pomyłka")
    assert town.of(begun.id).state is State.DRAFT


def test_taking_back_stops_the_sending_at_once_and_again_is_as_good_as_once():
    town = Town()
    town.follow(Action.TAKE_BACK)
    assert (town.of().state, town.of().stopped is not None) == (State.ACTIVE, True)
    stopped = town.of()
    assert stop_alert(town.ports, "a1", None, PIOTR) == stopped


def test_what_was_stopped_sends_nothing_more_and_stays_as_it_is_for_who_has_it():
    world = World()
    world.populate(40)
    world.approve()
    start_alert(world.ports, "a1", 1)
    sent = dict(world.pushed)
    assert 0 < len(sent) < len(world.expected)
    office = StaffApi(alerts=world.alerts, clock=world.clock)
    stop_alert(office.ports, "a1", None, PIOTR, "zły obszar")
    world.run_all()
    assert dict(world.pushed) == sent
    assert (world.state(), public_alert(world.alert()).state) == ("stopped", State.ACTIVE)


def test_what_is_extended_goes_on_being_sent():
    world = World()
    world.populate(40)
    world.approve()
    start_alert(world.ports, "a1", 1)
    assert len(world.pushed) < len(world.expected)
    office = StaffApi(alerts=world.alerts, clock=world.clock)
    extend_alert(office.ports, "a1", 3, ANNA, world.alert().content.expires + HOUR)
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert world.state() == "done"


@pytest.mark.parametrize(
    ("moved", "code"),
    [
        (timedelta(0), "expires-not-later"),
        (-HOUR, "expires-not-later"),
        (timedelta(days=40), "expires-too-late"),
    ],
)
def test_it_is_extended_to_a_later_moment_within_reach(moved, code):
    town = Town()
    with pytest.raises(InvalidInput) as refused:
        extend_alert(town.ports, "a1", town.of().revision, ANNA, town.of().content.expires + moved)
    assert code in {error.code for error in refused.value.errors}


def test_what_ran_out_is_not_extended():
    town = Town()
    town.world.clock.advance(timedelta(days=2))
    with pytest.raises(WrongState):
        extend_alert(town.ports, "a1", town.of().revision, ANNA, town.world.clock.now() + HOUR)


@pytest.mark.parametrize("exercise", [True, False])
def test_what_was_handed_on_stays_an_exercise_or_none(exercise):
    office = StaffApi()
    office.alerts.put(alert(content=area_content(exercise=exercise)))
    edit_alert(office.ports, "a1", 1, ANNA, form(exercise=not exercise))
    submit_alert(office.ports, "a1", 2, ANNA)
    for revision in (3, 4):
        with pytest.raises(InvalidInput) as refused:
            edit_alert(office.ports, "a1", revision, ANNA, form(exercise=exercise))
        assert [error.code for error in refused.value.errors] == ["exercise-settled"]
        if revision == 3:
            edit_alert(office.ports, "a1", 3, ANNA, form(exercise=not exercise))


def test_a_follower_of_an_exercise_is_one():
    town = Town(exercise=True)
    begun = town.follow(Action.UPDATE)
    assert begun.content.exercise
    with pytest.raises(InvalidInput):
        edit_alert(town.ports, begun.id, 1, ANNA, form(exercise=False))


def test_sending_now_goes_at_once_whatever_moment_it_was_meant_for():
    office = StaffApi()
    moment = office.clock.now() + HOUR
    office.alerts.put(alert(content=area_content(send_at=moment, sound_at=None)))
    sent = send_now(office.ports, "a1", 1, KASIA, "pali się")
    assert sent.due() == office.clock.now()
    assert office.caller.calls
    assert office.alerts.history("a1")[-1].details["reason"] == "pali się"


def test_sending_now_sends_nothing_that_is_not_complete():
    office = StaffApi()
    office.alerts.put(alert(content=area_content(category=Category.WARNING, event=None)))
    with pytest.raises(NotSendable):
        send_now(office.ports, "a1", 1, KASIA, "pali się")
    assert office.alerts.get("a1").value.state is State.DRAFT
