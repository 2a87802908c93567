"""Residents move, mute, change phones and leave while an alert goes out: each is sent as of its `read_time`.

What is expected is reckoned without any of the product's code: a place lies in a rectangle or not, a resident
wants the alert or not, at one moment. The changes come before any call of any worker, between slices, waves,
crashes and retries alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest
from shared.domain.alert import Category, Content, Severity
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.delivery import DeliveryState
from shared.domain.preferences import NO_PREFERENCES, Preferences, QuietHours
from shared.geo.cells import cell_of
from tests.fakes.clock import SUNDAY_NIGHT
from tests.fakes.faults import Faults
from tests.services.delivery_world import (
    EAST,
    FAR_AWAY,
    MARGIN,
    NORTH,
    PUSH,
    RING,
    SOUTH,
    WEST,
    World,
)

Point = tuple[float, float]

INSIDE = [(SOUTH + MARGIN + step * 0.0003, WEST + MARGIN + step * 0.0005) for step in range(10)]
NEAR = [(SOUTH + step * 0.0003, EAST + MARGIN + step * 0.0003) for step in range(5)]
POINTS: list[Point] = [*INSIDE, *NEAR, FAR_AWAY]
CALLS = 60  # of all workers of an alert, about


# ---- Residents -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    places: dict[str, Point]
    phones: dict[str, str]  # slot -> target
    spared: Preferences = NO_PREFERENCES


def entries(uid: str, person: Person) -> list[AudienceEntry]:
    """What the index says of somebody; test_index_resident_any_order.py holds that it does."""
    siblings = tuple(Sibling(slot, cell_of(*point)) for slot, point in sorted(person.places.items()))
    phones = tuple(
        Device(slot, Platform.ANDROID, Target("token", value))
        for slot, value in sorted(person.phones.items())
    )
    return [
        AudienceEntry(uid, one.id, one.cell, "1201022", "pl", phones, siblings, person.spared)
        for one in siblings
        if phones
    ]


def changed(uid: str, person: Person, change: tuple[Any, ...]) -> Person:
    match change:
        case "place", slot, point:
            return replace(person, places={**person.places, slot: point})
        case "no place", slot:
            return replace(person, places={key: at for key, at in person.places.items() if key != slot})
        case "phone", slot, name:
            return replace(person, phones={**person.phones, slot: f"{uid}-{slot}-{name}"})
        case "no phone", slot:
            return replace(person, phones={key: at for key, at in person.phones.items() if key != slot})
        case "spared", preferences:
            return replace(person, spared=preferences)
        case "leave", *_:
            return Person({}, {})
    raise AssertionError(change)


def is_inside(point: Point) -> bool:
    return SOUTH <= point[0] <= NORTH and WEST <= point[1] <= EAST


def is_wanted(spared: Preferences, content: Content) -> bool:
    if content.severity == "Extreme" and not content.exercise:
        return True
    order = ["Minor", "Moderate", "Severe", "Extreme"]
    return content.category not in spared.muted and order.index(content.severity) >= order.index(spared.least)


def due_a_push(people: Iterable[Person], content: Content) -> set[str]:
    meant = [one for one in people if any(map(is_inside, one.places.values()))]
    return {phone for one in meant if is_wanted(one.spared, content) for phone in one.phones.values()}


# ---- The town while the alert goes out --------------------------------------------------------------


@dataclass
class Interleaved(Faults):
    """Faults that let the town live on before each call; `script` has gaps in calls, and changes."""

    script: list[tuple[int, Callable[[], None]]] = field(default_factory=list)
    waited: int = 0

    def around(self, name: str, call: Callable[[], Any]) -> Any:
        self.waited += 1
        while self.script and self.waited >= self.script[0][0]:
            _, change = self.script.pop(0)
            self.waited = 0
            change()
        return super().around(name, call)


class Town:
    """A world whose people change, and all that they ever were."""

    def __init__(self, people: list[Person]) -> None:
        self.faults = Interleaved()
        self.world = World(faults=self.faults)
        self.people = {f"u{number}": person for number, person in enumerate(people)}
        self.past: list[tuple[datetime, dict[str, Person]]] = []
        self.accepted: list[tuple[datetime, str]] = []
        for uid in self.people:
            self._index(uid)
        self._remember()

    def change(self, number: int, change: tuple[Any, ...]) -> None:
        """No two things happen at one moment, as no two commits of Firestore do."""
        uid = f"u{number % len(self.people)}"
        self.people[uid] = changed(uid, self.people[uid], change)
        self.world.clock.advance(timedelta(milliseconds=1))
        self._index(uid)
        self._remember()
        self.world.clock.advance(timedelta(milliseconds=1))

    def meant(self, read_time: datetime | None) -> set[str]:
        """The phones due a push by what was so at that moment."""
        return due_a_push(self.as_of(read_time), self.world.alert().content)

    def as_of(self, read_time: datetime | None) -> list[Person]:
        assert read_time is not None
        return list([people for at, people in self.past if at <= read_time][-1].values())

    def sent(self, begun: datetime | None = None, until: datetime | None = None) -> Counter[str]:
        """The phones whose push FCM accepted in that time, and how often."""
        return Counter(
            phone
            for at, phone in self.accepted
            if (begun is None or at >= begun) and (until is None or at < until)
        )

    def fail_first(self, share: int) -> None:
        """FCM is busy at the first try of every phone whose number divides by `share`; 0: never."""

        def answer(request: PushRequest, tried: int) -> PushAnswer:
            busy = share and tried == 1 and len(self.world.push.tried) % share == 0
            return PushAnswer(request.key, Outcome.UNAVAILABLE if busy else Outcome.ACCEPTED)

        def noted(request: PushRequest, tried: int) -> PushAnswer:
            answered = answer(request, tried)
            if answered.outcome is Outcome.ACCEPTED:
                self.accepted.append((self.world.clock.now(), self.world.push.waves[-1][-1]))
            return answered

        self.world.push.answering = noted

    def _index(self, uid: str) -> None:
        documents = self.world.audience.documents
        for key in [key for key in documents if key.startswith(f"{uid}.")]:
            del documents[key]
        self.world.audience.put(*entries(uid, self.people[uid]))

    def _remember(self) -> None:
        now = self.world.clock.now()
        self.past.append((now, dict(self.people)))
        self.world.audience.remember(now)


# ---- What may happen ---------------------------------------------------------------------------------

SPARED = st.sampled_from(
    [
        NO_PREFERENCES,
        Preferences(muted=frozenset({Category.FAILURE})),
        Preferences(muted=frozenset({Category.EVENT, Category.WARNING})),
        Preferences(least=Severity.SEVERE),
        Preferences(frozenset(Category), Severity.EXTREME),
        Preferences(quiet=QuietHours(time(22), time(6))),  # silences, and keeps nothing back
    ]
)
_slot, _phone = st.sampled_from("123"), st.sampled_from("12")
_point = st.sampled_from(POINTS)
CHANGES = st.one_of(
    st.tuples(st.just("place"), _slot, _point),  # moves, or adds
    st.tuples(st.just("no place"), _slot),
    st.tuples(st.just("phone"), _phone, st.sampled_from("ab")),
    st.tuples(st.just("no phone"), _phone),
    st.tuples(st.just("spared"), SPARED),
    st.just(("leave",)),
)
SCRIPTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99), CHANGES), max_size=25)


@st.composite
def persons(draw: st.DrawFn) -> Person:
    number = draw(st.integers(0, 10**9))  # of the phones, so that no two people share one
    places = draw(st.dictionaries(_slot, _point, min_size=1))
    phones = draw(st.sets(_phone, min_size=1))
    return Person(places, {slot: f"{number}-{slot}" for slot in phones}, draw(SPARED))


TOWNS = st.lists(
    persons(),
    min_size=8,
    max_size=24,
    unique_by=lambda person: min(person.phones.values()).partition("-")[0],  # their number
)
ALERTS = st.fixed_dictionaries(
    {
        "category": st.sampled_from([Category.FAILURE, Category.EVENT]),
        "severity": st.sampled_from(Severity),
        "exercise": st.booleans(),
    }
)
DEATHS = st.dictionaries(
    st.integers(1, CALLS), st.booleans(), max_size=3
)  # number of a call: whether after it


def deliver(people: list[Person], alert: dict[str, Any], script: Any, deaths: Any, busy: int) -> Town:
    town = Town(people)
    town.fail_first(busy)
    town.faults.more = dict(deaths)
    town.world.approve(**alert)
    town.faults.script = [(gap, partial(town.change, number, change)) for gap, number, change in script]
    town.world.call_start()
    town.world.run_all()
    return town


@settings(max_examples=150, deadline=None)
@given(people=TOWNS, alert=ALERTS, script=SCRIPTS, busy=st.integers(0, 3))
def test_everyone_is_sent_once_exactly_what_was_so_at_read_time(people, alert, script, busy):
    town = deliver(people, alert, script, {}, busy)
    after = town.world.of()
    meant = town.meant(after.read_time)
    assert town.sent() == dict.fromkeys(meant, 1)
    assert set(town.world.pushed) == meant
    assert after.state is DeliveryState.DONE


@settings(max_examples=50, deadline=None)
@given(people=TOWNS, alert=ALERTS, script=SCRIPTS)
def test_those_who_had_quiet_hours_at_read_time_are_not_woken_but_by_what_is_urgent(people, alert, script):
    """It is two at night; everyone else hears it."""
    town = deliver(people, alert, script, {}, busy=0)
    content, then = town.world.alert().content, town.as_of(town.world.of().read_time)
    urgent = content.severity in ("Severe", "Extreme") and not content.exercise
    asleep = due_a_push([one for one in then if one.spared.quiet and not urgent], content)
    silent = {item["token"] for item in town.world.push.messages if item["data"]["sound"] == "off"}
    assert silent == asleep


@settings(max_examples=100, deadline=None)
@given(people=TOWNS, alert=ALERTS, script=SCRIPTS, deaths=DEATHS, busy=st.integers(0, 3))
def test_deaths_of_workers_in_between_repeat_a_wave_and_change_nobody(people, alert, script, deaths, busy):
    town = deliver(people, alert, script, deaths, busy)
    after = town.world.of()
    meant = town.meant(after.read_time)
    assert set(town.sent()) == set(town.world.pushed) == meant
    assert town.sent().total() - len(meant) <= len(deaths) * town.world.pace.wave
    assert after.state is DeliveryState.DONE


@settings(max_examples=100, deadline=None)
@given(people=TOWNS, alert=ALERTS, script=SCRIPTS, busy=st.integers(0, 3))
def test_the_round_with_sound_goes_to_whom_it_means_by_then(people, alert, script, busy):
    """Silently now, with sound in four hours: each round has a moment of its own."""
    later = {**alert, "sound_at": SUNDAY_NIGHT + timedelta(hours=4)}
    town = deliver(people, later, script, {}, busy)
    first, second = town.world.of(PUSH), town.world.of(RING)
    assert first.read_time < later["sound_at"] <= second.read_time
    assert town.sent(until=second.read_time) == dict.fromkeys(town.meant(first.read_time), 1)
    assert town.sent(begun=second.read_time) == dict.fromkeys(town.meant(second.read_time), 1)
    assert second.state is DeliveryState.DONE


def test_the_changes_come_while_the_alert_goes_out():
    """Or the tests above would say nothing: here everybody leaves, one before each call."""
    people = [Person({"1": point}, {"1": f"{number}-1"}) for number, point in enumerate(INSIDE * 3)]
    script = [(1, number, ("leave",)) for number in range(len(people))]
    town = deliver(people, {}, script, {}, busy=2)
    read_time = town.world.of().read_time
    too_late = [at for at, _ in town.past if at > read_time]
    assert len(too_late) > len(people) / 2
    assert len(town.sent()) == len(too_late)
    assert all(person == Person({}, {}) for person in town.people.values())
