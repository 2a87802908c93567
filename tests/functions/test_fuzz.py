"""A sample of the corpus of odd and dear requests; `make fuzz` fires all of it at a running stack."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from infra.local.processes import ROOT
from tests.fuzz.judge import MOST_CPU_S, Judge

EVERY = 13  # a prime, so that every kind of request is met with others of its kind left out


@pytest.mark.alone
def test_no_request_is_answered_by_an_error_of_ours_costs_much_or_takes_the_memory_of_others():
    """In a process of its own: its peak of memory is that of the requests."""
    command = [sys.executable, "-m", "tests.fuzz.here", str(EVERY)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    *faults, report = (line for line in done.stdout.splitlines() if not line.startswith('{"severity"'))
    assert faults == []
    assert done.returncode == 0, done.stderr
    assert json.loads(report)["tried"] > 100


def test_what_is_a_fault():
    judge = Judge()
    judge.judge("right", 200, 10, 0.1)
    judge.judge("refused", 422, 10, 0.1)
    judge.judge("an unknown method", 501, 10, 0.1)
    assert judge.faults == []
    judge.judge("broken", 500, 10, 0.1)
    judge.judge("away", 503, 10, 0.1)
    judge.judge("dear", 200, 10, MOST_CPU_S + 0.1)
    judge.judge("long", 422, 2_500_000, 0.1)
    assert [fault.partition(":")[0] for fault in judge.faults] == ["broken", "away", "dear", "long"]
