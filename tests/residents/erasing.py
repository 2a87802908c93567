"""How a resident erases themselves, and where to look for what was left of them."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from playwright.sync_api import Page

from infra.local.stack import PROJECT, Stack


def erase(page: Page) -> None:
    page.locator("#erase").click()
    page.locator("#dialog-yes").click()


def firestore(stack: Stack) -> Any:
    from google.auth.credentials import AnonymousCredentials
    from google.cloud.firestore import Client

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FIRESTORE_EMULATOR_HOST", stack.host("firestore"))
        return Client(project=PROJECT, credentials=AnonymousCredentials())


def swept(stack: Stack) -> bool:
    """Now instead of within a minute; a run that takes long is waited for in the next look."""
    try:
        return requests.post(f"{stack.address('scheduler')}/jobs/sweep:run", timeout=60).ok
    except requests.Timeout:
        return False


def knows(stack: Stack, uid: str) -> bool:
    """Whether Auth has an account of that uid."""
    url = f"{stack.address('auth')}/identitytoolkit.googleapis.com/v1/projects/{PROJECT}/accounts:lookup"
    answer = requests.post(
        url, json={"localId": [uid]}, headers={"Authorization": "Bearer owner"}, timeout=30
    )
    answer.raise_for_status()
    return bool(answer.json().get("users"))
