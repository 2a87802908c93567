"""A resident's app, Eventarc and several workers, a step at a time, in any order hypothesis thinks of."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import h3
from hypothesis import strategies as st

from shared.domain.alert import Category, Severity
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.place_codes import PlaceCodes
from shared.domain.preferences import NO_PREFERENCES, Preferences
from shared.errors import Conflict
from shared.services.audience.index_resident import index_resident
from tests.fakes.alert_values import TERC
from tests.fakes.municipalities import CENTRE, FakeMunicipalityStore
from tests.fakes.reachable import has_device

INSIDE, OUTSIDE = CENTRE, (50.2, 20.3)  # of the municipality served
POINTS = (INSIDE, (49.83, 19.92), OUTSIDE)
ENDED, LASTING = datetime(2020, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
IN_THE_GMINA = (TERC[:2], TERC[:4], TERC[:6], f"{TERC[:6]}>", "?")
LOWEST, HIGHEST = "8d0000000000000", "8dfffffffffffff"
SPARED = Preferences(muted=frozenset({Category.EVENT}), least=Severity.MODERATE)


def cell(point: tuple[float, float]) -> str:
    return h3.latlng_to_cell(*point, 13)


# ---- Steps -------------------------------------------------------------------------------------------

_place, _device = st.sampled_from("123"), st.sampled_from("12")
_point = st.sampled_from(POINTS)
_number = st.integers(0, 3)  # of a waiting event or a worker, modulo how many there are

WRITES = st.one_of(
    st.tuples(
        st.just("write_resident"), st.sampled_from(["pl", "en"]), st.sampled_from([NO_PREFERENCES, SPARED])
    ),
    st.tuples(st.just("write_point"), _place, _point),
    st.tuples(st.just("write_cell"), _place, _point),
    st.tuples(st.just("write_nonsense"), _place),
    st.tuples(st.just("write_for_a_while"), _place, _point, st.sampled_from([ENDED, LASTING])),
    st.tuples(st.just("write_device"), _device, st.sampled_from(["a", "b"])),
    st.tuples(st.just("delete_place"), _place),
    st.tuples(st.just("delete_device"), _device),
    st.tuples(st.just("delete_resident")),
    st.tuples(st.just("delete_all")),
)
DELIVERIES = st.one_of(
    st.just(("deliver",)),
    st.just(("repeat",)),
    st.tuples(st.just("go_on"), _number),  # a worker, up to its next call
    st.tuples(st.just("go_on"), _number),
    st.tuples(st.just("crash"), _number),
)
SIGNED_UP = [
    ("write_resident", "pl", NO_PREFERENCES),
    ("write_point", "1", INSIDE),
    ("write_device", "1", "a"),
]
SCRIPTS = st.lists(st.one_of(WRITES, DELIVERIES, DELIVERIES), max_size=60).map(lambda rest: SIGNED_UP + rest)


# ---- Workers -----------------------------------------------------------------------------------------


class CrashedError(Exception):
    """The process was killed."""


class Worker:
    """One run of the service, which stops before each call of a store until it is told to go on."""

    def __init__(self, run: Callable[[Worker], None]) -> None:
        self.done = False
        self.error: Exception | None = None
        self._killed = False
        self._turn, self._stopped = threading.Semaphore(0), threading.Semaphore(0)
        threading.Thread(target=self._work, args=(run,), daemon=True).start()
        self._stopped.acquire()

    def stop_here(self) -> None:
        self._stopped.release()
        self._turn.acquire()
        if self._killed:
            raise CrashedError

    def go_on(self) -> None:
        self._turn.release()
        self._stopped.acquire()

    def crash(self) -> None:
        self._killed = True
        self.go_on()

    def _work(self, run: Callable[[Worker], None]) -> None:
        try:
            run(self)
        except Exception as error:  # noqa: BLE001 - told to who steps the workers
            self.error = error
        finally:
            self.done = True
            self._stopped.release()


class Stopping:
    """A store whose every call first lets the others go on."""

    def __init__(self, store: Any, worker: Worker) -> None:
        self._store, self._worker = store, worker

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            self._worker.stop_here()
            return getattr(self._store, name)(*args)

        return call


# ---- The whole ---------------------------------------------------------------------------------------


class Simulation:
    """One resident; `phone` has the writing methods of FakeResidentStore."""

    def __init__(self, residents: Any, phone: Any, audience: Any, uid: str = "ann") -> None:
        self.residents, self.phone, self.audience, self.uid = residents, phone, audience, uid
        self.municipalities = FakeMunicipalityStore()
        self.waiting = 0  # events that no worker has taken to the end
        self.workers: list[Worker] = []

    def play(self, script: list[tuple[Any, ...]]) -> None:
        for name, *arguments in script:
            getattr(self, name)(*arguments)

    def finish(self) -> None:
        """What Eventarc does in the end: every event was delivered until a worker said yes."""
        while self.workers or self.waiting:
            while self.workers:
                self.go_on(len(self.workers) - 1)
            self.deliver()

    # The phone; each write is an event.

    def write_resident(self, language: str, preferences: Preferences) -> None:
        self._write("write_resident", language, preferences)

    def write_point(self, place: str, point: tuple[float, float]) -> None:
        self._write("write_place", place, None, point)

    def write_cell(self, place: str, point: tuple[float, float]) -> None:
        self._write("write_place", place, cell(point))

    def write_nonsense(self, place: str) -> None:
        self._write("write_place", place, "8dfffffffffffff")  # passes the rules, but is no cell

    def write_for_a_while(self, place: str, point: tuple[float, float], until: datetime) -> None:
        self._write("write_place", place, None, point, until)

    def write_device(self, device: str, value: str) -> None:
        self._write("write_device", device, value)

    def delete_place(self, place: str) -> None:
        self._write("delete_place", place)

    def delete_device(self, device: str) -> None:
        self._write("delete_device", device)

    def delete_resident(self) -> None:
        self._write("delete_resident")

    def delete_all(self) -> None:
        self.delete_resident()
        for place in "123":
            self.delete_place(place)
        for device in "12":
            self.delete_device(device)

    def _write(self, method: str, *arguments: Any) -> None:
        getattr(self.phone, method)(self.uid, *arguments)
        self.waiting += 1

    # Eventarc and the workers. An event says nothing but the uid, so one is as late as another.

    def deliver(self) -> None:
        if self.waiting:
            self.waiting -= 1
            self.repeat()

    def repeat(self) -> None:
        self.workers.append(Worker(self._run))

    def go_on(self, number: int) -> None:
        if self.workers:
            worker = self.workers[number % len(self.workers)]
            worker.go_on()
            self._collect(worker)

    def crash(self, number: int) -> None:
        if self.workers:
            worker = self.workers[number % len(self.workers)]
            worker.crash()
            self._collect(worker)

    def _run(self, worker: Worker) -> None:
        stores = Stopping(self.residents, worker), Stopping(self.audience, worker)
        index_resident(self.uid, *stores, self.municipalities, has_device)

    def _collect(self, worker: Worker) -> None:
        """A worker that failed or died leaves its event to be delivered again."""
        if not worker.done:
            return
        self.workers.remove(worker)
        if isinstance(worker.error, Conflict | CrashedError):
            self.waiting += 1
        elif worker.error:
            raise worker.error

    # What must be true in the end.

    def indexed(self) -> dict[str, AudienceEntry]:
        everything = self.audience.stream(LOWEST, HIGHEST, None)
        return {entry.key: entry for entry in everything if entry.uid == self.uid}

    def coordinates_left(self) -> int:
        left: int = self.phone.points(self.uid)
        return left

    def called_for(self, script: list[tuple[Any, ...]]) -> dict[str, AudienceEntry]:
        """The index that follows from the writes alone, reckoned without any of the service's code."""
        return {entry.key: entry for entry in entries(self.uid, replayed(script))}


@dataclass
class Documents:
    language: str | None = None
    preferences: Preferences = NO_PREFERENCES
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)


def replayed(script: list[tuple[Any, ...]]) -> Documents:
    """The documents that the writes of a script leave."""
    documents = Documents()
    for step in script:
        documents = replay(documents, step)
    return documents


def replay(documents: Documents, step: tuple[Any, ...]) -> Documents:
    match step:
        case "write_resident", language, preferences:
            documents.language, documents.preferences = language, preferences
        case (("write_point" | "write_cell"), place, point):
            documents.places[place] = point
        case "write_for_a_while", place, point, until if until is LASTING:
            documents.places[place] = point
        case "write_for_a_while", place, _, _:
            documents.places.pop(place, None)
        case (("write_nonsense" | "delete_place"), place):
            documents.places.pop(place, None)
        case "write_device", device, value:
            documents.devices[device] = value
        case "delete_device", device:
            documents.devices.pop(device, None)
        case ("delete_resident",):
            documents.language = None
        case ("delete_all",):
            return Documents()
    return documents


def entries(uid: str, of: Documents) -> list[AudienceEntry]:
    if of.language is None or not of.devices:
        return []
    android = Platform.ANDROID
    devices = tuple(
        Device(id_, android, Target("token", value))
        for id_, value in sorted(of.devices.items())
        if id_ == max(slot for slot, same in of.devices.items() if same == value)
    )
    codes = {point: PlaceCodes(None if point == OUTSIDE else TERC) for point in of.places.values()}
    siblings = tuple(Sibling(place, cell(point), codes[point]) for place, point in sorted(of.places.items()))
    return [
        AudienceEntry(
            uid=uid,
            place=place,
            cell=cell(point),
            terc=None if point == OUTSIDE else TERC,
            language=of.language,
            devices=devices,
            siblings=siblings,
            preferences=of.preferences,
            found_by=("?gmina", "?") if point == OUTSIDE else IN_THE_GMINA,
        )
        for place, point in of.places.items()
    ]
