"""What a browser asks of anybody: its pages and its service workers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote_plus, urlsplit

from playwright.sync_api import BrowserContext, Request, WebSocket

WITHIN = {"data", "blob", "about"}  # schemes of what never leaves the browser


@dataclass(frozen=True)
class Asked:
    address: str
    text: str  # address, headers and body, as a person would read them
    by_worker: bool

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc


class Traffic:
    """All requests of a context since it was made, in their order; Playwright tells of a worker's own too."""

    def __init__(self, context: BrowserContext) -> None:
        self.asked: list[Asked] = []
        context.on("request", self._requested)
        context.on("page", lambda page: page.on("websocket", self._opened))

    def _requested(self, request: Request) -> None:
        if urlsplit(request.url).scheme in WITHIN:
            return
        body = (request.post_data_buffer or b"").decode("latin-1")
        text = unquote_plus(f"{request.url} {request.headers} {body}")
        self.asked.append(Asked(request.url, text, request.service_worker is not None))

    def _opened(self, socket: WebSocket) -> None:
        self.asked.append(Asked(socket.url, socket.url, by_worker=False))

    def hosts(self) -> set[str]:
        return {one.host for one in self.asked}

    def told(self, text: str) -> set[str]:
        """The hosts that were sent the text."""
        return {one.host for one in self.asked if text in one.text}
