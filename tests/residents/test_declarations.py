"""The accessibility declarations as people see them: fit for all, in every language of their site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from functions.public_api.declarations import sites
from tests.accessibility import assert_accessible
from tests.fakes.alert_values import TERC
from tests.fakes.public_office import PublicOffice
from tests.residents.conftest import SCREEN
from tests.residents.public_site import serving

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FILES = {"residents": "web-residents/built", "staff": "web-admin"}


@pytest.mark.parametrize("site", sites())
def test_a_declaration_is_fit_for_all(
    site: str, monkeypatch: pytest.MonkeyPatch, new_page: Callable[..., Page], built_site: Path
):
    with serving(PublicOffice(), monkeypatch, FILES[site]) as address:
        page = new_page(**SCREEN)
        for language in sites()[site].languages:
            query = "" if language == "pl" else f"?lang={language}"
            page.goto(f"{address}/accessibility/{site}/{TERC}{query}")
            expect(page.locator("#a11y-status")).to_be_visible()
            expect(page.locator("html")).to_have_attribute("lang", language)
            assert_accessible(page)


def test_the_footer_of_the_app_leads_to_it_without_the_app_taking_the_link(
    monkeypatch: pytest.MonkeyPatch, new_page: Callable[..., Page], built_site: Path
):
    with serving(PublicOffice(), monkeypatch) as address:
        page = new_page(**SCREEN)
        page.goto(f"{address}/index.html")
        page.get_by_role("contentinfo").get_by_role("link", name="Deklaracja dostępności").click()
        expect(page.locator("#a11y-podmiot")).to_have_text("Gmina Regionalna")
