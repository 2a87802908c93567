"""Reports through the API: a preview, one that is frozen, and a PDF; who reads them, and who does not."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from shared.services.reports.freeze_report import freeze_report
from tests.fakes.alert_values import APPROVER, TERC
from tests.fakes.staff_api import StaffApi
from tests.fakes.tokens import STAFF
from tests.functions.test_openapi import SPEC
from tests.services.reports.scripted import minute, night

SCHEMAS = SPEC["components"]["schemas"]
STORES = ("alerts", "audit", "clock", "delivery", "published", "summaries", "calls", "upwards", "reports")
FROZEN_AT = 720 + 24 * 60 + 1


@pytest.fixture
def office():
    """The night's, behind the API."""
    scripted, made = night(), StaffApi()
    for name in STORES:
        setattr(made, name, getattr(scripted, name))
    made.tokens._clock = scripted.clock
    return made


def at(office, after):
    office.clock.advance(minute(after) - office.clock.now())


def frozen(office):
    at(office, FROZEN_AT)
    return freeze_report(office.report_ports, TERC, "a1")


def test_a_preview_is_in_the_form_that_is_described(office, api):
    at(office, 800)
    seen = api.get("dorota", "/api/reports/a2").json
    assert (seen["frozen"], seen["sha256"], seen["editions"]) == (None, None, [])
    assert seen["due"].startswith("2027-11-01T12:10:00")
    assert seen.keys() == SCHEMAS["SeenReport"]["properties"].keys()
    report = seen["report"]
    assert report.keys() == set(SCHEMAS["Report"]["required"])
    for kind, items in {
        "ReportMessage": report["messages"],
        "ReportReach": [one["reach"] for one in report["messages"]],
        "ReportLine": report["lines"],
        "ReportCall": report["calls"],
    }.items():
        assert {frozenset(one) for one in items} == {frozenset(SCHEMAS[kind]["required"])}, kind
    assert seen["shown"].keys() == SCHEMAS["ShownReport"]["properties"].keys()
    assert "Podgląd" in seen["shown"]["intro"][1]


def test_from_any_message_of_the_thread_the_frozen_one_is_read_in_both_languages(office, api):
    known = frozen(office)
    for alert in ("a1", "a2", "a3"):
        seen = api.get("kasia", f"/api/reports/{alert}", headers={"Accept-Language": "en"})
        assert (seen.json["sha256"], seen.headers["Content-Language"]) == (known.sha256, "en")
        assert known.sha256 in seen.json["shown"]["intro"][1]
    assert api.get("kasia", "/api/reports/a1?edition=a1").status_code == 200
    assert api.get("kasia", "/api/reports/a1?edition=a1.2").status_code == 404
    assert api.get("kasia", "/api/reports/a1?x=1").status_code == 422
    assert api.get("kasia", f"/api/reports/a1?edition={'x' * 61}").status_code == 422


def test_who_reads_it_and_who_does_not(office, api):
    frozen(office)
    for path in ("/api/reports/a1", "/api/reports/a1/pdf"):
        assert {
            who: api.get(who, path).status_code for who in ("anna", "piotr", "kasia", "dorota", "adam")
        } == dict.fromkeys(("anna", "piotr", "kasia", "dorota", "adam"), 200)
        assert api.get("jan", path).status_code == 404
        assert api.get(None, path).status_code == 401
    office.tokens.staff["nobody"] = replace(STAFF["anna"], roles=frozenset())
    assert api.get("nobody", "/api/reports/a1").status_code == 403


def test_a_stand_in_sees_no_names_of_those_who_were_called(office, api):
    frozen(office)
    office.tokens.staff["olga"] = replace(STAFF["kasia"], on_behalf="Powiat")
    report = api.get("olga", "/api/reports/a1").json["report"]
    assert [one["by"] for one in report["calls"]] == [""]
    assert api.get("kasia", "/api/reports/a1").json["report"]["calls"][0]["by"] == APPROVER.name


def test_no_resident_is_in_it(office, api):
    frozen(office)
    text = api.get("kasia", "/api/reports/a1").text
    assert "r0.1" not in text
    assert '"accepted":6' not in text.replace(" ", "")


@pytest.mark.parametrize(("language", "title"), [("pl", "Raport: alert"), ("en", "Report: alert")])
def test_the_pdf_is_tagged_and_has_a_title_and_a_language(office, api, language, title):
    known = frozen(office)
    answer = api.get("dorota", "/api/reports/a1/pdf", headers={"Accept-Language": language})
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    document = pypdfium2.PdfDocument(answer.data)
    assert document.is_tagged()
    assert document.get_metadata_value("Title").startswith(title)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    document.close()
    assert f"/Lang({language})".encode() in answer.data
    assert b"pdfaid:part>2<" in answer.data
    assert known.sha256[:40] in text.replace(" ", "")
    assert "31.10.2027 02:55:00 CEST" in text or "31 Oct 2027 02:55:00 CEST" in text


def test_signs_that_the_font_lacks_do_not_stop_the_pdf(office, api):
    known = office.alerts.get("a1").value
    said = replace(known.content, area_name="ul. 🚨 #x *y* $z$ [a]")
    office.alerts.put(replace(known, content=said))
    assert api.get("dorota", "/api/reports/a1/pdf").status_code == 200
