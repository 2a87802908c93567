"""The staff's site as it is deployed: every file of the sources, and none beside them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from infra.local.processes import ROOT

SITE = ROOT / "web-admin"
OUT = SITE / "built"


def strip() -> None:
    subprocess.run(["node", "infra/strip.mjs"], cwd=ROOT, check=True, timeout=300)


def names(folder: Path) -> set[str]:
    found = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return {name for name in found if not name.startswith("built/") and not name.endswith(".d.ts")}


@pytest.fixture(scope="module", autouse=True)
def stripped():
    strip()


def test_every_file_is_there_under_its_name():
    assert names(OUT) == names(SITE)


@pytest.mark.parametrize(
    "name", ["index.html", "vendor/ol.js", "vendor/LICENSES.txt", "well-known/security.txt"]
)
def test_what_is_no_module_or_style_of_ours_is_as_it_was(name):
    assert (OUT / name).read_bytes() == (SITE / name).read_bytes()


def test_modules_lose_what_only_people_read():
    source, made = ((folder / "js/shell/polling.js").read_text() for folder in (SITE, OUT))
    assert "// Asks the server" in source
    assert "// " not in made
    assert "export function polling(" in made
    assert "afterFailure" not in made


def test_what_was_made_of_a_file_as_it_is_is_left_and_what_has_no_source_goes():
    made, stray = OUT / "js/main.js", OUT / "js/of-a-release-before.js"
    before = made.stat().st_ino
    stray.write_text("export const gone = 1;")
    strip()
    assert (made.stat().st_ino, stray.exists()) == (before, False)
