"""The next is read while the caller works on the one before, and never more."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from shared.services.read_ahead import read_ahead
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


def test_a_delivery_that_reads_ahead_reaches_everyone_once():
    world = World(pace=replace(SMALL, reads_ahead=True))
    world.populate(60)
    world.approve()
    world.call_start()
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)
