"""The accessibility declarations: the parts that the law asks for, found by their ids, on both sites."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from functions.public_api.declarations import online_since, sites
from infra.local.processes import ROOT
from tests.fakes.alert_values import TERC
from tests.fakes.public_office import NAME, PUBLIC_URL, PublicOffice, municipality
from tests.functions.public_pages import section, text_of

# The minister's technical conditions, version 2.0 of 31 July 2024: the parts that a declaration must have.
IDS = {
    "a11y-wstep", "a11y-podmiot", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-status",
    "a11y-data-sporzadzenie", "a11y-data-deklaracja-przeglad", "a11y-kontakt", "a11y-osoba", "a11y-email",
    "a11y-telefon", "a11y-procedura", "a11y-architektura", "a11y-aplikacje",
}  # fmt: skip
PAGES = [(site, language) for site, declared in sites().items() for language in declared.languages]
CONTACT = {
    "phone": "+48 12 345 67 89",
    "email": "urzad@wzorow.example",
    "address": "Rynek 1",
    "accessibility": "Anna Nowak",
    "premises": "Wejście od Rynku jest bez progu.",
    "online_since": "2026-12-01",
}


@pytest.fixture
def office():
    return PublicOffice()


@pytest.fixture
def client(office, monkeypatch):
    office.municipalities.public = [replace(municipality(), contact=CONTACT)]
    return office.open(monkeypatch)


def read(client, site, language="pl", terc=f"/{TERC}"):
    answer = client.get(f"/accessibility/{site}{terc}" + ("" if language == "pl" else f"?lang={language}"))
    assert answer.status_code == 200
    return answer.text


def element(html, name):
    return text_of("<body>" + re.search(rf'id="{name}"[^>]*>(.*?)</', html, re.DOTALL)[1])


@pytest.mark.parametrize(("site", "language"), PAGES)
def test_every_part_that_the_law_asks_for_is_there_once(client, site, language):
    html = read(client, site, language)
    found = re.findall(r'id="(a11y-[a-z-]+)"', html)
    assert set(found) >= IDS
    assert len(found) == len(set(found))
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize(("site", "language"), PAGES)
def test_days_are_written_as_the_monitoring_reads_them(client, site, language):
    html = read(client, site, language)
    days = dict(re.findall(r'<time id="(a11y-data-[a-z-]+)" datetime="(\d{4}-\d\d-\d\d)">\2</time>', html))
    assert set(days) == {name for name in IDS if name.startswith("a11y-data-")}
    assert days["a11y-data-publikacja"] == "2026-12-01"


def test_it_names_the_municipality_its_contact_and_its_building(client):
    html = read(client, "residents")
    assert element(html, "a11y-podmiot") == NAME
    assert element(html, "a11y-osoba") == "Anna Nowak"
    assert f'href="{PUBLIC_URL}/"' in html
    assert "urzad@wzorow.example" in section(html, "a11y-kontakt")
    assert 'href="tel:+48123456789"' in html
    assert "Wejście od Rynku jest bez progu." in section(html, "a11y-architektura")


def test_an_office_that_said_nothing_has_a_declaration_that_says_so(office, monkeypatch):
    html = read(office.open(monkeypatch), "residents")
    assert element(html, "a11y-email") == "podaje urząd na swojej stronie"
    assert element(html, "a11y-osoba") == NAME
    assert set(re.findall(r'id="(a11y-[a-z-]+)"', html)) >= IDS


def test_the_terms_of_a_request_are_those_of_the_law(client):
    said = section(read(client, "staff"), "a11y-procedura")
    assert "7 dni" in said
    assert "2 miesięcy" in said
    assert "Rzecznika Praw Obywatelskich" in said


def test_both_sites_lead_to_it():
    hosting = json.loads((ROOT / "firebase.json").read_text(encoding="utf-8"))["hosting"]
    sent = {
        site["target"]: rule["run"]["serviceId"]
        for site in hosting
        for rule in site["rewrites"]
        if rule["source"] == "/accessibility/**"
    }
    assert sent == {"admin": "public-api", "residents": "public-api"}
    footers = {"staff": "web-admin/js/shell/shell.js", "residents": "web-residents/js/shell/frame.js"}
    for site, file in footers.items():
        assert f'href="/accessibility/{site}"' in (ROOT / file).read_text(encoding="utf-8")


def test_where_one_municipality_is_served_the_link_of_the_footer_leads_to_its_declaration(client):
    assert element(read(client, "staff", terc=""), "a11y-podmiot") == NAME


def test_where_several_are_served_one_is_chosen(office, monkeypatch):
    other = replace(municipality(), terc="1201032", name="Gmina Druga")
    office.municipalities.public = [municipality(), other]
    html = read(office.open(monkeypatch), "residents", terc="")
    assert "/accessibility/residents/1201032" in html
    assert "a11y-status" not in html


@pytest.mark.parametrize(
    "path", ["/accessibility/others", "/accessibility/residents/1201032", "/accessibility/residents/x"]
)
def test_of_what_is_not_served_there_is_no_declaration(client, path):
    assert client.get(f"/accessibility/{path}").status_code == 404


def test_the_public_pages_lead_to_it(client):
    assert 'href="/accessibility/residents"' in client.get(f"/alerts/{TERC}").text
    assert 'href="/accessibility/residents?lang=en"' in client.get(f"/alerts/{TERC}?lang=en").text


def test_without_a_day_of_its_own_a_municipality_is_online_since_its_first_key():
    assert online_since(municipality()) == date(2026, 11, 21)
    assert online_since(replace(municipality(), contact={"online_since": "soon"})) == date(2026, 11, 21)
    assert online_since(replace(municipality(), keys=())) is None


@pytest.mark.parametrize("site", sites())
def test_a_declaration_is_reviewed_each_year(site):
    """By 31 March of the next year; a month before, this test says so."""
    declared = sites()[site]
    assert declared.prepared <= declared.reviewed
    assert declared.updated <= declared.reviewed, "a change of the site is a change of its declaration"
    assert datetime.now(UTC).date() < date(declared.reviewed.year + 1, 3, 31) - timedelta(days=30)
