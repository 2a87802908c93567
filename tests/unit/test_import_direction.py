"""The direction of imports: what each folder may know of the others, and of client libraries."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from infra.local.processes import ROOT

# Folder -> the project's own modules it may import.
ALLOWED = {
    "functions": {"functions", "shared"},  # but never shared.adapters, see below
    "shared/domain": {"shared.domain", "shared.vocabulary"},
    "shared/geo": {"shared.geo", "shared.errors"},
    "shared/formats": {
        "shared.formats", "shared.domain", "shared.geo", "shared.errors", "shared.messages",
        "shared.vocabulary", "shared.labels",
    },
    "shared/ports": {"shared.ports", "shared.domain"},
    "shared/services": {
        "shared.services", "shared.ports", "shared.domain", "shared.geo", "shared.formats", "shared.errors",
    },
    "shared/channels": {
        "shared.channels", "shared.ports", "shared.domain", "shared.geo", "shared.formats", "shared.errors",
        "shared.settings", "shared.vocabulary", "shared.labels",
    },
    "shared/adapters": {
        "shared.adapters", "shared.ports", "shared.domain", "shared.geo", "shared.errors", "shared.settings",
    },
}  # fmt: skip
CLIENTS = {"google", "firebase_admin", "pycurl", "grpc", "requests"}
WEB = {"flask", "werkzeug", "functions_framework"}
PURE = {"shared/domain": set(), "shared/geo": {"h3", "shapely", "numpy"}}
ONLY_WIRING_BUILDS = "shared.adapters"


def imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def starts(name: str, prefixes: set[str]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def own(names: set[str]) -> set[str]:
    return {name for name in names if starts(name, {"functions", "shared", "infra", "demo", "tests", "main"})}


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_folder_imports_only_what_lies_below_it(folder):
    wrong = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files(folder)
        for name in own(imports(file))
        if not starts(name, ALLOWED[folder])
    }
    assert not wrong


@pytest.mark.parametrize(
    "folder", [folder for folder in ALLOWED if folder not in ("shared/adapters", "shared/channels")]
)
def test_only_adapters_and_wiring_know_client_libraries_and_adapters(folder):
    wrong = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files(folder)
        for name in imports(file)
        if starts(name, CLIENTS | {ONLY_WIRING_BUILDS})
    }
    assert not wrong


@pytest.mark.parametrize("folder", ["shared"])
def test_the_web_framework_stays_in_the_entry_points(folder):
    assert not {(file.name, name) for file in files(folder) for name in imports(file) if starts(name, WEB)}


@pytest.mark.parametrize("folder", PURE)
def test_domain_and_geo_are_pure(folder):
    known = set(sys.stdlib_module_names) | PURE[folder] | {"shared"}
    used = {(file.name, name.split(".")[0]) for file in files(folder) for name in imports(file)}
    wrong = {(file, name) for file, name in used if name not in known}
    assert not wrong
    assert not {file.name for file in files("shared/domain") if "json" in imports(file)}


def test_the_environment_is_read_in_settings_alone():
    readers = {
        str(file.relative_to(ROOT))
        for folder in ("shared", "functions")
        for file in files(folder)
        if "os.environ" in file.read_text() or "getenv" in file.read_text()
    }
    assert readers <= {"shared/settings.py"}


def test_the_test_sees_a_violation(tmp_path):
    file = tmp_path / "bad.py"
    file.write_text("def f():\n    from shared.adapters.alerts import X\n    import google.cloud.firestore\n")
    assert imports(file) == {"shared.adapters.alerts.X", "google.cloud.firestore"}
