"""Connections that end in the middle: what our sender said of each message, and what FCM got."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pushes import message
from shared.channels.push.outcome import Outcome, PushAnswer
from shared.channels.push.sender import FcmSender
from tests.fcm import TOKEN, FcmStandIn, running

MESSAGES = 3000
ROUNDS = 20  # of a caller that asks again for what was answered NETWORK
PATIENCE = 60  # seconds

# Never taken by FCM, so a caller that asks again may neither lose nor repeat any.
NOT_TAKEN: dict[str, dict[str, object]] = {
    "GOAWAY after 250 requests, in two steps": {"goaway_after": 250},
    "GOAWAY after 250 requests, at once": {"goaway_after": 250, "goaway_grace_ms": 0},
    "5 % of the streams refused": {"rates": {"refused": 0.05}},
}
# FCM may have taken what was under way: it is answered NETWORK and sent once.
PERHAPS_TAKEN: dict[str, dict[str, object]] = {
    "6 connections reset before the message was taken": {"next": {"dropped": 6}},
    "6 connections reset after it": {"next": {"dropped_after": 6}},
    "6 connections closed after it": {"next": {"closed_after": 6}},
}
HEAD = ("what happens", "asked", "calls", "accepted", "unknown", "arrived", "lost", "twice", "connections")


@dataclass(frozen=True)
class Case:
    name: str
    calls: int
    accepted: int
    unknown: int  # answered NETWORK in the end
    arrived: int
    lost: int
    twice: int
    connections: int

    @property
    def row(self) -> tuple[object, ...]:
        figures = (self.calls, self.accepted, self.unknown, self.arrived, self.lost, self.twice)
        return self.name, MESSAGES, *figures, self.connections


def cases() -> list[Case]:
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as fcm:
        once = [_case(fcm, name, behaviour, 1) for name, behaviour in PERHAPS_TAKEN.items()]
        return [_case(fcm, name, behaviour, ROUNDS) for name, behaviour in NOT_TAKEN.items()] + once


def _case(fcm: FcmStandIn, name: str, behaviour: dict[str, object], rounds: int) -> Case:
    """`rounds` 1: nothing is asked again."""
    fcm.reset()
    fcm.behave(latency_ms=10, **behaviour)
    said, calls = _said(fcm, rounds)
    accepted = {message.target(int(key)) for key, outcome in said.items() if outcome is Outcome.ACCEPTED}
    arrived = Counter(fcm.targets())
    due = {message.target(number) for number in range(MESSAGES)} if rounds > 1 else accepted
    return Case(
        name,
        calls,
        accepted=len(accepted),
        unknown=sum(outcome is Outcome.NETWORK for outcome in said.values()),
        arrived=len(arrived),
        lost=len(due - arrived.keys()) + MESSAGES - len(said),
        twice=sum(count - 1 for count in arrived.values()),
        connections=fcm.counts()["connections"],
    )


def _said(fcm: FcmStandIn, rounds: int) -> tuple[dict[str, Outcome], int]:
    """The last outcome of each message, and how often the sender was called."""
    sender = FcmSender(fcm.endpoint, fcm.project, lambda: TOKEN, ca_file=fcm.ca_file)
    said: dict[str, Outcome] = {}
    left, calls = list(message.requests(MESSAGES)), 0
    while left and calls < rounds:
        answers: list[PushAnswer] = list(sender.send(left, time.monotonic() + PATIENCE))
        if Counter(answer.key for answer in answers) != Counter(request.key for request in left):
            raise AssertionError("not every message was answered once")
        said |= {answer.key: answer.outcome for answer in answers}
        left = [request for request in left if said[request.key] is Outcome.NETWORK]
        calls += 1
    sender.close()
    return said, calls
