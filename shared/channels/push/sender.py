"""Pushes to FCM over HTTP/2, hundreds at once, each request answered exactly once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from shared.channels.push.answers import token_refused
from shared.channels.push.connections import Connections, Transfer
from shared.channels.push.outcome import Outcome, PushAnswer, PushRequest
from shared.channels.push.rate import PushRate, Refusals
from shared.errors import Unavailable

ATTEMPTS = 5  # of a request that FCM cannot have taken
PULLED_AT_ONCE = 64  # requests taken from the caller before the network is looked after again
LONGEST_WAIT = 1.0  # seconds

NOT_SENT = "not sent before the deadline"
NOT_ANSWERED = "not answered before the deadline"
HELD = "not sent: FCM asks to wait"


class FcmSender:
    """Fulfils `PushSender`. Connections stay open from one call to the next."""

    def __init__(
        self,
        endpoint: str,
        project: str,
        access_token: Callable[[], str],
        forget_token: Callable[[], None] = lambda: None,
        ca_file: str | None = None,
        rate: PushRate | None = None,
    ) -> None:
        """`ca_file` None: certifi's authorities, since the wheel of pycurl brings none.

        `forget_token` is called when FCM refused the token, before `access_token` is asked again.
        `rate` None: as fast as it goes.
        """
        self._url = f"{endpoint}/v1/projects/{project}/messages:send"
        self._ca_file = ca_file or _authorities()
        self._access_token = access_token
        self._forget_token = forget_token
        self._rate = rate or PushRate()
        self._idle: list[Connections] = []

    def send(self, requests: Iterable[PushRequest], deadline: float) -> Iterator[PushAnswer]:
        """Raises Unavailable, before anything is sent, when there is no access token.

        What may have reached FCM is never sent again from here: it is answered NETWORK. When FCM refuses one
        push after the other, the rest is not sent: it is answered THROTTLED.
        """
        token = _Token(self._access_token, self._forget_token)
        connections = self._connections()
        try:
            yield from _Exchange(connections, iter(requests), token, self._rate, deadline).answers()
        finally:
            # Transfers cut off by the deadline or left by the caller may hang on a dead connection, too.
            if connections.busy or connections.broken:
                connections.close()
            else:
                self._idle.append(connections)

    def room(self) -> int:
        return self._rate.room()

    def _connections(self) -> Connections:
        try:
            return self._idle.pop()
        except IndexError:  # none yet, or all in use by other threads
            return Connections(self._url, self._ca_file)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()


class _Token:
    """The access token during one call of `send`; renewed once at most."""

    def __init__(self, fetch: Callable[[], str], forget: Callable[[], None]) -> None:
        self._fetch = fetch
        self._forget = forget
        self._renewed = False
        self.value = fetch()

    def replaces(self, refused: str) -> bool:
        """There is a token other than the refused one to try."""
        if self.value == refused and not self._renewed:
            self._renewed = True
            self._forget()
            try:
                self.value = self._fetch()
            except Unavailable:
                return False
        return self.value != refused


class _Exchange:
    """One call of `send`: what waits, what is under way, what is answered."""

    def __init__(
        self,
        connections: Connections,
        requests: Iterator[PushRequest],
        token: _Token,
        rate: PushRate,
        deadline: float,
    ) -> None:
        self._connections = connections
        self._requests = requests
        self._token = token
        self._rate = rate
        self._refusals = Refusals()
        self._deadline = deadline
        self._again: deque[tuple[PushRequest, int]] = deque()  # with the number of the next attempt
        self._exhausted = False

    def answers(self) -> Iterator[PushAnswer]:
        while (left := self._deadline - time.monotonic()) > 0:
            self._start()
            if seconds := self._rate.held():
                yield from self._hold_back(seconds)
            if not self._connections.busy and self._exhausted and not self._again:
                return
            self._wait(left)
            yield from self._settle()
        yield from self._cut_off()

    def _start(self) -> None:
        while self._again and self._connections.room and self._rate.take(1):
            request, attempt = self._again.popleft()
            self._connections.start(request, self._token.value, attempt)
        wanted = min(self._connections.room, PULLED_AT_ONCE)
        if self._exhausted or not wanted:
            return
        allowed = self._rate.take(wanted)
        pulled = list(islice(self._requests, allowed))
        self._exhausted = len(pulled) < allowed
        self._rate.give_back(allowed - len(pulled))
        for request in pulled:
            self._connections.start(request, self._token.value, attempt=1)

    def _wait(self, left: float) -> None:
        """For the network, and for what else keeps the next request from beginning."""
        more = (self._again or not self._exhausted) and self._connections.room > 0
        seconds = min(left, self._rate.wait() if more else LONGEST_WAIT, LONGEST_WAIT)
        if self._connections.busy:
            self._connections.advance(seconds)
        else:
            time.sleep(seconds)

    def _hold_back(self, seconds: float) -> Iterator[PushAnswer]:
        for request in chain((request for request, _ in self._again), self._requests):
            yield PushAnswer(request.key, Outcome.THROTTLED, seconds, HELD)
        self._again.clear()
        self._exhausted = True

    def _settle(self) -> Iterator[PushAnswer]:
        for transfer, error in self._connections.ended():
            answer = self._failed(transfer, error) if error else self._answered(transfer)
            if answer:
                yield answer

    def _failed(self, transfer: Transfer, error: str) -> PushAnswer | None:
        if not transfer.sent and transfer.attempt < ATTEMPTS:
            self._again.append((transfer.request, transfer.attempt + 1))
            return None
        return PushAnswer(transfer.request.key, Outcome.NETWORK, detail=error)

    def _answered(self, transfer: Transfer) -> PushAnswer | None:
        answer = transfer.answer()
        if answer.outcome is Outcome.ACCEPTED:
            self._refusals.note(None)
            return answer
        if token_refused(answer) and self._token.replaces(transfer.token):
            self._again.append((transfer.request, transfer.attempt))
            return None
        if seconds := self._refusals.note(answer.retry_after):
            self._rate.hold(seconds)
        return answer

    def _cut_off(self) -> Iterator[PushAnswer]:
        for transfer in self._connections.busy.values():
            yield PushAnswer(transfer.request.key, Outcome.NETWORK, detail=NOT_ANSWERED)
        for request, _ in self._again:
            yield PushAnswer(request.key, Outcome.NETWORK, detail=NOT_SENT, sent=False)
        for request in self._requests:
            yield PushAnswer(request.key, Outcome.NETWORK, detail=NOT_SENT, sent=False)


def _authorities() -> str:
    import certifi

    return certifi.where()
