"""The notices that go along with the bundled libraries: of everything in the bundles, each with its text."""

from __future__ import annotations

import json

import pytest

from infra.local.processes import ROOT

SITES = ("web-admin", "web-residents")
# What the declared packages bring along (package-lock.json), as far as it is in the bundles.
BROUGHT = {"@firebase/app", "@firebase/app-check", "@firebase/auth", "idb", "quickselect", "rbush"}


def sections(site: str) -> dict[str, str]:
    """The licence's text by package."""
    found: dict[str, str] = {}
    for part in (ROOT / site / "vendor/LICENSES.txt").read_text().split(f"\n{'-' * 72}\n\n"):
        names, _, text = part.partition("\n\n")
        found |= dict.fromkeys(names.splitlines(), text)
    return found


@pytest.mark.parametrize("site", SITES)
def test_what_others_brought_along_is_named_too(site: str):
    assert sections(site).keys() >= BROUGHT | {"firebase", "lit-html", "ol", "govuk-frontend"}


def test_staff_are_given_nothing_of_firestore():
    assert "@firebase/firestore" in sections("web-residents")
    assert "@firebase/firestore" not in sections("web-admin")


def test_the_residents_have_every_dependency_of_the_pages():
    declared = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert sections("web-residents").keys() >= declared.keys()


@pytest.mark.parametrize("site", SITES)
def test_each_is_given_with_the_whole_text_of_its_licence(site: str):
    short = {name for name, text in sections(site).items() if len(text) < 500 or "opyright" not in text}
    assert short == set()
