"""The tests of the model need its tools."""

from __future__ import annotations

import pytest

from tests.model.spin import missing_tools


@pytest.fixture(autouse=True)
def _tools() -> None:
    if missing := missing_tools():
        pytest.skip(f"{' and '.join(missing)} missing; on Debian: sudo apt-get install spin gcc")
