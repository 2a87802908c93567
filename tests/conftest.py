"""Fixtures that more than one folder of tests needs."""

from __future__ import annotations

import os
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from infra.local.firestore import FirestoreEmulator
from infra.local.processes import ROOT, free_port
from tests.fcm import FcmStandIn, running

PROJECT = "demo-alert-online"
pytest_plugins = ["tests.stack"]

# A slow machine fails no test.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


@pytest.fixture(scope="session")
def built_site() -> Path:
    """The residents' site as it is deployed, made of the sources as they are now."""
    for made in ("bundle.mjs", "strip.mjs"):
        subprocess.run(["node", f"infra/{made}"], cwd=ROOT, check=True, timeout=300)
    return ROOT / "web-residents/built"


@pytest.fixture(scope="session")
def firestore_emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirestoreEmulator]:
    """One emulator for the whole run, on a free port, with the project's rules."""
    emulator = FirestoreEmulator(free_port(), tmp_path_factory.mktemp("firestore") / "emulator.log", PROJECT)
    yield emulator
    emulator.stop()


@pytest.fixture
def project(firestore_emulator: FirestoreEmulator, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a fresh, empty project in the emulator; the client library finds it.

    Without rules, which take the emulator a while: the library comes as the owner, past them.
    """
    name = f"demo-{uuid.uuid4().hex[:12]}"
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", firestore_emulator.host)
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", name)
    return name


@pytest.fixture(scope="session")
def fcm_stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FcmStandIn]:
    """One stand-in for FCM for the whole run, on free ports."""
    with running(tmp_path_factory.mktemp("fcm")) as stand_in:
        yield stand_in


@pytest.fixture
def fcm(fcm_stand_in: FcmStandIn) -> FcmStandIn:
    """The stand-in for FCM behaving normally, with nothing received yet."""
    fcm_stand_in.reset()
    return fcm_stand_in


@pytest.fixture(autouse=True)
def _no_inherited_emulators(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack that happens to run on this machine must not be found by a test."""
    for name in list(os.environ):
        if name.endswith("_EMULATOR_HOST") or name in {"GCE_METADATA_HOST", "FCM_ENDPOINT"}:
            monkeypatch.delenv(name)
