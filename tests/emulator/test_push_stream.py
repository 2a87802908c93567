"""The pushes to one browser as the residents' site streams them, where no push service can be reached."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.local.processes import ROOT, Program, free_port
from shared.channels.push.outcome import Outcome, PushRequest
from shared.channels.push.sender import FcmSender
from tests.fcm import PROJECT, TOKEN, FcmStandIn

Send = Callable[..., None]


def token(number: int) -> str:
    return f"token-{number:020d}"


def web(urgency: str = "high") -> dict[str, Any]:
    return {"webpush": {"headers": {"TTL": "60", "Urgency": urgency}}}


@pytest.fixture
def send(fcm: FcmStandIn) -> Send:
    def deliver(number: int, alert: str, block: dict[str, Any] | None = None) -> None:
        message = {"token": token(number), "data": {"alert": alert, "title": "Żółw"}, **(block or web())}
        request = PushRequest("", json.dumps({"message": message}).encode())
        with closing(FcmSender(fcm.endpoint, PROJECT, lambda: TOKEN, ca_file=fcm.ca_file)) as sender:
            (answer,) = sender.send([request], time.monotonic() + 20)
        assert answer.outcome is Outcome.ACCEPTED

    return deliver


@pytest.fixture
def site(fcm: FcmStandIn, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    command = ["node", "infra/local/hosting.mjs", "--port", str(port), "--site", "residents"]
    command += ["--config", str(ROOT / "firebase.json"), "--push", fcm.control]
    program = Program("hosting", command, tmp_path / "hosting.log")
    program.wait_until_answers(f"http://127.0.0.1:{port}/")
    yield f"http://127.0.0.1:{port}"
    program.stop()


class Stream:
    """An open event stream; `next` waits for one event."""

    def __init__(self, address: str, **headers: str) -> None:
        self._answer = requests.get(address, headers=headers, stream=True, timeout=60)
        assert self._answer.headers["Content-Type"] == "text/event-stream"
        self._lines = self._answer.iter_lines(chunk_size=1)
        assert next(self._lines) == b": open"

    def next(self) -> tuple[int, dict[str, Any]]:
        """Number and content."""
        number = next(line for line in self._lines if line.startswith(b"id: "))
        return int(number[4:]), json.loads(next(self._lines).removeprefix(b"data: "))

    def next_alert(self) -> str:
        found: str = self.next()[1]["data"]["alert"]
        return found


def follow(site: str, number: int, **headers: str) -> Stream:
    return Stream(f"{site}/__/push?token={token(number)}", **headers)


def test_a_push_comes_as_a_service_worker_would_get_it(fcm: FcmStandIn, send: Send, site: str):
    stream = follow(site, 1)
    send(1, "a1")
    number, content = stream.next()
    (recorded,) = fcm.messages()
    assert number == recorded["seq"]
    assert content == {
        "from": "1",
        "fcmMessageId": recorded["name"].rpartition("/")[2],
        "priority": "high",
        "data": {"alert": "a1", "title": "Żółw"},
    }


def test_a_push_that_may_wait_says_so(send: Send, site: str):
    send(1, "a1", web("normal"))
    assert follow(site, 1).next()[1]["priority"] == "normal"


def test_the_pushes_of_others_and_those_for_phones_do_not_come(send: Send, site: str):
    stream = follow(site, 1)
    send(2, "others")
    send(1, "phone", {"android": {}})
    send(1, "mine")
    assert stream.next_alert() == "mine"


def test_who_connects_gets_what_came_just_before_and_then_the_rest(send: Send, site: str):
    send(1, "before")
    stream = follow(site, 1)
    send(1, "after")
    assert [stream.next_alert(), stream.next_alert()] == ["before", "after"]


def test_who_connects_does_not_get_what_is_older_than_a_minute(fcm: FcmStandIn, send: Send, site: str):
    send(1, "old")
    fcm.program.kill()
    fcm.record.write_text(age(fcm.record.read_text()))
    fcm.start()
    send(1, "new")
    assert follow(site, 1).next_alert() == "new"


def age(record: str) -> str:
    (line,) = record.splitlines()
    return json.dumps({**json.loads(line), "at": "2026-01-01T00:00:00.000Z"}) + "\n"


def test_who_comes_back_goes_on_after_the_last_one_seen(send: Send, site: str):
    send(1, "a1")
    send(1, "a2")
    seen, _ = follow(site, 1).next()
    assert follow(site, 1, **{"Last-Event-ID": str(seen)}).next_alert() == "a2"


def test_a_stream_is_of_one_token(fcm: FcmStandIn):
    assert fcm.call("GET", "/stream") == {"error": "token is missing"}
