"""Logs as JSON lines, as Cloud Logging reads them: severity, message, the request's trace; one a record.

(Cloud Logging docs, "Structured logging", special fields.) An exception is logged as its types and its
frames without their messages: those can name a person's documents. So can what libraries say of themselves:
in every message the path of such a document ends at its collection.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

OF_PERSONS = (
    "residents",
    "audience",
    "audience_state",
    "erasures",
    "factors",
    "receipts",
    "reports",
    "sessions",
    "staff",
    "targets",
)
TRACEBACK = "Traceback (most recent call last):"  # by which Error Reporting knows an exception
_TRACE_ID = re.compile(r"([0-9a-f]{32})(?:/.*)?", re.IGNORECASE)
_TRACE_PARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?", re.IGNORECASE)
_PERSONAL = re.compile(rf"\b({'|'.join(OF_PERSONS)})/[^\s\"'<>(){{}}\[\],;]+")


@dataclass(frozen=True)
class _Trace:
    project: str
    id: str  # 32 hex digits


_trace: ContextVar[_Trace | None] = ContextVar("trace", default=None)


class Headers(Protocol):
    def get(self, name: str, /) -> Any: ...


def begin_request(headers: Headers, project: str) -> None:
    """What is logged next belongs to the trace that the request's headers name, if they name one.

    X-Cloud-Trace-Context is TRACE_ID/SPAN_ID;o=1 (Cloud Trace docs); traceparent is W3C's, which Eventarc and
    Cloud Tasks hand on as well.
    """
    found = _TRACE_ID.fullmatch(headers.get("X-Cloud-Trace-Context") or "") or _TRACE_PARENT.fullmatch(
        headers.get("traceparent") or ""
    )
    _trace.set(_Trace(project, found[1].lower()) if found else None)


def trace_headers() -> dict[str, str]:
    """For a call or a task that goes on with this request's work, so that its lines have the same trace."""
    trace = _trace.get()
    if trace is None:
        return {}
    parent = trace.id[:16] if trace.id[:16].strip("0") else trace.id[16:]  # a span: never all zeros
    return {
        "X-Cloud-Trace-Context": f"{trace.id}/{int(parent, 16)};o=1",
        "traceparent": f"00-{trace.id}-{parent}-01",
    }


def without_persons(text: str) -> str:
    """The text without the ids of documents that are named after somebody."""
    return _PERSONAL.sub(r"\1/...", text)


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        message = without_persons(record.getMessage())
        line = {"severity": record.levelname, "logger": record.name, "message": message}
        if trace := _trace.get():
            line["logging.googleapis.com/trace"] = f"projects/{trace.project}/traces/{trace.id}"
        if counts := getattr(record, "counts", None):  # logging's `extra`: numbers to query and alarm on
            line["counts"] = counts
        if request := getattr(record, "request", None):  # what functions/staff_api/evidence.py says of one
            line["request"] = request
        if record.exc_info and record.exc_info[1]:
            line["exception"] = f"{TRACEBACK}\n{frames(record.exc_info[1])}"
        return json.dumps(line, ensure_ascii=False)


def frames(error: BaseException) -> str:
    """The chain of exceptions, each by its type and where it was raised."""
    cause = error.__cause__ or error.__context__
    before = frames(cause) + "\n" if cause else ""
    where = "".join(traceback.format_tb(error.__traceback__))
    return f"{before}{where}{type(error).__qualname__}"


def configure(level: int = logging.INFO) -> None:
    """Ours is the only handler: with LOG_EXECUTION_ID, which the Cloud Functions API sets by itself,
    functions-framework has given the root one of its own, which writes every record again, messages of
    exceptions and all. Once per process; a second call changes nothing."""
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, JsonLines) for handler in root.handlers):
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
        root.setLevel(level)
        threading.excepthook = _log_thread
        logging.captureWarnings(True)
    for other in [one for one in root.handlers if _writes_again(one)]:
        root.removeHandler(other)


def _writes_again(handler: logging.Handler) -> bool:
    """A handler of the process's own streams; what else listens, such as a test, keeps nothing for good."""
    return type(handler) is logging.StreamHandler and not isinstance(handler.formatter, JsonLines)


def _log_thread(args: threading.ExceptHookArgs) -> None:
    """Python's own would print the exception with its message."""
    if args.exc_value is not None:
        logging.getLogger(__name__).error("a thread ended", exc_info=args.exc_value)
