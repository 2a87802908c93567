"""`make chaos` as a user runs it, shorter: its exit code and its last line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from infra.local.processes import ROOT

pytestmark = [pytest.mark.stack, pytest.mark.alone, pytest.mark.timeout(900)]
SETTINGS = {"RESIDENTS": "200", "LEASE": "5"}


@pytest.mark.parametrize(("channel", "runs"), [("push", 5), ("stub", 2)])
def test_a_few_alerts_survive_what_is_done_to_them(tmp_path, channel, runs):
    run = subprocess.run(
        [sys.executable, "-m", "tests.chaos"],
        cwd=ROOT,
        env={
            **os.environ,
            **SETTINGS,
            "STACK_STATE": str(tmp_path),
            "CHANNEL": channel,
            "RUNS": str(runs),
        },
        capture_output=True,
        text=True,
        timeout=840,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    report = json.loads(run.stdout.splitlines()[-1])
    assert report["broken"] == {}
    assert (report["runs"], report["missed"], report["outside"], report["stuck"]) == (runs, 0, 0, 0)
    assert report["channel"] == channel
    assert report["pushed"] == report["expected"] > 0
    assert report["again"] <= report["allowed_again"]
    assert any(name.startswith("kill") for name in report["faults"])


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("RUNS", "many", "give a number."), ("CHANNEL", "pigeons", "give push or stub.")],
)
def test_a_wrong_setting_is_named(name, value, words):
    run = subprocess.run(
        [sys.executable, "-m", "tests.chaos"],
        cwd=ROOT,
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stderr.strip()) == (1, f"{name}={value}: {words}")
