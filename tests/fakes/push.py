"""FCM as a list: every push is recorded, and answered as the test says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest
from tests.fakes.clock import FakeClock

Answering = Callable[[PushRequest, int], PushAnswer]  # the request, and how often its target was tried


def accepted(request: PushRequest, tried: int) -> PushAnswer:
    return PushAnswer(request.key, Outcome.ACCEPTED)


@dataclass
class FakePushSender:
    """Fulfils ports.PushSender. `waves` are the calls of `send`, each the targets of its pushes.

    Requests to validate only are answered by `validating`, and kept by their keys in `validated`.
    """

    clock: FakeClock
    answering: Answering = accepted
    validating: Answering = accepted
    validated: list[str] = field(default_factory=list)
    during: Callable[[], None] = lambda: None  # called when half of a wave is sent
    at_once: int = 1_000_000  # what `room` answers
    waves: list[list[str]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)

    def send(self, requests: Iterable[PushRequest], deadline: float) -> Iterator[PushAnswer]:
        everyone = list(requests)
        if everyone and "validate_only" in json.loads(everyone[0].body):
            yield from map(self._validate, everyone)
            return
        wave: list[str] = []
        self.waves.append(wave)
        for number, request in enumerate(everyone):
            if number == len(everyone) // 2:
                self.during()
            if self.clock.monotonic() >= deadline:
                yield PushAnswer(request.key, Outcome.NETWORK, sent=False)
                continue
            yield self._answer(request, wave)

    def _validate(self, request: PushRequest) -> PushAnswer:
        self.validated.append(request.key)
        return self.validating(request, self.validated.count(request.key))

    def room(self) -> int:
        return self.at_once

    def _answer(self, request: PushRequest, wave: list[str]) -> PushAnswer:
        message = json.loads(request.body)["message"]
        target = message.get("token") or message["fid"]
        self.tried[target] += 1
        self.messages.append(message)
        wave.append(target)
        return self.answering(request, self.tried[target])

    @property
    def pushed(self) -> Counter[str]:
        """How often each target was sent something."""
        return Counter(target for wave in self.waves for target in wave)
