"""What reads registers stays out of what is deployed: it would slow down each cold start."""

from __future__ import annotations

from infra.local.processes import ROOT
from tests.unit.test_import_direction import files, imports, starts

ONLY_HERE = {"lxml", "pyogrio", "pyproj", "manage"}


def test_functions_do_not_know_the_libraries_of_the_importer():
    deployed = [ROOT / "main.py", *files("functions"), *files("shared")]
    assert len(deployed) > 1
    wrong = {(file.name, name) for file in deployed for name in imports(file) if starts(name, ONLY_HERE)}
    assert not wrong
