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
from google.protobuf.empty_pb2 import Empty

RECORD = Path(os.environ["RECORD"])


def _record(entry: dict[str, Any]) -> None:
    with RECORD.open("a") as file:
        file.write(json.dumps(entry) + "\n")


@functions_framework.http
def start_alert(request: Request) -> tuple[str, int]:
    """Sleeps and answers as told; records when it ran and what it saw.

    `begun` and `until` are paths of files: the one is made when the work begins, the other ends it.
    """
    body = request.get_json(silent=True) or {}
    start = time.time()
    if "begun" in body:
        Path(body["begun"]).touch()
    while "until" in body and not Path(body["until"]).exists():
        time.sleep(0.02)
    time.sleep(body.get("sleep", 0))
    _record(
        {
            "start": start,
            "end": time.time(),
            "method": request.method,
            "path": request.path,
            "headers": dict(request.headers),
            "body": body,
        }
    )
    return "done", body.get("status", 200)


staff_api = expire_alert = start_alert


@functions_framework.cloud_event
def index_resident(event: CloudEvent) -> None:
    """Records the event; fails while a file `<record>.refuse` exists."""
    if RECORD.with_suffix(".refuse").exists():
        raise RuntimeError("told to fail")
    Empty().ParseFromString(event.data)  # any message: only that the bytes are protobuf matters here
    _record({"id": event["id"], "document": event["document"], "size": len(event.data)})


on_alert_written = index_resident
