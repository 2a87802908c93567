"""Passing requests on to an emulator, as a reverse proxy does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web
from multidict import CIMultiDict
from yarl import URL

_HOP_BY_HOP = {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
_REPLACED = ("Content-Length", "Content-Type", "ETag")  # of an answer whose body was changed

Body = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """A JSON answer, read whole."""

    status: int
    headers: Mapping[str, str]
    body: Any

    def response(self) -> web.Response:
        headers = _end_to_end(self.headers)
        for name in _REPLACED:
            headers.popall(name, None)
        return web.json_response(self.body, status=self.status, headers=headers)


def _end_to_end(headers: Mapping[str, str]) -> CIMultiDict[str]:
    kept = CIMultiDict(headers)
    named = {name.strip().lower() for name in headers.get("Connection", "").split(",")}
    for name in [name for name in kept if name.lower() in _HOP_BY_HOP | named]:
        kept.popall(name, None)
    return kept


class Upstream:
    def __init__(self, emulator: str, project: str) -> None:
        """`emulator` host:port."""
        self._emulator = f"http://{emulator}"
        self._project = project

    async def open(self, _app: web.Application) -> None:
        # A connection each: Node ends idle ones after 5 s, perhaps just as one is used again.
        self._client = ClientSession(
            connector=TCPConnector(limit=0, force_close=True),
            auto_decompress=False,
            cookie_jar=DummyCookieJar(),
            timeout=ClientTimeout(total=None),
        )

    async def close(self, _app: web.Application) -> None:
        await self._client.close()

    async def call(self, request: web.Request, body: Body, operation: str | None = None) -> Answer:
        """The same request with another body; `operation` start or finalize, if it is to be another one."""
        path = request.raw_path
        if operation:
            path = path.replace(request.path.rpartition(":")[2], operation, 1)
        headers = _end_to_end(request.headers)
        headers.popall("Content-Length", None)
        headers["Accept-Encoding"] = "identity"
        url = URL(self._emulator + path, encoded=True)
        async with self._client.post(url, json=body, headers=headers) as answer:
            return Answer(answer.status, answer.headers.copy(), await answer.json())

    async def text_message(self, session: str) -> str | None:
        """The code that the emulator would have sent to a phone."""
        url = f"{self._emulator}/emulator/v1/projects/{self._project}/verificationCodes"
        async with self._client.get(url) as answer:
            messages = (await answer.json())["verificationCodes"]
        return next((sent["code"] for sent in messages if sent["sessionInfo"] == session), None)

    async def forward(
        self, request: web.Request, read: bool, body: bytes | None = None
    ) -> web.StreamResponse | Answer:
        """The request unchanged, with its `body` if that was read before. JSON is read whole if asked to;
        everything else streams through."""
        headers = _end_to_end(request.headers)
        if read:
            headers["Accept-Encoding"] = "identity"
        async with self._client.request(
            request.method,
            URL(self._emulator + request.raw_path, encoded=True),
            headers=headers,
            data=body or (request.content if request.body_exists else None),
            allow_redirects=False,
        ) as answer:
            if read and answer.content_type == "application/json":
                return Answer(answer.status, answer.headers.copy(), json.loads(await answer.read()))
            response = web.StreamResponse(status=answer.status, headers=_end_to_end(answer.headers))
            await response.prepare(request)
            async for chunk in answer.content.iter_any():
                await response.write(chunk)
            await response.write_eof()
            return response
