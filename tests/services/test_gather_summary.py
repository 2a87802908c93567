"""The figures of an alert: complete, seldom gathered, never overwritten by older ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.delivery import Outcome, PushAnswer
from shared.errors import Conflict, NotFound
from shared.services.gather_summary import EVERY, gather_summary
from tests.services.delivery_world import World


@pytest.fixture
def world():
    world = World()
    world.populate(20)
    world.approve()
    return world


def gather(world, **options):
    return gather_summary(
        "a1",
        alerts=world.alerts,
        delivery=world.delivery,
        published=world.published,
        summaries=world.summaries,
        clock=world.clock,
        **options,
    )


def run(world):
    world.call_start()
    world.run_all()
    world.clock.advance(EVERY)


def test_before_the_start_everything_is_zero_and_nothing_complete(world):
    figures = gather(world)
    assert (figures.targeted, figures.accepted, figures.failed) == (0, 0, {})
    assert not figures.complete


def test_failures_are_told_apart_over_all_slices(world):
    refused = {"in1-1": Outcome.UNREGISTERED, "in2-1": Outcome.UNREGISTERED, "in19-1": Outcome.BAD_TARGET}
    world.push.answering = lambda request, tried: PushAnswer(
        request.key, refused.get(target_of(request), Outcome.ACCEPTED)
    )
    run(world)
    figures = gather(world)
    assert figures.failed == {"unregistered": 2, "bad-target": 1}
    assert (figures.targeted, figures.accepted) == (len(world.expected), len(world.expected) - 3)
    assert figures.complete


def target_of(request):
    uid, _, device = request.key.partition("/")
    return f"{uid.rpartition('.')[0]}-{device}"


def test_receipts_count_as_received_and_opened(world):
    run(world)
    world.published.receive("a1", "received", 5)
    world.published.receive("a1", "opened", 2)
    assert (gather(world).received, gather(world).opened) == (5, 2)


def test_within_three_seconds_nobody_gathers_again(world):
    first = gather(world)
    world.published.receive("a1", "received")
    world.clock.advance(EVERY - timedelta(milliseconds=1))
    assert gather(world) == first
    world.clock.advance(timedelta(milliseconds=1))
    assert gather(world).received == 1
    assert world.summaries.writes == 2


def test_of_two_at_once_one_writes_and_both_see_the_same(world):
    put = world.summaries.put
    other = []

    def overtaken(*args):
        world.summaries.put = put
        world.published.receive("a1", "received")
        other.append(gather(world))
        put(*args)

    world.summaries.put = overtaken
    assert gather(world) == other[0]
    assert world.summaries.writes == 1


def test_who_wants_fresh_figures_gathers_again_when_overtaken(world):
    put = world.summaries.put

    def overtaken(*args):
        world.summaries.put = put
        gather(world)
        world.published.receive("a1", "opened")
        put(*args)

    world.summaries.put = overtaken
    assert gather(world, at_most_every=timedelta()).opened == 1


def test_figures_written_by_a_clock_ahead_of_ours_are_not_taken_for_fresh(world):
    gather(world)
    world.published.receive("a1", "opened")
    world.clock.advance(timedelta(milliseconds=-20))
    assert gather(world, at_most_every=timedelta()).opened == 1


def test_final_figures_outlive_the_slices_they_were_gathered_from(world):
    run(world)
    final = gather(world)
    world.delivery.forget("a1")
    world.published.receive("a1", "opened")
    world.clock.advance(timedelta(days=120))
    assert gather(world) == replace(final, opened=1, updated=world.clock.now())


def test_who_is_always_overtaken_says_so(world):
    def refuse(*_):
        raise Conflict

    world.summaries.put = refuse
    with pytest.raises(Conflict):
        gather(world)


def test_an_alert_cancelled_in_flight_is_complete_once_its_slices_have_stopped(world):
    world.push.during = world.cancel
    world.call_start()
    world.push.during = lambda: None
    world.run_all()
    figures = world.summaries.get("a1").value
    assert figures.complete
    assert figures.targeted < len(world.expected)
    assert world.alert().state is State.CANCELLED


def test_an_unknown_alert_has_no_figures(world):
    world.alerts.put(replace(world.alert(), id="other"))
    with pytest.raises(NotFound):
        gather_summary(
            "nobody",
            alerts=world.alerts,
            delivery=world.delivery,
            published=world.published,
            summaries=world.summaries,
            clock=world.clock,
        )
    assert world.summaries.get("nobody") is None
