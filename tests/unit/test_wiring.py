"""Factories asked by several threads at once, as the first requests of a fresh instance do."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import firebase_admin
import pytest

from shared import settings, wiring

THREADS = 4


@pytest.fixture
def fresh(monkeypatch):
    for name in ("GOOGLE_CLOUD_PROJECT", "PUBLIC_URL", "WORKER_ACCOUNT"):
        monkeypatch.setenv(name, "demo-x")
    monkeypatch.delenv("K_SERVICE", raising=False)
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", "127.0.0.1:9")
    caches = (settings.settings, wiring.firestore, wiring.staff, wiring.token_verifier)
    for factory in caches:
        factory.cache_clear()
    yield
    for factory in caches:
        factory.cache_clear()
    firebase_admin.delete_app(firebase_admin.get_app("auth"))


def test_first_requests_at_once_all_get_a_token_verifier(fresh, monkeypatch):
    initialize = firebase_admin.initialize_app

    def slowly(*args, **named):
        time.sleep(0.1)
        return initialize(*args, **named)

    monkeypatch.setattr(firebase_admin, "initialize_app", slowly)
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _: wiring.token_verifier(), range(THREADS)))
    assert len(found) == THREADS
