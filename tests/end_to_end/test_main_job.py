"""`make demo` as a user runs it, smaller: its exit code and its last line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra import deployment
from infra.local import ports
from infra.local.processes import ROOT

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]
REAL = ROOT.parent / "shared" / "data" / "teryt" / "demo_120903_myslenice"


def run_demo(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """On free ports, with a state of its own."""
    chosen = ports.free(deployment.load().functions)
    env = {f"PORT_{name.upper()}": str(port) for name, port in chosen.items()}
    return subprocess.run(
        [sys.executable, "-m", "demo"],
        cwd=ROOT,
        env={**os.environ, **env, "STACK_STATE": str(folder), "ONCE": "1", **settings},
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )


def report_of(run: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert run.returncode == 0, run.stdout + run.stderr
    report: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return report


def assert_exact(report: dict[str, Any]) -> None:
    alerts = report["alerts"]
    assert isinstance(alerts, list)
    assert len(alerts) == 5
    for figures in alerts:
        assert figures["expected"] > 0
        assert figures["missed"] == figures["twice"] == figures["outside"] == figures["unwanted"] == 0
        assert figures["pushed"] == figures["expected"] + figures["border"]


def test_the_demonstration_reaches_exactly_those_inside(tmp_path):
    report = report_of(run_demo(tmp_path, RESIDENTS="400", BY_APPS="100"))
    assert (report["residents"], report["by_apps"], report["in_bulk"]) == (400, 100, 300)
    assert_exact(report)
    assert all(figures["muted"] > 0 for figures in report["alerts"][:2])  # of whole streets and villages


@pytest.mark.skipif(not REAL.exists(), reason="the register extracts lie outside the repository")
def test_a_real_municipality_is_served_alike(tmp_path):
    assert_exact(report_of(run_demo(tmp_path, RESIDENTS="100", BY_APPS="40", DATA=str(REAL))))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("RESIDENTS", "many", "give a number"),
        ("DATA", "nowhere", "boundary_"),
        ("PORT_HOSTING", "x", "not a port"),
    ],
)
def test_a_wrong_setting_is_named_and_nothing_is_started(tmp_path, name, value, words):
    run = run_demo(tmp_path, **{name: value})
    assert run.returncode == 1
    assert words in run.stderr
    assert "Traceback" not in run.stderr
