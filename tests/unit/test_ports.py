"""The ports are loaded one file at a time, and each by the name that mypy knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from operator import attrgetter

import pytest

from infra.local.processes import ROOT
from shared import ports

FOR_TYPES = [
    (node.module, alias.name)
    for node in ast.walk(ast.parse((ROOT / "shared" / "ports" / "__init__.py").read_text()))
    if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("shared.ports")
    for alias in node.names
]


@pytest.mark.parametrize(("module", "name"), FOR_TYPES)
def test_a_name_is_that_of_its_file(module, name):
    assert getattr(ports, name) is getattr(import_module(module), name)


def test_another_name_is_none_of_a_port():
    with pytest.raises(AttributeError):
        attrgetter("Nothing")(ports)
    assert set(ports._FILES) == {name for _, name in FOR_TYPES}


def test_who_asks_for_one_loads_no_other():
    code = "import sys; from shared.ports import TaskQueue; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if name.startswith("shared.ports.")}
    assert loaded == {"shared.ports.outside"}
