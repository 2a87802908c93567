"""A resident's app writes, events come as they like, and workers index side by side, in one seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from random import Random

from shared.domain.audience import AudienceEntry, Device, Place, Platform, Resident, Target
from shared.domain.preferences import NO_PREFERENCES, Preferences
from shared.errors import AlertOnlineError, Conflict
from shared.geo.cells import cell_of
from shared.services.audience.index_resident import index_resident
from tests.explore.fate import AT_COMMITS, AT_EVENTS, AT_READS, Fate
from tests.explore.stores import Audience, Tokens
from tests.explore.town import SPARED
from tests.explore.trace import Trace
from tests.explore.virtual import DiedError, Schedule, Worker
from tests.fakes.municipalities import CENTRE, FakeMunicipalityStore

UID = "ann"
OUTSIDE = (50.2, 20.3)  # of the municipality served
POINTS = (CENTRE, (49.83, 19.92), OUTSIDE)
NONSENSE = "8dfffffffffffff"  # passes the rules, but is no cell
KINDS = tuple(dict.fromkeys((*AT_READS, *AT_COMMITS, *AT_EVENTS)))
TYPICAL = 30  # calls of ports in a seed without a fault
MOST_ATTEMPTS = 60  # of an event, before it is a defect that nothing ends it


class Documents:
    """Fulfils ports.ResidentStore, for one resident. `written` hears of every write, as the trigger does."""

    def __init__(self, fate: Fate, tokens: Tokens, written: Callable[[], None]) -> None:
        self._fate, self._tokens, self._written = fate, tokens, written
        self.language: str | None = None
        self.preferences = NO_PREFERENCES
        self.places: dict[str, tuple[Place, int]] = {}
        self.devices: dict[str, Device] = {}
        self.meant: dict[str, str | None] = {}  # cells of the places as the app wrote them

    def read(self, uid: str) -> tuple[Resident, Mapping[str, object]]:
        return self._fate.read(self.now)

    def now(self) -> tuple[Resident, Mapping[str, object]]:
        places = tuple(place for _, (place, _) in sorted(self.places.items()))
        devices = tuple(device for _, device in sorted(self.devices.items()))
        tokens = {place.id: token for place, token in self.places.values()}
        return Resident(UID, self.language, places, devices, self.preferences), tokens

    def replace_point(self, uid: str, place: str, cell: str, token: object) -> None:
        def commit() -> None:
            known = self.places.get(place)
            if known is None or known[1] != token:
                raise Conflict
            self._store(replace(known[0], cell=cell, point=None))

        self._fate.commit(commit)

    # What the app does; every write is an event.

    def put_resident(self, language: str | None, preferences: Preferences = NO_PREFERENCES) -> None:
        self.language, self.preferences = language, preferences
        self._written()

    def put_place(self, place: Place) -> None:
        self.meant[place.id] = cell_at(place.point) if place.point else place.cell
        self._store(place)

    def _store(self, place: Place) -> None:
        self.places[place.id] = (place, self._tokens.next())
        self._written()

    def put_device(self, slot: str, value: str) -> None:
        self.devices[slot] = Device(slot, Platform.ANDROID, Target("token", value))
        self._written()

    def drop(self, kind: str, slot: str) -> None:
        for known in (self.places, self.meant) if kind == "places" else (self.devices,):
            known.pop(slot, None)
        self._written()


class IndexLife:
    def __init__(self, seed: int, trace: Trace | None = None) -> None:
        self.rng = rng = Random(f"index {seed}")
        self.schedule = schedule = Schedule()
        self.fate = fate = Fate(rng, schedule, trace, TYPICAL, KINDS)
        tokens = Tokens()
        self.documents = Documents(fate, tokens, self._written)
        self.audience = Audience(fate, tokens, schedule, {})
        self.municipalities = served()
        self.defects: list[str] = []
        self._workers = 0
        self._arrange()

    def run(self) -> None:
        """Raises NeverEndsError."""
        self.schedule.run()
        if self.fate.hits["lost-event"] or self.fate.hits["late-commit"]:
            self.fate.note("sweep", "a walk over all finds what no event tells of")
            self._spawn(0)
            self.schedule.run()

    def _arrange(self) -> None:
        """Somebody signs up, changes this and that, and perhaps leaves."""
        moment, pace = 0.0, self.rng.choice((0.02, 0.2, 2.0))
        for write in self._script():
            self.schedule.at(moment, write)
            moment += self.rng.random() * pace

    def _script(self) -> Iterator[Callable[[], object]]:
        phone, rng = self.documents, self.rng
        yield lambda: phone.put_resident("pl")
        yield lambda: phone.put_place(Place("1", None, CENTRE))
        yield lambda: phone.put_device("1", "a")
        for _ in range(rng.randint(0, 5)):
            yield self._change()
        if rng.random() < 0.2:
            yield lambda: phone.put_resident(None)
            for slot in "12":
                yield partial(phone.drop, "places", slot)
                yield partial(phone.drop, "devices", slot)

    def _change(self) -> Callable[[], object]:
        phone, rng = self.documents, self.rng
        slot, point = rng.choice("12"), rng.choice(POINTS)
        language, preferences = rng.choice(("pl", "en")), rng.choice((NO_PREFERENCES, SPARED))
        value = rng.choice("ab")
        changes: tuple[Callable[[], object], ...] = (
            lambda: phone.put_resident(language, preferences),
            lambda: phone.put_place(Place(slot, None, point)),
            lambda: phone.put_place(Place(slot, None, point)),
            lambda: phone.put_place(Place(slot, cell_at(point))),
            lambda: phone.put_place(Place(slot, NONSENSE)),
            lambda: phone.put_device(slot, value),
            lambda: phone.drop("places", slot),
            lambda: phone.drop("devices", slot),
        )
        return rng.choice(changes)

    # ---- Events and workers --------------------------------------------------------------------------

    def _written(self) -> None:
        self.fate.note("write")
        fault = self.fate.event()
        late = self.rng.choice((1.0, 20.0)) if fault == "late-event" else 0.1
        if fault != "lost-event":
            self._event(late * self.rng.random(), 0)
        if fault == "doubled-event":
            self._event(5 * self.rng.random(), 0)

    def _event(self, after: float, attempts: int) -> None:
        self.schedule.at(self.schedule.now + after, lambda: self._spawn(attempts))

    def _spawn(self, attempts: int) -> None:
        self._workers += 1
        worker = Worker("index_resident", self._workers)
        self.schedule.begin(worker, lambda: self._work(attempts))

    def _work(self, attempts: int) -> None:
        try:
            self._index()
        except (AlertOnlineError, DiedError):
            if attempts < MOST_ATTEMPTS:
                self._event(min(2.0**attempts, 60.0), attempts + 1)
            else:
                self.defects.append("an event that nothing ends")
        except Exception as error:  # noqa: BLE001  whatever it is, it is a defect
            self.defects.append(f"defect: {error!r}")

    def _index(self) -> None:
        index_resident(UID, self.documents, self.audience, self.municipalities, _reachable)  # type: ignore[arg-type]
        self.fate.note("indexed")


def _reachable(entry: AudienceEntry) -> bool:
    return bool(entry.devices)


@cache
def cell_at(point: tuple[float, float]) -> str:
    return cell_of(*point)


@cache
def served() -> FakeMunicipalityStore:
    return FakeMunicipalityStore()
