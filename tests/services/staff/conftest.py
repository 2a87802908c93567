"""The slow hash is quick here: what it costs is nobody's reason to fail."""

from __future__ import annotations

import pytest

from shared.services.staff import enrol


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(enrol, "_COST", {"n": 2, "r": 1, "p": 1})
