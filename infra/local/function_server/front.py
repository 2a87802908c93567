"""What stands between the network and a function on Cloud Run: identity, size limit, request timeout."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from flask import Flask

from infra.deployment import Function
from infra.local.function_server.iam import Header, Iam, Refusal

Message = Any  # ASGI's dictionaries
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MAX_REQUEST_BYTES = 32 * 1024 * 1024  # Cloud Run quotas: HTTP/1 requests


class Front:
    """The ASGI application that Cloud Run's front end amounts to."""

    def __init__(self, app: Flask, iam: Iam | None, function: Function) -> None:
        self._function = WSGIMiddleware(cast("Any", app), workers=function.concurrency)
        self._iam = iam
        self._timeout = function.timeout
        self._running: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._function(scope, receive, send)
        try:
            admitted = await self._admit(scope)
        except Refusal as refusal:
            return await _answer(send, refusal.status, refusal.text, refusal.headers)
        return await self._call({**scope, "headers": admitted}, receive, send)

    async def _admit(self, scope: Message) -> list[Header]:
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if int(length) > MAX_REQUEST_BYTES:
            raise Refusal(413, "Request Entity Too Large")
        if self._iam is None:
            return list(scope["headers"])
        # in a thread: the first request fetches the issuer's keys
        return await asyncio.to_thread(self._iam.admit, scope["headers"])

    async def _call(self, scope: Message, receive: Receive, send: Send) -> None:
        """After the timeout the caller has its 504 while the function works on, as on Cloud Run."""
        answer = _Answer(send)
        call = asyncio.create_task(self._function(scope, receive, answer))
        self._running.add(call)
        call.add_done_callback(self._running.discard)
        done, _ = await asyncio.wait([call], timeout=self._timeout)
        if done:
            call.result()
        elif not answer.started:
            answer.close()
            await _answer(send, 504, "upstream request timeout", [])
        else:
            answer.close()
            raise TimeoutError("the function's answer took too long")


class _Answer:
    """Passes the function's messages on until it is closed."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._open = True
        self.started = False

    async def __call__(self, message: Message) -> None:
        if self._open:
            self.started = True
            await self._send(message)

    def close(self) -> None:
        self._open = False


async def _answer(send: Send, status: int, text: str, headers: list[Header]) -> None:
    body = text.encode()
    kind = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*kind, *headers]})
    await send({"type": "http.response.body", "body": body})
