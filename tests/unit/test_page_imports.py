"""The direction of the pages' imports: what each folder of their modules may know of the others."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from infra.local.processes import ROOT

# Site -> its folders, lowest first: a module imports from its own folder and from those before it.
# "" holds what starts a page and what leads to its views.
LAYERS = {
    "web-admin": (
        "vendor", "i18n", "time", "api", "shell", "session", "area", "facts", "alerts", "compose", "report",
        "detail", "templates", "worded", "coverage", "enrol", "account", "people", "audit", "review",
        "series", "calls", "exercise", "",
    ),
    "web-residents": (
        "vendor", "verify", "sw", "i18n", "session", "shell", "receive", "address", "places", "alerts",
        "welcome", "settings", "leave", "",
    ),
}  # fmt: skip
FOLDERS = {"web-admin": ("js",), "web-residents": ("js", "sw")}

COMMENTS = re.compile(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", re.DOTALL)
IMPORTS = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]""")


def imported(module: Path) -> set[Path]:
    """The modules of the site that one names, loaded at once or later; types in comments are none."""
    text = COMMENTS.sub("", module.read_text())
    return {(module.parent / found).resolve() for found in IMPORTS.findall(text)}


def modules(site: str) -> list[Path]:
    return [file for folder in FOLDERS[site] for file in sorted((ROOT / site / folder).rglob("*.js"))]


def layer(file: Path, site: str) -> str:
    """The folder of the site's modules that a file lies in; "" for those beside main.js."""
    parts = file.relative_to(ROOT / site).parts
    return parts[0] if parts[0] != "js" else ("" if len(parts) == 2 else parts[1])


def short(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("site", LAYERS)
def test_a_folder_imports_only_what_lies_below_it(site):
    order = LAYERS[site].index
    wrong = {
        f"{short(module)} imports {short(found)}"
        for module in modules(site)
        for found in imported(module)
        if order(layer(found, site)) > order(layer(module, site))
    }
    assert not wrong


@pytest.mark.parametrize("site", LAYERS)
def test_no_modules_import_each_other(site):
    graph = {module: imported(module) - {module} for module in modules(site)}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(short(file) for file in error.args[1]))


@pytest.mark.parametrize("site", LAYERS)
def test_every_folder_has_its_place(site):
    assert {layer(module, site) for module in modules(site)} | {"vendor"} == set(LAYERS[site])


@pytest.mark.parametrize("site", LAYERS)
def test_what_is_imported_is_there(site):
    bundles = ROOT / site / "vendor"
    named = {found for module in modules(site) for found in imported(module) if bundles not in found.parents}
    assert not {short(found) for found in named if not found.is_file()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import { a } from './a.js';", {"a.js"}),
        ("import './a.js';", {"a.js"}),
        ("import {\n  a,\n} from './a.js';", {"a.js"}),
        ("export { a } from './a.js';", {"a.js"}),
        ("const a = await import('./a.js').catch(() => null);", {"a.js"}),
        ("/** @type {import('./a.js').A} */", set()),
        ("// import './a.js';", set()),
        ("const address = 'https://a.example'; import './b.js';", {"b.js"}),
    ],
)
def test_the_test_sees_an_import(tmp_path, text, found):
    module = tmp_path / "module.js"
    module.write_text(text)
    assert {file.name for file in imported(module)} == found
