"""The next is read while the caller works on the one before, and never more."""

from __future__ import annotations

from dataclasses import replace
from threading import Barrier, Event

import pytest

from shared.services.audience.read_ahead import read_ahead, read_together
from tests.services.delivery_world import SMALL, World


def test_everything_comes_in_order():
    assert list(read_ahead(iter(range(100)))) == list(range(100))
    assert list(read_ahead(iter([]))) == []


def test_the_next_is_made_while_the_caller_works():
    made = [Event(), Event(), Event()]

    def items():
        for event in made:
            event.set()
            yield event

    for number, _ in enumerate(read_ahead(items())):
        assert made[min(number + 1, 2)].wait(10)


def test_no_more_than_one_is_made_in_advance():
    made = []

    def items():
        for number in range(10):
            made.append(number)
            yield number

    ahead = read_ahead(items())
    next(ahead)
    ahead.close()
    assert made in ([0], [0, 1])


def test_an_error_comes_where_its_item_would():
    def items():
        yield 1
        raise LookupError

    ahead = read_ahead(items())
    assert next(ahead) == 1
    with pytest.raises(LookupError):
        next(ahead)


def test_streams_come_whole_and_one_after_the_other():
    streams = [iter(range(first, first + 3)) for first in range(0, 30, 3)]
    assert list(read_together(streams, at_once=4)) == list(range(30))
    assert list(read_together([], at_once=4)) == []


def test_so_many_streams_are_read_at_the_same_time():
    together = Barrier(3)

    def stream():
        yield together.wait(10)

    assert len(list(read_together((stream() for _ in range(3)), at_once=3))) == 3


def test_an_error_comes_where_the_items_of_its_stream_would():
    def broken():
        raise LookupError
        yield

    found = read_together([iter([1, 2]), broken(), iter([3])], at_once=3)
    assert [next(found), next(found)] == [1, 2]
    with pytest.raises(LookupError):
        next(found)


def test_streams_that_nobody_waits_for_are_not_begun():
    begun = []

    def stream(number):
        begun.append(number)
        yield number

    found = read_together((stream(number) for number in range(100)), at_once=2)
    next(found)
    found.close()
    assert len(begun) <= 3


def test_a_delivery_that_reads_ahead_reaches_everyone_once():
    world = World(pace=replace(SMALL, reads_ahead=True))
    world.populate(60)
    world.approve()
    world.call_start()
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)
