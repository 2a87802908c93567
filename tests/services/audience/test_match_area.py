"""What is read of the index for an area, and what becomes of each entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.alert import Category
from shared.domain.preferences import Preferences
from shared.geo.cells import cell_of
from shared.geo.shapes import Area
from shared.services.audience.match_area import (
    CHUNK,
    EXACTLY_READABLE,
    READ_AT_ONCE,
    SHORT,
    AreaMatch,
    Verdict,
    chunked,
    judged,
    ranges_at_once,
    read_ranges,
    readable,
)
from tests.fakes.alert_values import content
from tests.fakes.audience import FakeAudienceStore
from tests.services.delivery_world import AREA, FAR_AWAY, resident

MATCH = AreaMatch(Area.from_text(AREA))
HOUSES = [(49.8310, 19.9320), (49.8318, 19.9327), (49.8330, 19.9340)]
CELLS = sorted(cell_of(*house) for house in HOUSES)
DEAF = Preferences(muted=frozenset({Category.FAILURE}))


class Asked(FakeAudienceStore):
    """Notes each query: its range, and what it is to begin behind."""

    def __init__(self):
        super().__init__()
        self.queries = []
        for number, house in enumerate(sorted(HOUSES, key=lambda house: cell_of(*house))):
            self.put(*resident(f"u{number}", house))

    def stream(self, lo, hi, read_time, after=None, limit=None, code=None):
        self.queries.append((lo, hi, read_time, after))
        return super().stream(lo, hi, read_time, after, limit, code)


@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize(
    ("after", "begun", "found"),
    [
        (None, [(0, False), (1, False), (2, False)], ["u0.1", "u1.1", "u2.1"]),
        ((CELLS[0], "u0.1"), [(0, True), (1, False), (2, False)], ["u1.1", "u2.1"]),
        ((CELLS[1], ""), [(1, True), (2, False)], ["u1.1", "u2.1"]),
        ((CELLS[2], "u2.1"), [(2, True)], []),
    ],
)
def test_ranges_that_were_read_are_not_asked_for_again(at_once, after, begun, found):
    audience, ranges = Asked(), [(cell, cell) for cell in CELLS]
    assert [entry.key for entry in read_ranges(audience, ranges, None, after, at_once)] == found
    expected = [(CELLS[at], CELLS[at], None, after if behind else None) for at, behind in begun]
    assert sorted(audience.queries, key=lambda query: query[0]) == expected


def test_they_are_read_as_of_the_moment_asked_for():
    audience, moment = Asked(), datetime(2026, 11, 22, 1, 10, tzinfo=UTC)
    audience.remember(moment)
    list(read_ranges(audience, [(CELLS[0], CELLS[2])], moment))
    assert audience.queries == [(CELLS[0], CELLS[2], moment, None)]


@pytest.mark.parametrize(
    ("places", "ranges", "at_once"),
    [(2 * SHORT - 1, 2, READ_AT_ONCE), (2 * SHORT, 2, 1), (0, 1, READ_AT_ONCE)],
)
def test_short_ranges_are_read_side_by_side(places, ranges, at_once):
    assert ranges_at_once(places, [("a", "b")] * ranges) == at_once


def test_each_entry_is_sent_muted_or_passed_over():
    two = resident("ann", HOUSES[0], HOUSES[1])
    deaf = [replace(entry, preferences=DEAF) for entry in resident("bob", FAR_AWAY, HOUSES[2])]
    everyone = [*two, *deaf]
    verdicts = [Verdict.SENT, Verdict.PASSED, Verdict.PASSED, Verdict.MUTED]
    assert list(judged(MATCH, content(), everyone)) == list(zip(everyone, verdicts, strict=True))
    assert [verdict for _, verdict in judged(MATCH, None, everyone)] == [*verdicts[:3], Verdict.SENT]


def test_chunks_are_full_but_for_the_last():
    (one,) = resident("ann", HOUSES[0])
    assert [len(chunk) for chunk in chunked(iter([one] * (2 * CHUNK + 1)))] == [CHUNK, CHUNK, 1]
    assert list(chunked([])) == []


@pytest.mark.parametrize(
    ("age", "exact"), [(EXACTLY_READABLE - timedelta(microseconds=1), True), (EXACTLY_READABLE, False)]
)
def test_what_is_too_old_is_read_as_of_its_whole_minute(age, exact):
    moment = datetime(2026, 11, 22, 1, 10, 33, 123456, tzinfo=UTC)
    whole = datetime(2026, 11, 22, 1, 10, tzinfo=UTC)
    assert readable(moment, moment + age) == (moment if exact else whole)
