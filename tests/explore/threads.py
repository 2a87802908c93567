"""A thread in one seed: an alert and what follows it, while residents come, move and leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from shared.domain.alert import FOLLOWED, Alert, Kind, Severity, State
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.content import Response
from shared.domain.preferences import Preferences
from shared.domain.wave import Consignment
from shared.services.delivery.start_alert import start_alert
from tests.explore.life import Life
from tests.explore.town import SPARED
from tests.explore.trace import Trace
from tests.explore.virtual import moment_of
from tests.explore.world import ALERT, FAR
from tests.fakes.alert_values import alert, content

SHARE = 0.08  # of the seeds
LONGEST_PATIENCE = 40  # looks for the message before, that it has started
ENDS = {Kind.UPDATE: State.SUPERSEDED, Kind.CORRECTION: State.SUPERSEDED, Kind.ALL_CLEAR: State.ENDED}
AREAS = ("", " wide", " narrow")  # of town.inside_of
People = Mapping[str, AudienceEntry]


def is_thread(seed: int) -> bool:
    return Random(f"thread {seed}").random() < SHARE


@dataclass(frozen=True)
class Following:
    """What staff send next, and how long after the message before."""

    kind: Kind
    area: str
    change: str
    ends: State
    after: float
    stopped: bool  # the one before was stopped first


class ThreadLife(Life):
    typical = 300

    def _arrange(self) -> None:
        rng, at = self.rng, self.schedule.at
        self.fate.note("thread")
        self.fate.hits["threads"] += 1
        self.messages = [ALERT]
        for channel in self.channels.values():
            channel.labelled = _label
            channel.on_gone(self._forget)
            channel.mood = replace(channel.mood, refuses=False)
            channel.pace = replace(channel.pace, slice=rng.choice((2, 5, 5_000)))
        self.alerts.put(self._approved(ALERT, Kind.ALERT, "", ""))
        at(0.1, lambda: self._begin(ALERT))
        self._plan = [self._drawn() for _ in range(rng.choice((1, 1, 2, 3)))]
        at(self._plan[0].after, self._follow)
        for _ in range(rng.choice((0, 1, 2, 4))):
            at(rng.choice((1.0, 30.0, 900.0)) * rng.random(), self._change)
        at(rng.uniform(0, 120), self._sweep)

    def _drawn(self) -> Following:
        rng = self.rng
        kind = rng.choice((Kind.UPDATE, Kind.UPDATE, Kind.CORRECTION, Kind.ALL_CLEAR))
        area = rng.choice(AREAS) if kind is Kind.UPDATE else ""
        taken_back = kind is Kind.CORRECTION and rng.random() < 0.3
        return Following(
            kind,
            area,
            rng.choice(("eased", "wrong")),
            State.CANCELLED if taken_back else ENDS[kind],
            rng.choice((0.5, 5.0, 60.0, 900.0)) * rng.random(),
            rng.random() < 0.15,
        )

    def _approved(self, alert_id: str, kind: Kind, area: str, change: str) -> Alert:
        """Severe: none is held because it comes late."""
        mild = kind is Kind.ALL_CLEAR
        return alert(
            alert_id,
            content=content(
                area=f"town {self.town.number}{area}",
                severity=Severity.MINOR if mild and self.rng.random() < 0.5 else Severity.SEVERE,
                response=Response("Evacuate"),
                expires=moment_of(FAR),
            ),
            state=State.SCHEDULED,
            generation=1,
            version=len(self.messages),
            approved=moment_of(self.schedule.now),
            kind=kind,
            area_change=change,
        )

    def _begin(self, alert_id: str) -> None:
        self._spawn("start", lambda: start_alert(self.ports, alert_id, 1))

    # ---- Staff ---------------------------------------------------------------------------------------

    def _follow(self, patience: int = LONGEST_PATIENCE) -> None:
        """As the services of staff leave it: what is overtaken cannot be followed."""
        last = self.alerts.documents[self.messages[-1]].value
        if last.state not in FOLLOWED or last.started is None:
            if patience:
                self.schedule.at(self.schedule.now + 20.0, lambda: self._follow(patience - 1))
            return
        following, self._plan = self._plan[0], self._plan[1:]
        if following.stopped and last.state is State.ACTIVE and last.stopped is None:
            stopped = replace(last, stopped=moment_of(self.schedule.now), revision=last.revision + 1)
            self.alerts.put(stopped)
        alert_id = f"b{len(self.messages)}"
        self.messages.append(alert_id)
        self.alerts.put(self._following(alert_id, last, following))
        if self.rng.random() < 0.9:
            self._begin(alert_id)
        if self._plan:
            self.schedule.at(self.schedule.now + self._plan[0].after, self._follow)

    def _following(self, alert_id: str, last: Alert, following: Following) -> Alert:
        change = following.change if self._is_smaller(last, following) else ""
        self.fate.hits["smaller" if change else following.area.strip() or following.kind.value] += 1
        one = self._approved(alert_id, following.kind, following.area, change)
        if following.kind is not Kind.UPDATE:
            one = replace(one, content=replace(one.content, area=last.content.area))
        return replace(one, thread=ALERT, replaces=last.id, ends_what=following.ends)

    def _is_smaller(self, last: Alert, following: Following) -> bool:
        before = last.content.area.removeprefix(f"town {self.town.number}")
        return following.kind is Kind.UPDATE and not (
            self.town.inside_of(before) <= self.town.inside_of(following.area)
        )

    def _forget(self, keys: Sequence[str]) -> None:
        """A dead phone leaves all entries of its resident, as the index has it."""
        dead = {(key.partition(".")[0], key.rpartition("/")[2]) for key in keys}
        people: dict[str, AudienceEntry] = {}
        for key, one in self.audience.documents.items():
            left = tuple(device for device in one.devices if (one.uid, device.id) not in dead)
            if left:
                people[key] = one if left == one.devices else replace(one, devices=left)
        self._write(people)

    # ---- Residents -----------------------------------------------------------------------------------

    def _change(self) -> None:
        people, rng = self.audience.documents, self.rng
        uids = sorted({one.uid for one in people.values()})
        if not uids:
            return
        uid = rng.choice(uids)
        step: Callable[[People, str], People] = rng.choice(
            (self._come, self._move, self._leave, self._renumber, self._rephone, self._mute, self._away)
        )
        self.fate.hits["movers"] += 1
        self._write(step(people, uid))

    def _write(self, people: People) -> None:
        self.audience.versions.append((moment_of(self.schedule.now), people))

    def _come(self, people: People, uid: str) -> People:
        new = f"n{len(self.audience.versions)}"
        phone = Device("1", Platform.ANDROID, Target("token", f"{new}-1"))
        cell = self.rng.choice(self.town.cells)
        one = AudienceEntry(new, "1", cell, None, "pl", (phone,), (Sibling("1", cell),), found_by=())
        return {**people, one.key: one}

    def _move(self, people: People, uid: str) -> People:
        """All their places, each to another address."""
        own = [one for one in people.values() if one.uid == uid]
        siblings = tuple(replace(one, cell=self.rng.choice(self.town.cells)) for one in own[0].siblings)
        cells = {one.id: one.cell for one in siblings}
        moved = {one.key: replace(one, cell=cells[one.place], siblings=siblings) for one in own}
        return {**people, **moved}

    def _leave(self, people: People, uid: str) -> People:
        return {key: one for key, one in people.items() if one.uid != uid}

    def _away(self, people: People, uid: str) -> People:
        """No phone for a while."""
        own = {key: one for key, one in people.items() if one.uid == uid}
        self.schedule.at(self.schedule.now + self.rng.uniform(5, 900), lambda: self._back(uid, own))
        return self._leave(people, uid)

    def _back(self, uid: str, own: People) -> None:
        if not any(one.uid == uid for one in self.audience.documents.values()):
            self._write({**self.audience.documents, **own})

    def _renumber(self, people: People, uid: str) -> People:
        """They leave a place and enter another one: the entry that they were told by is gone."""
        first = next(one for one in people.values() if one.uid == uid)
        cell = self.rng.choice(self.town.cells)
        one = replace(first, place="7", cell=cell, siblings=(Sibling("7", cell),))
        return {**self._leave(people, uid), one.key: one}

    def _rephone(self, people: People, uid: str) -> People:
        phones = (Device("1", Platform.IOS, Target("token", f"{uid}-new{len(self.audience.versions)}")),)
        return self._with(people, uid, devices=phones)

    def _mute(self, people: People, uid: str) -> People:
        return self._with(people, uid, preferences=self.rng.choice((SPARED, Preferences())))

    def _with(self, people: People, uid: str, **changes: object) -> People:
        changed = partial(replace, **changes)
        return {key: changed(one) if one.uid == uid else one for key, one in people.items()}


def _label(wave: Consignment, name: str) -> str:
    return f"{wave.alert.id}/{name}.{wave.number}"


def thread_life(seed: int, trace: Trace | None) -> Life:
    """Of what is played in this seed."""
    return ThreadLife(seed, trace) if is_thread(seed) else Life(seed, trace)
