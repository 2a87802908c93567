"""Readers who open one alert, each on a connection of their own, at a steady rate."""

from __future__ import annotations

import asyncio
import gzip
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PATIENCE = 30  # seconds until a reader gives up
_REQUEST = (
    "GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n"
    "User-Agent: reader\r\nConnection: close\r\n\r\n"
)


@dataclass(frozen=True)
class Opened:
    """What one reader got. `at`: seconds since the first could come; `took`: to the last byte."""

    address: str
    at: float
    took: float
    bytes: int  # as transferred, headers included
    kept: str  # how the cache had it: HIT, STALE, UPDATING, MISS, EXPIRED
    body: str
    status: int


@dataclass(frozen=True)
class Failed:
    address: str
    why: str


Result = Opened | Failed


async def crowd(
    port: int, choose: Callable[[random.Random], str], readers: int, seconds: float
) -> Sequence[Result]:
    """All results; readers come at random moments of the time (a Poisson process, given their number)."""
    chance = random.Random(1)
    moments = sorted(chance.uniform(0, seconds) for _ in range(readers))
    began = time.monotonic()
    tasks = []
    for moment in moments:
        await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
        tasks.append(asyncio.create_task(_open(port, choose(chance), began)))
    return await asyncio.gather(*tasks)


async def _open(port: int, address: str, began: float) -> Result:
    at = time.monotonic()
    try:
        async with asyncio.timeout(PATIENCE):
            raw = await _exchange(port, address)
    except (OSError, TimeoutError) as error:
        return Failed(address, type(error).__name__)
    return _opened(address, at - began, time.monotonic() - at, raw)


async def _exchange(port: int, address: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_REQUEST.format(address=address, port=port).encode("ascii"))
        return await reader.read(-1)
    finally:
        writer.close()


def _opened(address: str, at: float, took: float, raw: bytes) -> Result:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    try:
        text = _decoded(headers, body)
        return Opened(address, at, took, len(raw), headers.get("x-cache", ""), text, int(first.split()[1]))
    except (ValueError, IndexError, EOFError, OSError) as error:
        return Failed(address, f"{type(error).__name__} in the answer")


def _decoded(headers: dict[str, str], body: bytes) -> str:
    if headers.get("transfer-encoding") == "chunked":
        body = _unchunked(body)
    elif len(body) != int(headers.get("content-length", len(body))):
        raise ValueError("the body broke off")
    return (gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body).decode()


def _unchunked(body: bytes) -> bytes:
    """Raises ValueError when it does not end as it should."""
    whole = b""
    while True:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            return whole
        whole, body = whole + body[:length], body[length + 2 :]
