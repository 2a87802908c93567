"""What each of the staff's pages loads, byte by byte: all of it but the map's library."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from infra.local.processes import ROOT

SITE = ROOT / "web-admin/built"
LIBRARY = frozenset({"ol.js", "ol.css"})
WORDS = "js/i18n/pl.js"  # of the language that is spoken, fetched before anything is drawn
_COMMENTS = re.compile(r"/\*.*?\*/|(?<![:'\"])//[^\n]*", re.DOTALL)
_AT_ONCE = re.compile(r"""(?:\bfrom|\bimport)\s*['"](\.[^'"]+)['"]""")
_LATER = re.compile(r"""\bimport\(\s*['"](\.[^'"]+)['"]""")


def _text(module: Path) -> str:
    return _COMMENTS.sub("", module.read_text(encoding="utf-8"))


def pages() -> list[str]:
    """Every module that main.js fetches when its page is opened."""
    return [name.removeprefix("./") for name in _LATER.findall(_text(SITE / "js/main.js"))]


def loaded(module: Path, found: set[Path]) -> set[Path]:
    """The module and all that it imports at once, libraries too; what it fetches later is not waited for."""
    if module not in found:
        found.add(module)
        for name in _AT_ONCE.findall(_text(module)):
            loaded((module.parent / name).resolve(), found)
    return found


def weight(page: str) -> int:
    """Bytes, gzipped as they are transferred, of a first visit that goes straight to the page."""
    found = loaded(SITE / "js/main.js", loaded(SITE / "js" / page, set()))
    found |= {file for folder in ("css", "vendor") for file in (SITE / folder).glob("*.css")}
    found |= {SITE / name for name in (WORDS, "index.html", "icon.svg")}
    return sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in found if file.name not in LIBRARY)


def weights() -> Mapping[str, int]:
    """Of the site as it is deployed, made of the sources as they are now."""
    subprocess.run(["node", "infra/strip.mjs"], cwd=ROOT, check=True, timeout=300)
    return {page: weight(page) for page in pages()}
