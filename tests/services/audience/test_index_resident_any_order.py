"""Whatever happens to events and workers, the index ends as the documents say."""

from __future__ import annotations

from hypothesis import given, settings

from tests.fakes.audience import FakeAudienceStore
from tests.fakes.residents import FakeResidentStore
from tests.services.index_simulation import INSIDE, SCRIPTS, SIGNED_UP, Simulation


def simulation():
    residents = FakeResidentStore()
    return Simulation(residents, residents, FakeAudienceStore())


@settings(max_examples=400, deadline=None)
@given(script=SCRIPTS)
def test_the_index_is_exactly_what_the_documents_say(script):
    world = simulation()
    world.play(script)
    world.finish()
    assert world.indexed() == world.called_for(script)
    assert world.coordinates_left() == 0


@settings(max_examples=100, deadline=None)
@given(script=SCRIPTS)
def test_events_repeated_after_everything_was_deleted_bring_nobody_back(script):
    world = simulation()
    world.play(script)
    world.delete_all()
    world.finish()
    world.repeat()
    world.finish()
    assert world.indexed() == {}
    assert world.coordinates_left() == 0


def test_a_change_there_and_back_is_not_undone_by_the_worker_in_between():
    """Nothing of the state changes for the one who knows better, so the other's write is not refused."""
    world = simulation()
    world.play(SIGNED_UP)
    world.finish()
    there = [("write_device", "1", "b"), ("deliver",), ("go_on", 0), ("go_on", 0)]  # has read, not written
    back = [("write_device", "1", "a"), ("deliver",)]
    world.play(there + back)
    world.finish()  # the worker that came last goes first
    assert world.indexed() == world.called_for(SIGNED_UP)


def test_a_place_that_came_and_went_under_a_slow_worker_leaves_nothing_behind():
    world = simulation()
    world.play(SIGNED_UP)
    world.finish()
    slow = [("write_device", "1", "b"), ("deliver",), ("go_on", 0)]  # has read the state alone
    came = [("write_cell", "2", INSIDE), ("deliver",), *[("go_on", 1)] * 5]  # is in the index
    went = [("delete_place", "2")]
    world.play(slow + came + went)
    world.finish()
    assert set(world.indexed()) == {"ann.1"}
