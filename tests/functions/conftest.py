"""The HTTP functions on fakes; a module with a PublicOffice for its `office` asks what anyone may read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.fakes.public_office import PublicOffice
from tests.fakes.staff_api import Api, StaffApi


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """schemathesis names its tests alike, and pytest-xdist runs one of each name: the operation is added to
    those of this folder."""
    for item in items:
        operation = getattr(item, "operation_label", None)
        if operation and item.path.parent == Path(__file__).parent:
            item._id = replace(item.id, params=operation)


@pytest.fixture
def office() -> StaffApi:
    return StaffApi()


@pytest.fixture
def api(office: StaffApi, monkeypatch: pytest.MonkeyPatch) -> Api:
    return office.open(monkeypatch)


@pytest.fixture
def client(office: PublicOffice, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    return office.open(monkeypatch)
