"""Calling a function directly: with our own identity, and without waiting for its end."""

import logging

import pytest
from google.auth.compute_engine import _metadata

from infra.local.processes import free_port
from shared.adapters import function_caller
from shared.adapters.function_caller import CloudFunctionCaller
from tests.emulator.stand_ins import FunctionProcess, eventually


@pytest.fixture(autouse=True)
def _metadata_server(identity, monkeypatch):
    """google.auth read the environment when it was imported, before there was a stand-in."""
    host = identity.removeprefix("http://")
    monkeypatch.setattr(_metadata, "_GCE_METADATA_HOST", host)
    monkeypatch.setenv("GCE_METADATA_IP", host)
    monkeypatch.setenv("CLOUDSDK_CONFIG", "/nonexistent")
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)


@pytest.fixture
def call(worker):
    caller = CloudFunctionCaller({"start_alert": worker.address}, patience=60)
    return lambda: caller.call("start_alert", {"alert": "a1"})


def test_a_protected_function_runs_to_its_end_with_our_identity(identity, tmp_path):
    function = FunctionProcess(tmp_path, "start_alert", identity)
    function.start()
    try:
        caller = CloudFunctionCaller({"start_alert": function.address}, patience=60)
        assert caller.call("start_alert", {"alert": "a1"}) is True
        assert function.records()[-1]["body"] == {"alert": "a1"}
        caller = CloudFunctionCaller({"start_alert": function.address}, patience=0.5)
        end = {"until": str(tmp_path / "end")}
        assert caller.call("start_alert", end) is True
        assert function.records()[-1]["body"] == {"alert": "a1"}  # still at work, and to the end:
        (tmp_path / "end").touch()
        assert eventually(lambda: function.records()[-1]["body"] == end)
    finally:
        function.stop()


def test_an_event_function_does_not_let_us_in(identity, tmp_path, caplog):
    function = FunctionProcess(tmp_path, "index_resident", identity)
    function.start()
    try:
        assert CloudFunctionCaller({"x": function.address}, patience=60).call("x", {}) is False
    finally:
        function.stop()
    assert "403" in caplog.text


def test_a_function_that_takes_long_is_waited_for_and_nobody_with_it(worker, caplog):
    caller = CloudFunctionCaller({"start_alert": worker.address}, patience=0.5)
    worker.answers += [(500, {})]
    with worker.holding():
        assert caller.call("start_alert", {}) is True
        assert worker.at_once == len(worker.got) == 1
    assert eventually(lambda: "HTTP 500" in caplog.text)  # the answer that nobody waited for was heard


def test_a_call_goes_on_with_the_trace(worker):
    caller = CloudFunctionCaller({"x": worker.address}, lambda: {"traceparent": "00-1"}, patience=60)
    assert caller.call("x", {}) is True
    assert worker.got[0].headers["traceparent"] == "00-1"


@pytest.mark.parametrize("status", [302, 400, 403, 404, 429, 500, 503])
def test_a_refusal_is_no_start_and_is_logged_without_secrets(call, worker, status, caplog):
    worker.answers += [(status, {})]
    with caplog.at_level(logging.DEBUG, logger=function_caller.__name__):
        assert call() is False
    assert str(status) in caplog.text
    token = worker.got[0].headers["Authorization"].removeprefix("Bearer ")
    assert token not in caplog.text


def test_a_function_that_cannot_be_reached_is_no_start(call, worker):
    worker.close()
    assert call() is False


def test_without_an_identity_nothing_is_called(call, worker, monkeypatch):
    monkeypatch.setenv("GCE_METADATA_IP", f"127.0.0.1:{free_port()}")
    assert call() is False
    assert worker.got == []


def test_the_token_is_fetched_once_and_again_before_it_expires(call, worker):
    assert [call(), call()] == [True, True]
    first, second = (got.headers["Authorization"] for got in worker.got)
    assert first == second


def test_an_expired_token_is_renewed(worker):
    caller = CloudFunctionCaller({"start_alert": worker.address}, patience=60)
    caller.call("start_alert", {})
    (credentials,) = caller._credentials.values()
    credentials.expiry = credentials.expiry.replace(year=2020)
    credentials.token = "expired"
    caller.call("start_alert", {})
    assert worker.got[-1].headers["Authorization"] != "Bearer expired"
