"""Lighthouse on one address, as a phone on a slow network sees it (lighthouse.mjs)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

from infra.local.processes import ROOT
from tests.clients.chromium import chromium_program

TRIES = 3  # what else the machine does spoils recordings
AGAIN = 75  # lighthouse.mjs: it is the recording that went wrong, not the page

Done = subprocess.CompletedProcess[str]


def recorded(address: str, *flags: str) -> Done:
    """`flags` of lighthouse.mjs: "--slow-processor"."""
    command = ["node", "tests/clients/lighthouse.mjs", address, chromium_program(), *flags]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


def lighthouse(address: str, *flags: str, record: Callable[..., Done] = recorded) -> dict[str, Any]:
    """The report; a recording that went wrong is made anew. Raises AssertionError with what it says."""
    done = record(address, *flags)
    for _ in range(TRIES - 1):
        if done.returncode == AGAIN:
            done = record(address, *flags)
    if done.returncode:
        raise AssertionError(done.stderr)
    report: dict[str, Any] = json.loads(done.stdout)
    return report
