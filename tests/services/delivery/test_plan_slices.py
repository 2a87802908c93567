"""How an area's audience is cut into slices."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from shared.geo.cells import cell_of, centres
from shared.geo.shapes import Area
from shared.services.audience.match_area import AreaMatch, read_ranges
from shared.services.delivery.plan_slices import plan_slices
from tests.fakes.audience import FakeAudienceStore
from tests.services.delivery_world import AREA, EAST, NORTH, SOUTH, WEST, inside, resident

MATCH = AreaMatch(Area.from_text(AREA))


def audience_of(points):
    audience = FakeAudienceStore()
    for number, point in enumerate(points):
        audience.put(*resident(f"u{number}", point))
    return audience


def crowd(count, seed=3):
    rng = random.Random(seed)
    return [inside(rng) for _ in range(count)]


def keys(audience, slices):
    return [entry.key for part in slices for entry in read_ranges(audience, part.ranges, None)]


@pytest.mark.parametrize("count", [1, 9, 10, 11, 500])
def test_every_place_is_in_exactly_one_slice(count):
    audience = audience_of(crowd(count))
    slices = plan_slices(MATCH, audience, None, 10)
    found = keys(audience, slices)
    assert len(found) == len(set(found))
    assert set(found) >= set(audience.documents)
    assert len(found) <= sum(part.count for part in slices) <= len(audience.documents)


def test_no_slice_is_larger_than_asked_for():
    slices = plan_slices(MATCH, audience_of(crowd(500)), None, 10)
    assert max(part.count for part in slices) <= 10
    assert [part.index for part in slices] == list(range(len(slices)))


def test_nobody_in_the_ranges_is_no_slice():
    assert plan_slices(MATCH, audience_of([(50.2, 20.5)]), None, 10) == ()


def test_more_people_in_one_cell_than_a_slice_holds_are_one_slice_of_their_own():
    slices = plan_slices(MATCH, audience_of([(49.8318, 19.9327)] * 25), None, 10)
    assert [part.count for part in slices] == [25]


def test_the_ranges_of_a_slice_are_in_order_and_apart():
    for part in plan_slices(MATCH, audience_of(crowd(300)), None, 40):
        bounds = [bound for item in part.ranges for bound in item]
        assert bounds == sorted(bounds)


def test_the_nearest_to_the_centre_come_first():
    audience = audience_of(crowd(600))
    slices = plan_slices(MATCH, audience, None, 30)
    distances = [mean_distance(audience, part) for part in slices]
    third = len(distances) // 3
    assert sum(distances[:third]) / third < sum(distances[-third:]) / third


def mean_distance(audience, part):
    lats, lngs = centres([entry.cell for entry in read_ranges(audience, part.ranges, None)])
    lat, lng = (SOUTH + NORTH) / 2, (WEST + EAST) / 2
    return float((((lats - lat) ** 2 + ((lngs - lng) * 0.645) ** 2) ** 0.5).mean())


def test_slices_grow_before_there_are_too_many_for_one_commit(monkeypatch):
    monkeypatch.setattr("shared.services.delivery.plan_slices.MOST_SLICES", 8)
    slices = plan_slices(MATCH, audience_of(crowd(400)), None, 10)
    assert len(slices) <= 8


def test_reading_goes_on_after_a_place_and_skips_none():
    audience = audience_of(crowd(200))
    ranges = MATCH.ranges()
    everyone = list(read_ranges(audience, ranges, None))
    for at in (0, 57, 198, 199):
        last = everyone[at]
        rest = list(read_ranges(audience, ranges, None, (last.cell, last.key)))
        assert rest == everyone[at + 1 :]


def test_two_people_in_one_cell_are_told_apart_by_their_ids():
    audience = audience_of([(49.8318, 19.9327)] * 3)
    cell = cell_of(49.8318, 19.9327)
    assert [e.key for e in read_ranges(audience, [(cell, cell)], None, (cell, "u0.1"))] == ["u1.1", "u2.1"]


def test_the_owner_is_the_lowest_place_inside():
    entries = resident("u1", (50.2, 20.5), (49.8318, 19.9327), (49.8320, 19.9330))
    assert MATCH.owners(entries) == [False, True, False]
    assert MATCH.matching(entries) == [False, True, True]
    alone = [replace(entries[0], siblings=entries[0].siblings[:1])]
    assert MATCH.owners(alone) == [False]
    assert (MATCH.owners([]), MATCH.matching([])) == ([], [])
