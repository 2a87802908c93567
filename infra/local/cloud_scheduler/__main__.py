from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
from aiohttp import web

from infra import deployment
from infra.deployment import Deployment, service_account
from infra.local.cloud_scheduler.job import Job, Target, seconds_between
from infra.local.identity.tokens import IdTokens
from infra.local.processes import StartError
from infra.local.stand_in import listen, serve


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.local.cloud_scheduler", description="Cloud Scheduler")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--project", required=True)
    parser.add_argument("--identity", required=True, help="address of the token issuer")
    parser.add_argument("--function", action="append", default=[], metavar="NAME=URL")
    parser.add_argument("--deployment", type=Path, default=deployment.FUNCTIONS_YAML)
    parser.add_argument("--every", type=float, help="seconds, instead of every schedule")
    return parser.parse_args()


def _targets(options: argparse.Namespace, declared: Deployment) -> list[tuple[Target, float]]:
    """The functions given, each with the seconds between its runs. Raises StartError."""
    urls = dict(given.split("=", 1) for given in options.function if "=" in given)
    return [
        (_target(options, declared, name, url), _every(options, declared, name)) for name, url in urls.items()
    ]


def _target(options: argparse.Namespace, declared: Deployment, name: str, url: str) -> Target:
    if name not in declared.functions:
        raise StartError(f"There is no function {name!r}: {', '.join(declared.functions)}")
    account = service_account(declared.functions[name].invoker, options.project)
    return Target(name, url.rstrip("/"), account, declared.scheduler.deadline)


def _every(options: argparse.Namespace, declared: Deployment, name: str) -> float:
    try:
        declared_seconds = seconds_between(declared.functions[name].trigger.schedule or "")
    except ValueError as error:
        raise StartError(f"functions.{name}: {error}") from None
    return float(options.every or declared_seconds)


class Control:
    """The HTTP of the stand-in, and the life of its jobs."""

    def __init__(self, targets: list[tuple[Target, float]], declared: Deployment, identity: str) -> None:
        self._targets = targets
        self._retry = declared.scheduler.retry
        self._identity = identity
        self._jobs: dict[str, Job] = {}

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([web.get("/", self._report), web.post("/jobs/{name}:{method}", self._act)])
        app.cleanup_ctx.append(self._running)
        return app

    async def _running(self, _: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            tokens = IdTokens(self._identity, session)
            for target, every in self._targets:
                self._jobs[target.name] = Job(target, every, self._retry, session, tokens)
            loops = [asyncio.create_task(job.keep_schedule()) for job in self._jobs.values()]
            yield
            for loop in loops:
                loop.cancel()
            await asyncio.gather(*loops, return_exceptions=True)

    async def _report(self, _: web.Request) -> web.Response:
        return web.json_response({job.name: job.counts() for job in self._jobs.values()})

    async def _act(self, request: web.Request) -> web.Response:
        job, method = self._jobs.get(request.match_info["name"]), request.match_info["method"]
        if job is None:
            return web.Response(status=404, text="There is no such job.")
        match method:
            case "run":
                answer = await job.run()
                return web.json_response({"status": answer.status, "body": answer.body})
            case "pause":
                job.resumed.clear()
            case "resume":
                job.resumed.set()
            case _:
                return web.Response(status=404, text="A job can run, pause and resume.")
        return await self._report(request)


def main() -> None:
    options = _options()
    try:
        declared = deployment.load(options.deployment)
        control = Control(_targets(options, declared), declared, options.identity)
        listener = listen(options.port)
    except (StartError, deployment.DeploymentError) as error:
        sys.exit(str(error))
    serve(control.app(), listener)


if __name__ == "__main__":
    main()
