"""The time as Firestore has it: a wall clock that is wrong starts nothing late and takes nobody's slice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_errors import reading
from shared.errors import Unavailable
from shared.ports import Clock

if TYPE_CHECKING:
    from google.cloud.firestore import Client

TOLERATED = timedelta(seconds=1)  # clocks differ, and the protocol lives with it
AGAIN = timedelta(minutes=10)  # a clock is right or wrong from the start; seldom is it set meanwhile
PATIENCE = 2.0  # seconds for Firestore's answer


@dataclass(frozen=True)
class _Compared:
    """How far the store was ahead, and what both clocks of the instance said then."""

    ahead: timedelta
    wall: datetime
    monotonic: float

    def holds(self, wall: datetime, monotonic: float) -> bool:
        """Not for long, nor once the wall clock was set."""
        passed = timedelta(seconds=monotonic - self.monotonic)
        return passed < AGAIN and abs(wall - self.wall - passed) < TOLERATED


class StoreClock:
    """Fulfils ports.Clock. While the store does not answer, the last comparison counts, or none."""

    def __init__(self, own: Clock, of_store: Callable[[], datetime]) -> None:
        """`of_store` may raise Unavailable."""
        self._own, self._of_store = own, of_store
        self._known: _Compared | None = None

    def now(self) -> datetime:
        known = self._known
        if known is None or not known.holds(self._own.now(), self._own.monotonic()):
            self._known = known = self._compare() or known
        return self._own.now() + (known.ahead if known else timedelta())

    def monotonic(self) -> float:
        return self._own.monotonic()

    def sleep(self, seconds: float) -> None:
        self._own.sleep(seconds)

    def _compare(self) -> _Compared | None:
        """None without an answer, or when the wall clock was set while it was waited for."""
        asked = _Compared(timedelta(), self._own.now(), self._own.monotonic())
        try:
            of_store = self._of_store()
        except Unavailable:
            return None
        answered, monotonic = self._own.now(), self._own.monotonic()
        if not asked.holds(answered, monotonic):
            return None
        ahead = _nearest_to_none(of_store - answered, of_store - asked.wall)
        wrong = abs(ahead) > TOLERATED
        return _Compared(ahead if wrong else timedelta(), answered, monotonic)


def _nearest_to_none(least: timedelta, most: timedelta) -> timedelta:
    """The store spoke at some moment between question and answer: the smallest correction is taken."""
    return min(max(timedelta(), least), most)


def time_of_store(client: Client, patience: float | None = None) -> datetime:
    """By any read, whose answer says when it was. Raises Unavailable, after `patience` seconds if given."""
    once: dict[str, Any] = {} if patience is None else {"retry": None, "timeout": patience}
    with reading():
        snapshot = client.document("audience_state", "none").get(**once)
    read: datetime = snapshot.read_time
    return datetime.combine(read.date(), read.timetz())  # without the nanoseconds, hence never later
