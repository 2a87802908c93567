"""The whole local stack for tests: free ports, a state folder of its own, emptied for every module."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import requests

from infra.local.stack import PROJECT, Stack

QUIET = 30.0  # seconds for the module before to run out


@pytest.fixture(scope="session")
def _running_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with Stack(tmp_path_factory.mktemp("stack"), ports="free") as running:
        yield running


@pytest.fixture(scope="module")
def stack(_running_stack: Stack) -> Stack:
    """Every function and stand-in; nobody lives there, nothing was sent, and the staff have their accounts.
    `stack.env()` is what shared/settings.py reads."""
    _wait_until_quiet(_running_stack)
    _empty(_running_stack)
    return _running_stack


def _wait_until_quiet(stack: Stack) -> None:
    """What goes on after that finds nothing and ends, as after any document that was deleted."""
    end = time.monotonic() + QUIET
    while under_way(stack) and time.monotonic() < end:
        time.sleep(0.1)


def under_way(stack: Stack) -> dict[str, int]:
    """How many events wait or are being handled, by function, and how many tasks are, by queue."""
    events = _control(stack, "eventarc")["functions"]
    queues = _control(stack, "tasks_control")["queues"]
    found = {name: counts["pending"] + counts["in_flight"] for name, counts in events.items()}
    found |= {name: counts["in_flight"] for name, counts in queues.items()}
    return {name: count for name, count in found.items() if count}


def _control(stack: Stack, name: str) -> dict[str, dict[str, dict[str, int]]]:
    answer = requests.get(f"{stack.address(name)}/control", timeout=60)
    answer.raise_for_status()
    found: dict[str, dict[str, dict[str, int]]] = answer.json()
    return found


def _empty(stack: Stack) -> None:
    firestore = f"http://{stack.host('firestore')}"
    documents = f"projects/{PROJECT}/databases/(default)/documents"
    with requests.Session() as session:
        session.trust_env = False
        session.headers["Authorization"] = "Bearer owner"
        staff = session.get(f"{firestore}/v1/{documents}/staff", timeout=60).json()["documents"]
        session.delete(f"{firestore}/emulator/v1/{documents}", timeout=60).raise_for_status()
        for member in staff:  # as they were: signed in since then
            url = f"{firestore}/v1/{member['name']}"
            session.patch(url, json={"fields": member["fields"]}, timeout=60).raise_for_status()
        session.delete(f"{stack.address('fcm_control')}/messages", timeout=60).raise_for_status()
