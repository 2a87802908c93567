"""The figures of an alert: complete, seldom gathered, never overwritten by older ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer
from shared.domain.alert import State
from shared.domain.audience import Platform
from shared.domain.delivery import Delivery, DeliveryState, Slice
from shared.domain.statistics import (
    ChannelReport,
    Neighbourhood,
    PlatformFigures,
    Point,
    SentFigures,
    Summary,
)
from shared.errors import Conflict, NotFound
from shared.services.delivery.finish_delivery import finish_delivery
from shared.services.delivery.gather_summary import EVERY, TRIES, gather_summary
from tests.services.delivery_world import RING, World, resident


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


def test_reports_of_those_it_does_not_concern_are_counted(world):
    run(world)
    assert gather(world).not_mine == 0
    world.published.reports["a1"] = 2
    world.clock.advance(timedelta(seconds=4))
    assert gather(world).not_mine == 2


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
    late = gather(world)
    assert (late.opened, late.by_platform["android"].opened) == (1, 1)
    assert of_the_delivery(late) == of_the_delivery(final)


def of_the_delivery(figures):
    by_platform = {name: replace(one, received=0, opened=0) for name, one in figures.by_platform.items()}
    return replace(figures, received=0, opened=0, by_platform=by_platform, series=(), updated=None)


def test_figures_are_told_apart_by_platform(world):
    for number, platform in enumerate([Platform.IOS, Platform.IOS, Platform.WEB]):
        world.audience.put(*with_phone(resident(f"other{number}", (49.832, 19.932)), platform))
    world.push.answering = lambda request, tried: PushAnswer(
        request.key, Outcome.BAD_TARGET if request.key.startswith("other0") else Outcome.ACCEPTED
    )
    run(world)
    world.published.receive("a1", "received", 3, Platform.IOS)
    world.published.receive("a1", "opened", 2, Platform.WEB)
    figures, known = gather(world), len(world.expected)
    assert figures.by_platform == {
        "android": PlatformFigures(targeted=known, accepted=known),
        "ios": PlatformFigures(targeted=2, accepted=1, failed=1, received=3),
        "web": PlatformFigures(targeted=1, accepted=1, opened=2),
    }
    assert (figures.targeted, figures.received, figures.opened) == (known + 3, 3, 2)


def with_phone(entries, platform):
    return [
        replace(entry, devices=tuple(replace(device, platform=platform) for device in entry.devices))
        for entry in entries
    ]


def test_each_gathering_adds_a_point_to_the_series(world):
    run(world)
    began = gather(world).series[-1].seconds
    world.published.receive("a1", "received", 5)
    world.clock.advance(timedelta(seconds=60))
    newest = gather(world).series[-1]
    assert newest == Point(began + 60, len(world.expected), 5, 0)


def test_an_alert_that_did_not_start_has_no_series(world):
    assert gather(world).series == ()


def test_a_place_with_enough_phones_is_shown_and_adds_up(world):
    run(world)
    figures = gather(world)
    assert sum(place.accepted for place in figures.places) == figures.accepted
    assert all(abs(place.lat - 49.83) < 0.05 and abs(place.lng - 19.93) < 0.05 for place in figures.places)


def test_an_alert_to_fewer_than_five_phones_shows_no_place():
    world = World()
    world.populate(3)
    world.approve()
    run(world)
    assert gather(world).accepted > 0
    assert gather(world).places == ()


def test_the_second_round_rings_phones_and_counts_none_twice(world):
    run(world)
    first = gather(world)
    second = begin_second_delivery(world)
    world.clock.advance(EVERY)
    ringing = gather(world)
    assert (ringing.complete, ringing.rung) == (False, 0)
    assert (ringing.targeted, ringing.by_platform) == (first.targeted, first.by_platform)
    world.delivery.save(RING, second, replace(second.value, devices=9, accepted=7, done=True), None)
    finish_delivery(world.ports, RING)
    world.clock.advance(EVERY)
    rung = gather(world)
    assert (rung.complete, rung.rung) == (True, 7)
    assert of_the_delivery(replace(rung, rung=0, deliveries=first.deliveries)) == of_the_delivery(first)


def begin_second_delivery(world):
    ringing = replace(world.of(), number=2, state=DeliveryState.PLANNED, figures=None)
    part = Slice(0, (("8d1e2a0b0c0003f", "8d1e2a0b0c0007f"),), 9)
    sending = replace(ringing, state=DeliveryState.SENDING, slices=1)
    world.delivery.plan(world.delivery.put(ringing), sending, [part])
    return world.delivery.slice(RING, 0)


def told_apart(world, **ringing):
    """An alert of a minute ago: told over push and, a second time, about to be; the stub has refused it."""
    now = world.clock.now()
    world.alerts.put(replace(world.alert(), state=State.ACTIVE, started=now - timedelta(seconds=60)))
    push = Delivery("a1", "push", 1, 1, 1, False, now, now, state=DeliveryState.DONE)
    places = (Neighbourhood("c", 49.83, 19.94, 8),)
    kinds = {"android": PlatformFigures(10, 8, 2)}
    world.delivery.put(replace(push, figures=SentFigures(10, 8, {"gone": 2}, kinds, places)))
    second = replace(push, number=2, figures=SentFigures(8, 7, {"gone": 1}, kinds, places))
    world.delivery.put(replace(second, **ringing))
    refused = replace(push, channel="stub", state=DeliveryState.FAILED, refusal="too long")
    world.delivery.put(replace(refused, figures=SentFigures(3, 0, {"gone": 1, "moved-away": 2})))
    world.published.receive("a1", "received", 5)
    world.published.receive("a1", "opened", 2, Platform.WEB)
    world.published.reports["a1"] = 3
    return now


def test_figures_are_of_each_channels_first_delivery_and_reports_of_all(world):
    now = told_apart(world)
    assert gather(world) == Summary(
        targeted=13,
        accepted=8,
        failed={"gone": 3, "moved-away": 2},
        received=5,
        opened=2,
        complete=True,
        updated=now,
        rung=7,
        by_platform={
            "android": PlatformFigures(10, 8, 2, received=5),
            "ios": PlatformFigures(),
            "web": PlatformFigures(opened=2),
        },
        series=(Point(60, 8, 5, 2),),
        not_mine=3,
        places=(Neighbourhood("c", 49.83, 19.94, 8),),
        deliveries=(
            ChannelReport("push", 1, "done", now, 10, 8, {"gone": 2}),
            ChannelReport("push", 2, "done", now, 8, 7, {"gone": 1}),
            ChannelReport("stub", 1, "failed", now, 3, 0, {"gone": 1, "moved-away": 2}, "too long"),
        ),
    )


@pytest.mark.parametrize(
    ("state", "ahead", "complete"),
    [
        (DeliveryState.PLANNED, 1, True),
        (DeliveryState.PLANNED, 0, False),
        (DeliveryState.SENDING, 0, False),
        (DeliveryState.STOPPED, 0, True),
    ],
)
def test_figures_are_complete_when_every_delivery_whose_moment_has_come_is_over(
    world, state, ahead, complete
):
    due = world.clock.now() + timedelta(seconds=ahead)
    told_apart(world, state=state, due=due, figures=None)
    figures = gather(world)
    assert (figures.complete, figures.rung) == (complete, 0)


def test_time_in_the_series_is_in_whole_seconds_and_never_before_the_start(world):
    now = told_apart(world)
    world.alerts.put(replace(world.alert(), started=now + timedelta(seconds=9)))
    assert gather(world).series[-1].seconds == 0
    world.clock.advance(timedelta(seconds=20.6))
    assert [point.seconds for point in gather(world).series] == [0, 12]


def test_who_is_always_overtaken_says_so(world):
    tries = []

    def refuse(*_):
        tries.append(1)
        raise Conflict

    world.summaries.put = refuse
    with pytest.raises(Conflict):
        gather(world)
    assert len(tries) == TRIES


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
