"""What tests, chaos runs, the demo and the residents' app ask of the stand-in for FCM."""

from __future__ import annotations

import json
import signal
import subprocess
import time
import urllib.request

import pytest

from infra.local.processes import ROOT, free_port
from infra.local.tls import certificates
from shared.channels.push.outcome import Outcome, PushRequest
from shared.channels.push.sender import FcmSender
from tests.fcm import PROJECT, TOKEN, running


def body(target: str, alert: str = "a1") -> bytes:
    return json.dumps({"message": {"token": target, "android": {}, "data": {"alert": alert}}}).encode()


def target(number: int) -> str:
    return f"token-{number:020d}"


@pytest.fixture
def send(fcm):
    sender = FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN, ca_file=fcm.ca_file)

    def outcomes(count: int, alert: str = "a1") -> list[Outcome]:
        requests = [PushRequest(str(n), body(target(n), alert)) for n in range(count)]
        answers = sender.send(requests, time.monotonic() + 20)
        return [answer.outcome for answer in sorted(answers, key=lambda answer: int(answer.key))]

    yield outcomes
    sender.close()


def test_messages_are_listed_by_alert_and_from_a_place_on(fcm, send):
    send(3, "a1")
    send(2, "a2")
    assert len(fcm.messages()) == 5
    assert {message["alert"] for message in fcm.messages("a2")} == {"a2"}
    assert [message["seq"] for message in fcm.messages(after=3)] == [4, 5]
    assert fcm.counts()["by_alert"] == {"a1": 3, "a2": 2}
    assert fcm.messages()[0]["platform"] == "android"


def test_a_record_that_was_forgotten_is_empty(fcm, send):
    send(3)
    fcm.call("DELETE", "/messages")
    assert fcm.messages() == []
    assert fcm.record.read_text() == ""
    assert fcm.counts()["outcomes"] == {}


def test_every_accepted_message_is_in_the_file_as_soon_as_it_is_answered(fcm, send):
    assert send(200) == [Outcome.ACCEPTED] * 200
    lines = [json.loads(line) for line in fcm.record.read_text().splitlines()]
    assert sorted(line["target"] for line in lines) == [target(n) for n in range(200)]


def send_one(fcm, number):
    sender = FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN, ca_file=fcm.ca_file)
    list(sender.send([PushRequest("", body(target(number)))], time.monotonic() + 10))
    sender.close()


def test_the_record_survives_a_kill_and_a_restart(tmp_path):
    with running(tmp_path) as fcm:
        for number in (1, 2):
            send_one(fcm, number)
            fcm.program.kill()
            fcm.start()
        assert fcm.targets() == [target(1), target(2)]
        assert [message["seq"] for message in fcm.messages()] == [1, 2]


@pytest.mark.parametrize("latency", [0, 30])
def test_what_was_answered_before_a_kill_is_in_the_record(tmp_path, latency):
    with running(tmp_path) as fcm:
        fcm.behave(latency_ms=latency)
        sender = FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN, ca_file=fcm.ca_file)
        requests = [PushRequest(target(number), body(target(number))) for number in range(5000)]
        accepted = set()
        for answer in sender.send(requests, time.monotonic() + 30):
            if answer.outcome is Outcome.ACCEPTED:
                accepted.add(answer.key)
                if len(accepted) == 1000:
                    fcm.program.kill()
        sender.close()
        fcm.start()
        assert 1000 <= len(accepted) < 5000
        assert accepted <= set(fcm.targets())


def test_a_line_cut_short_by_a_kill_is_dropped(tmp_path):
    with running(tmp_path) as fcm:
        send_one(fcm, 1)
        fcm.program.kill()
        with fcm.record.open("a") as record:
            record.write('{"seq": 2, "target": "ż')
        fcm.start()
        assert fcm.targets() == [target(1)]
        send_one(fcm, 2)
        lines = [json.loads(line) for line in fcm.record.read_text().splitlines()]
        assert [line["seq"] for line in lines] == [1, 2]


@pytest.mark.parametrize(
    "wrong", [{"latency": 1}, {"rates": {"lost": 0.1}}, {"next": {"x": 1}}, {"targets": {"t": "gone"}}]
)
def test_a_behaviour_that_does_not_exist_is_refused(fcm, wrong):
    with pytest.raises(ValueError, match=r"unknown|no such fate"):
        fcm.behave(**wrong)
    assert fcm.call("GET", "/behaviour")["rates"] == {}


def test_an_unknown_address_tells_which_there_are(fcm):
    assert "GET /messages" in fcm.call("GET", "/nothing")["error"]


def test_the_same_seed_gives_the_same_faults(fcm, send):
    rates = {"unavailable": 0.3, "throttled": 0.1, "unregistered": 0.1}

    def run(seed: int) -> list[Outcome]:
        fcm.behave(rates=rates, seed=seed)
        return [send(1)[0] for _ in range(60)]

    assert run(7) == run(7)
    assert run(7) != run(8)


def test_rates_are_about_as_asked(fcm, send):
    fcm.behave(rates={"unavailable": 0.3, "unregistered": 0.1})
    outcomes = send(2000)
    assert 500 < outcomes.count(Outcome.UNAVAILABLE) < 700
    assert 120 < outcomes.count(Outcome.UNREGISTERED) < 280


def test_a_dead_target_stays_dead_and_no_other_dies(fcm, send):
    fcm.behave(rates={"unregistered": 0.2, "sender_mismatch": 0.1})
    first, second = send(300), send(300)
    assert first == second
    assert {*first} == {Outcome.ACCEPTED, Outcome.UNREGISTERED, Outcome.SENDER_MISMATCH}


def test_latency_delays_answers_and_not_the_record(fcm, send):
    fcm.behave(latency_ms=300, keep_attempts=True)
    send(1)
    answered = time.time()
    (attempt,) = fcm.call("GET", "/attempts")["attempts"]
    assert answered - attempt["at"] / 1000 >= 0.29
    assert fcm.targets() == [target(0)]


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["node", "infra/local/fcm.mjs", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


def test_a_missing_option_is_named():
    ended = start("--port", "1", "--project", "p")
    assert ended.returncode == 1
    assert "--control-port, --cert, --key, --record" in ended.stderr


def test_a_busy_port_is_named(fcm, tmp_path):
    tls = certificates(tmp_path)
    ended = start(
        *("--port", str(fcm.port), "--control-port", str(free_port()), "--project", PROJECT),
        *("--cert", str(tls.certificate), "--key", str(tls.key), "--record", str(tmp_path / "record")),
    )
    assert ended.returncode == 1
    assert f"127.0.0.1:{fcm.port}" in ended.stderr


def test_it_ends_at_once_while_someone_listens(tmp_path):
    with running(tmp_path) as fcm:
        listening = urllib.request.urlopen(f"{fcm.control}/stream?token={target(1)}", timeout=60)
        with listening as stream:
            assert stream.readline() == b": open\n"
            assert fcm.program.stop(seconds=60) != -signal.SIGKILL


def test_what_is_only_validated_is_answered_by_the_rules_and_never_recorded(fcm):
    sender = FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN, ca_file=fcm.ca_file)
    right = {"validate_only": True, "message": {"topic": "t", "android": {}, "data": {"a": "b"}}}
    wrong = {"validate_only": True, "message": {"topic": "t", "android": {"ttl": "soon"}}}
    asked = [PushRequest(str(n), json.dumps(content).encode()) for n, content in enumerate((right, wrong))]
    answers = {answer.key: answer for answer in sender.send(asked, time.monotonic() + 20)}
    sender.close()
    assert answers["0"].outcome is Outcome.ACCEPTED
    assert answers["1"].outcome is Outcome.BAD_PAYLOAD
    assert answers["1"].detail == "400 INVALID_ARGUMENT message.android.ttl"
    assert fcm.messages() == []


def test_a_fault_in_the_message_can_be_asked_for(fcm, send):
    fcm.behave(rates={"bad_payload": 1})
    assert send(2) == [Outcome.BAD_PAYLOAD] * 2


def test_every_request_is_remembered_with_its_fate_when_that_is_asked_for(fcm, send):
    send(1)
    assert fcm.call("GET", "/attempts") == {"attempts": []}
    fcm.behave(keep_attempts=True, targets={target(1): "unavailable"})
    before = time.time()
    send(2)
    attempts = fcm.call("GET", "/attempts")["attempts"]
    assert {(item["target"], item["fate"]) for item in attempts} == {
        (target(0), "accepted"),
        (target(1), "unavailable"),
    }
    assert all(before - 0.01 <= item["at"] / 1000 <= time.time() + 0.01 for item in attempts)


def test_what_goes_beyond_the_quota_is_counted_and_a_shorter_minute_is_over_sooner(fcm, send):
    fcm.behave(quota_per_minute=3)
    assert send(5).count(Outcome.THROTTLED) == 2
    assert fcm.counts()["over_quota"] == 2
    fcm.behave(quota_per_minute=3, quota_minute_ms=1)
    assert send(1) == [Outcome.ACCEPTED]
