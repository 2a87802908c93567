"""What follows an alert goes to who was sent it: over the ledgers of its thread, as the index knows them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from shared.domain.alert import Kind, Severity, State
from shared.domain.content import Response
from shared.domain.delivery import DeliveryRef, DeliveryState
from shared.domain.ledger import TOKEN_DIGITS, shares, token_of
from shared.domain.preferences import Preferences, QuietHours
from shared.domain.public_alert import public_alert
from shared.labels import label
from shared.services.delivery.deliver_slice import deliver_slice
from shared.services.delivery.plan_told import told_slices
from shared.services.delivery.start_alert import start_alert
from tests.fakes.alert_values import alert
from tests.services.delivery_world import EAST, NORTH, SOUTH, WEST, World, area_content, resident

MIDDLE = (WEST + EAST) / 2
CENTRE = (49.8318, (WEST + MIDDLE) / 2)  # in the western half
EASTERN = (49.8318, (MIDDLE + EAST) / 2)
BEYOND = (49.8318, EAST + 0.002)
ENDS = {
    Kind.UPDATE: State.SUPERSEDED,
    Kind.CORRECTION: State.SUPERSEDED,
    Kind.ALL_CLEAR: State.ENDED,
}


def box(west: float, east: float) -> str:
    ring = [[west, SOUTH], [east, SOUTH], [east, NORTH], [west, NORTH], [west, SOUTH]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


WIDER, WESTERN = box(WEST, EAST + 0.004), box(WEST, MIDDLE)


class Thread:
    """An alert "a1" and what follows it, each started and delivered to its end unless said otherwise."""

    def __init__(self, **changes: Any) -> None:
        self.world = World()
        self.last = "a1"
        self.changes = changes

    def lives(self, uid: str, *points: tuple[float, float], devices: int = 1, **wishes: Any) -> None:
        self.leaves(uid)
        for one in resident(uid, *points, devices=devices):
            self.world.audience.put(replace(one, preferences=Preferences(**wishes)))

    def leaves(self, uid: str) -> None:
        kept = self.world.audience.documents
        for key in [key for key, one in kept.items() if one.uid == uid]:
            del kept[key]

    def alert(self, run: bool = True) -> None:
        self.world.approve(**self.changes)
        start_alert(self.world.ports, "a1", 1)
        if run:
            self.run()

    def follows(self, kind: Kind, *, run: bool = True, change: str = "", ends: Any = None, **content: Any):
        now = self.world.clock.now()
        one = alert(
            f"b{self.last}",
            content=area_content(**{**self.changes, **content}),
            state=State.SCHEDULED,
            revision=2,
            generation=1,
            submitted=now,
            approved=now,
            version=self.world.alert(self.last).version + 1,
            kind=kind,
            thread="a1",
            replaces=self.last,
            ends_what=ends or ENDS[kind],
            area_change=change,
        )
        self.world.alerts.put(one)
        self.last = one.id
        start_alert(self.world.ports, one.id, 1)
        if run:
            self.run()

    def run(self) -> None:
        """Also tasks of those before; the trigger is not needed: every start enqueues its own."""
        for _ in range(500):
            due = [item for item in self.world.tasks.waiting if item.task.function != "expire_alert"]
            if not due:
                return
            self.world.tasks.run_next(self.world.run)
        raise AssertionError("the queue never empties")

    def told(self, alert_id: str | None = None) -> dict[str, dict[str, str]]:
        """The data of each push of a message, by target."""
        found: dict[str, dict[str, str]] = {}
        for message in self.world.push.messages:
            if message["data"]["alert"] == (alert_id or self.last):
                assert message["token"] not in found, "nobody is told twice"
                found[message["token"]] = message["data"]
        return found


def started(**changes: Any) -> Thread:
    """Ann in the west, bob in the east with two phones, cyd outside; all as they were told, or not."""
    thread = Thread(**changes)
    thread.lives("ann", CENTRE)
    thread.lives("bob", EASTERN, devices=2)
    thread.lives("cyd", BEYOND)
    thread.alert()
    assert thread.told("a1").keys() == {"ann-1", "bob-1", "bob-2"}
    return thread


FOLLOWERS = [(Kind.CORRECTION, None), (Kind.ALL_CLEAR, None), (Kind.CORRECTION, State.CANCELLED)]


@pytest.mark.parametrize(("kind", "ends"), FOLLOWERS, ids=["correction", "all-clear", "taking back"])
def test_it_goes_to_exactly_those_who_were_told_wherever_they_are_by_now(kind, ends):
    thread = started()
    thread.lives("cyd", CENTRE)  # moved in since
    thread.lives("ann", BEYOND)  # moved away since
    thread.follows(kind, ends=ends, severity=Severity.MINOR)
    told = thread.told()
    assert told.keys() == {"ann-1", "bob-1", "bob-2"}
    assert {(one["thread"], one["kind"]) for one in told.values()} == {("a1", kind.value)}
    listed = public_alert(thread.world.alert(thread.last))  # for everybody who is in the area now
    assert (listed.state, listed.area) == (State.ACTIVE, thread.world.alert("a1").content.area)
    assert thread.world.state(DeliveryRef(thread.last, "push.1")) == "done"


def test_each_is_told_on_the_phones_that_they_have_now_and_nobody_in_their_stead():
    thread = started()
    documents = thread.world.audience.documents
    fresh = documents["ann.1"].devices[0]
    thread.leaves("ann")
    thread.lives("ann", BEYOND, CENTRE)  # another place, by another number ...
    del documents["ann.1"]
    token = replace(fresh, target=replace(fresh.target, value="ann-new"))
    documents["ann.2"] = replace(documents["ann.2"], devices=(token,))  # ... and a new registration
    thread.leaves("bob")  # erased; somebody else has the phone
    documents["eve.1"] = replace(resident("eve", EASTERN)[0], devices=(replace(fresh, id="1"),))
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR)
    assert thread.told().keys() == {"ann-new"}


def test_who_has_muted_such_alerts_since_hears_how_it_ends_without_a_sound():
    thread = started(severity=Severity.SEVERE)
    thread.lives("ann", CENTRE, least=Severity.EXTREME)
    noon = thread.world.clock.now().replace(hour=11) + timedelta(days=1)
    thread.world.clock.advance(noon - thread.world.clock.now())
    later = noon + timedelta(hours=5)
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR, expires=later)
    assert {target: one["sound"] for target, one in thread.told().items()} == {
        "ann-1": "off",
        "bob-1": "on",
        "bob-2": "on",
    }


@pytest.mark.parametrize("wishes", [{}, {"quiet": QuietHours(time(1), time(5))}], ids=["none", "own hours"])
def test_an_all_clear_wakes_nobody_at_night(wishes):
    thread = Thread(severity=Severity.EXTREME)
    thread.lives("ann", CENTRE, **wishes)
    night = (thread.world.clock.now() + timedelta(days=1)).replace(hour=1, minute=30)  # 2:30 or 3:30 here
    thread.world.clock.advance(night - thread.world.clock.now())
    thread.changes["expires"] = night + timedelta(hours=5)
    thread.alert()
    assert thread.told("a1")["ann-1"]["sound"] == "on"
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR)
    assert thread.told()["ann-1"]["sound"] == "off"


def test_an_update_with_a_larger_area_reaches_newcomers_with_the_whole_text():
    thread = started()
    thread.lives("dan", BEYOND, least=Severity.EXTREME)  # wants no such alerts, and was told none
    thread.follows(Kind.UPDATE, area=WIDER)
    told = thread.told()
    assert told.keys() == {"ann-1", "bob-1", "bob-2", "cyd-1"}
    assert len({one["body"] for one in told.values()}) == 1
    assert not any("narrowed" in one for one in told.values())


@pytest.mark.parametrize("change", ["eased", "wrong"])
@pytest.mark.parametrize("evacuation", [False, True])
def test_an_update_with_a_smaller_area_says_so_to_those_whom_it_leaves_out(change, evacuation):
    response = Response("Evacuate") if evacuation else None
    thread = started(severity=Severity.EXTREME, response=response)
    thread.follows(Kind.UPDATE, area=WESTERN, change=change, response=Response("Prepare"))
    told = thread.told()
    assert told.keys() == {"ann-1", "bob-1", "bob-2"}
    aside = told["bob-1"]
    assert "narrowed" not in told["ann-1"]
    assert (told["ann-1"]["severity"], aside["severity"]) == ("Extreme", "Minor")
    assert (aside["narrowed"], aside["title"] != told["ann-1"]["title"]) == (change, True)
    assert aside["body"].endswith(label("narrowed", "no_return", "pl")) is evacuation


def test_who_was_left_out_hears_of_the_area_again_only_when_it_takes_them_in_and_of_the_end_in_any_case():
    thread = started()
    thread.follows(Kind.UPDATE, area=WESTERN, change="eased")
    thread.follows(Kind.UPDATE, area=WESTERN)
    assert thread.told().keys() == {"ann-1"}
    thread.lives("bob", EASTERN, devices=2, least=Severity.EXTREME)
    thread.follows(Kind.UPDATE)  # the area as it was; bob wants no such alerts by now
    assert thread.told().keys() == {"ann-1"}
    thread.lives("bob", EASTERN, devices=2)
    thread.follows(Kind.UPDATE)
    assert {target: "narrowed" in one for target, one in thread.told().items()} == {
        "ann-1": False,
        "bob-1": False,
        "bob-2": False,
    }
    thread.follows(Kind.UPDATE, area=WESTERN, change="wrong")
    thread.follows(Kind.ALL_CLEAR, area=WESTERN, severity=Severity.MINOR)
    assert thread.told().keys() == {"ann-1", "bob-1", "bob-2"}


def test_an_update_of_the_same_area_reaches_also_who_moved_away_or_wants_no_such_alerts_any_more():
    thread = started(severity=Severity.EXTREME)
    thread.lives("ann", BEYOND)
    thread.lives("bob", EASTERN, devices=2, least=Severity.SEVERE)
    thread.follows(Kind.UPDATE, severity=Severity.MODERATE)
    assert {target: one["sound"] == "off" for target, one in thread.told().items()} == {
        "ann-1": False,
        "bob-1": True,
        "bob-2": True,
    }


def crowded(run: bool = False) -> Thread:
    """An alert to forty, of whom the first slice is told."""
    thread = Thread()
    thread.world.populate(40)
    thread.alert(run=run)
    return thread


def test_what_is_still_being_sent_is_ended_first_and_only_who_was_sent_it_is_told():
    thread = crowded()
    sent = set(thread.told("a1"))
    assert 0 < len(sent) < len(thread.world.expected)
    thread.follows(Kind.CORRECTION, run=False)
    assert thread.world.state() == "stopped"
    thread.run()
    assert set(thread.told("a1")) == sent == set(thread.told())


def test_a_delivery_that_did_not_begin_is_ended_as_well():
    thread = crowded(run=True)
    ring = thread.world.of(DeliveryRef("a1", "push.1"))
    planned = replace(ring, number=2, state=DeliveryState.PLANNED, read_time=None, slices=0, figures=None)
    thread.world.deliveries.put(planned)
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR)
    assert thread.world.state(planned.ref) == "stopped"
    assert set(thread.told()) == thread.world.expected


def test_whom_a_worker_that_died_had_told_unrecorded_is_told_how_it_ends(monkeypatch):
    """It is waited for as long as it may still be at work, then put down, then told."""
    thread = crowded()
    recorded = set(thread.told("a1"))
    world = thread.world
    save = world.delivery.save

    def dies(ref, before, after, wave):
        if wave is not None and ref.alert == "a1":
            raise MemoryError
        return save(ref, before, after, wave)

    with monkeypatch.context() as patched:
        patched.setattr(world.delivery, "save", dies)
        with pytest.raises(MemoryError):
            deliver_slice(world.ports, DeliveryRef("a1", "push.1"), 1, 1, 0)
    sent = set(thread.told("a1"))
    assert len(sent) > len(recorded)
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR, run=False)
    assert not thread.told()
    assert world.state() == "sending"
    thread.run()
    assert sent == set(thread.told())
    assert world.state() == "stopped"
    assert world.state(DeliveryRef(thread.last, "push.1")) == "done"


def test_of_what_came_before_all_ledgers_count_also_of_what_was_taken_back():
    thread = started()
    lost = thread.world.audience.documents.pop("ann.1")  # no phone for a while
    thread.follows(Kind.CORRECTION, ends=State.CANCELLED, severity=Severity.MINOR)
    thread.world.audience.documents["ann.1"] = lost
    thread.follows(Kind.UPDATE, area=WIDER)
    assert thread.world.of(DeliveryRef(thread.last, "push.1")).recipients_of == ("ba1", "a1")
    thread.world.audience.documents.pop("ann.1")
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR)
    assert thread.told().keys() == {"bob-1", "bob-2", "cyd-1"}


def test_a_later_telling_with_sound_of_an_update_is_for_its_area_alone():
    thread = started()
    thread.lives("ann", BEYOND)
    later = thread.world.clock.now() + timedelta(minutes=10)
    thread.follows(Kind.UPDATE, sound_at=later, run=False)
    first, second = (thread.world.of(DeliveryRef(thread.last, f"push.{number}")) for number in (1, 2))
    assert (first.recipients_of, second.recipients_of) == (("a1",), ())


def test_each_resident_costs_a_read_and_each_wave_a_write(monkeypatch):
    thread = crowded(run=True)
    asked: list[int] = []
    audience = thread.world.audience
    entries, of = audience.entries, audience.of

    def counted(keys, read_time):
        asked.append(len(keys))
        return entries(keys, read_time)

    def one_by_one(uid, read_time):
        asked.append(2)
        return of(uid, read_time)

    monkeypatch.setattr(audience, "entries", counted)
    monkeypatch.setattr(audience, "of", one_by_one)
    before = thread.world.delivery.writes
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR)
    residents = {one.rpartition("-")[0] for one in thread.world.expected}
    assert sum(asked) == len(residents)
    waves = len([wave for ref, wave in thread.world.deliveries.waves if ref.alert == thread.last])
    slices = len(thread.world.slices(DeliveryRef(thread.last, "push.1")))
    assert thread.world.delivery.writes - before <= 5 + waves + 4 * slices


def test_shares_hold_every_token_once():
    for number in (1, 2, 3, 7, 400):
        cut = list(shares(number))
        assert (cut[0][0], cut[-1][1]) == ("0" * TOKEN_DIGITS, "f" * TOKEN_DIGITS)
        ends = [int(hi, 16) + 1 for _, hi in cut[:-1]]
        assert ends == [int(lo, 16) for lo, _ in cut[1:]]
    assert len(token_of("ann")) == TOKEN_DIGITS


def test_there_are_as_many_shares_as_the_largest_message_filled():
    thread = crowded(run=True)
    one = replace(thread.world.of(), recipients_of=("a1", "gone"))
    cut = told_slices(thread.world.ports, one, first=3, size=12)
    assert [part.index for part in cut] == list(range(3, 3 + len(cut)))
    assert len(cut) == -(-len(thread.world.expected) // 12)
    assert told_slices(thread.world.ports, thread.world.of(), first=0, size=12) == ()


def test_a_delivery_that_never_ends_holds_up_nothing_for_ever(caplog):
    """One of its slices cannot be read: its ledger is read as it is."""
    thread = crowded(run=True)
    stuck = replace(thread.world.of(), state=DeliveryState.SENDING, slices=99, figures=None)
    thread.world.deliveries.put(stuck)
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR)
    assert set(thread.told()) == thread.world.expected
    assert thread.world.state(DeliveryRef(thread.last, "push.1")) == "done"
    assert "does not end" in caplog.text


def test_nothing_is_waited_for_once_what_follows_is_over_itself():
    thread = crowded()
    sent = set(thread.told("a1"))
    first, second = (thread.world.deliveries.slice(DeliveryRef("a1", "push.1"), index) for index in (1, 2))
    for part in (first, second):
        held = replace(part.value, held_until=thread.world.clock.now() + timedelta(seconds=100))
        thread.world.deliveries.save(DeliveryRef("a1", "push.1"), part, held, None)
    thread.follows(Kind.CORRECTION, run=False)
    assert not thread.told()
    waiting = thread.last
    thread.follows(Kind.ALL_CLEAR, severity=Severity.MINOR, run=False)
    assert thread.world.state(DeliveryRef(waiting, "push.1")) == "stopped"
    thread.run()
    assert not thread.told(waiting)
    assert set(thread.told()) >= sent


def test_only_so_many_messages_of_a_thread_are_looked_at(monkeypatch, caplog):
    monkeypatch.setattr("shared.services.delivery.told_before.MOST", 2)
    thread = started()
    for _ in range(3):
        thread.follows(Kind.UPDATE)
    assert len(thread.world.of(DeliveryRef(thread.last, "push.1")).recipients_of) == 2
    assert "last 2 messages" in caplog.text
