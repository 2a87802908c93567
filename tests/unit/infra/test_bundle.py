"""The residents' site as it is deployed: few files, all of them named, none found only by reading another."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from infra.local.processes import ROOT

SITE = ROOT / "web-residents"
NAMED = re.compile(r'"(/(?:js|css)/[^"]+)"')
AT_ONCE = re.compile(r'(?:\bfrom|\bimport)\s*"\./([\w.-]+\.js)"')
NAMES = re.compile(r'(?:\bfrom|\bimport)\s*\(?\s*"(\.[\w./-]+\.js)"')
LATER = re.compile(r'\bimport\(\s*"\./([\w.-]+\.js)"\)')
IN_SOURCES = re.compile(r"\bimport\('(\.[^']+)'\)(?!\.\w+[^(])")
MOST = 25  # files of the app's own code and styles; 24 today


def linked(page: str, relation: str) -> set[str]:
    return set(re.findall(rf'<link rel="{relation}" href="/js/([^"]+)"', page))


def reached(built: Path, name: str) -> set[str]:
    """A file of the folder js with all that it imports at once."""
    found, ahead = set(), {name}
    while ahead:
        one = ahead.pop()
        found.add(one)
        ahead |= set(AT_ONCE.findall((built / "js" / one).read_text())) - found
    return found


def entry(page: str) -> str:
    (found,) = re.findall(r'<script type="module" src="/js/([^"]+)">', page)
    return str(found)


@pytest.fixture
def page(built_site: Path) -> str:
    return (built_site / "index.html").read_text()


def test_all_that_the_first_screen_needs_is_asked_for_at_once(built_site: Path, page: str):
    """On a slow network each file that is found by reading another one costs seconds."""
    main = entry(page)
    assert reached(built_site, main) == {main} | linked(page, "modulepreload")
    assert len(re.findall(r'<link rel="stylesheet"', page)) == 1


def test_all_that_the_next_step_needs_is_known_to_the_page(built_site: Path, page: str):
    first = reached(built_site, entry(page))
    names = [path.name for path in (built_site / "js").glob("*.js")]
    groups = [name for name in names if name.startswith(("session-", "begin-", "place-"))]
    assert len(groups) == 3
    assert linked(page, "ahead") == set().union(*(reached(built_site, name) for name in groups)) - first


def test_every_file_that_is_named_is_there_and_every_one_there_is_named(built_site: Path, page: str):
    there = {path.name for folder in ("js", "css") for path in (built_site / folder).glob("*-*")}
    named = {Path(path).name for path in NAMED.findall(page)}
    for name in [*(path.name for path in (built_site / "js").glob("*.js")), "verify/page.js"]:
        text = (built_site / "js" / name).read_text()
        named |= {Path(found).name for found in NAMES.findall(text)}
    assert named == there
    assert len(there) <= MOST


def test_the_worker_is_one_file(built_site: Path):
    """Each file it imports is asked for before it may start, and not every browser lets it import."""
    text = (built_site / "sw.js").read_text()
    assert AT_ONCE.findall(text) == LATER.findall(text) == []
    assert not re.search(r"\bexport\s*\{", text)


def test_what_is_imported_when_it_is_needed_belongs_to_a_group():
    groups = (ROOT / "infra/bundle_groups.mjs").read_text()
    grouped = {SITE / path for path in re.findall(r"'((?:js|vendor)/[\w./-]+\.js)'", groups)}
    grouped |= {SITE / f"js/i18n/{code}.js" for code in ("pl", "en", "uk")}
    grouped |= {SITE / f"vendor/labels-{code}.js" for code in ("pl", "en", "uk")}
    later = {
        (module.parent / name).resolve()
        for module in SITE.glob("js/**/*.js")
        for name in IN_SOURCES.findall(module.read_text())
    }
    assert later <= grouped


def test_no_source_is_deployed(built_site: Path):
    assert not (built_site / "sw").exists()
    assert {path.name for path in built_site.rglob("*.d.ts")} == set()
    assert {path.name for path in (built_site / "vendor").iterdir()} == {"LICENSES.txt", "ol.css"}


def test_it_is_built_anew_when_a_source_is_newer_and_only_then(built_site: Path):
    made = (built_site / "index.html").stat().st_mtime_ns
    build()
    assert (built_site / "index.html").stat().st_mtime_ns == made
    os.utime(SITE / "js/main.js")
    build()
    assert (built_site / "index.html").stat().st_mtime_ns > made


def build() -> None:
    subprocess.run(["node", "infra/bundle.mjs"], cwd=ROOT, check=True, timeout=300)
