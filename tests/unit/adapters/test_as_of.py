"""A moment that is not kept any more is read as it is now, and an operator is told."""

from __future__ import annotations

import pytest
from google.api_core.exceptions import FailedPrecondition

from shared.adapters.as_of import as_of
from tests.fakes.alert_values import at


class Store:
    def __init__(self, after=0):
        self.asked, self._after = [], after

    def ask(self, moment):
        self.asked.append(moment)
        for number in range(3):
            if moment is not None and number == self._after:
                raise FailedPrecondition("read_time is too old")
            yield number


def test_what_is_kept_is_read_as_of_its_moment():
    store = Store(after=9)
    assert list(as_of(at(1), store.ask)) == [0, 1, 2]
    assert store.asked == [at(1)]


def test_what_is_not_kept_is_read_as_it_is_now(caplog):
    store = Store()
    assert list(as_of(at(1), store.ask)) == [0, 1, 2]
    assert store.asked == [at(1), None]
    assert "point-in-time recovery" in caplog.text


def test_nothing_is_read_twice_when_the_answer_had_begun():
    store = Store(after=1)
    with pytest.raises(FailedPrecondition):
        list(as_of(at(1), store.ask))
    assert store.asked == [at(1)]


def test_without_a_moment_it_is_the_fault_that_it_is():
    def ask(_):
        raise FailedPrecondition("an index is missing")
        yield

    with pytest.raises(FailedPrecondition):
        list(as_of(None, ask))
