"""What is held before it starts and what is not; what staff hear of it; what they do then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.alert import Kind, Severity, State
from shared.domain.approval import Confirmed
from shared.domain.interlock import Fault
from shared.domain.lifecycle import Action
from shared.errors import Conflict, PreconditionFailed
from shared.formats.move_json import Move
from shared.services.alerts.approve_alert import approve_alert
from shared.services.alerts.extend_alert import extend_alert
from shared.services.alerts.follow_alert import follow_alert
from shared.services.alerts.move_alert import move_alert
from shared.services.alerts.send_alone import send_now
from shared.services.delivery.start_alert import start_alert
from tests.fakes.alert_values import APPROVER, AUTHOR
from tests.fakes.areas import GAZETTEER, FakeAreaLibrary, row_of_houses
from tests.fakes.faults import DiedError
from tests.fakes.municipalities import BOUNDARY, square
from tests.services.interlock.town import (
    ANNA,
    AREA,
    GRAVE,
    HALF,
    HOUSES,
    KASIA,
    LAT,
    LESSER,
    PIOTR,
    SECOND,
    Town,
)

EVERY = (*LESSER, *GRAVE)


def sent_to_all(town: Town) -> bool:
    return town.alert.state is State.ACTIVE and town.world.pushed == dict.fromkeys(town.world.expected, 1)


def build_houses(town: Town) -> None:
    """The next register has a street more in the area."""
    town_now, *others = GAZETTEER.localities
    first, *rest = town_now.streets
    longer = replace(first, houses=row_of_houses(43, 19.93, LAT))
    new = replace(first, code="90009", name="ul. Nowa", houses=row_of_houses(20, 19.931, LAT + HALF / 4))
    register = replace(GAZETTEER, localities=(replace(town_now, streets=(longer, new, *rest)), *others))
    town.register.gazetteers = FakeAreaLibrary((register,)).gazetteers


@pytest.mark.parametrize("severity", EVERY)
def test_honest_growth_of_a_tenth_passes(severity):
    town = Town(100, severity=severity)
    town.approve()
    town.move_in(10)
    town.start()
    assert sent_to_all(town)


@pytest.mark.parametrize("severity", EVERY)
def test_a_borders_buffer_passes(severity):
    """The area runs along the boundary and some metres over it, where strangers live."""
    east = 20.0
    town = Town(0, severity=severity, area=square(49.85, east - 0.002 + 0.0001, 0.002))
    for number in range(15):
        town.world.add(f"ours{number}", (49.85, east - 0.001 - number / 100_000))
    for number in range(3):
        town.world.add(f"theirs{number}", (49.85, east + 0.00005))
    town.approve()
    for number in range(3, 6):
        town.world.add(f"theirs{number}", (49.85, east + 0.00005))
    town.start()
    assert sent_to_all(town)


def grow(town: Town) -> None:
    town.move_in(40)


def leave(town: Town) -> None:
    town.move_out(30)


def leave_all(town: Town) -> None:
    town.move_out(town.moved_in)


NUMBERS = [
    (grow, Fault.PHONES),
    (leave, Fault.PHONES),
    (leave_all, Fault.NOBODY),
    (build_houses, Fault.ADDRESSES),
]


@pytest.mark.parametrize(("happens", "fault"), NUMBERS)
@pytest.mark.parametrize("severity", LESSER)
def test_other_numbers_hold_what_can_wait(happens, fault, severity):
    town = Town(40, severity=severity)
    town.approve()
    happens(town)
    town.start()
    assert (town.alert.state, town.whys) == (State.HELD, [fault.why])
    assert not town.world.pushed
    assert not town.world.published.writes
    assert {("held", ""), ("held", AUTHOR.uid), ("held", APPROVER.uid)} <= town.called()
    told = town.office.alerts.history("a1")[-1].details
    assert (told.keys() > {"why"}) is (fault is Fault.ADDRESSES), "people are told in no number"


@pytest.mark.parametrize(("happens", "fault"), NUMBERS)
@pytest.mark.parametrize("severity", GRAVE)
def test_no_number_holds_what_endangers_people(happens, fault, severity):
    town = Town(40, severity=severity)
    town.approve(Confirmed(None, 40, 40))
    happens(town)
    town.start()
    assert sent_to_all(town) or (fault is Fault.NOBODY and town.alert.state is State.ACTIVE)
    assert not town.whys
    told = {("other-reach", AUTHOR.uid), ("other-reach", APPROVER.uid)} <= town.called()
    assert told is (happens is not build_houses)
    assert [one.action for one in town.office.alerts.history("a1")].count("differ") == told
    assert (town.alert.interlock.told is not None) is told


def test_whoever_said_nothing_of_what_they_saw_is_told_nothing():
    town = Town(40, severity=Severity.SEVERE)
    town.approve()
    grow(town)
    town.start()
    assert sent_to_all(town)
    assert town.alert.interlock.told is None


def test_who_dies_before_the_delivery_is_ended_tells_the_difference_once(monkeypatch):
    town = Town(40, severity=Severity.SEVERE)
    town.approve(Confirmed(None, 40, 40))
    grow(town)
    replaced = town.hooks.replace
    died: list[object] = []

    def dying(before, after):
        if after.over and not died:
            died.append(after)
            raise DiedError
        return replaced(before, after)

    monkeypatch.setattr(town.hooks, "replace", dying)
    town.start()
    assert died
    assert sent_to_all(town)
    assert [one.action for one in town.office.alerts.history("a1")].count("differ") == 1
    assert town.world.of().over


def test_what_was_held_and_is_approved_once_more_goes():
    for happens, _ in NUMBERS:
        town = Town(40, severity=Severity.MINOR)
        town.approve()
        happens(town)
        town.start()
        assert town.alert.state is State.HELD
        town.approve()
        town.start()
        assert town.alert.state is State.ACTIVE, happens
        assert town.world.pushed.keys() == town.world.expected


def test_where_nobody_lives_it_is_asked_once():
    """In the fields: no address of the register, and nobody with a phone."""
    town = Town(0, severity=Severity.MODERATE, area=square(49.88, 19.91, 0.001))
    town.approve()
    town.start()
    assert town.whys == [Fault.NOBODY.why]
    town.approve()
    town.start()
    assert town.alert.state is State.ACTIVE


def test_where_nobody_has_a_phone_yet_nothing_is_asked():
    town = Town(0, severity=Severity.MINOR)
    town.approve()
    town.start()
    assert town.alert.state is State.ACTIVE


def test_what_was_altered_and_held_goes_as_somebody_then_approves_it():
    town = Town(12, severity=Severity.EXTREME)
    town.approve()
    town.alter(area=BOUNDARY)
    town.start()
    assert town.whys == [Fault.CHANGED.why]
    town.alter(area=AREA)
    town.approve()
    town.start()
    assert sent_to_all(town)


@pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.ALL_CLEAR])
def test_what_goes_to_whoever_was_told_is_not_held_for_who_lives_in_its_area(kind):
    town = Town(40, severity=Severity.MINOR)
    town.approve()
    town.world.alerts.put(replace(town.alert, kind=kind))
    grow(town)
    town.start()
    assert town.alert.state is State.ACTIVE


def test_nobody_approves_what_was_altered_by_what_they_saw_before():
    town = Town(12, severity=Severity.SEVERE)
    seen = town.approve().revision
    town.alter(area=BOUNDARY)
    town.start()
    assert town.alert.state is State.HELD
    with pytest.raises(PreconditionFailed):
        approve_alert(town.ports, "a1", seen, PIOTR)


def test_what_is_sent_by_one_person_is_held_to_what_they_sent():
    town = Town(12, severity=Severity.EXTREME)
    send_now(town.ports, "a1", town.alert.revision, KASIA, "Pilne", confirmed=Confirmed(HOUSES, 10, 10))
    assert town.alert.interlock.shown.phones == 10
    town.alter(area=BOUNDARY)
    town.start()
    assert (town.alert.state, town.whys, dict(town.world.pushed)) == (State.HELD, [Fault.CHANGED.why], {})


def test_a_move_keeps_the_approval_and_its_interlock():
    town = Town(12, severity=Severity.SEVERE)
    later = town.world.clock.now() + 100 * SECOND
    town.alter(send_at=later)
    town.approve()
    move_alert(town.ports, "a1", town.alert.revision, ANNA, Move(later + 100 * SECOND, None))
    assert town.alert.interlock.generation == town.alert.generation == 2
    moved = Town(12, severity=Severity.SEVERE)
    moved.office.alerts.put(replace(town.alert, content=replace(town.alert.content, area=BOUNDARY)))
    moved.world.clock.advance(300 * SECOND)
    moved.start()
    assert moved.whys == [Fault.CHANGED.why]
    town.world.clock.advance(300 * SECOND)
    town.start()
    assert sent_to_all(town)


def test_what_is_extended_while_it_is_sent_is_no_other_alert():
    town = Town(12, severity=Severity.SEVERE)
    town.approve()

    def extend():
        town.hooks.after_start = None
        extend_alert(town.ports, "a1", town.alert.revision, ANNA, town.alert.content.expires + 600 * SECOND)

    town.hooks.after_start = extend
    town.start()
    assert sent_to_all(town)


def test_an_approval_of_a_release_before_is_held_for_nothing():
    """Without an interlock, and with one of an approval that an instance of before followed by its own."""
    for kept in (None, "older"):
        town = Town(12, severity=Severity.MODERATE)
        town.approve()
        known = town.alert
        of_before = None if kept is None else replace(known.interlock, generation=0, digest="1:other")
        town.office.alerts.put(replace(known, interlock=of_before))
        grow(town)
        town.start()
        assert sent_to_all(town)


def test_what_is_altered_after_its_start_leaves_what_it_replaced_replaced():
    """At no moment are both in force, or neither: it stays active, and nobody is sent it."""
    town = Town(12, severity=Severity.SEVERE)
    town.approve()
    town.start()
    begun = follow_alert(town.ports, "a1", town.alert.revision, ANNA, Action.CORRECT)
    send_now(town.ports, begun.id, begun.revision, KASIA, "Pilne")
    pushed = dict(town.world.pushed)

    def alter():
        known = town.office.alerts.get(begun.id).value
        town.office.alerts.put(replace(known, content=replace(known.content, area=BOUNDARY)))

    town.hooks.after_start = alter
    town.world.clock.advance(SECOND)
    start_alert(town.world.ports, begun.id, 1)
    now = town.office.alerts.get(begun.id).value
    assert (now.state, now.stopped == now.held is not None) == (State.ACTIVE, True)
    assert town.alert.state is State.SUPERSEDED
    assert town.world.pushed == pushed


def test_a_worker_that_loses_the_race_to_hold_it_sends_nothing_and_comes_again(monkeypatch):
    town = Town(12, severity=Severity.SEVERE)
    town.approve()
    alerts = town.world.alerts
    raced: list[object] = []

    def alter():
        town.alter(area=BOUNDARY)
        monkeypatch.setattr(alerts, "replace", lose)

    def lose(before, after, *rest):
        if not raced:
            raced.append(after)
            raise Conflict
        return type(alerts).replace(alerts, before, after, *rest)

    town.hooks.after_start = alter
    town.start()
    assert raced
    assert not town.world.pushed
    assert town.alert.stopped is not None


def test_the_count_is_kept_until_the_start_and_no_longer():
    town = Town(12, severity=Severity.MINOR)
    town.approve()
    assert town.alert.interlock.phones >= 12
    town.start()
    assert town.alert.interlock.phones is None
    grave = Town(12, severity=Severity.EXTREME)
    grave.approve()
    assert grave.alert.interlock.phones is None


def test_the_ledger_has_the_digest():
    town = Town(12)
    approved = town.approve()
    town.start()
    assert town.world.of().digest == approved.interlock.digest == town.alert.interlock.digest
