"""Takes the emulator's events in, and hands them on."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import AsyncIterator, Mapping
from urllib.parse import quote

from aiohttp import web

from infra.local.at_least_once import Chaos
from infra.local.eventarc.delivery import Delivery
from infra.local.eventarc.store import Event, EventStore

MOST_BYTES = 512 * 1024  # Eventarc docs, quotas: of an event; it cannot be raised
VISIBLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"%')


def event_headers(given: Mapping[str, str]) -> dict[str, str]:
    """The CloudEvent's attributes in binary mode (CloudEvents HTTP binding 3.1.3.2: others than visible ASCII
    are percent-encoded). The emulator says "projects/projects" where the cloud says "projects"."""
    attributes = {
        name.lower(): quote(value, safe=VISIBLE)
        for name, value in given.items()
        if name.lower().startswith("ce-")
    }
    attributes["ce-source"] = attributes.get("ce-source", "").replace("/projects/projects/", "/projects/")
    return {**attributes, "Content-Type": "application/protobuf"}


class Bridge:
    """The HTTP of the stand-in."""

    def __init__(
        self, project: str, store: EventStore, chaos: Chaos, deliveries: Mapping[str, Delivery]
    ) -> None:
        self._project = project
        self._store = store
        self._chaos = chaos
        self._deliveries = deliveries

    def app(self) -> web.Application:
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.add_routes(
            [
                web.post("/functions/projects/{project}/triggers/{trigger}", self._receive),
                web.get("/control", self._report),
                web.post("/control", self._change),
            ]
        )
        app.cleanup_ctx.append(self._running)
        return app

    async def _running(self, _: web.Application) -> AsyncIterator[None]:
        self._apply_pause()
        for event_id, function, due in self._store.pending():
            if function in self._deliveries:
                self._deliveries[function].put(event_id, due)
        for delivery in self._deliveries.values():
            delivery.start()
        yield
        for delivery in self._deliveries.values():
            await delivery.stop()

    async def _receive(self, request: web.Request) -> web.Response:
        trigger = request.match_info["trigger"]
        if request.match_info["project"] != self._project or trigger not in self._deliveries:
            return web.Response(status=404, text="There is no such trigger.")
        if "ce-id" not in request.headers:
            return web.Response(status=400, text="This is no CloudEvent: ce-id is missing.")
        try:
            body = base64.b64decode(await request.read(), validate=True)
        except binascii.Error:
            return web.Response(status=400, text="The body is not base64.")
        if len(body) > MOST_BYTES:
            print(f"An event for {trigger} is too large, and lost: {len(body):,} bytes", flush=True)
            return web.Response()
        await self._accept(trigger, event_headers(request.headers), body)
        return web.Response()

    async def _accept(self, trigger: str, headers: Mapping[str, str], body: bytes) -> None:
        if self._chaos.loses():
            return
        now = time.time()
        events = [
            Event(trigger, headers, body, received=now, due=now + self._chaos.delay())
            for _ in range(self._chaos.copies())
        ]
        ids = await self._store.add(events)
        for event_id, event in zip(ids, events, strict=True):
            self._deliveries[trigger].put(event_id, event.due)

    async def _report(self, _: web.Request) -> web.Response:
        functions = {
            name: {**self._store.counts(name), "in_flight": delivery.in_flight}
            for name, delivery in self._deliveries.items()
        }
        return web.json_response({**self._chaos.report(), "functions": functions})

    async def _change(self, request: web.Request) -> web.Response:
        try:
            self._chaos.change(await request.text())
        except ValueError as error:
            return web.Response(status=400, text=str(error))
        self._apply_pause()
        return await self._report(request)

    def _apply_pause(self) -> None:
        for delivery in self._deliveries.values():
            if self._chaos.settings.pause:
                delivery.resumed.clear()
            else:
                delivery.resumed.set()
