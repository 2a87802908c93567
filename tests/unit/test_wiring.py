"""Factories asked by several threads at once, as the first requests of a fresh instance do."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import firebase_admin
import pytest

from infra.local.processes import ROOT
from shared import settings, wiring

THREADS = 4


@pytest.fixture
def fresh(monkeypatch):
    for name in ("GOOGLE_CLOUD_PROJECT", "PUBLIC_URL", "WORKER_ACCOUNT"):
        monkeypatch.setenv(name, "https://demo-x.example")
    monkeypatch.delenv("K_SERVICE", raising=False)
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", "127.0.0.1:9")
    caches = (
        settings.settings,
        wiring.firestore,
        wiring.staff,
        wiring.token_verifier,
        wiring.accounts,
    )
    for factory in caches:
        factory.cache_clear()
    yield
    for factory in caches:
        factory.cache_clear()
    for app in list(firebase_admin._apps.values()):
        firebase_admin.delete_app(app)


def test_first_requests_at_once_all_get_a_token_verifier(fresh, monkeypatch):
    initialize = firebase_admin.initialize_app

    def slowly(*args, **named):
        time.sleep(0.1)
        return initialize(*args, **named)

    monkeypatch.setattr(firebase_admin, "initialize_app", slowly)
    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda _: wiring.token_verifier(), range(THREADS)))
    assert len(found) == THREADS


HEAVY = ("google.cloud.firestore", "firebase_admin", "pydantic", "boto3")


def test_whoever_is_turned_away_without_a_token_loads_no_client(fresh):
    asked = "from functions.staff_api import app; app.test_client().get('/api/alerts')"
    program = f"import sys; {asked}; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [name for name in HEAVY if name in ended.stdout.split()] == []


def test_whoever_only_looks_loads_no_client_of_cloud_tasks():
    program = "import sys; from shared import wiring; wiring._QueueOnFirstUse(); print(*sys.modules)"
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "google.cloud.tasks_v2" not in ended.stdout.split()
