"""The bundled part of govuk-frontend has every class that a page names."""

from __future__ import annotations

import re

import pytest

from infra.local.processes import ROOT
from tests.unit.test_page_imports import modules

CLASS = re.compile(r"\bgovuk-[a-z0-9]+(?:(?:-|--|__)[a-z0-9]+)*")
# Marks for scripts, or of a part whose look is another class's; the package itself has no style for them.
WITHOUT_STYLE = {"govuk-frontend", "govuk-template"}


@pytest.mark.parametrize("site", ["web-admin", "web-residents"])
def test_every_class_that_is_named_has_its_style(site):
    styles = (ROOT / site / "vendor/govuk-frontend.css").read_text()
    pages = [*modules(site), *(ROOT / site).glob("*.html")]
    named = {name for file in pages for name in CLASS.findall(file.read_text())}
    assert len(named) > 20
    assert sorted(name for name in named - WITHOUT_STYLE if f".{name}" not in styles) == []
