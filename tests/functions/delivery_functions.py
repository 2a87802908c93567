"""The four functions of a delivery in-process, over a world of fakes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from functions_framework import create_app

from infra.deployment import load
from infra.local.processes import ROOT
from shared import wiring
from tests.services.delivery_world import World


def function(name: str, world: World, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    for module in ("task_request", "event_request"):
        monkeypatch.setattr(f"functions.{module}.settings", lambda: SimpleNamespace(project="demo-x"))
    monkeypatch.setattr(wiring, "delivery_ports", lambda: world.ports)
    monkeypatch.setattr(wiring, "schedule_ports", lambda: world.ports)
    monkeypatch.setattr(wiring, "alerts", lambda: world.ports.alerts)
    monkeypatch.setattr(wiring, "published", lambda: world.ports.published)
    monkeypatch.setattr(wiring, "alert_signer", lambda: world.signer)
    monkeypatch.setattr(wiring, "clock", lambda: world.clock)
    return create_app(load().functions[name].target, str(ROOT / "main.py")).test_client()


def approved_world() -> World:
    world = World()
    world.populate(12)
    world.approve()
    return world
