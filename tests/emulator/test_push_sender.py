"""The sender against the stand-in for FCM: every request answered once, whatever happens on the way."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from email.utils import formatdate
from pathlib import Path

import pytest

from infra.local.processes import free_port
from shared.channels.push.connections import CONNECTIONS, STREAMS
from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest
from shared.channels.push.sender import NOT_ANSWERED, NOT_SENT, FcmSender
from shared.errors import Unavailable
from tests.fcm import PROJECT, TOKEN


def target(number: int) -> str:
    return f"token-{number:020d}"


def requests(count: int, first: int = 0) -> list[PushRequest]:
    numbers = range(first, first + count)
    return [
        PushRequest(f"key-{n}", json.dumps({"message": {"token": target(n), "data": {"n": str(n)}}}).encode())
        for n in numbers
    ]


def soon(seconds: float = 20) -> float:
    return time.monotonic() + seconds


def outcomes(answers: list[PushAnswer]) -> Counter[Outcome]:
    return Counter(answer.outcome for answer in answers)


def answered_once(answers: list[PushAnswer], asked: list[PushRequest]) -> bool:
    return Counter(answer.key for answer in answers) == Counter(request.key for request in asked)


def accepted(answers: list[PushAnswer]) -> list[int]:
    return [int(answer.key[4:]) for answer in answers if answer.outcome is Outcome.ACCEPTED]


def received_once(fcm, answers: list[PushAnswer]) -> bool:
    """FCM has exactly the messages that were answered as accepted, each once."""
    return sorted(fcm.targets()) == sorted(target(n) for n in accepted(answers))


@pytest.fixture
def sender(fcm):
    made = FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN, ca_file=fcm.ca_file)
    yield made
    made.close()


def test_every_request_is_accepted_once(fcm, sender):
    asked = requests(2000)
    answers = list(sender.send(asked, soon()))
    assert answered_once(answers, asked)
    assert outcomes(answers) == {Outcome.ACCEPTED: 2000}
    assert sorted(fcm.targets()) == [target(n) for n in range(2000)]


def test_bodies_travel_unchanged(fcm, sender):
    text = "Pękła rura „Żółć” \U0001f6b1"
    body = json.dumps({"message": {"token": target(1), "data": {"text": text}}}, ensure_ascii=False).encode()
    list(sender.send([PushRequest("k", body)], soon()))
    assert fcm.messages()[0]["message"]["data"]["text"] == text


def test_nothing_to_send_asks_no_one(fcm, sender):
    assert list(sender.send([], soon())) == []
    assert fcm.counts()["connections"] == 0


def test_five_connections_at_most_carry_all_and_stay_open_for_the_next_call(fcm, sender):
    fcm.behave(latency_ms=30)
    list(sender.send(requests(1500), soon()))
    list(sender.send(requests(1500, first=1500), soon()))
    assert fcm.counts()["connections"] == CONNECTIONS


def test_no_more_requests_are_pulled_than_can_be_under_way(fcm, sender):
    fcm.behave(latency_ms=200)
    pulled = []

    def source():
        for request in requests(3000):
            pulled.append(request)
            yield request

    answers = sender.send(source(), soon())
    next(answers)
    assert len(pulled) <= CONNECTIONS * STREAMS
    answers.close()


def test_two_calls_at_once_do_not_share_answers(fcm, sender):
    fcm.behave(latency_ms=20)
    first, second = requests(300), requests(300, first=300)
    found: dict[str, list[PushAnswer]] = {}

    def run(name: str, asked: list[PushRequest]) -> None:
        found[name] = list(sender.send(asked, soon()))

    threads = [threading.Thread(target=run, args=args) for args in (("first", first), ("second", second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answered_once(found["first"], first)
    assert answered_once(found["second"], second)


@pytest.mark.parametrize(
    ("fate", "outcome"),
    [
        ("unregistered", Outcome.UNREGISTERED),
        ("sender_mismatch", Outcome.SENDER_MISMATCH),
        ("bad_target", Outcome.BAD_TARGET),
        ("throttled", Outcome.THROTTLED),
        ("internal", Outcome.UNAVAILABLE),
        ("unavailable", Outcome.UNAVAILABLE),
    ],
)
def test_each_fault_concerns_its_own_request_only(fcm, sender, fate, outcome):
    fcm.behave(targets={target(1): fate})
    answers = {answer.key: answer.outcome for answer in sender.send(requests(3), soon())}
    assert answers == {"key-0": Outcome.ACCEPTED, "key-1": outcome, "key-2": Outcome.ACCEPTED}


def test_a_payload_fault_is_told_from_a_bad_target(sender):
    broken = PushRequest("broken", b'{"message": {"token": "token-00000000000000000001", "data": {"n": 1}}}')
    (answer,) = sender.send([broken], soon())
    assert (answer.outcome, answer.detail) == (
        Outcome.BAD_PAYLOAD,
        "400 INVALID_ARGUMENT message.data[0].value",
    )


def test_retry_after_is_read_in_seconds_and_as_a_date(fcm, sender):
    fcm.behave(targets={target(0): "unavailable"}, retry_after=7)
    (answer,) = sender.send(requests(1), soon())
    assert answer.retry_after == 7
    fcm.behave(targets={target(0): "throttled"}, retry_after=formatdate(time.time() + 900, usegmt=True))
    (answer,) = sender.send(requests(1), soon())
    assert 600 <= (answer.retry_after or 0) <= 900


def test_throttling_without_retry_after_means_a_minute(fcm, sender):
    fcm.behave(targets={target(0): "throttled", target(1): "unavailable"})
    answers = {answer.key: answer.retry_after for answer in sender.send(requests(2), soon())}
    assert answers == {"key-0": 60, "key-1": None}


def test_the_header_of_one_answer_is_not_seen_in_the_next(fcm, sender):
    fcm.behave(next={"unavailable": 1}, retry_after=7)
    list(sender.send(requests(1), soon()))
    fcm.behave(next={"unavailable": 1})
    (answer,) = sender.send(requests(1), soon())
    assert answer.retry_after is None


def test_mixed_answers_reach_everyone_who_can_be_reached(fcm, sender):
    fcm.behave(
        rates={"unavailable": 0.3, "throttled": 0.1, "unregistered": 0.02, "sender_mismatch": 0.01}, seed=5
    )
    left, dead, rounds = requests(1000), [], 0
    while left and rounds < 40:
        answers = {answer.key: answer for answer in sender.send(left, soon())}
        assert len(answers) == len(left)
        dead += [key for key, answer in answers.items() if answer.outcome.target_is_dead]
        left = [request for request in left if answers[request.key].outcome.passing]
        rounds += 1
    reached = fcm.targets()
    assert len(reached) == len(set(reached)) == 1000 - len(dead)
    assert 10 <= len(dead) <= 60


# ---- the network ---------------------------------------------------------------------------------


def test_refused_streams_are_sent_again_and_repeat_nothing(fcm, sender):
    fcm.behave(latency_ms=10, next={"refused": 40})
    asked = requests(600)
    answers = list(sender.send(asked, soon()))
    assert answered_once(answers, asked)
    assert outcomes(answers) == {Outcome.ACCEPTED: 600}
    assert received_once(fcm, answers)


def test_a_request_refused_again_and_again_is_told(fcm, sender):
    fcm.behave(targets={target(1): "refused"})
    answers = {answer.key: answer.outcome for answer in sender.send(requests(3), soon())}
    assert answers == {"key-0": Outcome.ACCEPTED, "key-1": Outcome.NETWORK, "key-2": Outcome.ACCEPTED}


def test_a_server_that_goes_away_loses_and_repeats_nothing(fcm, sender):
    fcm.behave(latency_ms=10, goaway_after=250)
    asked = requests(3000)
    answers = list(sender.send(asked, soon()))
    assert answered_once(answers, asked)
    assert outcomes(answers) == {Outcome.ACCEPTED: 3000}
    assert received_once(fcm, answers)
    assert fcm.counts()["connections"] > CONNECTIONS


def test_a_server_that_goes_away_without_warning_is_told_and_repeats_nothing(fcm, sender):
    fcm.behave(latency_ms=10, goaway_after=250, goaway_grace_ms=0)
    asked = requests(3000)
    answers = list(sender.send(asked, soon()))
    assert answered_once(answers, asked)
    assert outcomes(answers).keys() <= {Outcome.ACCEPTED, Outcome.NETWORK}
    assert outcomes(answers)[Outcome.ACCEPTED] > 1500
    assert received_once(fcm, answers)


def test_sending_the_unanswered_again_reaches_everyone_once(fcm, sender):
    """What refused streams and GOAWAY left unanswered never reached FCM."""
    fcm.behave(latency_ms=10, goaway_after=100, goaway_grace_ms=0, rates={"refused": 0.05})
    left = asked = requests(1000)
    while left:
        answers = {answer.key: answer for answer in sender.send(left, soon())}
        left = [request for request in left if answers[request.key].outcome is Outcome.NETWORK]
    assert sorted(fcm.targets()) == [target(n) for n in range(len(asked))]


@pytest.mark.parametrize("fate", ["dropped", "dropped_after", "closed_after"])
@pytest.mark.parametrize("warm", [False, True])
def test_a_lost_connection_is_answered_network_and_repeats_nothing(fcm, sender, fate, warm):
    if warm:
        list(sender.send(requests(500, first=5000), soon()))
        fcm.reset()
    fcm.behave(latency_ms=10, next={fate: 3})
    asked = requests(800)
    answers = list(sender.send(asked, soon()))
    assert answered_once(answers, asked)
    assert outcomes(answers).keys() == {Outcome.ACCEPTED, Outcome.NETWORK}
    received = Counter(fcm.targets())
    assert set(received.values()) == {1}
    assert {target(n) for n in accepted(answers)} <= received.keys()


def test_the_next_call_after_dropped_connections_opens_new_ones(fcm, sender):
    fcm.behave(next={"dropped": 1})
    list(sender.send(requests(5), soon()))
    assert outcomes(list(sender.send(requests(5), soon()))) == {Outcome.ACCEPTED: 5}


def test_nobody_listening_is_answered_network_at_once(fcm):
    sender = FcmSender(f"https://127.0.0.1:{free_port()}", PROJECT, lambda: TOKEN, ca_file=fcm.ca_file)
    asked = requests(600)
    answers = list(sender.send(asked, soon(60)))
    assert answered_once(answers, asked)
    assert outcomes(answers) == {Outcome.NETWORK: 600}
    assert not {answer.detail for answer in answers} & {NOT_SENT, NOT_ANSWERED}
    sender.close()


def test_a_server_that_we_have_no_reason_to_trust_gets_nothing(fcm):
    sender = FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN)  # the public authorities
    (answer,) = sender.send(requests(1), soon())
    assert answer.outcome is Outcome.NETWORK
    assert fcm.counts()["outcomes"] == {}
    sender.close()


# ---- the deadline --------------------------------------------------------------------------------


def test_at_the_deadline_everything_outstanding_is_answered_network(fcm, sender):
    fcm.behave(latency_ms=100_000)
    asked = requests(700)
    whole = {NOT_ANSWERED: CONNECTIONS * STREAMS, NOT_SENT: 700 - CONNECTIONS * STREAMS}
    for seconds in (0.6, 5, 30):  # until it is long enough to send all that may be under way
        answers = list(sender.send(asked, soon(seconds)))
        assert answered_once(answers, asked)
        assert outcomes(answers) == {Outcome.NETWORK: 700}
        assert all(answer.sent is (answer.detail != NOT_SENT) for answer in answers)
        details = Counter(answer.detail for answer in answers)
        if details == whole:
            break
    assert details == whole


def test_a_late_answer_does_not_reach_the_next_call(fcm, sender):
    fcm.behave(latency_ms=700)
    list(sender.send(requests(20), soon(0.3)))
    fcm.behave()
    asked = requests(20, first=20)
    answers = list(sender.send(asked, soon()))
    assert answered_once(answers, asked)
    assert outcomes(answers) == {Outcome.ACCEPTED: 20}


def test_a_deadline_in_the_past_sends_nothing(fcm, sender):
    answers = list(sender.send(requests(3), time.monotonic() - 1))
    assert [answer.detail for answer in answers] == [NOT_SENT] * 3
    assert fcm.counts()["outcomes"] == {}


# ---- leaving early -------------------------------------------------------------------------------


def test_an_abandoned_call_leaves_the_sender_usable(fcm, sender):
    fcm.behave(latency_ms=100)
    answers = sender.send(requests(900), soon())
    next(answers)
    answers.close()
    fcm.reset()
    asked = requests(50, first=2000)
    later = list(sender.send(asked, soon()))
    assert answered_once(later, asked)
    assert outcomes(later) == {Outcome.ACCEPTED: 50}


def test_an_abandoned_call_closes_its_connections(fcm, sender):
    fcm.behave(latency_ms=100)
    before = open_files()
    for _ in range(5):
        answers = sender.send(requests(300), soon())
        next(answers)
        answers.close()
    assert open_files() <= before


def test_a_source_that_fails_ends_the_call_with_its_error(fcm, sender):
    def source():
        yield from requests(10)
        raise LookupError("the audience could not be read")

    with pytest.raises(LookupError):
        list(sender.send(source(), soon()))
    assert outcomes(list(sender.send(requests(5, first=50), soon()))) == {Outcome.ACCEPTED: 5}


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


# ---- the access token ----------------------------------------------------------------------------


class Tokens:
    """Gives "token-1"; after `forget`, "token-2" and so on."""

    def __init__(self, fail_after: int = 100) -> None:
        self.fetched = 0
        self.number = 1
        self._fail_after = fail_after

    def __call__(self) -> str:
        self.fetched += 1
        if self.fetched > self._fail_after:
            raise Unavailable
        return f"token-{self.number}"

    def forget(self) -> None:
        self.number += 1


@pytest.fixture
def with_tokens(fcm):
    made = []

    def build(tokens: Tokens) -> FcmSender:
        made.append(FcmSender(fcm.endpoint, PROJECT, tokens, tokens.forget, fcm.ca_file))
        return made[-1]

    yield build
    for sender in made:
        sender.close()


def test_a_refused_token_is_renewed_once_and_everyone_is_reached(fcm, with_tokens):
    fcm.behave(refused_tokens=["token-1"], latency_ms=10)
    tokens = Tokens()
    asked = requests(1200)
    answers = list(with_tokens(tokens).send(asked, soon()))
    assert answered_once(answers, asked)
    assert outcomes(answers) == {Outcome.ACCEPTED: 1200}
    assert tokens.fetched == 2


def test_a_token_that_stays_refused_is_told(fcm, with_tokens):
    fcm.behave(refused_tokens=["token-1", "token-2", "token-3"])
    tokens = Tokens()
    answers = list(with_tokens(tokens).send(requests(40), soon()))
    assert outcomes(answers) == {Outcome.UNAUTHORISED: 40}
    assert tokens.fetched == 2


def test_no_new_token_to_be_had_is_told(fcm, with_tokens):
    fcm.behave(refused_tokens=["token-1"])
    answers = list(with_tokens(Tokens(fail_after=1)).send(requests(40), soon()))
    assert outcomes(answers) == {Outcome.UNAUTHORISED: 40}


def test_without_any_token_nothing_is_sent(fcm, with_tokens):
    with pytest.raises(Unavailable):
        list(with_tokens(Tokens(fail_after=0)).send(requests(3), soon()))
    assert fcm.counts()["outcomes"] == {}
