"""Every page: WCAG 2.1 AA as axe sees it, nothing cut off, headings in order, room for a thumb."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from pprint import pformat
from typing import Any, Literal

from playwright.sync_api import Page

from infra.local.processes import ROOT

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
TOUCH_TARGET = 44  # CSS pixels; WCAG 2.1, 2.5.5


@dataclass(frozen=True)
class Screen:
    """CSS pixels: at 200 % a window has half of them each way (WCAG 2.1, 1.4.4 and 1.4.10)."""

    width: int
    height: int
    color_scheme: Literal["light", "dark"] = "light"
    forced_colors: Literal["none", "active"] = "none"

    def show(self, page: Page) -> None:
        page.set_viewport_size({"width": self.width, "height": self.height})
        page.emulate_media(color_scheme=self.color_scheme, forced_colors=self.forced_colors)


PHONE = Screen(360, 740)
SCREENS: dict[str, Screen] = {
    "phone": PHONE,
    "phone, dark": Screen(360, 740, color_scheme="dark"),
    "phone, forced colours": Screen(360, 740, forced_colors="active"),
    "phone at 200 %": Screen(180, 370),
    "phone at 200 %, dark": Screen(180, 370, color_scheme="dark"),
    "desktop": Screen(1280, 900),
    "desktop at 200 %": Screen(640, 450),
}
PHONES = ("phone", "phone, dark", "phone, forced colours", "phone at 200 %", "phone at 200 %, dark")
ALL = tuple(SCREENS)

BEYOND = """() => [...document.querySelectorAll('body *')]
  .filter(element => element.checkVisibility())
  .filter(element => !element.closest('.govuk-visually-hidden, .ol-viewport, svg *'))
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(element => element.outerHTML.slice(0, 120))"""

# A link within a sentence is as high as its line (WCAG 2.1, 2.5.5, "Inline").
SMALL_TARGETS = """least => ['button', 'summary', 'select', 'textarea', 'input', 'nav a', 'main a']
  .flatMap(selector => [...document.querySelectorAll(selector)])
  .filter(element => element.checkVisibility() && !['file', 'radio', 'checkbox'].includes(element.type))
  .filter(element => getComputedStyle(element).display !== 'inline')
  .map(element => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
  .filter(([, box]) => box.width < least || box.height < least)
  .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""

# GOV.UK's error summary stands above the page's heading.
HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4')]
  .filter(element => element.checkVisibility() && !element.closest('.govuk-error-summary'))
  .map(element => Number(element.tagName[1]))"""


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 AA, as "rule: where"."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text())
    found: list[dict[str, Any]] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(result => result.violations)", WCAG
    )
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """Pixels that the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def cut_off(page: Page) -> list[str]:
    """What reaches beyond the window's right side; the page itself, when nothing else does."""
    beyond: list[str] = page.evaluate(BEYOND)
    return beyond or [f"{width} px" for width in [overflow(page)] if width > 0]


def small_targets(page: Page) -> list[str]:
    """What is there to be touched and has no room for a thumb."""
    found: list[str] = page.evaluate(SMALL_TARGETS, TOUCH_TARGET)
    return found


def misplaced_headings(page: Page) -> list[int]:
    """The levels of the headings, unless there is one of the first, at the start, and none is skipped."""
    levels: list[int] = page.evaluate(HEADINGS)
    one_first = levels[:1] == [1] and levels.count(1) == 1
    in_order = all(later <= sooner + 1 for sooner, later in pairwise(levels))
    return [] if one_first and in_order else levels or [0]


def picture(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=folder / f"{name}.png", full_page=True)


CHECKS = {
    "axe": violations,
    "cut off": cut_off,
    "small targets": small_targets,
    "headings": misplaced_headings,
}


def faults(page: Page) -> dict[str, Any]:
    """What is wrong with the page as it stands, by check."""
    found = {name: check(page) for name, check in CHECKS.items()}
    return {name: fault for name, fault in found.items() if fault}


def assert_accessible(page: Page, screens: Iterable[str] = PHONES, pictures: Path | None = None) -> None:
    """Shows the state that the page is in on one screen after the other, and at the end as it was.

    `pictures`: a folder for those at fault.
    """
    size = page.viewport_size or {"width": PHONE.width, "height": PHONE.height}
    found = {}
    for name in screens:
        SCREENS[name].show(page)
        if fault := faults(page):
            found[name] = fault
            if pictures:
                picture(page, pictures, f"{len(list(pictures.iterdir()))} {name}")
    Screen(size["width"], size["height"]).show(page)
    assert not found, pformat(found, width=160)
