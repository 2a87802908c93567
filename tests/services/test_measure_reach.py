"""The figures shown before an alert is submitted are those of its delivery."""

from __future__ import annotations

import random
from bisect import bisect_left
from functools import cached_property

import pytest

from shared.geo.shapes import Area
from shared.services.measure_reach import EXACT_UP_TO, Reach, measure_reach
from tests.fakes.audience import FakeAudienceStore
from tests.services.delivery_world import AREA, FAR_AWAY, SMALL, World, inside, outside, resident

THE_AREA = Area.from_text(AREA)


def test_nobody_is_zero_and_certain():
    assert measure_reach(THE_AREA, FakeAudienceStore()) == Reach(0, 0, 0, exact=True)


def test_one_person_is_seen():
    audience = FakeAudienceStore()
    audience.put(*resident("u1", (49.8318, 19.9327)))
    assert measure_reach(THE_AREA, audience) == Reach(1, 1, 1, exact=True)


def test_places_phones_and_people_are_counted_apart():
    audience = FakeAudienceStore()
    audience.put(*resident("u1", (49.8318, 19.9327), (49.8310, 19.9320), FAR_AWAY, devices=3))
    audience.put(*resident("u2", (49.8330, 19.9340)))
    audience.put(*resident("u3", FAR_AWAY))
    assert measure_reach(THE_AREA, audience) == Reach(residents=2, phones=4, places=3, exact=True)


def test_it_is_what_the_delivery_then_reaches():
    world = World(pace=SMALL)
    world.populate(60)
    before = measure_reach(THE_AREA, world.audience)
    world.approve()
    world.call_start()
    world.run_all()
    assert before.phones == sum(world.pushed.values())
    assert before.exact


class IndexedAudience(FakeAudienceStore):
    """The fake with an index, for crowds; it never changes once it is read."""

    def __init__(self):
        super().__init__()
        self.read = 0

    @cached_property
    def _order(self):
        return sorted((entry.cell, key) for key, entry in self.documents.items())

    def _within(self, lo, hi):
        return self._order[bisect_left(self._order, (lo, "")) : bisect_left(self._order, (hi, "~"))]

    def count(self, lo, hi, read_time):
        return len(self._within(lo, hi))

    def stream(self, lo, hi, read_time, after=None, limit=None):
        for _, key in self._within(lo, hi)[:limit]:
            self.read += 1
            yield self.documents[key]


def crowd(count, rng):
    """Some with two phones, some with two places; denser and with more phones in the west."""
    audience = IndexedAudience()
    for number in range(count):
        lat, lng = inside(rng)
        if rng.random() < 0.4:
            lng = 19.9302 + (lng - 19.9302) / 4
        places = [(lat, lng), inside(rng)] if number % 6 == 0 else [(lat, lng)]
        phones = 3 if lng < 19.9315 else 1
        audience.put(*resident(f"u{number}", *places, devices=phones))
    for number in range(count // 4):
        audience.put(*resident(f"out{number}", outside(rng)))
    return audience


def truth(audience):
    """By the filter over everybody, without cover, slices or samples."""
    from shared.services.match_area import AreaMatch

    entries = list(audience.documents.values())
    match = AreaMatch(THE_AREA)
    owned = [e for e, own in zip(entries, match.owners(entries), strict=True) if own]
    return Reach(len(owned), sum(len(e.devices) for e in owned), sum(match.matching(entries)), exact=True)


def test_up_to_5000_places_are_counted_one_by_one():
    audience = crowd(4_250, random.Random(5))
    counted = measure_reach(THE_AREA, audience)
    assert EXACT_UP_TO * 0.97 < counted.places < EXACT_UP_TO * 1.1
    assert counted == truth(audience)


@pytest.mark.parametrize("seed", range(3))
def test_above_it_is_an_estimate_within_5_percent_and_says_so(seed):
    audience = crowd(14_000, random.Random(seed))
    estimated, exact = measure_reach(THE_AREA, audience), truth(audience)
    assert not estimated.exact
    for figure in ("residents", "phones", "places"):
        assert getattr(estimated, figure) == pytest.approx(getattr(exact, figure), rel=0.05)


def test_few_inside_among_many_in_the_ranges_are_counted_one_by_one():
    """A block of flats of 6,000 just over the border, and one house this side of it."""
    audience = IndexedAudience()
    for number in range(6_000):
        audience.put(*resident(f"out{number}", (49.8318, 19.93565)))
    audience.put(*resident("u1", (49.8318, 19.9354)))
    assert measure_reach(THE_AREA, audience) == Reach(1, 1, 1, exact=True)


def test_an_estimate_reads_no_more_than_a_sample():
    audience = crowd(14_000, random.Random(1))
    measure_reach(THE_AREA, audience)
    assert audience.read < 4_500
