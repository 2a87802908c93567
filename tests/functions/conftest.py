"""The staff's API on fakes."""

from __future__ import annotations

import pytest

from tests.fakes.staff_api import Api, StaffApi


@pytest.fixture
def office() -> StaffApi:
    return StaffApi()


@pytest.fixture
def api(office: StaffApi, monkeypatch: pytest.MonkeyPatch) -> Api:
    return office.open(monkeypatch)
