"""What each of the staff's pages loads, byte by byte: all of it but the map's library."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from infra.local.processes import ROOT
from tests.unit.test_page_imports import COMMENTS, IMPORTS, modules

SITE = ROOT / "web-admin"
MOST_BYTES = 150_000  # as it is transferred
MAP = {"ol.js", "ol.css"}
LATER = 'import("'  # another page's modules, once they are wanted
NEVER = ("firestore", "onSnapshot", "WebChannel")  # staff talk to the API


def loaded(module: Path, found: set[Path]) -> set[Path]:
    """The module and all that it imports at once, libraries too."""
    if module in found or module.name in MAP:
        return found
    found.add(module)
    text = COMMENTS.sub("", module.read_text()).replace("import('", LATER)
    for name in IMPORTS.findall(text):
        if f"{LATER}{name}" not in text:
            loaded((module.parent / name).resolve(), found)
    return found


def pages() -> list[str]:
    """Every module that main.js fetches when its page is opened."""
    text = COMMENTS.sub("", (SITE / "js/main.js").read_text()).replace("import('", LATER)
    return [name.removeprefix("./") for name in IMPORTS.findall(text) if f"{LATER}{name}" in text]


def weight(page: str) -> int:
    """Bytes, gzipped, of a first visit that goes straight to the page."""
    found = loaded(SITE / "js/main.js", loaded(SITE / "js" / page, set()))
    styles = [file for folder in ("css", "vendor") for file in (SITE / folder).glob("*.css")]
    files = [
        *found,
        *(file for file in styles if file.name not in MAP),
        SITE / "index.html",
        SITE / "icon.svg",
    ]
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


@pytest.mark.parametrize("page", pages())
def test_a_page_is_light(page: str):
    assert weight(page) <= MOST_BYTES


def test_every_page_is_weighed():
    assert {"alerts/list.js", "compose/page.js", "detail/page.js"} <= set(pages())


@pytest.mark.parametrize("word", NEVER)
def test_nothing_of_firestore_is_loaded(word: str):
    files = [*modules("web-admin"), *(SITE / "vendor").glob("*.js")]
    assert [file.name for file in files if word in file.read_text()] == []
