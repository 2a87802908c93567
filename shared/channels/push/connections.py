"""libcurl's multi interface as the push sender uses it: few connections, many streams, handles used again."""

from __future__ import annotations

from collections.abc import Iterator

import pycurl

from shared.channels.push import answers
from shared.channels.push.outcome import PushAnswer, PushRequest
from shared.channels.push.sockets import Sockets

CONNECTIONS = 5
STREAMS = 100  # what FCM's front end allows on a connection
CONNECT_SECONDS = 10
USER_AGENT = "alert-online"
# Bytes a second. An answer has a few hundred bytes, so it is never slowed down; but with a limit below the
# 65,535 bytes that HTTP/2 grants a stream, libcurl does not write twice per push that it would take more.
RECEIVE_SPEED = 60_000

_CURLPIPE_MULTIPLEX = 2
# How a refused request ends (RFC 9113, 8.7: REFUSED_STREAM, or beyond the last stream of a GOAWAY: it was not
# processed): libcurl wants to repeat it and cannot, having no earlier error to report. A lost connection
# reports itself first. Should libcurl change the words, such requests are merely answered NETWORK.
_REFUSED = (pycurl.E_SEND_FAIL_REWIND, "necessary data rewind was not possible")


class Transfer:
    """An easy handle and the request that it carries now."""

    def __init__(self, url: str, ca_file: str) -> None:
        self.request = PushRequest("", b"")
        self.token = ""
        self.attempt = 0
        self.sent = False  # FCM may have the message
        self._size = -1
        self._unread = b""
        self._answer = bytearray()
        self.curl = pycurl.Curl()
        for option, value in (
            (pycurl.URL, url),
            (pycurl.CAINFO, ca_file),
            (pycurl.PROXY, ""),  # none, whatever the environment says
            (pycurl.NOSIGNAL, 1),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
            (pycurl.TCP_NODELAY, 0),  # pushes share packets: a tenth less CPU, a round trip later at most
            (pycurl.PIPEWAIT, 1),  # share a connection rather than open another
            (pycurl.CONNECTTIMEOUT, CONNECT_SECONDS),
            (pycurl.MAX_RECV_SPEED_LARGE, RECEIVE_SPEED),
            (pycurl.USERAGENT, USER_AGENT),
            (pycurl.POST, 1),
            # The body comes from a callback that cannot rewind. With POSTFIELDS libcurl repeats a request by
            # itself when a used connection dies before the answer: FCM could get the message twice.
            (pycurl.READFUNCTION, self._read),
            (pycurl.WRITEFUNCTION, self._answer.extend),
        ):
            self.curl.setopt(option, value)

    def load(self, request: PushRequest, token: str, attempt: int) -> None:
        if token != self.token:
            headers = [f"Authorization: Bearer {token}", "Content-Type: application/json"]
            self.curl.setopt(pycurl.HTTPHEADER, headers)
        self.request, self.token, self.attempt = request, token, attempt
        self.sent = False
        self._unread = request.body
        self._answer.clear()
        if len(request.body) != self._size:
            self._size = len(request.body)
            self.curl.setopt(pycurl.POSTFIELDSIZE, self._size)

    def answer(self) -> PushAnswer:
        """What FCM said; once the transfer has ended without an error."""
        status: int = self.curl.getinfo(pycurl.RESPONSE_CODE)
        if status == answers.ACCEPTED:
            return answers.read(self.request.key, status)
        retry_after: int = self.curl.getinfo(pycurl.RETRY_AFTER)  # seconds, of a number or a date; 0: none
        return answers.read(self.request.key, status, bytes(self._answer), retry_after or None)

    def _read(self, size: int) -> bytes:
        self.sent = True
        if len(self._unread) <= size:  # nearly always: the buffer has 16 KiB
            part, self._unread = self._unread, b""
            return part
        part, self._unread = self._unread[:size], self._unread[size:]
        return part


class Connections:
    """A multi handle: it owns the connections, and the transfers, free and busy."""

    def __init__(self, url: str, ca_file: str) -> None:
        self._url = url
        self._ca_file = ca_file
        self._free: list[Transfer] = []
        self.busy: dict[pycurl.Curl, Transfer] = {}
        self.broken = False  # a connection failed: libcurl may still hold it
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_PIPELINING, _CURLPIPE_MULTIPLEX)
        self._multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, CONNECTIONS)
        self._multi.setopt(pycurl.M_MAX_CONCURRENT_STREAMS, STREAMS)
        self._sockets = Sockets(self._multi)

    @property
    def room(self) -> int:
        return CONNECTIONS * STREAMS - len(self.busy)

    def start(self, request: PushRequest, token: str, attempt: int) -> None:
        transfer = self._free.pop() if self._free else Transfer(self._url, self._ca_file)
        transfer.load(request, token, attempt)
        self.busy[transfer.curl] = transfer
        self._multi.add_handle(transfer.curl)

    def advance(self, seconds: float) -> None:
        """Wait for the network, at most so long; then send and receive what is possible."""
        self._sockets.advance(seconds)

    def ended(self) -> Iterator[tuple[Transfer, str]]:
        """Transfers that came to an end, each with libcurl's error; "" means that it was answered."""
        queued = 1
        while queued:
            queued, answered, failed = self._multi.info_read()
            for curl in answered:
                yield self._release(curl), ""
            for curl, number, text in failed:
                transfer = self._release(curl)
                if (number, text) == _REFUSED:
                    transfer.sent = False
                else:
                    self.broken = True
                yield transfer, text or f"libcurl error {number}"

    def close(self) -> None:
        for curl in list(self.busy):
            self._release(curl)
        for transfer in self._free:
            transfer.curl.close()
        self._free.clear()
        self._multi.close()
        self._sockets.close()

    def _release(self, curl: pycurl.Curl) -> Transfer:
        self._multi.remove_handle(curl)
        transfer = self.busy.pop(curl)
        self._free.append(transfer)
        return transfer
