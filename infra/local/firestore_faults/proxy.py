"""Passes gRPC calls on as raw bytes, whatever the method, and breaks those that are to fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import grpc

from infra.local.firestore_faults.faults import REFUSED, Fate, Faults
from infra.local.processes import StartError

_ANY_SIZE = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
_OF_THE_CONNECTION = ("grpc-", ":", "user-agent", "te", "content-type")
_CODES = {
    Fate.ABORTED: grpc.StatusCode.ABORTED,
    Fate.DEADLINE_EXCEEDED: grpc.StatusCode.DEADLINE_EXCEEDED,
}


class Proxy(grpc.GenericRpcHandler):  # type: ignore[misc]
    """On the wire every method is a stream of messages each way, a unary one of a single message."""

    def __init__(self, channel: grpc.aio.Channel, faults: Faults) -> None:
        self._channel = channel
        self._faults = faults

    def service(self, details: Any) -> grpc.RpcMethodHandler:
        return grpc.stream_stream_rpc_method_handler(partial(self._handle, details.method))

    async def _handle(self, method: str, requests: Any, context: Any) -> AsyncIterator[bytes]:
        fate = self._faults.fate(method.rpartition("/")[2])
        await asyncio.sleep(self._faults.settings.latency_ms / 1000)
        if fate in REFUSED:
            await _fail(context, fate)
        call = self._channel.stream_stream(method)(
            requests, metadata=_passed_on(context.invocation_metadata()), timeout=context.time_remaining()
        )
        try:
            async for message in self._answers(call, fate, context):
                yield message
        except grpc.aio.AioRpcError as error:
            context.set_trailing_metadata(_passed_on(error.trailing_metadata()))
            await context.abort(error.code(), error.details())
        finally:
            call.cancel()

    async def _answers(self, call: Any, fate: Fate | None, context: Any) -> AsyncIterator[bytes]:
        left = self._faults.messages_before_the_break() if fate is Fate.BROKEN else None
        async for message in call:
            if left == 0:
                await _fail(context, Fate.BROKEN)
            left = None if left is None else left - 1
            if fate is not Fate.ANSWER_LOST:
                yield message
        if fate in (Fate.ANSWER_LOST, Fate.BROKEN):
            await _fail(context, fate)
        context.set_trailing_metadata(_passed_on(await call.trailing_metadata()))


async def _fail(context: Any, fate: Fate | None) -> None:
    code = _CODES.get(fate, grpc.StatusCode.UNAVAILABLE) if fate else grpc.StatusCode.UNAVAILABLE
    await context.abort(code, f"provoked: {fate}")


def _passed_on(metadata: Any) -> tuple[tuple[str, str | bytes], ...]:
    return tuple((key, value) for key, value in metadata or () if not key.startswith(_OF_THE_CONNECTION))


def bind(channel: grpc.aio.Channel, faults: Faults, port: int) -> grpc.aio.Server:
    """Has the port, and answers once it is started. Raises StartError when the port is taken."""
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0), *_ANY_SIZE])
    server.add_generic_rpc_handlers((Proxy(channel, faults),))
    try:
        server.add_insecure_port(f"127.0.0.1:{port}")
    except RuntimeError:
        raise StartError(f"Port {port} on 127.0.0.1 is in use; end its program or choose another.") from None
    return server


def channel_to(firestore: str) -> grpc.aio.Channel:
    return grpc.aio.insecure_channel(firestore, options=_ANY_SIZE)
