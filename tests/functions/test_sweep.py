"""sweep, called as Cloud Scheduler calls it; and its heartbeats at the functions behind the queues."""

from __future__ import annotations

import json
import logging
from types import SimpleNamespace

import pytest
from functions_framework import create_app

from infra.local.processes import ROOT
from shared import wiring
from shared.logs import JsonLines
from tests.functions.delivery_functions import function
from tests.services.sweep_world import MINUTE, QUEUES, SweptWorld


@pytest.fixture
def world():
    world = SweptWorld()
    world.populate(12)
    return world


@pytest.fixture
def sweep(world, monkeypatch):
    monkeypatch.setattr("functions.sweep.settings", lambda: SimpleNamespace(project="demo-x"))
    monkeypatch.setattr(wiring, "sweep_ports", lambda: world.sweep_ports)
    client = create_app("sweep", str(ROOT / "main.py")).test_client()
    return lambda: client.post("/", headers={"X-CloudScheduler": "true"})


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO)

    def of_sweep():
        return [
            (record.levelname, json.loads(JsonLines().format(record)))
            for record in caplog.records
            if record.name == "functions.sweep"
        ]

    return of_sweep


def test_a_run_with_nothing_to_repair_answers_its_counts(sweep, lines):
    answer = sweep()
    assert answer.status_code == 200
    assert answer.json["repaired"] == answer.json["failed"] == 0
    assert set(answer.json["steps"]) == {
        "held", "restarted", "resumed", "expired", "published", "indexed", "coded", "heartbeats", "ended",
        "warned", "pruned", "removed", "erased", "gathered", "covered", "sealed", "anchored",
        "reminded", "called", "told", "series", "frozen",
    }  # fmt: skip
    [(level, line)] = lines()
    assert (level, line["counts"]) == ("INFO", answer.json)


def test_what_was_repaired_is_one_warning_with_counts(world, sweep, lines):
    world.approve()
    world.clock.advance(MINUTE)
    assert sweep().json["steps"]["restarted"] == {"looked": 1, "acted": 1, "failed": 0, "left": 0}
    [(level, line)] = lines()
    assert (level, line["severity"], line["counts"]["repaired"]) == ("WARNING", "WARNING", 1)
    assert "repaired 1" in line["message"]


def test_a_failure_is_an_error_and_the_job_sees_it(world, sweep, lines, monkeypatch):
    def broken(*_):
        raise RuntimeError("the uid ann-1234 in a message")

    monkeypatch.setattr(world.walk, "idle_devices", broken)
    answer = sweep()
    assert (answer.status_code, answer.json["failed"]) == (503, 1)
    assert [level for level, _ in lines()] == ["ERROR"]


def test_no_line_names_anybody(world, sweep, caplog):
    caplog.set_level(logging.INFO)
    world.residents.write_resident("uid-ann", "pl")
    world.residents.write_place("uid-ann", "1", point=(49.834, 19.938))
    world.residents.write_device("uid-ann", "1", "token-of-ann")

    def broken(uid):
        raise ValueError(f"a document of {uid}")

    world.residents.read = broken
    assert sweep().status_code == 503
    text = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "next run tries again" in text
    assert "ann" not in text


@pytest.mark.parametrize("name", sorted(QUEUES.values()))
def test_a_heartbeat_is_answered_without_any_work(world, monkeypatch, caplog, name):
    caplog.set_level(logging.INFO)
    world.approve()
    client = function(name, world, monkeypatch)
    calls = world.faults.calls
    answer = client.post(
        "/", json={"heartbeat": "2026-11-22T01:00:00+00:00"}, headers={"X-CloudTasks-QueueName": "q1"}
    )
    assert (answer.status_code, answer.text) == (200, "heartbeat")
    assert world.faults.calls == calls
    assert "Heartbeat through queue q1" in caplog.text
