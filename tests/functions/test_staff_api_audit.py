"""The audit over HTTP: who reads it, what is filtered, what is taken along."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pypdfium2
import pytest

from shared.domain.alert import Person, State
from shared.domain.audit import Act
from shared.ports import Staff
from shared.services.inspection import packet, read_audit
from tests.fakes.alert_values import APPROVER, AUTHOR, TERC, alert
from tests.fakes.tokens import NEIGHBOUR
from tests.functions.test_staff_api_access import refusal

PATH = "/api/audit"
PACKET = f"{PATH}/alerts/a1"
READERS = ("ola", "adam")
NDAP = "{http://www.mswia.gov.pl/standardy/ndap}"


@pytest.fixture
def office(office):
    for name, role in {"ola": "auditor", "adam": "admin"}.items():
        person = Person(f"uid-{name}", name.title())
        office.tokens.staff[name] = Staff(person, TERC, frozenset({role}))
    return office


@pytest.fixture
def acts(office, api):
    """An alert's life, and one in the neighbourhood, after their readers have signed in."""
    for who in READERS:
        api.get(who, "/api/me")
    office.audit.chains.clear()
    office.alerts.put(alert("a1", state=State.ACTIVE))
    office.audit.record(
        Act(TERC, "alert.create", AUTHOR, "alerts/a1", None, {"area_name": "=1+1"}, where="10.0.0.0/24"),
        Act(TERC, "alert.approve", APPROVER, "alerts/a1", {"state": "submitted"}, {"state": "scheduled"}),
        Act(TERC, "reach.ask", AUTHOR, after={"area": "ab"}),
        Act(NEIGHBOUR, "alert.create", AUTHOR, "alerts/b1"),
    )
    office.clock.advance(timedelta(hours=1))
    states = {"state": "scheduled"}, {"state": "active"}
    office.audit.record(Act(TERC, "alert.start", None, "alerts/a1", *states))


def seqs(answer):
    assert answer.status_code == 200, answer.json
    return [item["seq"] for item in answer.json["items"]]


@pytest.mark.parametrize("path", [PATH, f"{PATH}/export?format=json", PACKET])
@pytest.mark.parametrize("who", ["anna", "piotr", "ewa"])
def test_who_acts_does_not_look_after_it(api, acts, path, who):
    assert refusal(api.get(who, path)) == (403, "role-missing")


@pytest.mark.parametrize("who", READERS)
def test_auditors_and_admins_read_the_newest_first(api, acts, who):
    answer = api.get(who, PATH)
    assert seqs(answer) == [4, 3, 2, 1]
    first = answer.json["items"][-1]
    assert (first["action"], first["by"], first["where"]) == (
        "alert.create",
        {"uid": AUTHOR.uid, "name": AUTHOR.name},
        "10.0.0.0/24",
    )
    assert answer.json["items"][0]["by"] is None
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_read_page_by_page(api, acts):
    first = api.get("ola", f"{PATH}?limit=3")
    second = api.get("ola", f"{PATH}?limit=3&after={first.json['next']}")
    assert seqs(first) + seqs(second) == [4, 3, 2, 1]
    assert second.json["next"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"person={APPROVER.uid}", [2]),
        ("action=reach.ask", [3]),
        ("about=alerts/a1", [4, 2, 1]),
        ("since=2026-11-22T02:00:00Z", [4]),
        ("until=2026-11-22T03:00:00%2B01:00", [3, 2, 1]),
        (f"person={AUTHOR.uid}&about=alerts/a1", [1]),
    ],
)
def test_it_is_filtered(api, acts, query, found):
    assert seqs(api.get("ola", f"{PATH}?{query}")) == found


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("who=anna", "/who"),
        ("person=a&person=b", "/person"),
        ("since=yesterday", "/since"),
        ("since=2026-11-22", "/since"),
        ("until=", "/until"),
        ("since=2026-11-22T02:00:00", "/since"),
        ("until=0001-01-01T00:00:00%2B14:00", "/until"),
        ("limit=0", "/limit"),
        ("after=x", "/after"),
        (f"about={'x' * 201}", "/about"),
        ("format=csv", "/format"),
    ],
)
def test_a_mistyped_filter_is_refused(api, acts, query, pointer):
    answer = api.get("ola", f"{PATH}?{query}")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_it_is_taken_along_as_data_that_verifies(api, acts):
    answer = api.get("ola", f"{PATH}/export?format=json&about=alerts/a1")
    taken = json.loads(answer.data)
    assert [entry["seq"] for entry in taken["entries"]] == [4, 2, 1]
    assert taken["entries"][1]["prev"] == taken["entries"][2]["mac"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.json"'


def test_it_is_taken_along_as_a_table_in_which_nothing_is_worked_out(api, acts):
    answer = api.get("ola", f"{PATH}/export?format=csv")
    text = answer.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["seq"] for row in rows] == ["5", "4", "3", "2", "1"]
    assert rows[-1]["after"] == '{"area_name":"=1+1"}'
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.fixture
def short(monkeypatch):
    """Files of two entries."""
    monkeypatch.setattr(read_audit, "PAGE", 1)
    monkeypatch.setattr(read_audit, "MOST_EXPORTED", 2)


def test_a_file_that_is_cut_says_so_and_the_next_ones_have_the_rest(api, acts, short):
    asked, found = f"{PATH}/export?format=json&about=alerts/a1", []
    answer = api.get("ola", asked)
    assert answer.headers["Audit-Next"] == answer.json["next"]
    while answer.json["next"]:
        found += answer.json["entries"]
        answer = api.get("ola", f"{asked}&after={answer.json['next']}")
    found += answer.json["entries"]
    assert [entry["seq"] for entry in found] == [4, 2, 1]
    assert "Audit-Next" not in answer.headers


def test_a_table_that_is_cut_says_so_in_its_last_line(api, acts, short):
    lines = api.get("ola", f"{PATH}/export?format=csv").text.splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("# NOT COMPLETE")
    assert "NOT COMPLETE" not in api.get("ola", f"{PATH}/export?format=csv&action=reach.ask").text


def test_a_file_is_cut_by_its_size_as_well(api, acts, monkeypatch):
    monkeypatch.setattr(read_audit, "PAGE", 1)
    monkeypatch.setattr(read_audit, "MOST_BYTES", 1)
    assert api.get("ola", f"{PATH}/export?format=csv").headers["Audit-Next"] == "5"


def test_a_file_of_nowhere_is_refused(api, acts):
    answer = api.get("ola", f"{PATH}/export?format=csv&after=x")
    assert [error["pointer"] for error in answer.json["errors"]] == ["/after"]


def test_entries_that_cannot_be_read_are_counted_where_they_lack(api, office, acts, monkeypatch):
    known = office.audit.entries
    monkeypatch.setattr(office.audit, "entries", lambda *asked: replace(known(*asked), unreadable=3))
    assert api.get("ola", f"{PATH}/export?format=json").json["unreadable"] == 3
    assert "3 entries cannot be read" in api.get("ola", f"{PATH}/export?format=csv").text
    entries, text = packet_of(api.get("ola", PACKET))
    assert (entries.get("complete"), entries.get("unreadable")) == ("false", "3")
    assert "Wykaz nie jest pełny" in text


def packet_of(answer):
    """Its entries as XML, and the text of its document."""
    with zipfile.ZipFile(io.BytesIO(answer.data)) as taken:
        files = {name: taken.read(name) for name in taken.namelist()}
    entries = ElementTree.fromstring(files["dokumenty/alert-a1.xml"]).find("entries")
    document = pypdfium2.PdfDocument(files["dokumenty/alert-a1.pdf"])
    return entries, "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize(("most", "complete"), [(2, "false"), (5, "true")])
def test_a_packet_that_lacks_the_oldest_entries_says_so(api, acts, monkeypatch, most, complete):
    monkeypatch.setattr(packet, "PAGE", 1)
    monkeypatch.setattr(packet, "MOST_ENTRIES", most)
    entries, text = packet_of(api.get("ola", PACKET))
    assert entries.get("complete") == complete
    assert ("najstarszych wpisów tu nie ma" in text) == (complete == "false")


@pytest.mark.parametrize("query", ["", "format=xml", "format=csv&limit=5"])
def test_a_file_of_another_kind_there_is_none(api, acts, query):
    assert api.get("ola", f"{PATH}/export?{query}").status_code == 422


@pytest.mark.parametrize("path", [f"{PATH}/export?format=json&action=alert.approve", PACKET])
def test_taking_it_along_is_an_act_itself(api, office, acts, path):
    assert api.get("ola", path).status_code == 200
    last = office.audit.acts(TERC)[-1]
    assert (last.action, last.by.uid) == ("audit.export", "uid-ola")


def test_one_alert_is_taken_along_with_its_metadata(api, acts):
    answer = api.get("ola", PACKET)
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as taken:
        files = {name: taken.read(name) for name in taken.namelist()}
    assert set(files) == {
        "dokumenty/alert-a1.xml",
        "dokumenty/alert-a1.pdf",
        "metadane/alert-a1.xml.xml",
        "metadane/alert-a1.pdf.xml",
    }
    entries = ElementTree.fromstring(files["dokumenty/alert-a1.xml"]).findall("entries/entry")
    assert [entry.get("seq") for entry in entries] == ["1", "2", "4"]
    assert entries[0].findtext("after") == '{"area_name":"=1+1"}'
    metadata = ElementTree.fromstring(files["metadane/alert-a1.pdf.xml"])
    needed = {"identyfikator", "tworca", "tytul", "data", "format", "dostep", "typ"}
    assert needed <= {element.tag.removeprefix(NDAP) for element in metadata}
    assert metadata.findtext(f"{NDAP}format/{NDAP}wielkosc") == str(len(files["dokumenty/alert-a1.pdf"]))


def test_its_document_is_a_pdf_for_archives_with_every_step(api, acts):
    with zipfile.ZipFile(io.BytesIO(api.get("ola", PACKET).data)) as taken:
        pdf = taken.read("dokumenty/alert-a1.pdf")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    assert "alert.approve" in text
    assert APPROVER.name in text
    assert document.get_metadata_value("Title").startswith("Alert")


@pytest.mark.parametrize("path", [f"{PATH}/alerts/nowhere", f"{PATH}/alerts/b1"])
def test_of_an_alert_that_is_not_there_or_a_neighbours_there_is_no_packet(api, office, acts, path):
    office.alerts.put(alert("b1", terc=NEIGHBOUR))
    assert refusal(api.get("ola", path)) == (404, "not-found")


WORDS = ["a\x00\x0b\ufffe", "\U0001f6a8 警報 \u202eabc\u0301", "Повінь, їжа, ґанок", "„–”…€ąćęłńóśźż"]


@pytest.mark.parametrize("words", WORDS)
def test_no_sign_breaks_a_packet(api, office, words):
    office.alerts.put(alert("a1"))
    office.audit.record(Act(TERC, "alert.edit", AUTHOR, "alerts/a1", {"x": words}, why=words))
    with zipfile.ZipFile(io.BytesIO(api.get("ola", PACKET).data)) as taken:
        ElementTree.fromstring(taken.read("dokumenty/alert-a1.xml"))
