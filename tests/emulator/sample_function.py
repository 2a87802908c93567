"""Functions for the tests of the local stack: they do what their request says and keep a record of it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import functions_framework
from cloudevents.http import CloudEvent
from flask import Request


def _record(entry: dict[str, Any]) -> None:
    with Path(os.environ["RECORD"]).open("a") as file:
        file.write(json.dumps(entry) + "\n")


@functions_framework.http
def start_alert(request: Request) -> tuple[str, int]:
    body = request.get_json(silent=True) or {}
    _record({"path": request.path, "headers": dict(request.headers), "body": body})
    time.sleep(body.get("sleep", 0))
    return "done", body.get("status", 200)


staff_api = deliver_slice = start_alert


@functions_framework.cloud_event
def index_resident(event: CloudEvent) -> None:
    _record({"id": event["id"], "document": event["document"], "size": len(event.data or b"")})
