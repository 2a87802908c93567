"""Passing on to an emulator that ends idle connections, as Node's servers do after five seconds."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from infra.local.totp_proxy import app

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


async def _answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Keeps the connection, and ends it as its second request comes."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(ANSWER)
    await writer.drain()
    with suppress(asyncio.IncompleteReadError):
        await reader.readuntil(b"POST")
    writer.close()


async def _statuses(tmp_path: Path) -> list[int]:
    async with await asyncio.start_server(_answer_once, "127.0.0.1") as emulator:
        host, port = emulator.sockets[0].getsockname()
        proxy = TestServer(app(f"{host}:{port}", "project", tmp_path / "factors.db"))
        async with proxy, ClientSession() as client:
            return [(await client.post(proxy.make_url("/v1/accounts:signUp"))).status for _ in range(3)]


def test_a_connection_that_ends_as_it_is_used_again_loses_no_request(tmp_path):
    assert asyncio.run(asyncio.wait_for(_statuses(tmp_path), 10)) == [200, 200, 200]
