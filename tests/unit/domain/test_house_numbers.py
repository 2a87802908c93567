"""House numbers of the register: which are meant by a side or a range, and in which order they stand."""

from __future__ import annotations

import re

import pytest

from shared.domain.house_numbers import Houses, Parity, house_number, in_order, lower_bound, upper_bound

ODD, EVEN = Houses(Parity.ODD), Houses(Parity.EVEN)


def holds(houses, text):
    number = house_number(text)
    assert number is not None
    return houses.hold(number)


@pytest.mark.parametrize(
    "text", ["12", "12A", "12a", "12 a", "12/3", "12A/3", "12/3b", "12 / 3", "10-12", "10A–12B", "12/A"]
)
def test_what_the_register_writes_is_read(text):
    assert house_number(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bn",
        "dz. 12",
        "A12",
        "12-",
        "-12",
        "1-2-3",
        "12ABCD",
        "123456",
        "1-9999",
        "12//3",
        "1" * 400,
        "１２",
    ],
)
def test_what_has_no_order_is_no_number(text):
    assert house_number(text) is None


@pytest.mark.parametrize(
    ("text", "odd", "even"),
    [("11", True, False), ("12", False, True), ("11B", True, False), ("12/3", False, True),
     ("11/2", True, False),
     ("10-12", False, True), ("9-11", True, False), ("9-12", True, True), ("12-9", True, True)],
)  # fmt: skip
def test_a_side_is_told_by_the_number_and_not_by_what_follows_it(text, odd, even):
    assert (holds(ODD, text), holds(EVEN, text)) == (odd, even)


@pytest.mark.parametrize(
    ("first", "last", "inside", "outside"),
    [
        (
            "2",
            "12",
            ["2", "2A", "7", "12", "12A", "12/3", "12ZZ", "12-14", "1-2"],
            ["1", "13", "1A", "13-15"],
        ),
        ("12B", None, ["12B", "12C", "12AA", "12B/1", "13", "100"], ["12", "12A", "12A/9", "11", "12/3"]),
        (None, "12B", ["12", "12A", "12B", "12B/4", "12/3", "1"], ["12C", "12AA", "13"]),
        ("12/2", "12/4", ["12/2", "12/3", "12/4", "12/4A"], ["12", "12/1", "12/5", "12A", "13"]),
        ("11", "11", ["11", "11A", "10-13", "11-15"], ["10-12", "10", "12"]),
        ("10B", "10B", ["10B", "10A-10C", "10B-12"], ["10A", "10C", "10", "8-10"]),
    ],
)
def test_a_range_holds_its_bounds_and_what_belongs_to_them(first, last, inside, outside):
    houses = Houses(None, first, last)
    assert [text for text in inside if not holds(houses, text)] == []
    assert [text for text in outside if holds(houses, text)] == []


def test_a_side_and_a_range_hold_together():
    odd = Houses(Parity.ODD, "3", "9")
    assert [n for n in range(1, 12) if holds(odd, str(n))] == [3, 5, 7, 9]
    assert not holds(odd, "10-12")
    assert holds(odd, "8-13")
    assert not holds(Houses(Parity.ODD, "12", "14"), "11-12")


def test_a_building_of_several_numbers_is_taken_out_only_when_all_of_them_are():
    number = house_number("10-12")
    assert Houses(None, "12", None).hold(number)
    assert not Houses(None, "12", None).hold_wholly(number)
    assert Houses(None, "10", "12").hold_wholly(number)
    assert not EVEN.hold_wholly(house_number("9-12"))
    assert not Houses(None, "10B", "10B").hold_wholly(house_number("10A-10C"))
    assert Houses(None, "10", "10").hold_wholly(house_number("10A-10C"))


@pytest.mark.parametrize("text", ["", "10-12", "bn", "1" * 400])
def test_a_bound_is_one_number(text):
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        lower_bound(text)
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        upper_bound(text)


def test_numbers_stand_in_the_order_in_which_people_walk():
    walked = ["1", "2", "2A", "2B", "2AA", "9/1", "9/2", "9/10", "10", "11", "100", "bn"]
    mixed = ["100", "9/10", "2AA", "bn", "1", "11", "2", "2B", "9/1", "10", "2A", "9/2"]
    assert sorted(mixed, key=in_order) == walked
