"""What `make attack` counts."""

from __future__ import annotations

from tests.attack.tally import Tally


def test_attacks_are_counted_by_area_and_those_that_succeeded_are_named():
    tally = Tally()
    tally.note("rules", "a resident: get staff", succeeded=False)
    tally.note("rules", "a resident: list staff", succeeded=True)
    tally.note("tokens", "cut", succeeded=False)
    assert tally.report() == {"tried": 3, "succeeded": 1, "areas": {"rules": [2, 1], "tokens": [1, 0]}}
    assert [line.strip() for line in tally.lines() if line.startswith(" ")] == ["a resident: list staff"]
