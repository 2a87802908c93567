"""What an area covers is told by name: of most addresses first, bounded, and nothing lost in the sums."""

from __future__ import annotations

from shared.domain.covered import Address, Covered, CoveredName, covered
from shared.domain.place_codes import PlaceCodes


def addresses(name, street, count):
    return [
        Address(PlaceCodes("1209033", "0951617", None, street, str(n)), name, "8d")
        for n in range(1, count + 1)
    ]


ROZANA = addresses("Różana", "0951617:00001", 42)
DWORCOWA = addresses("Dworcowa", "0951617:00002", 117)
ALL = ROZANA + DWORCOWA


def test_each_name_with_what_is_in_and_what_it_has():
    told = covered(ALL, {*range(9), *range(42, 49)})
    assert told == Covered(
        (CoveredName("0951617:00001", "Różana", 9, 42), CoveredName("0951617:00002", "Dworcowa", 7, 117)),
        16,
        159,
    )


def test_nothing_inside_names_nothing():
    assert covered(ALL, set()) == Covered((), 0, 159)
    assert covered([], set()) == Covered((), 0, 0)


def test_of_many_names_the_first_are_told_and_the_rest_is_counted():
    told = covered(ALL, range(159), most=1)
    assert [one.name for one in told.names] == ["Dworcowa"]
    assert (told.more, told.more_inside, told.inside) == (1, 42, 159)


def test_two_streets_of_one_name_stay_two():
    other = addresses("Różana", "0328083:00001", 3)
    told = covered(ROZANA + other, range(45))
    assert [(one.code, one.inside) for one in told.names] == [("0951617:00001", 42), ("0328083:00001", 3)]


def test_the_order_does_not_hang_on_that_of_the_register():
    equal = addresses("Polna", "0951617:00004", 2) + addresses("Leśna", "0951617:00003", 2)
    assert covered(equal, range(4)) == covered(equal[::-1], range(4))
    assert [one.name for one in covered(equal, range(4)).names] == ["Leśna", "Polna"]


def test_a_village_without_streets_is_named_itself():
    village = [Address(PlaceCodes("1209033", "0327468", None, None, "5"), "Przymiarek", "8d")]
    assert covered(village, {0}).names == (CoveredName("0327468", "Przymiarek", 1, 1),)
