"""The direction of imports: what each folder may know of the others, and of client libraries; no circles."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

from infra.local.processes import ROOT

# Folder -> the project's own modules it may import.
ALLOWED = {
    "functions": {"functions", "shared"},  # but never shared.adapters, see below
    "shared/domain": {
        "shared.domain", "shared.vocabulary", "shared.entry_rules", "shared.search_words",
        "shared.fact_rules", "shared.completeness",
    },
    "shared/geo": {"shared.geo", "shared.errors", "shared.entry_rules"},
    "shared/formats": {
        "shared.formats", "shared.domain", "shared.geo", "shared.errors", "shared.messages",
        "shared.vocabulary", "shared.labels", "shared.entry_rules", "shared.fact_rules",
        "shared.built_in_templates",
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
        "shared.adapters", "shared.ports", "shared.domain", "shared.geo", "shared.formats", "shared.errors",
        "shared.settings",
    },
}  # fmt: skip
# Of what tests stand on, what benchmarks use too: it knows no test.
SUPPORTS = {
    "tests.clients", "tests.fakes", "tests.fcm", "tests.public_documents", "tests.emulator.stand_ins",
    "tests.services.delivery_world",
}  # fmt: skip
# Beside the deployed code, the lowest first.
ALLOWED |= {
    "infra": {"infra", "shared.adapters.clock"},  # the one that the local stack sets wrong on purpose
    "manage": {"manage", "infra", "shared"},
    "tests/clients": {"tests.clients", "infra", "shared"},
    "demo": {"demo", "tests.clients", "manage", "infra", "shared"},
    "tests/fakes": {"tests.fakes", "functions", "shared"},
    "benchmarks": {"benchmarks", "demo", "manage", "infra", "functions", "shared", *SUPPORTS},
}
TOP = ("shared", "functions", "infra", "manage", "demo", "benchmarks", "tests")
CLIENTS = {"google", "firebase_admin", "pycurl", "grpc", "requests", "boto3", "botocore"}
KNOW_CLIENTS = {"shared/adapters", "shared/channels"}
WEB = {"flask", "werkzeug", "functions_framework"}
PURE = {"shared/domain": {"dateutil"}, "shared/geo": {"h3", "shapely", "numpy"}}
ONLY_WIRING_BUILDS = "shared.adapters"


@cache
def imports(file: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(names)


def starts(name: str, prefixes: AbstractSet[str]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


@cache
def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def own(names: AbstractSet[str]) -> set[str]:
    return {name for name in names if starts(name, {*TOP, "main"})}


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_folder_imports_only_what_lies_below_it(folder):
    wrong = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files(folder)
        for name in own(imports(file))
        if not starts(name, ALLOWED[folder])
    }
    assert not wrong


def test_of_the_tests_only_those_of_the_benchmarks_know_benchmarks():
    wrong = {
        str(file.relative_to(ROOT))
        for file in files("tests")
        if file.parent != ROOT / "tests" / "unit" / "benchmarks"
        if any(starts(name, {"benchmarks"}) for name in imports(file))
    }
    assert not wrong


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, set[str]]:
    """Each module of the project with those that it imports, wherever in it the import stands."""
    sources = {module_of(file): file for folder in TOP for file in files(folder)}
    return {
        module: set(_known(imports(file), sources)) - {module} for module, file in sorted(sources.items())
    }


def _known(names: AbstractSet[str], sources: Mapping[str, Path]) -> Iterator[str]:
    for name in names:
        while name and name not in sources:
            name = name.rpartition(".")[0]  # noqa: PLW2901
        if name:
            yield name


def room(module: str) -> str:
    """The folder of a module; what lies in shared/ itself is a room each."""
    folder = module.rpartition(".")[0]
    return module if folder in ("", "shared") else folder


def rooms() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for module, imported in modules().items():
        if module.startswith("shared."):
            found.setdefault(room(module), set()).update(room(name) for name in imported)
    return {name: others - {name} for name, others in found.items()}


def circle(arrows: Mapping[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle():
    assert circle(modules()) == []


def test_no_folders_of_shared_import_each_other_in_a_circle():
    assert circle(rooms()) == []


def test_the_test_sees_a_circle():
    around = circle({"a": {"b", "d"}, "b": {"c"}, "c": {"a"}, "d": set()})
    assert {*pairwise(around)} == {("a", "c"), ("c", "b"), ("b", "a")}
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize(
    "folder",
    ["functions", *(name for name in ALLOWED if name.startswith("shared/") and name not in KNOW_CLIENTS)],
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
