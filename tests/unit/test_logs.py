"""One line for each record, whatever functions-framework adds, and nobody's name in it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest

from infra.local.processes import ROOT
from shared import logs

TRACE = "105445aa7843bc8bf206b12000100000"
SECRET = "wnSTykBfZlZ2sRZB7jYyxVbJ9p93"
UNDER_FRAMEWORK = f"""
import logging, sys
from functions_framework import create_app
app = create_app("index_resident", "main.py")
import functions.index_resident as module
module.begin_event = lambda event: ("residents", "x")
def fail(*_):
    logging.getLogger("shared.x").info("one line")
    raise RuntimeError("residents/{SECRET}/places/1")
module._index = fail
app.test_client().post("/", headers={{
    "ce-id": "1", "ce-specversion": "1.0", "ce-type": "t", "ce-source": "s",
    "content-type": "application/json",
}}, data=b"1")
"""


@pytest.fixture(autouse=True)
def no_trace():
    yield
    logs.begin_request({}, "p")


def run(program, **env):
    command = [sys.executable, "-c", program]
    found = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return [line for line in (found.stdout + found.stderr).splitlines() if line.strip()]


@pytest.mark.parametrize("execution_id", ["true", "false"])
def test_under_the_framework_each_record_is_one_line_without_the_message_of_an_exception(execution_id):
    lines = run(UNDER_FRAMEWORK, LOG_EXECUTION_ID=execution_id)
    records = [json.loads(line) for line in lines]
    assert [record["message"] for record in records].count("one line") == 1
    assert all("severity" in record for record in records)
    failed = [record["severity"] for record in records if "RuntimeError" in record.get("exception", "")]
    assert failed == ["ERROR"]
    assert SECRET not in "".join(lines)


def test_a_thread_that_ends_by_an_exception_does_not_tell_its_message():
    program = f"""
import threading
from shared import logs
logs.configure()
def fail():
    raise RuntimeError("audience/{SECRET}.1")
thread = threading.Thread(target=fail)
thread.start(); thread.join()
"""
    (line,) = run(program)
    assert json.loads(line)["severity"] == "ERROR"
    assert SECRET not in line


@pytest.mark.parametrize(
    "path", ["residents/{}/devices/1", "audience/{}.1", "receipts/{}.1.opened", "staff/{}"]
)
def test_the_path_of_a_persons_document_ends_at_its_collection(path):
    message = f"404 No document: {path.format(SECRET)}; see the docs"
    record = logging.LogRecord("google.x", logging.WARNING, "", 0, message, None, None)
    line = logs.JsonLines().format(record)
    assert SECRET not in line
    assert f"{path.split('/')[0]}/..." in line


@pytest.mark.parametrize(
    "headers",
    [{"X-Cloud-Trace-Context": f"{TRACE}/1;o=1"}, {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}],
)
def test_a_call_goes_on_with_the_trace_of_the_request(headers):
    logs.begin_request(headers, "p")
    handed_on = logs.trace_headers()
    assert handed_on["X-Cloud-Trace-Context"].startswith(f"{TRACE}/")
    logs.begin_request({"traceparent": handed_on["traceparent"]}, "p")
    record = logging.LogRecord("x", logging.INFO, "", 0, "m", None, None)
    assert json.loads(logs.JsonLines().format(record))["logging.googleapis.com/trace"].endswith(TRACE)


@pytest.mark.parametrize("headers", [{}, {"X-Cloud-Trace-Context": "x"}, {"traceparent": "00-1-2-3"}])
def test_without_a_trace_none_is_handed_on(headers):
    logs.begin_request(headers, "p")
    assert logs.trace_headers() == {}
