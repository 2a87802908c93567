"""What a process remembers: as long as it may be old, and nothing that is empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from shared.adapters.kept import Kept
from tests.fakes.clock import FakeClock


@pytest.fixture
def clock():
    return FakeClock()


def test_it_is_read_once_and_again_when_it_is_too_old(clock):
    kept: Kept[str] = Kept(clock)
    answers = iter(["first", "second"])
    assert [kept.get("a", 60, lambda _: next(answers)) for _ in range(2)] == ["first", "first"]
    clock.advance(timedelta(seconds=60))
    assert kept.get("a", 60, lambda _: next(answers)) == "first"
    clock.advance(timedelta(seconds=1))
    assert kept.get("a", 60, lambda _: next(answers)) == "second"


def test_a_caller_may_ask_for_what_is_fresher(clock):
    kept: Kept[str] = Kept(clock)
    kept.get("a", 60, lambda _: "old")
    clock.advance(timedelta(seconds=2))
    assert kept.get("a", 1, lambda known: f"after {known}") == "after old"


def test_what_is_empty_is_read_again_at_once(clock):
    kept: Kept[tuple[str, ...]] = Kept(clock)
    answers: Iterator[tuple[str, ...]] = iter([(), (), ("a",)])
    assert [kept.get("a", 60, lambda _: next(answers)) for _ in range(3)] == [(), (), ("a",)]


def _itself(name: str, _: object) -> str:
    return name


def test_names_do_not_mix(clock):
    kept: Kept[str] = Kept(clock)
    assert [kept.get(name, 60, partial(_itself, name)) for name in "aba"] == ["a", "b", "a"]


def test_what_cannot_be_read_leaves_what_was_known(clock):
    kept: Kept[str] = Kept(clock)
    kept.get("a", 60, lambda _: "old")
    clock.advance(timedelta(minutes=2))
    with pytest.raises(OSError, match="gone"):
        kept.get("a", 60, broken)
    assert kept.get("a", 180, broken) == "old"


def broken(known):
    raise OSError("gone")
