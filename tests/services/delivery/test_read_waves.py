"""What of a slice goes into each wave."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.alert import Category
from shared.domain.delivery import Slice
from shared.domain.preferences import Preferences
from shared.geo.cells import cell_of
from shared.geo.shapes import Area
from shared.services.audience.match_area import AreaMatch
from shared.services.delivery.read_waves import new_batches, retry_batches
from tests.fakes.alert_values import content
from tests.fakes.audience import FakeAudienceStore
from tests.services.delivery_world import AREA, PUSH, World, resident

MATCH = AreaMatch(Area.from_text(AREA))
HOUSES = [(49.8310, 19.9320), (49.8318, 19.9327), (49.8330, 19.9340)]
CELLS = sorted(cell_of(*house) for house in HOUSES)
AT = {cell_of(*house): house for house in HOUSES}
PART = Slice(0, ((CELLS[0], CELLS[-1]),), 3)
CHANNEL = World().ports.channels[PUSH.id.split(".")[0]]


def audience_of(*phones):
    """A resident in each house, in the order of cells, with so many phones."""
    audience = FakeAudienceStore()
    for number, (cell, devices) in enumerate(zip(CELLS, phones, strict=True)):
        audience.put(*resident(f"u{number}", AT[cell], devices=devices))
    return audience


def keys(batch):
    return [one.key for one in batch.recipients]


def new(audience, part=PART, most=3, at_once=1):
    return list(new_batches(audience, CHANNEL, MATCH, content(), part, None, most, at_once))


@pytest.mark.parametrize("at_once", [1, 8])
def test_a_wave_is_as_full_as_may_be_and_a_residents_phones_stay_together(at_once):
    first, second = new(audience_of(2, 1, 2), at_once=at_once)
    assert (keys(first), first.cursor) == (["u0.1/1", "u0.1/2", "u1.1/1"], (CELLS[1], "u1.1"))
    assert (keys(second), second.cursor) == (["u2.1/1", "u2.1/2"], (CELLS[2], "u2.1"))
    assert (first.last, second.last, first.retried) == (False, True, ())


def test_more_phones_than_a_wave_holds_are_one_wave_of_their_own():
    assert [len(batch.recipients) for batch in new(audience_of(1, 5, 1))] == [1, 5, 1]


def test_a_slice_goes_on_behind_its_cursor():
    behind = replace(PART, cursor=(CELLS[0], "u0.1"))
    assert [keys(batch) for batch in new(audience_of(1, 1, 1), behind)] == [["u1.1/1", "u2.1/1"]]


def test_of_nobody_left_the_last_wave_is_empty_and_the_cursor_stays():
    at_the_end = replace(PART, cursor=(CELLS[2], "u2.1"))
    [batch] = new(audience_of(1, 1, 1), at_the_end)
    assert (keys(batch), batch.cursor, batch.last) == ([], at_the_end.cursor, True)


def test_who_has_muted_it_is_read_and_not_sent_to():
    audience = audience_of(1, 1, 1)
    deaf = replace(audience.documents["u2.1"], preferences=Preferences(muted=frozenset({Category.FAILURE})))
    audience.put(deaf)
    [batch] = new(audience)
    assert (keys(batch), batch.cursor) == (["u0.1/1", "u1.1/1"], (CELLS[2], "u2.1"))


def test_those_to_be_tried_again_come_in_waves_with_the_phones_that_are_still_there():
    waiting = ("u0.1/2", "u2.1/1", "u1.1/1", "u9.1/1", "u1.1/2")
    batches = list(retry_batches(audience_of(2, 2, 1), CHANNEL, replace(PART, retry=waiting), None, most=3))
    assert [keys(batch) for batch in batches] == [["u0.1/2", "u1.1/1", "u2.1/1"], ["u1.1/2"]]
    assert [batch.retried for batch in batches] == [waiting[:3], waiting[3:]]
    assert {(batch.cursor, batch.last) for batch in batches} == {(None, False)}
