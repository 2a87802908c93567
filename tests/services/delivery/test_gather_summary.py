"""The figures of an alert: complete, seldom gathered, never overwritten by older ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer
from shared.domain.alert import State
from shared.domain.audience import Platform
from shared.domain.delivery import Delivery, DeliveryState, Slice
from shared.domain.figures import LEAST_PEOPLE, shown
from shared.domain.statistics import (
    ChannelReport,
    Neighbourhood,
    PlatformFigures,
    Point,
    SentFigures,
    ShownGroup,
    Summary,
)
from shared.errors import Conflict, NotFound
from shared.services.delivery.finish_delivery import finish_delivery
from shared.services.delivery.gather_summary import EVERY, TRIES, gather_summary, spacing
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


def test_before_the_start_nothing_is_told_and_nothing_complete(world):
    figures = gather(world)
    assert (figures.targeted, figures.accepted, figures.failed) == (None, None, {})
    assert not figures.complete


def test_failures_are_told_apart_over_all_slices(world):
    refused = {f"in{number}-1": Outcome.UNREGISTERED for number in range(1, 12)}
    refused |= {"in19-1": Outcome.BAD_TARGET}
    world.push.answering = lambda request, tried: PushAnswer(
        request.key, refused.get(target_of(request), Outcome.ACCEPTED)
    )
    run(world)
    figures = gather(world)
    assert figures.failed == {"unregistered": 10}
    assert world.of().figures.failed == {"unregistered": 11, "bad-target": 1}
    told = (shown(len(world.expected)), shown(len(world.expected) - 12))
    assert (figures.targeted, figures.accepted) == told
    assert figures.complete


def target_of(request):
    uid, _, device = request.key.partition("/")
    return f"{uid.rpartition('.')[0]}-{device}"


def test_reports_of_those_it_does_not_concern_are_counted(world):
    run(world)
    assert gather(world).not_mine is None
    world.published.reports["a1"] = 12
    world.clock.advance(timedelta(seconds=4))
    assert gather(world).not_mine == 10


def test_receipts_count_as_received_and_opened(world):
    run(world)
    world.published.receive("a1", "received", 15)
    world.published.receive("a1", "opened", 12)
    assert (gather(world).received, gather(world).opened) == (15, 10)


def test_until_figures_are_old_enough_nobody_gathers_again(world):
    run(world)
    first, before = gather(world), world.summaries.writes
    world.published.receive("a1", "received", 15)
    world.clock.advance(spacing(first) - timedelta(milliseconds=1))
    assert gather(world) == first
    world.clock.advance(timedelta(milliseconds=1))
    assert gather(world).received == 15
    assert world.summaries.writes == before + 1


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
    run(world)
    put = world.summaries.put

    def overtaken(*args):
        world.summaries.put = put
        gather(world)
        world.published.receive("a1", "opened", 10)
        put(*args)

    world.summaries.put = overtaken
    assert gather(world, at_most_every=timedelta()).opened == 10


def test_figures_written_by_a_clock_ahead_of_ours_are_not_taken_for_fresh(world):
    run(world)
    gather(world)
    world.published.receive("a1", "opened", 10)
    world.clock.advance(timedelta(milliseconds=-20))
    assert gather(world, at_most_every=timedelta()).opened == 10


def test_final_figures_outlive_the_slices_they_were_gathered_from(world):
    run(world)
    world.published.receive("a1", "opened", 12)
    final = gather(world)
    world.delivery.forget("a1")
    world.published.receipts = lambda alert_id: pytest.fail("its receipts need not be there any more")
    world.clock.advance(timedelta(days=120))
    assert gather(world) == replace(final, updated=world.clock.now())


def of_the_delivery(figures):
    return replace(figures, received=None, opened=None, by_platform={}, series=(), updated=None)


def test_figures_are_told_apart_by_platform(world):
    for number in range(26):
        platform = Platform.WEB if number < 4 else Platform.IOS
        world.audience.put(*with_phone(resident(f"other{number}", (49.832, 19.932)), platform))
    refused = {f"other{number}" for number in range(4, 15)}
    world.push.answering = lambda request, tried: PushAnswer(
        request.key, Outcome.BAD_TARGET if request.key.partition(".")[0] in refused else Outcome.ACCEPTED
    )
    run(world)
    world.published.receive("a1", "received", 11, Platform.IOS)
    world.published.receive("a1", "opened", 2, Platform.WEB)
    figures, known = gather(world), shown(len(world.expected))
    assert figures.by_platform == {
        "android": ShownGroup(targeted=known, accepted=known),
        "ios": ShownGroup(targeted=20, accepted=10, failed=10, received=10),
        "web": ShownGroup(),
    }
    assert figures.targeted == shown(len(world.expected) + 26)
    assert (figures.received, figures.opened, figures.unverified) == (10, None, False)


@pytest.mark.parametrize("platform", [Platform.ANDROID, Platform.IOS])
def test_phones_that_were_sent_nothing_confirm_nothing(world, platform):
    """Whatever platform a receipt names: of iPhones there are none here."""
    run(world)
    world.published.receive("a1", "received", 200, platform)
    world.published.receive("a1", "opened", 150, platform)
    figures = gather(world)
    told = figures.accepted if platform is Platform.ANDROID else None
    assert (figures.received, figures.opened) == (told, told)
    assert all((one.received or 0) <= (one.accepted or 0) for one in figures.by_platform.values())
    assert figures.unverified


def test_what_is_not_over_is_not_called_unverified(world):
    """A phone can confirm before the wave that it was sent in is recorded."""
    world.call_start()
    world.clock.advance(EVERY)
    world.published.receive("a1", "received", 1)
    assert not gather(world).unverified


def with_phone(entries, platform):
    return [
        replace(entry, devices=tuple(replace(device, platform=platform) for device in entry.devices))
        for entry in entries
    ]


def test_each_gathering_adds_a_point_to_the_series(world):
    run(world)
    began = gather(world).series[-1].seconds
    world.published.receive("a1", "received", 15)
    world.clock.advance(timedelta(seconds=60))
    newest = gather(world).series[-1]
    assert newest == Point(began + 60, shown(len(world.expected)), 15, None)


def test_an_alert_that_did_not_start_has_no_series(world):
    assert gather(world).series == ()


def test_a_place_with_enough_people_is_shown_and_adds_up(world):
    run(world)
    figures = gather(world)
    assert sum(place.accepted for place in figures.places) == figures.accepted
    assert all(abs(place.lat - 49.83) < 0.05 and abs(place.lng - 19.93) < 0.05 for place in figures.places)


def small(people, devices=1):
    world = World()
    for number in range(people):
        world.add(f"in{number}", (49.8318, 19.9327), devices=devices, meant=True)
    world.approve()
    run(world)
    world.published.receive("a1", "received", people)
    world.published.receive("a1", "opened", people)
    world.published.reports["a1"] = people
    world.clock.advance(EVERY)
    return world


@pytest.mark.parametrize(("people", "devices"), [(0, 1), (1, 1), (1, 8), (9, 1), (9, 8), (2, 5)])
def test_of_fewer_than_ten_people_nothing_is_told_apart_from_nobody(people, devices):
    figures = gather(small(people, devices))
    assert figures == Summary(
        targeted=None,
        accepted=None,
        failed={},
        received=None,
        opened=None,
        complete=True,
        updated=figures.updated,
        deliveries=figures.deliveries,
        least=LEAST_PEOPLE,
    )
    (report,) = figures.deliveries
    assert (report.targeted, report.accepted, report.failed) == (None, None, {})


def test_ten_people_are_told(world):
    figures = gather(small(10))
    assert (figures.targeted, figures.accepted, figures.received, figures.opened) == (10, 10, 10, 10)
    assert figures.not_mine == 10
    assert figures.series


def old_summary(world, people):
    """As releases gathered it before figures were rounded."""
    figures = Summary(people, people, {"network": 1}, people, 1, complete=True, updated=world.clock.now())
    exact = ShownGroup(people, people, 1, people, 1)
    known = replace(
        figures,
        not_mine=1,
        by_platform={"android": exact},
        series=(Point(3, people, 1, 1),),
        places=(Neighbourhood("871e2adb5ffffff", 49.8, 19.9, people),),
    )
    world.summaries.put("a1", known, None)
    return known


@pytest.mark.parametrize(("people", "told"), [(9, None), (56, 55)])
def test_exact_figures_of_a_release_before_are_rounded_before_they_are_told(world, people, told):
    old_summary(world, people)
    figures = gather(world)
    assert (figures.targeted, figures.received, figures.opened, figures.not_mine) == (told, told, None, None)
    assert figures.failed == {}
    assert [place.accepted for place in figures.places] == ([told] if told else [])
    assert figures.by_platform == ({"android": ShownGroup(told, told, None, told, None)} if told else {})
    assert figures.series == ((Point(3, told, None, None),) if told else ())
    world.clock.advance(EVERY)
    assert replace(gather(world), updated=figures.updated) == figures


def test_the_second_round_rings_phones_and_counts_none_twice(world):
    run(world)
    first = gather(world)
    second = begin_second_delivery(world)
    world.clock.advance(EVERY)
    ringing = gather(world, at_most_every=EVERY)
    assert (ringing.complete, ringing.rung) == (False, None)
    assert (ringing.targeted, ringing.by_platform) == (first.targeted, first.by_platform)
    world.delivery.save(RING, second, replace(second.value, devices=19, accepted=17, done=True), None)
    finish_delivery(world.ports, RING)
    world.clock.advance(EVERY)
    rung = gather(world, at_most_every=EVERY)
    assert (rung.complete, rung.rung) == (True, 15)
    assert of_the_delivery(replace(rung, rung=None, deliveries=first.deliveries)) == of_the_delivery(first)


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
    places = (Neighbourhood("c", 49.83, 19.94, 80),)
    kinds = {"android": PlatformFigures(80, 60, 20), "web": PlatformFigures(20, 20)}
    world.delivery.put(replace(push, figures=SentFigures(100, 80, {"gone": 20}, kinds, places)))
    second = replace(push, number=2, figures=SentFigures(80, 70, {"gone": 10}, kinds, places))
    world.delivery.put(replace(second, **ringing))
    refused = replace(push, channel="stub", state=DeliveryState.FAILED, refusal="too long")
    world.delivery.put(replace(refused, figures=SentFigures(30, 0, {"gone": 10, "moved-away": 20})))
    world.published.receive("a1", "received", 50)
    world.published.receive("a1", "opened", 15, Platform.WEB)
    world.published.reports["a1"] = 30
    return now


def test_figures_are_of_each_channels_first_delivery_and_reports_of_all(world):
    now = told_apart(world)
    assert gather(world) == Summary(
        targeted=130,
        accepted=80,
        failed={"gone": 30, "moved-away": 20},
        received=50,
        opened=15,
        complete=True,
        updated=now,
        rung=70,
        by_platform={
            "android": ShownGroup(80, 60, 20, received=50),
            "ios": ShownGroup(),
            "web": ShownGroup(20, 20, opened=15),
        },
        series=(Point(60, 80, 50, 15),),
        not_mine=30,
        places=(Neighbourhood("c", 49.83, 19.94, 80),),
        deliveries=(
            ChannelReport("push", 1, "done", now, 100, 80, {"gone": 20}),
            ChannelReport("push", 2, "done", now, 80, 70, {"gone": 10}),
            ChannelReport("stub", 1, "failed", now, 30, None, {"gone": 10, "moved-away": 20}, "too long"),
        ),
        least=LEAST_PEOPLE,
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
    assert (figures.complete, figures.rung) == (complete, None)


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
    assert world.summaries.get("a1").value.complete
    assert world.of().figures.targeted < len(world.expected)
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


def test_the_older_what_was_sent_is_the_more_seldom_it_is_counted(world):
    run(world)
    world.clock.advance(timedelta(hours=1))
    counted = gather(world).updated
    world.clock.advance(timedelta(seconds=80))
    assert gather(world).updated == counted
    world.clock.advance(timedelta(seconds=20))
    assert gather(world).updated > counted
