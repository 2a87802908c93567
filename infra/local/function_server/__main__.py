from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from infra import deployment
from infra.local.function_server.front import Front
from infra.local.function_server.iam import Iam
from infra.local.processes import ROOT, StartError
from infra.local.stand_in import listen

if TYPE_CHECKING:
    from flask import Flask

STOP_SECONDS = 5  # Cloud Run gives ten seconds between SIGTERM and SIGKILL


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="infra.local.function_server", description="Cloud Run, locally")
    parser.add_argument("name", help="a function of the declaration")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--identity", required=True, help="address of the token issuer")
    parser.add_argument("--project", default=os.environ.get("GOOGLE_CLOUD_PROJECT"))
    parser.add_argument("--source", type=Path, default=ROOT / "main.py")
    parser.add_argument("--clock", type=Path, help="file with the seconds that the wall clock is off")
    parser.add_argument("--deployment", type=Path, default=deployment.FUNCTIONS_YAML)
    return parser.parse_args()


def _front(options: argparse.Namespace) -> Front:
    from functions_framework import create_app

    declared = deployment.load(options.deployment)
    if options.name not in declared.functions:
        raise StartError(f"There is no function {options.name!r}: {', '.join(declared.functions)}")
    if not options.project:
        raise StartError("Give --project, or set GOOGLE_CLOUD_PROJECT")
    function = declared.functions[options.name]
    app: Flask = create_app(function.target, str(options.source), function.signature_type)
    callers = declared.callers(function, options.project)
    iam = Iam(options.identity, f"http://127.0.0.1:{options.port}", callers) if callers else None
    return Front(app, iam, function)


def _serve(options: argparse.Namespace) -> None:
    import uvicorn

    listener = listen(options.port)
    config = uvicorn.Config(
        _front(options), log_level="warning", lifespan="off", timeout_graceful_shutdown=STOP_SECONDS
    )
    uvicorn.Server(config).run(sockets=[listener])


def _set_clock(options: argparse.Namespace) -> None:
    if options.clock:
        from infra.local.function_server import off_clock

        off_clock.follow(options.clock)


def main() -> None:
    os.environ.pop("LOG_EXECUTION_ID", None)  # it would raise the root logger's level to WARNING
    options = _options()
    _set_clock(options)
    try:
        _serve(options)
    except (StartError, deployment.DeploymentError) as error:
        sys.exit(str(error))
    finally:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)  # a thread that is still working must not hold the process


if __name__ == "__main__":
    main()
