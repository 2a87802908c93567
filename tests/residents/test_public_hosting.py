"""The form of an alert's page and the picture of its link through Hosting, on Firestore."""

from __future__ import annotations

import re

import pytest
import requests
from playwright.sync_api import expect

from infra.local.stack import Stack
from tests.residents.publisher import Point, Publisher
from tests.residents.reader import home, office
from tests.residents.register import house
from tests.residents.resident import Resident

__all__ = ["home", "office"]
pytestmark = [pytest.mark.browser, pytest.mark.stack, pytest.mark.timeout(300)]


def test_an_address_is_asked_about_through_hosting(resident: Resident, stack: Stack, office: Publisher):
    third = house("Główna", "3")
    alert = office.publish((third.lat, third.lon), "Brak wody")
    page = resident.page
    page.goto(f"{stack.address('residents')}/a/{alert.id}")
    for line, verdict in (("glowna 3", "Tak"), ("Leśna 5, Zalesie", "Nie"), ("Główna 999", "Nie wiemy")):
        page.locator("#address").fill(line)
        with page.expect_response(lambda answer: answer.request.method == "POST") as asked:
            page.get_by_role("button", name="Sprawdź").click()
        expect(page.locator("#answer")).to_have_text(verdict)
        assert page.url.endswith(f"/a/{alert.id}/address")
        assert asked.value.headers["cache-control"] == "no-store"


def test_the_picture_of_a_link_is_where_the_page_says(stack: Stack, office: Publisher, home: Point):
    alert = office.publish(home, "Brak wody")
    site = stack.address("residents")
    html = requests.get(f"{site}/a/{alert.id}", timeout=60).text
    [path] = re.findall(r'<meta property="og:image" content="https?://[^/]*([^"]*)"', html)
    answer = requests.get(f"{site}{path}", timeout=60)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")
