"""Fixtures of the local stack's stand-ins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulator.stand_ins import PROJECT, StandIn, Worker


@pytest.fixture(scope="session")
def identity_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the issuer's key, so that a test can forge beside it."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="session")
def identity(tmp_path_factory: pytest.TempPathFactory, identity_keys: Path) -> Iterator[str]:
    """Address of one token issuer for the whole run."""
    folder = tmp_path_factory.mktemp("identity")
    stand_in = StandIn(folder, "identity", "--project", PROJECT, "--keys", identity_keys)
    stand_in.start()
    yield stand_in.address
    stand_in.stop()


@pytest.fixture
def worker() -> Iterator[Worker]:
    server = Worker()
    yield server
    server.close()
