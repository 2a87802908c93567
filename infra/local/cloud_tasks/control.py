"""The stand-in's own plain HTTP: what waits, and what is to go wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from infra.local.at_least_once import Chaos
from infra.local.cloud_tasks.service import CloudTasks
from infra.local.stand_in import listen


class Control:
    """GET /control tells, POST /control changes; the same settings as Eventarc's."""

    def __init__(self, tasks: CloudTasks, chaos: Chaos) -> None:
        self._tasks = tasks
        self._chaos = chaos

    @asynccontextmanager
    async def serving(self, port: int) -> AsyncIterator[None]:
        """Raises StartError when the port is taken."""
        app = web.Application()
        app.add_routes([web.get("/control", self._report), web.post("/control", self._change)])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, listen(port), shutdown_timeout=1).start()
        yield
        await runner.cleanup()

    async def _report(self, _: web.Request) -> web.Response:
        return web.json_response({**self._chaos.report(), "queues": self._tasks.counts()})

    async def _change(self, request: web.Request) -> web.Response:
        try:
            self._chaos.change(await request.text())
        except ValueError as error:
            return web.Response(status=400, text=str(error))
        self._tasks.apply_pause()
        return await self._report(request)
