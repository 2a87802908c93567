"""Whoever any area of parts means is delivered once, through the real plan and slices.

EXPRESSIONS=10000 tries ten thousand of them; the suite tries a hundredth.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.area_parts import Level, Saved, Step, Unit
from shared.domain.audience import AudienceEntry, Device, Platform, Sibling, Target
from shared.domain.found_by import found_by
from shared.domain.house_numbers import Houses, Parity
from shared.domain.place_codes import UNKNOWN
from shared.domain.reach import Counted
from shared.domain.search.gazetteer import Gazetteer, Locality, Part, Street
from shared.services.audience import finer_codes
from shared.services.audience.match_content import match_of
from shared.services.audience.match_parts import outline_of, shape_taken
from shared.services.audience.measure_reach import measure_reach
from shared.services.delivery.plan_slices import plan_slices
from shared.services.delivery.read_waves import new_batches
from tests.fakes.alert_values import content
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.audience import FakeAudienceStore
from tests.services.audience.test_match_parts_expressions import (
    EXPRESSIONS,
    HOMES,
    LOCALITIES,
    NESTED,
    SHAPES,
    STREETS,
    TERCS,
    Box,
    drawn,
    listed,
    plainly,
)
from tests.services.delivery_world import PUSH, World

CHANNEL = World().ports.channels[PUSH.id.split(".")[0]]
ANYWHERE = Box(0, 0, 1, 1)
WITH_PART, PART = LOCALITIES[:2]
SIDES_OF_STREETS = st.builds(
    Unit, st.just(Level.STREET), st.sampled_from(STREETS), st.builds(Houses, st.sampled_from(Parity))
)


def taken(steps):
    """With the shapes of the register, as an alert keeps them."""
    return tuple(Step(_taken(step.part), step.subtracted) for step in steps)


def _taken(part):
    if isinstance(part, Saved):
        return replace(part, steps=taken(part.steps))
    known = SHAPES.get(part.level, {}).get(part.code) if isinstance(part, Unit) else None
    return part if known is None else replace(part, shape=drawn(known).shape)


@cache
def homes(old):
    """Of every `old` th resident as a release wrote it that knew of no codes; 0: of none."""
    uids = sorted({one.resident for one in HOMES})
    before = set(uids[::old]) if old else set()
    return [
        replace(one, codes=UNKNOWN, house=None) if one.resident in before else one for one in HOMES
    ], before


@cache
def audience(old):
    places, before = homes(old)
    siblings = defaultdict(list)
    for one in places:
        siblings[one.resident].append(Sibling(one.place, one.spot.cell, one.codes))
    store = FakeAudienceStore()
    for uid, theirs in siblings.items():
        phone = Device("1", Platform.ANDROID, Target("token", uid))
        for own in theirs:
            codes = None if uid in before else found_by(own.codes)
            entry = AudienceEntry(uid, own.id, own.cell, own.codes.terc, "pl", (phone,), tuple(theirs))
            store.put(replace(entry, found_by=codes))
    return store


def delivered(match, store, size):
    """Every slice is taken up anew after each of its waves, as by a worker that had to stop."""
    waiting = list(plan_slices(match, store, None, size))
    while waiting:
        part = waiting.pop()
        batch = next(new_batches(store, CHANNEL, match, content(), part, None, 25))
        yield from (one.entry.key for one in batch.recipients)
        waiting += [] if batch.last else [replace(part, cursor=batch.cursor)]


def register(*left_out):
    """Of the localities and streets where people live, but for some that another day's register has."""
    known = [sym for sym in LOCALITIES if sym not in left_out and sym != PART]
    return Gazetteer(TERCS[0], "Gmina", tuple(locality(sym, left_out) for sym in (*known, PART)))


def locality(sym, left_out):
    streets = [code for code in STREETS if code.startswith(sym) and code not in left_out]
    parts = (Part(PART, PART),) if sym == WITH_PART and PART not in left_out else ()
    return Locality(sym, sym, parts, tuple(Street(code[8:], code) for code in streets))


REGISTERS = [
    FakeAreaLibrary([register(*some)])
    for some in ((), (LOCALITIES[2],), (STREETS[2],), (PART,), LOCALITIES, (LOCALITIES[3], STREETS[1]))
]
WHOLES = st.one_of(
    st.builds(Unit, st.just(Level.GMINA), st.just(TERCS[0][:6])),
    st.builds(Unit, st.just(Level.LOCALITY), st.sampled_from(LOCALITIES)),
    st.builds(Unit, st.just(Level.STREET), st.sampled_from(STREETS)),
)
WITHOUT = st.builds(
    lambda whole, gone, rest: (Step(whole), *(Step(one, subtracted=True) for one in gone), *rest),
    WHOLES,
    st.lists(WHOLES | SIDES_OF_STREETS, min_size=1, max_size=3),
    st.lists(st.builds(Step, WHOLES | NESTED, st.booleans()), max_size=2),
)


@pytest.fixture(autouse=True, scope="module")
def always_worth_it():
    """To read without what is taken out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finer_codes, "WORTH_SHARE", 0)
        patch.setattr(finer_codes, "WORTH_PER_QUERY", 0.01)
        yield


@pytest.mark.parametrize("old", [0, 5, 1])
@EXPRESSIONS.patience
@settings(max_examples=max(1, EXPRESSIONS.count // 3), deadline=None)
@given(
    steps=listed(NESTED) | WITHOUT,
    size=st.sampled_from([15, 60, 500]),
    areas=st.sampled_from(REGISTERS),
)
def test_whom_a_plain_evaluation_means_is_delivered_and_nobody_twice(old, steps, size, areas):
    taken_steps, (places, _) = taken(steps), homes(old)
    outline = outline_of(taken_steps, shape_taken)
    match = match_of(drawn(ANYWHERE).shape if outline is None else outline.text(), taken_steps)
    inside = [one for one in places if plainly(steps, one)]
    lowest = {one.resident: one.place for one in sorted(inside, key=lambda one: one.place, reverse=True)}
    store = audience(old)
    match.codes = match.finer(TERCS[0], areas, store, None)
    assert Counter(delivered(match, store, size)) == Counter(
        f"{uid}.{place}" for uid, place in lowest.items()
    )
    counted = measure_reach(match, store)
    assert counted == Counted(len(lowest), len(lowest), len(inside), exact=True)
