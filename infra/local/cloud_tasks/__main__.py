from __future__ import annotations

import argparse
import asyncio
import random
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp

from infra import deployment
from infra.local.at_least_once import Chaos, Settings
from infra.local.cloud_tasks import queues, server
from infra.local.cloud_tasks.attempt import Sender
from infra.local.cloud_tasks.control import Control
from infra.local.cloud_tasks.service import CloudTasks
from infra.local.cloud_tasks.store import TaskStore
from infra.local.identity.tokens import IdTokens
from infra.local.processes import StartError

# "It can take up to 24 hours for the task ID to be released" (CreateTaskRequest.task).
NAME_SECONDS = 24 * 3600.0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.local.cloud_tasks", description="Cloud Tasks, locally")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--control-port", type=int, help="plain HTTP: what waits, what is to go wrong")
    parser.add_argument("--project", required=True)
    parser.add_argument("--db", type=Path, required=True, help="file of queues and tasks")
    parser.add_argument("--identity", required=True, help="address of the token issuer")
    parser.add_argument("--deployment", type=Path, default=deployment.FUNCTIONS_YAML)
    parser.add_argument(
        "--name-seconds", type=float, default=NAME_SECONDS, help="how long a used task name stays taken"
    )
    return parser.parse_args()


async def _serve(options: argparse.Namespace) -> None:
    declared = deployment.load(options.deployment)
    location = f"projects/{options.project}/locations/{declared.region}"
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        sender = Sender(session, IdTokens(options.identity, session))
        chaos = Chaos(Settings(), random.Random())
        tasks = CloudTasks(TaskStore(options.db, options.name_seconds), sender, chaos)
        grpc_server = server.bind(tasks, options.port)
        await tasks.start([queues.declared(queue, location) for queue in declared.queues.values()])
        async with AsyncExitStack() as stack:
            if options.control_port:
                await stack.enter_async_context(Control(tasks, chaos).serving(options.control_port))
            await grpc_server.start()
            await stopped.wait()
            await grpc_server.stop(grace=1)
        await tasks.stop()


def main() -> None:
    try:
        asyncio.run(_serve(_options()))
    except (StartError, deployment.DeploymentError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
