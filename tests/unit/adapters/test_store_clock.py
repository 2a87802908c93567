"""Whatever the instance's wall clock says, the time is Firestore's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shared.adapters.store_clock import AGAIN, StoreClock
from shared.errors import Unavailable
from tests.fakes.clock import FakeClock

FIVE_MINUTES = timedelta(minutes=5)
TRIP = timedelta(milliseconds=40)  # of a question to the store, and of its answer


class WrongClock(FakeClock):
    """The instance's: its wall clock is `off`."""

    off = timedelta()

    def now(self) -> datetime:
        return super().now() + self.off

    @property
    def true(self) -> datetime:
        return super().now()


class Store:
    """Tells the true time, once the question has come."""

    def __init__(self, own: WrongClock) -> None:
        self.own, self.asked, self.down = own, 0, False

    def time(self) -> datetime:
        self.asked += 1
        self.own.advance(TRIP)
        if self.down:
            raise Unavailable
        told = self.own.true
        self.own.advance(TRIP)
        return told


@pytest.fixture
def own() -> WrongClock:
    return WrongClock()


@pytest.fixture
def store(own: WrongClock) -> Store:
    return Store(own)


@pytest.fixture
def clock(own: WrongClock, store: Store) -> StoreClock:
    return StoreClock(own, store.time)


@pytest.mark.parametrize("off", [timedelta(), timedelta(seconds=0.9), -timedelta(seconds=0.9)])
def test_a_clock_that_is_right_or_nearly_so_is_believed(clock, own, off):
    own.off = off
    assert clock.now() == own.now()


@pytest.mark.parametrize("off", [FIVE_MINUTES, -FIVE_MINUTES])
def test_a_clock_that_is_off_is_corrected(clock, own, off):
    own.off = off
    assert abs(clock.now() - own.true) <= TRIP


def test_the_store_is_asked_once_in_a_while(clock, own, store):
    clock.now()
    own.advance(AGAIN - timedelta(seconds=1))
    clock.now()
    assert store.asked == 1
    own.advance(timedelta(seconds=1))
    clock.now()
    assert store.asked == 2


@pytest.mark.parametrize("jump", [FIVE_MINUTES, -FIVE_MINUTES])
def test_a_clock_that_is_set_meanwhile_is_noticed_at_once(clock, own, store, jump):
    clock.now()
    own.off = jump
    assert abs(clock.now() - own.true) <= TRIP
    assert store.asked == 2


@pytest.mark.parametrize("before", [FIVE_MINUTES, -FIVE_MINUTES])
def test_a_clock_that_is_set_while_the_answer_is_on_its_way_is_compared_again(own, store, before):
    def set_meanwhile() -> datetime:
        told = store.time()
        own.off = timedelta()
        return told

    own.off = before
    clock = StoreClock(own, set_meanwhile)
    clock.now()
    assert clock.now() == own.true


def test_an_answer_that_took_long_is_no_reason_to_doubt_a_right_clock(own):
    def slow() -> datetime:
        told = own.true
        own.advance(timedelta(seconds=8))
        return told

    assert StoreClock(own, slow).now() == own.true


def test_without_an_answer_the_clock_goes_on_and_the_store_is_asked_again(clock, own, store):
    own.off, store.down = FIVE_MINUTES, True
    assert clock.now() == own.now()
    store.down = False
    assert abs(clock.now() - own.true) <= TRIP


def test_without_an_answer_the_last_comparison_counts(clock, own, store):
    own.off = FIVE_MINUTES
    clock.now()
    own.advance(AGAIN)
    store.down = True
    assert abs(clock.now() - own.true) <= TRIP


def test_durations_are_the_instances_own(clock, own):
    clock.sleep(2)
    assert clock.monotonic() == own.monotonic()
