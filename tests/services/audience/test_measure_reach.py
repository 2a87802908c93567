"""The figures shown before an alert is submitted are those of its delivery."""

from __future__ import annotations

import random
from bisect import bisect_left
from dataclasses import astuple, replace
from datetime import time, timedelta
from functools import cached_property

import pytest

from shared.domain.alert import Category, Severity
from shared.domain.preferences import NO_PREFERENCES, Preferences, QuietHours, rings, wants
from shared.domain.reach import Counted
from shared.geo.cells import cell_of
from shared.geo.shapes import Area
from shared.services.audience.match_area import AreaMatch
from shared.services.audience.measure_reach import (
    EXACT_UP_TO,
    SPOTS,
    Sending,
    _Count,
    _sampled,
    _spots,
    measure_reach,
)
from shared.services.audience.survey_ranges import Part
from tests.fakes.alert_values import content
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import SUNDAY_NIGHT
from tests.services.delivery_world import AREA, FAR_AWAY, SMALL, World, inside, outside, resident

THE_AREA = Area.from_text(AREA)
MATCH = AreaMatch(THE_AREA)


def test_nobody_is_zero_and_certain():
    assert measure_reach(THE_AREA, FakeAudienceStore()) == Counted(0, 0, 0, exact=True)


def test_one_person_is_seen():
    audience = FakeAudienceStore()
    audience.put(*resident("u1", (49.8318, 19.9327)))
    assert measure_reach(THE_AREA, audience) == Counted(1, 1, 1, exact=True)


def test_places_phones_and_people_are_counted_apart():
    audience = FakeAudienceStore()
    audience.put(*resident("u1", (49.8318, 19.9327), (49.8310, 19.9320), FAR_AWAY, devices=3))
    audience.put(*resident("u2", (49.8330, 19.9340)))
    audience.put(*resident("u3", FAR_AWAY))
    assert measure_reach(THE_AREA, audience) == Counted(residents=2, phones=4, places=3, exact=True)


def test_it_is_what_the_delivery_then_reaches():
    world = World(pace=SMALL)
    world.populate(60)
    before = measure_reach(THE_AREA, world.audience)
    world.approve()
    world.call_start()
    world.run_all()
    assert before.phones == sum(world.pushed.values())
    assert before.exact


# ---- Of an alert: who has muted it, and whom it wakes

DEAF = Preferences(muted=frozenset({Category.FAILURE, Category.EVENT}))
CHOOSY = Preferences(least=Severity.SEVERE)
SLEEPER = Preferences(quiet=QuietHours(time(22), time(6)))  # SUNDAY_NIGHT is 02:10 in Poland


def audience_of(*preferences):
    """In the area, each with the next number of phones: 1, 2, 3, ..."""
    audience = FakeAudienceStore()
    for phones, one in enumerate(preferences, start=1):
        for entry in resident(f"u{phones}", (49.8318, 19.9327), (49.8310, 19.9320), devices=phones):
            audience.put(replace(entry, preferences=one))
    return audience


EVERY_KIND = audience_of(NO_PREFERENCES, DEAF, CHOOSY, SLEEPER)  # 1, 2, 3 and 4 phones


@pytest.mark.parametrize(
    ("changes", "phones", "muted", "wakes"),
    [
        ({}, 5, 5, 1),
        ({"category": Category.WARNING}, 7, 3, 3),
        ({"severity": Severity.SEVERE}, 8, 2, 8),
        ({"severity": Severity.SEVERE, "exercise": True}, 8, 2, 4),
        ({"severity": Severity.EXTREME}, 10, 0, 10),
        ({"severity": Severity.EXTREME, "exercise": True}, 8, 2, 4),
        ({"severity": Severity.EXTREME, "sound_at": SUNDAY_NIGHT + timedelta(hours=4)}, 10, 0, 0),
        ({"severity": Severity.EXTREME, "sound_at": SUNDAY_NIGHT}, 10, 0, 10),
    ],
    ids=str,
)
def test_phones_are_those_sent_to_and_the_others_are_told_apart(changes, phones, muted, wakes):
    reach = measure_reach(THE_AREA, EVERY_KIND, Sending(content(**changes), SUNDAY_NIGHT))
    assert (reach.phones, reach.muted, reach.wakes) == (phones, muted, wakes)


def test_residents_are_those_sent_to_and_places_all_in_the_area():
    reach = measure_reach(THE_AREA, EVERY_KIND, Sending(content(), SUNDAY_NIGHT))
    assert (reach.residents, reach.places) == (2, 8)


def test_by_day_quiet_hours_silence_nobody():
    noon = SUNDAY_NIGHT + timedelta(hours=10)
    assert measure_reach(THE_AREA, EVERY_KIND, Sending(content(), noon)).wakes == 5


def test_without_an_alert_everyone_in_the_area_counts():
    everyone = Counted(residents=4, phones=10, places=8, exact=True, muted=None, wakes=None)
    assert measure_reach(THE_AREA, EVERY_KIND) == everyone


def spared(audience, rng):
    """The same people, a quarter each with other preferences."""
    for uid in sorted({entry.uid for entry in audience.documents.values()}):
        one = rng.choice([NO_PREFERENCES, DEAF, CHOOSY, SLEEPER])
        audience.put(*(replace(e, preferences=one) for e in audience.documents.values() if e.uid == uid))


@pytest.mark.parametrize(
    "changes",
    [{}, {"category": Category.WARNING}, {"severity": Severity.SEVERE}, {"exercise": True}],
    ids=str,
)
def test_of_an_alert_too_it_is_what_the_delivery_then_reaches(changes):
    world = World(pace=SMALL)
    world.populate(60)
    spared(world.audience, random.Random(3))
    alert = world.approve(**changes)
    before = measure_reach(THE_AREA, world.audience, Sending(alert.content, world.clock.now()))
    world.call_start()
    world.run_all()
    assert before.phones == sum(world.pushed.values())
    assert 0 < before.muted == len(world.expected) - before.phones


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

    def count(self, lo, hi, read_time, code=None):
        return len(self._within(lo, hi))

    def stream(self, lo, hi, read_time, after=None, limit=None, code=None):
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


def owned(audience):
    """Each resident with a place in the area once."""
    entries = list(audience.documents.values())
    return [e for e, own in zip(entries, MATCH.owners(entries), strict=True) if own]


def truth(audience):
    """By the filter over everybody, without cover, slices or samples."""
    found = owned(audience)
    places = sum(MATCH.matching(list(audience.documents.values())))
    return Counted(len(found), sum(len(e.devices) for e in found), places, exact=True)


def test_up_to_5000_places_are_counted_one_by_one():
    audience = crowd(4_250, random.Random(5))
    counted = measure_reach(THE_AREA, audience)
    assert EXACT_UP_TO * 0.97 < counted.places < EXACT_UP_TO * 1.1
    assert counted == truth(audience)


def test_above_it_muted_and_wakes_are_estimated_alike():
    audience = crowd(14_000, random.Random(7))
    rng = random.Random(8)
    uids = dict.fromkeys(key.partition(".")[0] for key in audience.documents)
    choices = {uid: rng.choice([NO_PREFERENCES, DEAF, CHOOSY, SLEEPER]) for uid in uids}
    audience.put(*(replace(e, preferences=choices[e.uid]) for e in list(audience.documents.values())))
    sending = Sending(content(), SUNDAY_NIGHT)
    estimated = measure_reach(THE_AREA, audience, sending)
    owners = [e for e in owned(audience) if wants(e.preferences, sending.message)]
    mute = [e for e in owned(audience) if not wants(e.preferences, sending.message)]
    heard = [e for e in owners if rings(e.preferences, sending.message, sending.at)]
    for figure, exact in (("phones", owners), ("muted", mute), ("wakes", heard)):
        assert getattr(estimated, figure) == pytest.approx(sum(len(e.devices) for e in exact), rel=0.08)


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
    assert measure_reach(THE_AREA, audience) == Counted(1, 1, 1, exact=True)


def test_spots_are_spread_evenly_over_all_places():
    strata = [Part((("a", "b"),), 100), Part((("c", "d"),), 700)]
    spots = list(_spots(strata, SPOTS))
    assert [part.count for part, _ in spots] == [100] * 50 + [700] * 350
    assert [share for _, share in spots[:2]] == [0.01, 0.03]
    assert spots[50][1] == pytest.approx(1 / 700)
    assert all(0 < share < 1 for _, share in spots)


def test_a_sample_is_the_average_of_what_comes_behind_its_spot_and_after_the_end_from_the_beginning():
    audience = IndexedAudience()
    homes = sorted((cell_of(*point), point) for point in (inside(random.Random(seed)) for seed in range(8)))
    for number, (_, point) in enumerate(homes):
        audience.put(*resident(f"u{number}", point, devices=number + 1))
    part, count = Part(((homes[0][0], homes[-1][0]),), 8), _Count(MATCH, None)
    everyone = sum(range(1, 9))
    for share, at_the_spot in ((0.0, 1), (1.0, 8)):  # who is at the spot is read from both sides
        average = (1, (everyone + at_the_spot) / 9, 1, 0, 0, 0, 0)
        assert astuple(_sampled(count, audience, None, part, share)) == pytest.approx(average)
    empty = replace(part, ranges=((homes[0][0], homes[0][0]),))
    assert astuple(_sampled(count, FakeAudienceStore(), None, empty, 0.5)) == (0,) * 7


def test_an_estimate_reads_no_more_than_a_sample():
    audience = crowd(14_000, random.Random(1))
    measure_reach(THE_AREA, audience)
    assert audience.read < 4_500
