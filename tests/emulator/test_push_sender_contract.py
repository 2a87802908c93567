"""What every `PushSender` keeps to: the one that speaks to FCM, and the fake of the services' tests."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest, PushSender
from shared.channels.push.sender import FcmSender
from tests.fakes.clock import FakeClock
from tests.fakes.push import FakePushSender
from tests.fcm import PROJECT, TOKEN, FcmStandIn

DEAD = "token-dead-0000000000001"


@dataclass
class Subject:
    sender: PushSender
    now: Callable[[], float]
    received: Callable[[], list[str]]  # the targets of what was accepted


def refuse_the_dead(request: PushRequest, tried: int) -> PushAnswer:
    dead = DEAD.encode() in request.body
    return PushAnswer(request.key, Outcome.UNREGISTERED if dead else Outcome.ACCEPTED)


@pytest.fixture
def fake() -> Subject:
    clock = FakeClock()
    sender = FakePushSender(clock, answering=refuse_the_dead)
    return Subject(sender, clock.monotonic, lambda: [target for target in sender.pushed if target != DEAD])


@pytest.fixture
def real(fcm: FcmStandIn) -> Iterator[Subject]:
    fcm.behave(targets={DEAD: "unregistered"})
    sender = FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN, ca_file=fcm.ca_file)
    yield Subject(sender, time.monotonic, fcm.targets)
    sender.close()


@pytest.fixture(params=["fake", "real"])
def subject(request: pytest.FixtureRequest) -> Subject:
    found: Subject = request.getfixturevalue(request.param)
    return found


def requests(*targets: str) -> list[PushRequest]:
    bodies = [json.dumps({"message": {"token": target, "data": {"alert": "a"}}}) for target in targets]
    return [PushRequest(f"key-{number}", body.encode()) for number, body in enumerate(bodies)]


def many(count: int) -> list[PushRequest]:
    return requests(*(f"token-{number:020d}" for number in range(count)))


def test_every_request_is_answered_once_by_its_key(subject):
    answers = list(subject.sender.send(many(120), subject.now() + 20))
    assert Counter(answer.key for answer in answers) == Counter(f"key-{n}" for n in range(120))
    assert sorted(subject.received()) == [f"token-{n:020d}" for n in range(120)]


def test_requests_may_come_from_a_generator(subject):
    answers = subject.sender.send((request for request in many(3)), subject.now() + 20)
    assert {answer.outcome for answer in answers} == {Outcome.ACCEPTED}


def test_nothing_is_answered_for_nothing(subject):
    assert list(subject.sender.send([], subject.now() + 20)) == []


def test_a_dead_target_is_told_and_the_others_are_reached(subject):
    asked = requests("token-alive-000000000001", DEAD, "token-alive-000000000002")
    answers = {answer.key: answer.outcome for answer in subject.sender.send(asked, subject.now() + 20)}
    assert answers == {
        "key-0": Outcome.ACCEPTED,
        "key-1": Outcome.UNREGISTERED,
        "key-2": Outcome.ACCEPTED,
    }
    assert sorted(subject.received()) == ["token-alive-000000000001", "token-alive-000000000002"]


def test_after_the_deadline_nobody_is_sent_anything_and_all_are_answered_network(subject):
    answers = list(subject.sender.send(many(5), subject.now() - 1))
    assert [answer.outcome for answer in answers] == [Outcome.NETWORK] * 5
    assert subject.received() == []


def test_a_second_call_reaches_those_of_the_second_call(subject):
    list(subject.sender.send(many(2), subject.now() + 20))
    list(subject.sender.send(requests("token-second-00000000001"), subject.now() + 20))
    assert subject.received()[-1] == "token-second-00000000001"
