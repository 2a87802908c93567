"""`make chaos` as a user runs it, shorter: its exit code and its last line."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from infra.local.processes import ROOT

pytestmark = [pytest.mark.stack, pytest.mark.alone, pytest.mark.timeout(900)]
RUNS = 5


def test_a_few_alerts_survive_what_is_done_to_them(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "tests.chaos"],
        cwd=ROOT,
        env={**os.environ, "STACK_STATE": str(tmp_path), "RUNS": str(RUNS), "RESIDENTS": "500", "LEASE": "5"},
        capture_output=True,
        text=True,
        timeout=840,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    report = json.loads(run.stdout.splitlines()[-1])
    assert report["broken"] == {}
    assert (report["runs"], report["missed"], report["outside"], report["stuck"]) == (RUNS, 0, 0, 0)
    assert report["pushed"] == report["expected"] > 0
    assert report["again"] <= report["allowed_again"]
    assert any(name.startswith("kill") for name in report["faults"])


def test_a_wrong_number_is_named():
    run = subprocess.run(
        [sys.executable, "-m", "tests.chaos"],
        cwd=ROOT,
        env={**os.environ, "RUNS": "many"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stderr.strip()) == (1, "RUNS=many: give a number.")
