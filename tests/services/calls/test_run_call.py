"""Staff are called, under virtual time: whom, when, until when; and whatever dies in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import Severity, State
from shared.domain.call import CallKind, End, Outcome, Way
from shared.domain.delivery import Delivery, DeliveryState
from shared.domain.gsm import parts
from shared.domain.readiness import drill, readiness
from shared.errors import SmsRefused, Throttled, Unavailable
from shared.formats.call_words import call_words, words
from shared.services.calls.call_tasks import ask_call
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC, content, entry
from tests.fakes.alert_values import alert as alert_value
from tests.fakes.faults import DiedError, Faults
from tests.services.calls.call_world import DEPUTY, PHONES, THIRD, CallWorld, all_week, person

MINUTES, HOURS = (lambda number: timedelta(minutes=number)), (lambda number: timedelta(hours=number))
FIRST, SECOND, OTHER = PHONES[APPROVER.uid], PHONES[DEPUTY], PHONES[THIRD]


def severe(world, **changes):
    return content(severity=Severity.SEVERE, expires=world.clock.now() + timedelta(days=2), **changes)


def submitted(world, **changes):
    return world.put(state="submitted", submitted=world.clock.now(), **changes)


def test_the_one_on_duty_is_called_at_once_and_again_then_the_deputy_then_everybody():
    world = CallWorld()
    submitted(world, content=severe(world))
    called: list[list[str]] = []
    for minutes in (1, 3, 3, 3):
        world.run(MINUTES(minutes))
        called.append(sorted(world.numbers()[sum(map(len, called)) :]))
    assert called == [[FIRST], [FIRST], [SECOND], sorted([FIRST, SECOND, OTHER])]
    assert {mail.to for mail in world.mail.sent} == {
        f"{uid}@urzad.example" for uid in (APPROVER.uid, DEPUTY, THIRD)
    }


def test_whoever_wrote_it_is_not_called_to_approve_it_and_the_deputy_is_at_once():
    world = CallWorld()
    submitted(world, writers=(AUTHOR.uid, APPROVER.uid))
    world.run(MINUTES(1))
    assert world.numbers() == [SECOND]


def test_without_a_roster_everybody_who_may_act_is_called_at_once():
    world = CallWorld()
    world.duty.kept.clear()
    submitted(world)
    world.run(MINUTES(1))
    assert sorted(world.numbers()) == sorted([FIRST, SECOND, OTHER])


@pytest.mark.parametrize("state", ["scheduled", "draft", "cancelled", "returned", "rejected"])
def test_whatever_somebody_did_ends_the_calls(state):
    world = CallWorld()
    written = submitted(world, content=severe(world))
    world.run(MINUTES(1))
    world.alerts.put(replace(written, state=State(state), submitted=None))
    world.run(HOURS(2))
    assert world.numbers() == [FIRST]
    assert world.call("approve").why == End.ACTED


def test_a_lost_event_of_the_end_calls_nobody_and_submitted_again_is_a_new_call():
    world = CallWorld()
    written = submitted(world)
    world.run(MINUTES(1))
    world.alerts.put(replace(written, state=State.DRAFT, submitted=None))
    world.run(MINUTES(5))
    submitted(world)
    world.run(MINUTES(5))
    assert world.numbers() == [FIRST, FIRST]
    assert len(world.calls.kept) == 2


def test_a_gateway_that_never_answers_gets_one_request_an_attempt_and_the_next_round_comes():
    world = CallWorld()
    world.sms.fails = world.mail.fails = Unavailable()
    submitted(world, content=severe(world))
    world.run(MINUTES(1))
    assert world.sms.asked == 1
    assert [one.outcome for one in world.call("approve").attempts] == [Outcome.UNKNOWN] * 2
    world.run(MINUTES(3))
    assert world.sms.asked == 2


def test_a_provider_that_takes_nothing_for_now_is_asked_again_in_a_minute():
    world = CallWorld()
    world.sms.fails = world.mail.fails = Throttled()
    submitted(world)
    world.run(MINUTES(0.5))
    assert world.sms.asked == 1
    world.sms.fails = None
    world.run(MINUTES(1))
    assert world.numbers() == [FIRST]
    assert not world.call("approve").deaf


def test_where_no_way_out_works_everybody_is_tried_at_once_and_the_log_alarms(caplog):
    world = CallWorld()
    world.sms.fails = SmsRefused()
    world.ports = replace(world.ports, mail=off)
    submitted(world)
    world.run(MINUTES(1))
    assert world.sms.asked == 6  # the first one twice, the deputy, then all three
    assert world.call("approve").deaf
    assert [one.levelname for one in caplog.records if "no way to call" in one.message] == ["ERROR"]


def off():
    raise Unavailable("mail-not-set-up")


def test_whoever_acknowledges_ends_it_but_a_confirmation_is_asked_for_until_it_comes():
    world = CallWorld()
    now = world.clock.now()
    sent = world.put(state="active", sent_alone=True, approved=now, started=now, content=severe(world))
    world.run(MINUTES(1))
    found = world.calls.get(world.call("confirm").id)
    world.calls.replace(found, found.value.acknowledged_by(APPROVER.uid, world.clock.now()))
    asked = len(world.sms.sent)
    world.run(MINUTES(28))
    assert len(world.sms.sent) == asked
    world.run(HOURS(5))
    assert len(world.sms.sent) > asked + 6
    world.alerts.put(replace(sent, confirmed=world.clock.now()))
    asked = len(world.sms.sent)
    world.run(HOURS(5))
    assert len(world.sms.sent) == asked
    assert world.call("confirm").why == End.ACTED


def test_nobody_who_left_is_called_nor_at_a_number_of_before():
    world = CallWorld()
    submitted(world, content=severe(world))
    world.run(MINUTES(1))
    world.staff.records[APPROVER.uid] = replace(world.staff.records[APPROVER.uid], active=False)
    world.run(MINUTES(30))
    assert world.numbers().count(FIRST) == 1


def test_before_a_severe_alert_expires_staff_are_called_and_its_author_with_them():
    world = CallWorld()
    now = world.clock.now()
    world.put(state="active", started=now, content=severe(world))
    world.run(HOURS(47.4))
    assert world.sms.sent == []
    world.run(HOURS(0.3))
    assert world.numbers()[0] == FIRST
    assert f"{AUTHOR.uid}@urzad.example" in {mail.to for mail in world.mail.sent}
    world.put(state="active", started=now, content=severe(world), revision=2)  # extended by two days
    asked = len(world.sms.sent)
    world.run(HOURS(40))
    assert len(world.sms.sent) == asked


def test_a_promise_that_is_late_is_told_and_one_that_was_moved_is_not():
    world = CallWorld()
    now = world.clock.now()
    at_six = severe(world, next_info=now + HOURS(6))
    world.put(state="active", started=now, content=at_six)
    world.run(HOURS(5))
    world.put(state="active", started=now, content=replace(at_six, next_info=now + HOURS(8)), revision=2)
    world.run(HOURS(2))
    assert world.sms.sent == []
    world.run(HOURS(1.1))
    assert world.numbers() == [FIRST]


def test_the_author_hears_of_what_became_of_it_once_and_nobody_of_what_they_did():
    world = CallWorld()
    for number, (action, by) in enumerate(
        [("approve", APPROVER), ("cancel", AUTHOR), ("expire", None), ("unheard-of", None)]
    ):
        done = world.put(state="expired", approver=APPROVER, revision=number + 1)
        world.alerts.note("a1", entry(done, action, by))
        world.put(state="expired", approver=APPROVER, revision=number + 1, updated=world.clock.now())
        world.run(MINUTES(1))
    told = [(mail.to.partition("@")[0], mail.subject.partition(" / ")[0][12:]) for mail in world.mail.sent]
    assert sorted(told) == [
        (AUTHOR.uid, "wygasł"),
        (AUTHOR.uid, "zatwierdzony"),
        (APPROVER.uid, "odwołany"),
    ]
    assert world.sms.sent == []


def test_a_move_to_an_earlier_moment_and_a_sending_without_approval_are_told_loudly():
    world = CallWorld()
    world.staff.records[AUTHOR.uid] = replace(person(AUTHOR.uid, "author"), phone="+48600100200")
    done = world.put(state="scheduled", approver=APPROVER)
    early, late = "2026-11-22T10:00:00Z", "2026-11-23T09:00:00+01:00"
    later = replace(entry(done, "move", AUTHOR), details={"from": early, "to": late})
    sooner = replace(entry(done, "move", AUTHOR), details={"from": late, "to": early}, revision=2)
    odd = replace(entry(done, "move", AUTHOR), details={"from": "?", "to": early}, revision=3)
    deputy = alert_value(author=replace(AUTHOR, uid=DEPUTY)).author
    for one in (later, sooner, odd, replace(entry(done, "send_now", deputy), revision=4)):
        world.alerts.note("a1", one)
    world.put(state="scheduled", approver=APPROVER, updated=world.clock.now() + timedelta(seconds=1))
    world.run(MINUTES(1))
    assert sorted(sent.text.partition(". ")[0][12:] for sent in world.sms.sent) == [
        "przesuniety na wczesniejszy termin",
        "przesuniety na wczesniejszy termin",
        "wyslany od razu przez dyzurnego",
    ]
    assert sorted(world.numbers()) == ["+48600100200", FIRST, FIRST]


def test_what_a_channel_refuses_is_told_loudly_to_author_and_approver():
    world = CallWorld()
    world.staff.records[AUTHOR.uid] = replace(person(AUTHOR.uid, "author"), phone="+48600100200")
    now = world.clock.now()
    active = world.put(state="active", started=now, approver=APPROVER, generation=1)
    world.delivery.put(
        Delivery("a1", "push", 1, 1, 1, False, now, active.content.expires, state=DeliveryState.FAILED)
    )
    world.run(MINUTES(1))
    assert sorted(world.numbers()) == ["+48600100200", FIRST]


def test_history_of_long_ago_is_no_news():
    world = CallWorld()
    old = alert_value(state=State.EXPIRED, updated=world.clock.now())
    world.alerts.note("a1", entry(old, "expire", None))
    world.clock.advance(timedelta(days=2))
    world.put(state="expired")
    world.run(MINUTES(5))
    assert world.mail.sent == []


@pytest.mark.parametrize("after", [False, True])
def test_a_worker_that_dies_at_any_step_calls_once_more_at_most_and_never_not(after):
    quiet = Faults()
    world = CallWorld(quiet)
    submitted(world)
    world.run(MINUTES(20))
    steps = quiet.calls
    assert steps > 8
    for step in range(1, steps + 1):
        world = CallWorld(Faults(at=step, after=after))
        submitted(world)
        world.run(MINUTES(20))
        times, where = len(world.sms.sent), f"death {step} ({world.faults.log[step - 1]}, {after})"
        assert 1 <= times <= 2, f"{where}: {times} SMS"
        assert 1 <= len(world.mail.sent) <= 2, f"{where}: {len(world.mail.sent)} mails"
        assert len(world.sms.sent) + len(world.mail.sent) <= 3, where
        assert all(one.outcome is Outcome.SENT for one in world.call("approve").attempts), where


def test_a_worker_that_dies_each_time_it_has_called_calls_twice_and_the_next_round_comes():
    world = CallWorld()
    submitted(world, content=severe(world))
    real, world.sms.taken = world.sms.send, True

    class Dying:
        def send(self, to, text):
            real(to, text)
            raise DiedError

    world.ports = replace(world.ports, sms=Dying)
    world.run(MINUTES(2.5))
    assert world.numbers() == [FIRST, FIRST]
    world.run(MINUTES(4))
    assert set(world.numbers()) == {FIRST}
    assert len(world.numbers()) > 2


def test_every_task_twice_calls_nobody_twice():
    world = CallWorld()
    submitted(world)
    for _ in range(6):
        world.tasks.repeat()
        for _ in range(2):
            world.run(timedelta())
    assert world.numbers() == [FIRST]


def test_a_drill_is_a_call_of_oneself_and_counts_for_ninety_days():
    world = CallWorld()
    now = world.clock.now()
    begun = drill(TERC, APPROVER.uid, now)
    world.calls.create(begun)
    ask_call(world.tasks, begun, now)
    world.run(MINUTES(1))
    assert world.numbers() == [FIRST]
    assert "CWICZENIE" in world.sms.sent[0].text
    found = world.calls.get(begun.id)
    world.calls.replace(found, found.value.acknowledged_by(APPROVER.uid, world.clock.now()))
    world.run(HOURS(1))
    assert world.numbers() == [FIRST]
    nothing: frozenset[str] = frozenset()
    people = [(APPROVER.uid, "Piotr", nothing), (DEPUTY, "Ewa", nothing)]
    one, other = readiness(people, world.calls.drills(TERC), world.clock.now())
    assert (one.ready, one.seconds, other.ready) == (True, 60, False)
    one, _ = readiness(people, world.calls.drills(TERC), now + timedelta(days=91))
    assert not one.ready


def test_a_drill_that_nobody_answers_is_missed():
    world = CallWorld()
    now = world.clock.now()
    begun = drill(TERC, APPROVER.uid, now)
    world.calls.create(begun)
    ask_call(world.tasks, begun, now)
    world.run(MINUTES(10))
    assert world.numbers() == [FIRST, FIRST]
    assert world.call("drill").why == End.MISSED
    reminder = world.mail.sent[-1]
    assert (reminder.to, reminder.subject.partition(" / ")[2]) == (
        f"{APPROVER.uid}@urzad.example",
        "readiness drill not answered",
    )
    assert len(world.sms.sent) == 2  # as before: a reminder waits for the morning mail


def test_an_exercise_says_so_and_calls_at_the_plain_pace():
    world = CallWorld()
    submitted(world, content=severe(world, exercise=True))
    world.run(MINUTES(10))
    assert [sent.text.startswith("CWICZENIE. Alert ") for sent in world.sms.sent] == [True]


def test_every_word_of_a_call_is_one_sms_without_a_link_and_names_the_alert_by_its_number():
    world = CallWorld()
    submitted(world, content=severe(world, exercise=True))
    world.run(MINUTES(1))
    call = world.call("approve")
    assert call.number in world.sms.sent[0].text
    for word in words().keys() - {"frame", "code"}:
        told = call_words(replace(call, kind=CallKind.NEWS, news=word), "Gmina Żółć")
        assert parts(told.sms) == 1, word
        assert call.number in told.sms
        assert "http" not in told.text + told.sms
    assert call_words(replace(call, kind=CallKind("later")), "x").sms


def test_the_roster_passes_over_whoever_may_not_act_there():
    world = CallWorld()
    world.duty.kept.clear()
    world.duty.put(None, all_week(AUTHOR.uid, DEPUTY))
    submitted(world)
    world.run(MINUTES(1))
    assert world.numbers() == [SECOND]


def test_ways_are_both_tried_and_names_are_those_of_the_register():
    world = CallWorld()
    submitted(world)
    world.run(MINUTES(1))
    assert [(one.way, one.uid, one.tries) for one in world.call("approve").attempts] == [
        (Way.SMS, APPROVER.uid, 1),
        (Way.EMAIL, APPROVER.uid, 1),
    ]


def test_a_mail_that_came_back_hurries_the_next_round_only_where_nothing_else_worked():
    world = CallWorld()
    submitted(world)
    world.run(MINUTES(1))
    call, now = world.call("approve"), world.clock.now()
    sms, mail = call.attempts
    refused = replace(mail, outcome=Outcome.REFUSED)
    assert call.with_attempt(refused).settled_again(now).wake == call.wake
    alone = replace(call, attempts=(refused,))
    assert alone.settled_again(now).wake == now
    doubtful = replace(alone, attempts=(refused, replace(sms, outcome=Outcome.UNKNOWN)))
    assert doubtful.settled_again(now).wake == call.wake
    over = alone.over(End.ACTED, now)
    assert over.settled_again(now) == over
