"""Who may do what, on the page: rights by two admins, and who stands in; by keyboard, and clean for axe."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.accessibility import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]


@pytest.fixture
def adam(site):
    return site.signed_in("adam", "/rights")


def test_a_role_of_weight_is_given_by_two(site, adam):
    expect(adam.locator("h1")).to_have_text("Zakresy i zastępstwo")
    mine = adam.locator(".rights__one", has_text="Adam Administrator")
    expect(mine).to_contain_text("To Ty")
    expect(mine.get_by_role("button")).to_have_count(0)
    anna = adam.locator(".rights__one", has_text="Anna Autorska")
    anna.get_by_role("button", name="Zmień uprawnienia").press("Enter")
    anna.get_by_label("Zatwierdzający", exact=True).press("Space")
    assert_accessible(adam)
    anna.get_by_role("button", name="Zapisz").press("Enter")
    expect(adam.locator("#rights-notice")).to_contain_text("drugi administrator")
    expect(adam.locator("#grants")).to_contain_text("Musi to potwierdzić inny administrator")
    beata = site.signed_in("beata", "/rights")
    beata.locator("#grants").get_by_role("button", name=re.compile("Potwierdź")).press("Enter")
    expect(beata.locator("#rights-notice")).to_have_text("Potwierdzono.")
    expect(beata.locator(".rights__one", has_text="Anna Autorska")).to_contain_text("Zatwierdzający")


def test_a_stand_in_is_agreed_by_two_begun_in_one_step_and_ended(site, adam):
    adam.get_by_label("Kto zastępuje").fill("Powiat ościenny")
    adam.get_by_label("Adresy e-mail osób").fill("olga@oscienna.example")
    adam.get_by_role("button", name="Zaproponuj porozumienie").click()
    expect(adam.locator("#rights-notice")).to_contain_text("Zaproponowano")
    beata = site.signed_in("beata", "/rights")
    beata.locator("#confirm-stand-in").click()
    expect(beata.locator("#rights-notice")).to_have_text("Potwierdzono.")
    olga = site.signed_in("olga", "/rights")
    olga.get_by_role("button", name="Rozpocznij zastępstwo").press("Enter")
    expect(olga.locator("#rights-notice")).to_contain_text("Zastępstwo trwa")
    assert_accessible(olga)
    olga.get_by_role("button", name="Zakończ zastępstwo").click()
    expect(olga.locator("#rights-notice")).to_contain_text("zakończone")


def test_others_see_no_list_of_people(site):
    page = site.signed_in("piotr", "/rights")
    expect(page.locator("h1")).to_have_text("Zakresy i zastępstwo")
    expect(page.locator(".rights__one")).to_have_count(0)
    assert_accessible(page)
