"""The npm lock file: the same packages on every machine, from whichever registry that machine uses."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from infra.local.processes import ROOT


@pytest.fixture(scope="module")
def locked() -> dict[str, Any]:
    packages: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return packages


def test_no_package_names_the_host_it_came_from(locked: dict[str, Any]):
    named = {path: package["resolved"] for path, package in locked.items() if "resolved" in package}
    assert named == {}


def test_every_package_is_recognised_by_its_content(locked: dict[str, Any]):
    unknown = [path for path, package in locked.items() if path and "integrity" not in package]
    assert unknown == []


def test_what_the_pages_ship_is_pinned_and_locked_as_pinned(locked: dict[str, Any]):
    declared: dict[str, str] = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in declared.values())
    assert {name: locked[f"node_modules/{name}"]["version"] for name in declared} == declared
