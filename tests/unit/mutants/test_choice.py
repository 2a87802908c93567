"""The tests that a mutant meets."""

from __future__ import annotations

from shared.geo.area_map import simplified
from tests.mutants.choice import LONGEST, forget, nearest

FUNCTIONS = {"unit": 2, "service": 40, "whole": 300}
SECONDS = {"unit": 0.1, "service": 0.5, "whole": LONGEST}


def test_those_that_reach_the_fewest_functions_come_first_and_no_more_than_fit():
    assert nearest(["whole", "service", "unit"], FUNCTIONS, SECONDS) == ["unit", "service"]


def test_one_is_tried_however_long_it_takes():
    assert nearest(["whole"], FUNCTIONS, SECONDS) == ["whole"]


def test_of_equally_near_ones_the_quicker_comes_first():
    assert nearest(["slow", "quick"], {"slow": 2, "quick": 2}, {"slow": 2, "quick": 1}) == ["quick", "slow"]


def test_one_that_was_not_noted_comes_last():
    assert nearest(["new", "service"], FUNCTIONS, SECONDS) == ["service"]


def test_what_the_process_had_answered_is_asked_again():
    simplified('{"type":"Polygon","coordinates":[[[19.9,49.8],[20.0,49.8],[20.0,49.9],[19.9,49.8]]]}')
    assert simplified.cache_info().currsize > 0
    forget()
    assert simplified.cache_info().currsize == 0
