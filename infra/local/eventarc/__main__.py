from __future__ import annotations

import argparse
import random
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
from aiohttp import web

from infra import deployment
from infra.deployment import Function, service_account
from infra.local.at_least_once import Chaos, Settings
from infra.local.eventarc.bridge import Bridge
from infra.local.eventarc.delivery import Backoff, Delivery
from infra.local.eventarc.store import EventStore
from infra.local.eventarc.triggers import register
from infra.local.identity.tokens import IdTokens
from infra.local.processes import StartError
from infra.local.stand_in import listen, serve


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.local.eventarc", description="Eventarc, locally")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--project", required=True)
    parser.add_argument("--firestore", required=True, metavar="HOST:PORT")
    parser.add_argument("--db", type=Path, required=True, help="file of the undelivered events")
    parser.add_argument("--identity", required=True, help="address of the token issuer")
    parser.add_argument("--function", action="append", default=[], metavar="NAME=URL")
    parser.add_argument("--deployment", type=Path, default=deployment.FUNCTIONS_YAML)
    parser.add_argument("--min-backoff", type=float, default=Backoff.least, help="seconds")
    parser.add_argument("--max-backoff", type=float, default=Backoff.most, help="seconds")
    return parser.parse_args()


def _targets(options: argparse.Namespace) -> list[tuple[Function, str]]:
    """Every function with a Firestore trigger, and its address."""
    urls = dict(given.split("=", 1) for given in options.function if "=" in given)
    declared = deployment.load(options.deployment).functions.values()
    triggered = [function for function in declared if function.trigger.firestore]
    missing = [function.name for function in triggered if function.name not in urls]
    if missing:
        raise StartError(f"Give --function NAME=URL for {', '.join(missing)}")
    return [(function, urls[function.name].rstrip("/")) for function in triggered]


async def _app(options: argparse.Namespace, targets: list[tuple[Function, str]]) -> web.Application:
    store = EventStore(options.db)
    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
    tokens = IdTokens(options.identity, session)
    chaos = Chaos(Settings(), random.Random())
    deliveries = {
        function.name: Delivery(
            function,
            url,
            service_account("events", options.project),
            store,
            chaos,
            Backoff(options.min_backoff, options.max_backoff),
            session,
            tokens,
        )
        for function, url in targets
    }

    async def close(_: web.Application) -> AsyncIterator[None]:
        yield
        await session.close()
        store.close()

    app = Bridge(options.project, store, chaos, deliveries).app()
    app.cleanup_ctx.insert(0, close)
    return app


def main() -> None:
    options = _options()
    try:
        targets = _targets(options)
        listener = listen(options.port)
        register(options.firestore, options.project, [function for function, _ in targets])
    except (StartError, deployment.DeploymentError) as error:
        sys.exit(str(error))
    serve(_app(options, targets), listener)


if __name__ == "__main__":
    main()
