"""What each of the staff's pages loads of the project's own, beside the libraries and the map."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from infra.local.processes import ROOT
from tests.unit.test_page_imports import COMMENTS, IMPORTS

SITE = ROOT / "web-admin"
MOST_BYTES = 150_000  # as it is transferred
LATER = 'import("'  # another page's modules, once they are wanted


def loaded(module: Path, found: set[Path]) -> set[Path]:
    """The module and all that it imports at once."""
    if module in found or "vendor" in module.parts:
        return found
    found.add(module)
    text = COMMENTS.sub("", module.read_text()).replace("import('", LATER)
    for name in IMPORTS.findall(text):
        if f"{LATER}{name}" not in text:
            loaded((module.parent / name).resolve(), found)
    return found


@pytest.mark.parametrize("page", ["alerts/list.js", "compose/page.js", "detail/page.js"])
def test_a_page_is_light(page: str):
    modules = loaded(SITE / "js/main.js", loaded(SITE / "js" / page, set()))
    files = [*modules, *(SITE / "css").glob("*.css"), SITE / "index.html"]
    weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
    print(f"{page}: {len(modules)} modules, {weight:,} bytes")
    assert weight <= MOST_BYTES
