from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from aiohttp import web
from pydantic import TypeAdapter

from infra.local.firestore_faults import proxy
from infra.local.firestore_faults.faults import Faults, Settings
from infra.local.processes import StartError
from infra.local.stand_in import listen


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.local.firestore_faults", description="Firestore, failing")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--control-port", type=int, required=True)
    parser.add_argument("--firestore", required=True, metavar="HOST:PORT")
    return parser.parse_args()


class Control:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/control", self._report), web.post("/control", self._change)])
        return app

    async def _report(self, _: web.Request) -> web.Response:
        settings = TypeAdapter(Settings).dump_python(self._faults.settings, mode="json")
        return web.json_response({"settings": settings, "counts": self._faults.counts})

    async def _change(self, request: web.Request) -> web.Response:
        try:
            self._faults.change(await request.text())
        except ValueError as error:
            return web.Response(status=400, text=str(error))
        return await self._report(request)


async def _serve(options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    faults = Faults()
    async with proxy.channel_to(options.firestore) as channel:
        server = proxy.bind(channel, faults, options.port)
        runner = web.AppRunner(Control(faults).app(), access_log=None)
        await runner.setup()
        await web.SockSite(runner, listen(options.control_port)).start()
        await server.start()
        await stopped.wait()
        await server.stop(grace=1)
        await runner.cleanup()


def main() -> None:
    try:
        asyncio.run(_serve(_options()))
    except StartError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
