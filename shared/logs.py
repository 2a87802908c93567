"""Logs as JSON lines, as Cloud Logging reads them: severity, message, the request's trace.

(Cloud Logging docs, "Structured logging", special fields.) An exception is logged as its types and its
frames without their messages: those can name a person's documents.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar

_trace: ContextVar[str | None] = ContextVar("trace", default=None)
_TRACE_ID = re.compile(r"([0-9a-f]{32})(/.*)?", re.IGNORECASE)


def begin_request(cloud_trace_context: str | None, project: str) -> None:
    """What is logged next belongs to the trace of the header X-Cloud-Trace-Context, TRACE_ID/SPAN_ID;o=1."""
    found = _TRACE_ID.fullmatch(cloud_trace_context or "")
    _trace.set(f"projects/{project}/traces/{found[1].lower()}" if found else None)


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"severity": record.levelname, "logger": record.name, "message": record.getMessage()}
        if trace := _trace.get():
            line["logging.googleapis.com/trace"] = trace
        if counts := getattr(record, "counts", None):  # logging's `extra`: numbers to query and alarm on
            line["counts"] = counts
        if record.exc_info and record.exc_info[1]:
            line["exception"] = frames(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def frames(error: BaseException) -> str:
    """The chain of exceptions, each by its type and where it was raised."""
    cause = error.__cause__ or error.__context__
    before = frames(cause) + "\n" if cause else ""
    where = "".join(traceback.format_tb(error.__traceback__))
    return f"{before}{where}{type(error).__qualname__}"


def configure(level: int = logging.INFO) -> None:
    """Once per process; a second call changes nothing."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, JsonLines) for handler in root.handlers):
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    root.setLevel(level)
