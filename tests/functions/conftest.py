"""The staff's API on fakes."""

from __future__ import annotations

import pytest

from tests.fakes.office import Api, Office


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def api(office: Office, monkeypatch: pytest.MonkeyPatch) -> Api:
    return office.open(monkeypatch)
