"""What libcurl's multi handle waits for: it tells of its sockets and its timer, and is told what happened."""

from __future__ import annotations

import selectors
import time

import pycurl

_EVENTS = {
    pycurl.POLL_IN: selectors.EVENT_READ,
    pycurl.POLL_OUT: selectors.EVENT_WRITE,
    pycurl.POLL_INOUT: selectors.EVENT_READ | selectors.EVENT_WRITE,
}


class Sockets:
    """The event loop of one multi handle.

    curl_multi_socket_action looks after the transfers of a socket, or those whose time has come;
    curl_multi_perform would look after all 500 each time (0.7 ms, a third of what a push costs).
    """

    def __init__(self, multi: pycurl.CurlMulti) -> None:
        self._multi = multi
        self._selector = selectors.DefaultSelector()
        self._due: float | None = None  # when libcurl wants to be called, on the monotonic clock
        multi.setopt(pycurl.M_SOCKETFUNCTION, self._watch)
        multi.setopt(pycurl.M_TIMERFUNCTION, self._plan)

    def advance(self, seconds: float) -> None:
        """Do what is due; wait for the network, at most so long; then send and receive what is possible."""
        now = time.monotonic()
        if self._due is not None and self._due <= now:
            self._due = None
            self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
        if self._due is not None:
            seconds = max(0.0, min(seconds, self._due - now))
        for key, events in self._selector.select(seconds):
            self._multi.socket_action(key.fd, _happened(events))

    def close(self) -> None:
        """After the multi handle is closed."""
        self._selector.close()

    def _watch(self, event: int, socket: int, multi: object, data: object) -> None:
        known = socket in self._selector.get_map()
        if event == pycurl.POLL_REMOVE:
            if known:
                self._selector.unregister(socket)
        elif known:
            self._selector.modify(socket, _EVENTS[event])
        else:
            self._selector.register(socket, _EVENTS[event])

    def _plan(self, milliseconds: int) -> None:
        """-1: nothing is planned any more."""
        self._due = None if milliseconds < 0 else time.monotonic() + milliseconds / 1000


def _happened(events: int) -> int:
    read = pycurl.CSELECT_IN if events & selectors.EVENT_READ else 0
    write = pycurl.CSELECT_OUT if events & selectors.EVENT_WRITE else 0
    return int(read | write)
