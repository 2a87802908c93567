"""How many an area reaches, as staff are told."""

from __future__ import annotations

import pytest

from shared.domain.reach import Counted, People, told

AREA = Counted(residents=42, phones=58, places=60, exact=True)


def test_of_an_area_alone_nobody_is_told_to_have_muted_it():
    assert told(AREA) == People(40, 60, exact=True, announced=False, muted=None, wakes=None)


def test_with_a_message_those_who_muted_it_and_those_whom_it_wakes_are_told():
    counted = Counted(42, 58, 60, True, muted=23, wakes=31, muted_residents=20, woken_residents=27)
    assert told(counted) == People(40, 60, exact=True, announced=True, muted=25, wakes=30)


@pytest.mark.parametrize(
    ("counted", "hidden"),
    [
        (Counted(42, 58, 60, False, muted=23, wakes=31, muted_residents=9, woken_residents=27), "muted"),
        (Counted(42, 58, 60, False, muted=23, wakes=31, muted_residents=20, woken_residents=9), "wakes"),
        (Counted(9, 58, 60, False, muted=23, wakes=31, muted_residents=20, woken_residents=20), "phones"),
        (Counted(42, 58, 60, False, muted=9, wakes=31, muted_residents=20, woken_residents=27), "muted"),
        (Counted(42, 58, 60, False, muted=0, wakes=31, muted_residents=0, woken_residents=27), "muted"),
        (Counted(42, 58, 60, False, muted=23, wakes=0, muted_residents=20, woken_residents=0), "wakes"),
    ],
)
def test_many_phones_of_few_people_are_not_told(counted: Counted, hidden: str):
    assert getattr(told(counted), hidden) is None
    assert told(counted).announced


@pytest.mark.parametrize(("sent", "muted", "any_told"), [(6, 3, False), (5, 5, True), (0, 9, False)])
def test_nothing_is_told_of_an_area_that_means_fewer_than_ten(sent: int, muted: int, any_told: bool):
    counted = Counted(sent, 30, 30, True, muted=30, wakes=30, muted_residents=muted, woken_residents=30)
    assert (told(counted) != People(None, None, exact=True, announced=True)) == any_told
