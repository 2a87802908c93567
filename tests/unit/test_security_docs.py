"""docs/security.md and docs/privacy.md: what they name is there, and no item of ASVS is left out."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from infra.local.processes import ROOT

DOCS = ROOT / "docs"
PAGES = [DOCS / "security.md", DOCS / "privacy.md", *DOCS.glob("security/*.md"), *DOCS.glob("privacy/*.md")]
# OWASP/ASVS, 4.0/docs_en, version 4.0.3: the items with a mark at level 2; those deleted have none.
ITEMS = (ROOT / "tests" / "unit" / "asvs_level_2.txt").read_text().split()
ROW = re.compile(r"^\| V([\d.]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall((DOCS / "security" / "asvs.md").read_text(encoding="utf-8"))
STATES = {"met", "provider", "not applicable", "open"}
FILE = re.compile(r"`([\w.-]+(?:/[\w.-]+)*\.(?:py|js|mjs|json|toml|txt|md|yaml|rules))`")
FOLDER = re.compile(r"`((?:tests|docs|shared|functions|infra|manage)(?:/[\w-]+)+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(#[^)]*)?\)")


def test_every_item_of_level_2_has_one_row():
    assert Counter(item for item, *_ in ROWS) == Counter(ITEMS)


def test_every_item_has_a_state_and_says_where():
    assert {state for _, _, state, _ in ROWS} == STATES
    assert not [item for item, about, _, where in ROWS if not about.strip() or not where.strip()]


def test_what_is_open_is_not_hidden_behind_a_file():
    """An honest page has open items; one that is met and names nothing says so in words."""
    assert [item for item, _, state, _ in ROWS if state == "open"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_is_named_is_there(page):
    text = page.read_text(encoding="utf-8")
    gone = {name for name in (*FILE.findall(text), *FOLDER.findall(text)) if not (ROOT / name).exists()}
    assert not gone


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page):
    dead = set()
    for path, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor[1:] not in anchors(target)):
            dead.add(path + anchor)
    assert not dead


def anchors(page):
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("hours", ["24 h", "72 h", "1 month", "NIS2 art. 23", "RODO art. 33", "CSIRT NASK"])
def test_the_procedure_has_its_hours(hours):
    assert hours in (DOCS / "security" / "incidents.md").read_text(encoding="utf-8")
