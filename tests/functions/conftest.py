"""The HTTP functions on fakes; a module with a PublicOffice for its `office` asks what anyone may read."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.fakes.public_office import PublicOffice
from tests.fakes.staff_api import Api, StaffApi


@pytest.fixture
def office() -> StaffApi:
    return StaffApi()


@pytest.fixture
def api(office: StaffApi, monkeypatch: pytest.MonkeyPatch) -> Api:
    return office.open(monkeypatch)


@pytest.fixture
def client(office: PublicOffice, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    return office.open(monkeypatch)
