"""The coverage by street: every address is counted once, and no figure points at a house."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.coverage import (
    HIGHEST,
    LEAST_ADDRESSES,
    LOWEST,
    STEP,
    CountedStreet,
    share_in_steps,
    street_shares,
)


def street(code, addresses, covered=0, sym="0951617"):
    return CountedStreet(f"{sym}:{code}", f"ul. {code}", sym, f"wieś {sym}", addresses, covered)


STREETS = st.lists(
    st.builds(
        lambda at, addresses, covered, sym: street(f"{at:05}", addresses, min(covered, addresses), sym),
        st.integers(0, 99_999),
        st.integers(0, 40),
        st.integers(0, 40),
        st.sampled_from(["0951617", "0327416", "0327468"]),
    ),
    max_size=30,
    unique_by=lambda one: one.code,
)


@given(STREETS)
def test_every_street_with_an_address_stands_in_one_group_of_ten_addresses_at_least(streets):
    shares = street_shares(streets)
    told = [code for share in shares for code in share.codes]
    enough = sum(one.addresses for one in streets) >= LEAST_ADDRESSES
    assert sorted(told) == (sorted(one.code for one in streets if one.addresses) if enough else [])
    assert all(share.addresses >= LEAST_ADDRESSES for share in shares)
    assert sum(share.addresses for share in shares) == (
        sum(one.addresses for one in streets) if enough else 0
    )


@given(STREETS)
def test_shares_are_steps_that_tell_neither_nobody_nor_everybody(streets):
    assert {share.share for share in street_shares(streets)} <= set(range(LOWEST, HIGHEST + STEP, STEP))


@given(st.integers(LEAST_ADDRESSES, 500))
def test_zero_cannot_be_told_from_one_and_all_not_from_all_but_one(addresses):
    assert share_in_steps(0, addresses) == share_in_steps(1, addresses)
    assert share_in_steps(addresses, addresses) == share_in_steps(addresses - 1, addresses)


@pytest.mark.parametrize(
    ("covered", "addresses", "share"),
    [(14, 100, 10), (15, 100, 20), (68, 100, 70), (21, 42, 50), (9, 9, None), (0, 0, None)],
)
def test_a_share_goes_to_the_nearest_step(covered, addresses, share):
    assert share_in_steps(covered, addresses) == share


def test_short_streets_stand_together_by_locality():
    shares = street_shares(
        [street("1", 42, 21), street("2", 6, 6), street("3", 5), street("4", 12, sym="0327416")]
    )
    named = {share.codes: (share.name, share.locality, share.share) for share in shares}
    assert named == {
        ("0951617:1",): ("ul. 1", "wieś 0951617", 50),
        ("0951617:2", "0951617:3"): ("", "wieś 0951617", 50),
        ("0327416:4",): ("ul. 4", "wieś 0327416", 10),
    }


def test_short_streets_of_localities_that_are_too_small_stand_together():
    shares = street_shares([street("1", 42), street("2", 6), street("3", 5, sym="0327416")])
    (joined,) = [share for share in shares if len(share.codes) == 2]
    assert (joined.name, joined.locality, joined.addresses) == ("", "", 11)


def test_what_is_still_too_small_joins_the_smallest_street():
    shares = street_shares([street("1", 42), street("2", 11), street("3", 5)])
    assert {share.codes for share in shares} == {("0951617:1",), ("0951617:2", "0951617:3")}


def test_the_lowest_share_comes_first():
    shares = street_shares([street("1", 10, 9), street("2", 10, 2), street("3", 10, 5)])
    assert [share.share for share in shares] == [20, 50, 90]
