"""The whole local stack for tests: free ports, a state folder of its own, one for the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from infra.local.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Every function and stand-in, started once; `stack.env()` is what shared/settings.py reads."""
    with Stack(tmp_path_factory.mktemp("stack"), ports="free") as running:
        yield running
