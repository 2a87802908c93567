"""The chain of acts: whole as it was sealed, and each way to tamper with it named by the first bad entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.audit_keys import HmacSealer
from shared.domain.audit import (
    KEPT,
    UNSEALED,
    Act,
    Anchor,
    AuditHead,
    Chain,
    Fault,
    FaultKind,
    Stored,
    all_sealed,
    as_set_aside,
    first_fault,
    sealed,
    set_aside,
)
from tests.fakes.alert_values import AUTHOR, TERC, at
from tests.fakes.audit import SEALER
from tests.fakes.tokens import NEIGHBOUR

NOW, THEN = at(9), at(3)
STRANGER = HmacSealer({"1": b"old" * 11, "2": b"his" * 11}, "2")
ACTS = [Act(TERC, "alert.edit", AUTHOR, f"alerts/a{number}", after={"n": number}) for number in range(6)]


def chain_of(acts=ACTS, sealer=SEALER, now=THEN):
    entries, head = all_sealed(acts, AuditHead(), now, sealer)
    return list(entries), head


def judged(entries, head, anchors=(), now=NOW, terc=TERC):
    stored = [one if isinstance(one, Stored) else Stored(one.seq, one) for one in entries]
    return first_fault(Chain(terc, stored, head, anchors), SEALER, now)


def fault(seq, kind):
    return Fault(seq, FaultKind(kind))


def test_a_chain_as_it_was_sealed_is_whole():
    assert judged(*chain_of()) is None
    assert judged([], AuditHead()) is None


def test_each_entry_is_over_the_one_before_and_the_head_over_the_last():
    entries, head = chain_of()
    assert [one.prev for one in entries[1:]] == [one.mac for one in entries[:-1]]
    assert (head.seq, head.mac) == (6, entries[-1].mac)
    assert len({one.mac for one in entries}) == 6


@pytest.mark.parametrize(
    "change",
    [
        {"act": replace(ACTS[2], action="alert.cancel")},
        {"act": replace(ACTS[2], by=None)},
        {"act": replace(ACTS[2], after={"n": 7})},
        {"act": replace(ACTS[2], why="because")},
        {"act": replace(ACTS[2], where="elsewhere")},
        {"act": replace(ACTS[2], happened=at(2))},
        {"at": at(8)},
        {"mac": "0" * 64},
        {"key": "1"},
    ],
    ids=str,
)
def test_an_entry_that_was_edited_is_found(change):
    entries, head = chain_of()
    entries[2] = replace(entries[2], **change)
    assert judged(entries, head) == fault(3, "forged")


def test_an_entry_that_was_removed_is_found():
    entries, head = chain_of()
    for index in range(6):
        assert judged(entries[:index] + entries[index + 1 :], head) == fault(index + 1, "missing")


def test_two_entries_that_changed_places_are_found():
    entries, head = chain_of()
    entries[1:3] = [Stored(2, entries[2]), Stored(3, entries[1])]
    assert judged(entries, head) == fault(2, "altered")
    entries, head = chain_of()
    entries[1:3] = [replace(entries[2], seq=2), replace(entries[1], seq=3)]
    assert judged(entries, head) == fault(2, "forged")


def test_a_chain_that_was_cut_off_is_found():
    entries, head = chain_of()
    assert judged(entries[:4], head) == fault(5, "missing")
    assert judged([], head) == fault(1, "missing")
    shorter = replace(head, seq=4, mac=entries[3].mac, at=entries[3].at)
    assert judged(entries[:4], shorter) == fault(4, "head")
    assert judged(entries, shorter) == fault(5, "beyond")


def test_a_head_that_was_taken_back_or_is_gone_is_found_by_what_lies_behind_it():
    entries, head = chain_of()
    early = chain_of(ACTS[:4])[1]
    assert judged(entries, early) == fault(5, "beyond")
    assert judged(entries, AuditHead()) == fault(1, "beyond")
    assert judged(entries, replace(head, seal="0" * 64)) == fault(6, "head")


def test_who_takes_back_head_and_entries_together_is_found_by_the_anchor():
    entries, head = chain_of()
    early = chain_of(ACTS[:4])[1]
    anchored = [Anchor(3, entries[2].mac), Anchor(6, head.mac)]
    assert judged(entries[:4], early) is None
    assert judged(entries[:4], early, anchored) == fault(5, "missing")
    assert judged([], AuditHead(), anchored) == fault(1, "missing")
    assert judged(entries, head, anchored) is None


def test_who_has_the_key_and_writes_the_chain_anew_is_found_by_the_anchor():
    entries, head = chain_of()
    anew, its_head = chain_of([*ACTS[:2], replace(ACTS[2], action="alert.cancel"), *ACTS[3:]])
    assert judged(anew, its_head) is None
    assert judged(anew, its_head, [Anchor(4, entries[3].mac)]) == fault(4, "anchor")
    assert judged(anew, its_head, [Anchor(6, head.mac)]) == fault(6, "anchor")


def test_an_entry_that_was_put_there_is_found():
    entries, head = chain_of()
    added, further = sealed(ACTS[0], head, at(4), STRANGER)
    assert judged([*entries, added], head) == fault(7, "beyond")
    assert judged([*entries, added], further) == fault(7, "forged")
    assert judged([Stored(0, None), *entries], head) == fault(0, "altered")
    assert judged([*entries[:3], Stored(3, None), *entries[3:]], head) == fault(3, "altered")
    assert judged([*entries[:3], entries[2], *entries[3:]], head) == fault(3, "broken")


def test_a_chain_that_was_written_with_another_key_is_found():
    entries, head = chain_of(sealer=STRANGER)
    assert judged(entries, head) == fault(1, "forged")
    unknown = HmacSealer({"9": b"his" * 11}, "9")
    assert judged(*chain_of(sealer=unknown)) == fault(1, "unknown-key")


def test_a_chain_of_another_municipality_is_no_chain_of_this_one():
    entries, head = chain_of()
    assert judged(entries, head, terc=NEIGHBOUR) == fault(1, "forged")


def test_what_an_older_key_sealed_still_counts():
    before = HmacSealer({"1": b"old" * 11}, "1")
    entries, head = chain_of(sealer=before)
    more, after = all_sealed(ACTS, head, at(4), SEALER)
    assert [one.key for one in (*entries, *more)] == ["1"] * 6 + ["2"] * 6
    assert judged([*entries, *more], after) is None


def test_time_cuts_off_a_beginning_and_nobody_else_does():
    old, head = chain_of(ACTS[:3], now=NOW - KEPT - timedelta(hours=1))
    more, after = all_sealed(ACTS[3:], head, at(3), SEALER)
    whole = [*old, *more]
    assert judged(whole[1:], after) is None
    assert judged(whole[3:], after) is None
    assert judged([whole[0], *whole[3:]], after) is None  # they are not forgotten in their order
    assert judged(whole[4:], after) == fault(1, "missing")
    assert judged(whole[1:], after, now=at(9) - timedelta(days=1)) == fault(1, "missing")
    assert judged([], head) is None
    assert judged([], after) == fault(1, "missing")


@pytest.mark.parametrize("act", [ACTS[0], replace(ACTS[0], action="alert.cancel", happened=THEN)])
def test_what_was_set_aside_comes_into_the_chain_with_its_own_moment(act):
    waiting = set_aside(act, THEN, SEALER)
    assert as_set_aside(waiting, SEALER) == replace(act, happened=THEN)


PUT_THERE: dict[str, dict[str, Any]] = {
    "another action": {"act": replace(ACTS[0], action="alert.cancel")},
    "another person": {"act": replace(ACTS[0], by=None)},
    "another municipality's": {"act": replace(ACTS[0], terc=NEIGHBOUR)},
    "another moment": {"at": NOW, "prev_at": NOW},
    "no MAC": {"mac": ""},
    "a MAC without a key, of what waits for the chain": {"key": ""},
    "an unknown key": {"key": "9"},
}


@pytest.mark.parametrize("what", PUT_THERE)
def test_what_somebody_put_among_the_acts_that_wait_is_never_sealed(what):
    waiting = set_aside(ACTS[0], THEN, SEALER)
    assert as_set_aside(replace(waiting, **PUT_THERE[what]), SEALER) is None


def test_an_entry_of_the_chain_is_no_act_that_waits_nor_the_other_way_round():
    entries, head = chain_of()
    assert as_set_aside(entries[0], STRANGER) is None
    assert as_set_aside(replace(entries[0], seq=0, prev="waiting"), SEALER) is None
    waiting = set_aside(ACTS[0], entries[0].at, SEALER)
    forged = replace(entries[0], mac=waiting.mac)
    assert judged([forged, *entries[1:]], head) == fault(1, "forged")


def test_what_waited_without_a_key_is_taken_only_of_what_never_waits_and_says_so():
    bare = replace(set_aside(ACTS[0], THEN, SEALER), key="", mac="")
    assert as_set_aside(bare, SEALER) is None
    stopped = replace(ACTS[0], action="alert.cancel", why="pomyłka")
    told = as_set_aside(replace(bare, act=stopped), SEALER)
    assert told == replace(stopped, why=f"pomyłka {UNSEALED}", happened=THEN)


def test_of_two_anchors_of_one_number_both_count():
    entries, head = chain_of()
    right, wrong = Anchor(3, entries[2].mac), Anchor(3, "0" * 64)
    for anchors in ((right, wrong), (wrong, right)):
        assert judged(entries, head, anchors) == fault(3, "anchor")
