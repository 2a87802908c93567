"""Whose signature counts, and from when until when."""

from __future__ import annotations

from dataclasses import replace

from shared.domain.signature import key_id, rotated
from tests.fakes.alert_values import at
from tests.fakes.signer import SeededKey

OLD = SeededKey(1).public(at(1), at(2))
USED = SeededKey(2).public(at(2))
FRESH = SeededKey(3).public(at(3))


def test_with_a_new_key_the_one_in_use_gets_its_end_and_earlier_ones_keep_theirs():
    assert rotated((OLD, USED), FRESH, at(4)) == (OLD, replace(USED, until=at(4)), FRESH)


def test_the_first_key_stands_alone():
    assert rotated((), FRESH, at(4)) == (FRESH,)


def test_a_key_covers_its_first_moment_and_not_its_last():
    assert [OLD.covers(moment) for moment in (at(0), at(1), at(2))] == [False, True, False]
    assert USED.covers(at(9))


def test_a_key_has_the_same_name_wherever_it_is_kept():
    assert key_id(b"\0" * 32) == "66687aadf862bd77"
