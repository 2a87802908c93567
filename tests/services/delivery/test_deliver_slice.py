"""What one worker does with one slice: lease, waves, retries, stops."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer
from shared.domain.alert import State
from shared.domain.audience import Target
from shared.domain.delivery import DeliveryRef
from shared.domain.wave import Answer
from shared.errors import Conflict, Unavailable
from shared.services.delivery.deliver_slice import deliver_slice
from shared.services.delivery.slice_run import refused
from tests.fakes.faults import DiedError
from tests.services.delivery_world import PUSH, SMALL, World, inside, resident

ONE_SLICE = replace(SMALL, slice=5000)
LEASE = SMALL.lease


def world_of(people=12, pace=ONE_SLICE, answering=None):
    world = World(pace=pace)
    world.populate(people)
    world.approve()
    if answering:
        world.push.answering = answering
    return world


def planned(people=12, pace=ONE_SLICE, answering=None):
    """A world whose only slice is planned, but nobody has begun it."""
    world = world_of(people, pace, answering)
    world.faults.at = calls_before_claim(people, pace)
    world.call_start()
    world.faults.at = None
    assert world.state() == "sending"
    assert not world.pushed
    return world


def calls_before_claim(people, pace):
    """The number of the call that claims the first slice."""
    probe = world_of(people, pace)
    probe.call_start()
    return probe.faults.log.index("delivery.save") + 1


def deliver(world, attempt=0, generation=1):
    deliver_slice(world.ports, PUSH, generation, 0, attempt)


def the_slice(world):
    return world.delivery.slice(PUSH, 0).value


def ledger(world):
    return [wave.outcomes for _, wave in world.delivery.waves]


def answers(outcome, times=10**9, only=None, retry_after=None):
    """`outcome` for the first tries of each target (or of `only` these), then accepted."""

    def answering(request, tried):
        mine = only is None or request.key in only
        if mine and tried <= times:
            return PushAnswer(request.key, outcome, retry_after)
        return PushAnswer(request.key, Outcome.ACCEPTED)

    return answering


# ---- lease -----------------------------------------------------------------------------------------


def test_a_slice_held_by_another_worker_is_left_alone_and_the_task_comes_back():
    world = planned()
    stolen: list[Unavailable | None] = []
    world.push.during = lambda: stolen.append(attempt_to_steal(world))
    deliver(world)
    assert stolen
    assert all(isinstance(error, Unavailable) for error in stolen)
    assert world.pushed == dict.fromkeys(world.expected, 1)


def attempt_to_steal(world):
    world.push.during = lambda: None
    try:
        deliver(world)
    except Unavailable as error:
        return error
    return None


def test_after_a_takeover_the_first_worker_commits_nothing_and_one_wave_at_most_is_repeated():
    world = planned()

    def stall_and_lose():
        world.push.during = lambda: None
        world.clock.advance(LEASE + timedelta(seconds=1))
        deliver(world)

    world.push.during = stall_and_lose
    with pytest.raises(Conflict):
        deliver(world)
    assert set(world.pushed) == world.expected
    assert sum(world.pushed.values()) - len(world.expected) <= ONE_SLICE.wave
    assert the_slice(world).accepted == len(world.expected)


def test_a_worker_stops_sending_before_its_lease_ends():
    world = planned()
    world.push.during = lambda: world.clock.advance(LEASE * 0.46)
    deliver(world)
    first = ledger(world)[0]
    assert Counter(first.values()) == {"accepted": 2, "network": 3}


def test_a_lease_is_renewed_when_reading_took_long():
    world = planned(people=40)
    stream = world.audience.stream

    def slow(*args, **named):
        world.clock.advance(LEASE * 0.9 / len(the_slice(world).ranges))
        return stream(*args, **named)

    world.audience.stream = slow
    deliver(world)
    assert world.pushed == dict.fromkeys(world.expected, 1)
    assert not any("network" in wave.values() for wave in ledger(world))


def test_the_lease_counts_from_before_the_claim_was_written():
    world = planned()
    save, refused = world.delivery.save, []

    def slowly(*args):
        world.delivery.save = save
        claimed = save(*args)
        world.clock.advance(0.9 * LEASE)
        return claimed

    def others_try():
        world.clock.advance(0.2 * LEASE)
        with pytest.raises(Unavailable):
            deliver(world)
        refused.append(True)

    world.delivery.save, world.push.during = slowly, others_try
    deliver(world)
    assert refused
    assert set(world.pushed) == world.expected


def test_a_passing_failure_of_the_sender_gives_the_lease_back():
    world = planned()

    def no_access_token():
        raise Unavailable

    world.push.during = no_access_token
    with pytest.raises(Unavailable):
        deliver(world)
    assert the_slice(world).held_until is None
    world.push.during = lambda: None
    deliver(world)
    assert set(world.pushed) == world.expected


def test_a_release_that_fails_hides_nothing_of_why_the_work_was_given_up():
    for failing in (Conflict(), Unavailable("store-away")):
        world = planned()

        def away(world=world, failing=failing):
            world.delivery.save = refusing(failing)
            raise Unavailable("no-access-token")

        world.push.during = away
        with pytest.raises(Unavailable) as given_up:
            deliver(world)
        assert given_up.value.code == "no-access-token"


def refusing(error):
    def save(*_):
        raise error

    return save


def test_a_lease_ends_at_its_last_moment_and_until_then_the_slice_is_said_to_be_held():
    world = planned()
    known = world.delivery.slice(PUSH, 0)
    until = world.clock.now() + LEASE
    world.delivery.save(PUSH, known, replace(known.value, held_until=until), None)
    world.clock.advance(LEASE - timedelta(microseconds=1))
    with pytest.raises(Unavailable) as held:
        deliver(world)
    assert held.value.code == "slice-held"
    world.clock.advance(timedelta(microseconds=1))
    deliver(world)
    assert set(world.pushed) == world.expected


def test_a_wave_is_sent_until_nearly_half_of_the_lease_is_over():
    world = planned()
    deadlines = []
    send = world.ports.channels["push"].send

    def noting(wave, deadline):
        deadlines.append(deadline - world.clock.monotonic())
        return send(wave, deadline)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.ports.channels["push"], "send", noting)
        deliver(world)
    assert deadlines == [0.45 * LEASE.total_seconds()] * len(world.push.waves)


@pytest.mark.parametrize(("share", "renewed"), [(0.25, 0), (0.26, 1)])
def test_the_lease_is_renewed_when_a_quarter_of_it_went_by_before_sending(share, renewed):
    world = planned()
    saved, save = [], world.delivery.save

    def noting(*given):
        saved.append(given[-1])
        return save(*given)

    world.delivery.save = noting
    once = [share]
    stream = world.audience.stream

    def slow(*args, **named):
        world.clock.advance(LEASE * (once.pop() if once else 0))
        return stream(*args, **named)

    world.audience.stream = slow
    deliver(world)
    without_a_wave = 1 + renewed  # the claim
    assert [wave is None for wave in saved[:3]].count(True) == without_a_wave


# ---- which task does anything ------------------------------------------------------------------------


def test_a_task_of_an_old_generation_does_nothing():
    world = planned()
    deliver(world, generation=0)
    assert not world.pushed


def test_a_task_of_an_unknown_alert_or_slice_does_nothing():
    world = planned()
    deliver_slice(world.ports, DeliveryRef("nobody", "push.1"), 1, 0, 0)
    deliver_slice(world.ports, PUSH, 1, 99, 0)
    deliver_slice(world.ports, DeliveryRef("a1", "push.9"), 1, 0, 0)
    assert not world.pushed


def test_a_task_of_an_old_attempt_only_makes_sure_of_the_next_one():
    world = planned(answering=answers(Outcome.UNAVAILABLE, times=1))
    deliver(world)
    sent = sum(world.pushed.values())
    world.tasks.waiting, world.tasks.names = [], set()  # as if we had died before it was enqueued
    deliver(world, attempt=0)
    assert sum(world.pushed.values()) == sent
    (waiting,) = world.tasks.waiting
    assert waiting.task.payload["attempt"] == 1
    assert waiting.at == the_slice(world).resume_at


def test_a_task_of_a_finished_slice_sends_nothing_more():
    world = planned()
    deliver(world)
    deliver(world)
    assert world.pushed == dict.fromkeys(world.expected, 1)


# ---- who --------------------------------------------------------------------------------------------


def test_several_places_in_the_area_are_one_push_per_phone():
    world = World(pace=ONE_SLICE)
    world.add("u1", (49.8305, 19.9305), (49.8325, 19.9345), (49.831, 19.932), devices=2)
    world.approve()
    world.call_start()
    assert world.pushed == {"u1-1": 1, "u1-2": 1}
    assert set(ledger(world)[0]) == {"u1.1/1", "u1.1/2"}


def test_the_lowest_place_inside_is_delivered_when_a_lower_one_lies_outside():
    world = World(pace=ONE_SLICE)
    world.add("u1", (50.2, 20.5), (49.8305, 19.9305))
    world.approve()
    world.call_start()
    assert set(ledger(world)[0]) == {"u1.2/1"}


def test_who_moves_away_after_the_start_is_still_told_and_who_moves_in_is_not():
    world = planned()
    world.audience.remember(world.of().read_time)
    world.audience.documents.clear()
    world.audience.put(*resident("newcomer", (49.8305, 19.9305)))
    deliver(world)
    assert set(world.pushed) == world.expected


def test_each_push_carries_the_proof_of_its_phone():
    world = planned()
    deliver(world)
    key = world.delivery.proof_key("a1")
    shown = {message["token"]: message["data"]["proof"] for message in world.push.messages}
    expected = {
        target: hashlib.sha256(f"{key}:{target.replace('-', '.')}".encode()).hexdigest()
        for target in world.expected
    }
    assert shown == expected


def test_a_target_of_an_unknown_kind_is_recorded_and_harms_nobody_else():
    world = World(pace=ONE_SLICE)
    world.add("u1", (49.8305, 19.9305))
    (odd,) = resident("odd", (49.831, 19.931))
    world.audience.put(replace(odd, devices=(replace(odd.devices[0], target=Target("pigeon", "x")),)))
    world.approve()
    world.call_start()
    assert set(world.pushed) == {"u1-1"}
    assert the_slice(world).failed == {"bad-target": 1}


# ---- the ledger ----------------------------------------------------------------------------------------


def test_the_ledger_names_every_phone_once():
    world = planned()
    deliver(world)
    keys = [key for wave in ledger(world) for key in wave]
    assert len(keys) == len(set(keys)) == len(world.expected)


def test_waves_are_full_but_never_over():
    world = planned(people=60)
    deliver(world)
    sizes = [len(wave) for wave in world.push.waves]
    assert max(sizes) <= ONE_SLICE.wave
    assert all(size >= ONE_SLICE.wave - 1 for size in sizes[:-1])


# ---- answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "outcome",
    [Outcome.UNREGISTERED, Outcome.SENDER_MISMATCH, Outcome.BAD_TARGET, Outcome.BAD_PAYLOAD],
)
def test_a_final_answer_is_counted_and_not_tried_again(outcome):
    world = planned(answering=answers(outcome, only={"in1.1/1"}))
    deliver(world)
    world.run_all()
    assert world.push.tried["in1-1"] == 1
    assert the_slice(world).failed == {outcome.value: 1}
    assert the_slice(world).done


@pytest.mark.parametrize(
    "outcome", [Outcome.THROTTLED, Outcome.UNAVAILABLE, Outcome.NETWORK, Outcome.UNAUTHORISED]
)
def test_a_passing_answer_is_tried_again_and_only_for_those_phones(outcome):
    world = planned(answering=answers(outcome, times=2, only={"in1.1/1", "in4.1/2"}))
    deliver(world)
    assert world.state() == "sending"
    world.run_all()
    assert world.pushed == {**dict.fromkeys(world.expected, 1), "in1-1": 3, "in4-2": 3}
    assert (the_slice(world).failed, the_slice(world).devices) == ({}, len(world.expected))
    assert world.state() == "done"


def test_retry_after_is_obeyed():
    world = planned(answering=answers(Outcome.THROTTLED, times=1, only={"in1.1/1"}, retry_after=90))
    began = world.clock.now()
    deliver(world)
    (waiting,) = [item for item in world.tasks.waiting if item.task.payload.get("attempt") == 1]
    assert waiting.at >= began + timedelta(seconds=90)


def test_a_task_that_comes_before_the_retry_is_due_writes_nothing_and_comes_back():
    """By a clock behind the queue's: handed over, it would be asked for at the same moment again."""
    world = planned(answering=answers(Outcome.UNAVAILABLE, times=1, only={"in1.1/1"}))
    deliver(world)
    waiting, writes = the_slice(world), world.delivery.writes
    with pytest.raises(Unavailable):
        deliver(world, attempt=1)
    assert world.push.tried["in1-1"] == 1
    assert (the_slice(world), world.delivery.writes) == (waiting, writes)
    world.clock.advance(waiting.resume_at - world.clock.now() - timedelta(microseconds=1))
    with pytest.raises(Unavailable) as early:
        deliver(world, attempt=1)
    assert early.value.code == "not-yet-due"
    world.run_all()
    assert world.push.tried["in1-1"] == 2
    assert world.state() == "done"


def test_back_off_grows_from_round_to_round():
    world = planned(answering=answers(Outcome.UNAVAILABLE, times=4, only={"in1.1/1"}))
    waits = []
    deliver(world)
    while not the_slice(world).done:
        waits.append(the_slice(world).resume_at - world.clock.now())
        world.clock.advance(waits[-1])
        deliver(world, attempt=the_slice(world).attempt)
    assert waits == [timedelta(seconds=seconds) for seconds in (10, 20, 40, 80)]


def test_a_phone_is_given_up_after_the_last_round():
    pace = replace(ONE_SLICE, retry_limit=3)
    world = planned(pace=pace, answering=answers(Outcome.UNAVAILABLE, only={"in1.1/1"}))
    deliver(world)
    world.run_all()
    assert world.push.tried["in1-1"] == 1 + 3
    assert the_slice(world).failed == {"unavailable": 1}
    assert world.state() == "done"


def test_a_worker_that_is_halted_before_it_sends_spends_no_round():
    world = planned(pace=replace(ONE_SLICE, retry_limit=1, run=timedelta(0)))
    halts, read = [0.5] * 3, world.delivery.proof_key

    def halted(alert_id):
        world.clock.advance(LEASE * (halts.pop() if halts else 0))
        return read(alert_id)

    world.delivery.proof_key = halted
    deliver(world)
    assert (the_slice(world).retries, len(the_slice(world).retry)) == (0, ONE_SLICE.wave)
    world.run_all()
    assert not halts
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_when_fcm_is_down_nothing_new_is_begun_until_it_answers():
    pace = replace(ONE_SLICE, pause_above=3)
    world = planned(people=30, pace=pace, answering=answers(Outcome.UNAVAILABLE, times=3))
    deliver(world)
    assert len(world.push.waves) == 1
    world.run_all()
    assert set(world.pushed) == world.expected
    assert the_slice(world).accepted == len(world.expected)
    assert the_slice(world).failed == {}


def test_a_phone_whose_entry_is_gone_at_the_retry_is_recorded():
    world = planned(answering=answers(Outcome.UNAVAILABLE, only={"in1.1/1"}))
    deliver(world)
    del world.audience.documents["in1.1"]
    world.run_all()
    assert the_slice(world).failed == {"gone": 1}
    assert the_slice(world).done


# ---- time ---------------------------------------------------------------------------------------------


def test_a_worker_that_runs_long_hands_over_to_a_fresh_task():
    pace = replace(ONE_SLICE, run=timedelta(seconds=30))
    world = planned(people=40, pace=pace)
    world.push.during = lambda: world.clock.advance(timedelta(seconds=20))
    deliver(world)
    assert len(world.push.waves) == 2
    assert (the_slice(world).attempt, the_slice(world).held_until) == (1, None)
    world.run_all()
    assert world.pushed == dict.fromkeys(world.expected, 1)


def test_fcm_keeps_no_push_beyond_the_expiry_however_late_its_wave():
    world = planned(people=40)
    world.push.during = lambda: world.clock.advance(timedelta(seconds=20))
    left = world.alert().content.expires - world.clock.now()
    deliver(world)
    sent = [message["android"]["ttl"] for message in world.push.messages]
    assert sent[0] == f"{int(left.total_seconds())}s"
    assert sent[-1] == f"{int(left.total_seconds()) - 20 * (len(world.push.waves) - 1)}s"


# ---- ends ---------------------------------------------------------------------------------------------


def test_a_cancelled_alert_stops_within_the_wave_under_way():
    world = planned(people=40)
    world.push.during = lambda: cancel_once(world)
    deliver(world)
    assert len(world.push.waves) == 1
    assert (the_slice(world).done, the_slice(world).stopped) == (True, True)
    assert the_slice(world).devices == len(world.push.waves[0])
    world.run_all()
    assert len(world.push.waves) == 1
    assert world.alert().state is State.CANCELLED
    assert world.summaries.get("a1").value.complete


def cancel_once(world):
    world.push.during = lambda: None
    world.cancel()


def test_what_was_to_be_retried_when_the_alert_was_cancelled_has_failed():
    world = planned(answering=answers(Outcome.UNAVAILABLE, only={"in1.1/1", "in2.1/1"}))
    deliver(world)
    world.cancel()
    world.run_all()
    assert the_slice(world).failed == {"cancelled": 2}
    assert world.push.tried["in1-1"] == 1


def test_a_slice_of_a_cancelled_alert_is_never_begun():
    world = planned()
    world.cancel()
    deliver(world)
    assert not world.pushed
    assert the_slice(world).stopped


def test_nobody_is_told_after_the_expiry_even_if_the_alert_still_says_active():
    world = planned(answering=answers(Outcome.UNAVAILABLE, only={"in1.1/1"}))
    deliver(world)
    world.clock.advance(world.alert().content.expires - world.clock.now())
    deliver(world, attempt=1)
    assert the_slice(world).failed == {"expired": 1}
    assert world.push.tried["in1-1"] == 1


def test_another_approval_stops_the_worker():
    world = planned(people=40)

    def change():
        world.push.during = lambda: None
        world.alerts.put(replace(world.alert(), version=2, generation=2))

    world.push.during = change
    deliver(world)
    assert len(world.push.waves) == 1
    assert the_slice(world).stopped


# ---- cost ---------------------------------------------------------------------------------------------


def documents_written(world):
    start_counts_the_alert_too = 1
    public = len(world.published.writes)
    alert = world.alerts.writes - start_counts_the_alert_too
    return world.delivery.writes + alert + world.summaries.writes + public


def test_three_documents_are_written_per_thousand_recipients_at_most(capsys):
    import random

    rng = random.Random(7)
    world = World(pace=replace(SMALL, slice=5000, wave=1000))
    for number in range(12_000):
        world.add(f"u{number}", inside(rng))
    world.approve()
    world.call_start()
    world.run_all()
    assert set(world.pushed) == world.expected
    writes = documents_written(world)
    reads = Counter(world.faults.log)
    per_thousand = writes / (len(world.expected) / 1000)
    with capsys.disabled():
        print(
            f"\n12,000 recipients: {writes} documents written ({per_thousand:.2f} per 1,000), "
            f"{reads['alerts.get']} alert reads, {reads['audience.count']} counts, "
            f"{reads['audience.stream']} range queries, {len(world.tasks.ran)} tasks"
        )
    assert per_thousand <= 3


# ---- FCM asks to be left alone -----------------------------------------------------------------------


def test_when_fcm_refuses_a_wave_the_next_one_waits_as_long_as_it_asked():
    world = planned(answering=answers(Outcome.THROTTLED, times=1, retry_after=90))
    deliver(world)
    assert len(world.push.waves) == 1
    assert the_slice(world).resume_at >= world.clock.now() + timedelta(seconds=90)
    assert the_slice(world).resume_at in {item.at for item in world.tasks.waiting}


@pytest.mark.parametrize(("asking", "others", "left_alone"), [(0, 0, False), (1, 1, False), (2, 1, True)])
def test_the_provider_is_left_alone_when_more_than_half_of_its_answers_ask_for_it(asking, others, left_alone):
    answers = [Answer("k", Outcome.THROTTLED, retry_after=0)] * asking + [
        Answer("k", Outcome.ACCEPTED)
    ] * others
    assert refused(answers) is left_alone


@pytest.mark.parametrize(("index", "seconds"), [(0, 10), (1, 10.3125), (7, 12.1875), (8, 10), (9, 10.3125)])
def test_slices_of_an_alert_come_back_at_eight_different_moments(index, seconds):
    world = planned(answering=answers(Outcome.UNAVAILABLE, times=1))
    one = the_slice(world)
    world.delivery.plan(world.delivery.get(PUSH), world.of(), [replace(one, index=index)])
    deliver_slice(world.ports, PUSH, 1, index, 0)
    after = world.delivery.slice(PUSH, index).value
    assert after.resume_at - world.clock.now() == timedelta(seconds=seconds)


@pytest.mark.parametrize(("most", "waves"), [(4, 1), (5, 2)])
def test_a_worker_pauses_when_more_wait_for_another_try_than_it_may(most, waves):
    pace = replace(ONE_SLICE, pause_above=most)
    world = planned(people=30, pace=pace, answering=answers(Outcome.NETWORK, times=1))
    deliver(world)
    assert len(world.push.waves) == waves


def test_a_worker_pauses_at_the_end_of_its_time():
    pace = replace(ONE_SLICE, run=timedelta(seconds=30))
    world = planned(people=40, pace=pace)
    world.push.during = lambda: world.clock.advance(timedelta(seconds=15))
    deliver(world)
    assert len(world.push.waves) == 2


def test_a_delivery_that_was_never_planned_cannot_be_read():
    world = planned()
    known = world.delivery.get(PUSH)
    world.delivery.replace(known, replace(known.value, read_time=None))
    with pytest.raises(ValueError, match=r"^a delivery that was planned has its read_time$"):
        deliver(world)


def test_single_refusals_do_not_stop_the_waves():
    world = planned(answering=answers(Outcome.THROTTLED, times=1, only={"in1.1/1"}, retry_after=90))
    deliver(world)
    assert set(world.pushed) == world.expected


def test_a_worker_that_takes_over_waits_as_long_as_fcm_asked_the_one_before():
    world = planned()
    tried_first = []

    def answering(request, tried):
        tried_first.append(request.key)
        busy = request.key == tried_first[0] and tried == 1
        return PushAnswer(
            request.key, Outcome.UNAVAILABLE if busy else Outcome.ACCEPTED, 300 if busy else None
        )

    def die_in_the_second_wave():
        if len(world.push.waves) == 2:
            raise DiedError

    world.push.answering, world.push.during = answering, die_in_the_second_wave
    with pytest.raises(DiedError):
        deliver(world)
    world.push.during = lambda: None
    world.clock.advance(LEASE + timedelta(seconds=1))
    deliver(world)
    assert set(world.pushed) == world.expected
    assert the_slice(world).retry == (tried_first[0],)
    assert tried_first.count(tried_first[0]) == 1
