"""The register of the caller's own municipality, and of no other: by parent, by code, by name."""

from __future__ import annotations

import json

import pytest

from shared.domain.area_parts import Level
from shared.domain.register_unit import RegisterUnit
from shared.formats.search_json import gazetteer_of, packed, with_page
from tests.fakes.alert_values import TERC
from tests.fakes.areas import DWORCOWA, GAZETTEER, HAMLET, ROZANA, TOWN, VILLAGE

READERS = ("anna", "piotr", "ewa")  # an author, an approver, both
ADDRESSES = ("", f"/{TERC}", f"/{ROZANA}", "/search", "/search?q=rozana")


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("rest", ADDRESSES)
def test_every_role_of_the_staff_reads_its_register(api, who, rest):
    assert api.get(who, f"/api/areas{rest}").status_code == 200


@pytest.mark.parametrize("rest", ADDRESSES)
def test_who_is_not_staff_reads_nothing(api, rest):
    assert api.get(None, f"/api/areas{rest}").status_code == 401
    assert api.get("mallory", f"/api/areas{rest}").status_code == 401


@pytest.mark.parametrize("rest", ["", "?parent=" + TERC, "?parent=" + TOWN, *ADDRESSES[1:]])
def test_anothers_register_is_not_told_of(api, rest):
    answer = api.get("jan", f"/api/areas{rest}")
    assert (answer.status_code, answer.json["code"]) == (404, "not-found")


def test_localities_lie_in_the_gmina_and_streets_in_a_locality(api):
    listed = api.get("anna", "/api/areas").json["items"]
    assert listed == api.get("anna", f"/api/areas?parent={TERC}").json["items"]
    assert [(one["level"], one["code"], one["addresses"]) for one in listed] == [
        ("locality", TOWN, 159),
        ("locality", VILLAGE, 12),
    ]
    (rozana, _) = api.get("anna", f"/api/areas?parent={TOWN}").json["items"]
    assert rozana == {
        "level": "street",
        "code": ROZANA,
        "name": "ul. Różana",
        "parent": TOWN,
        "addresses": 42,
    }


def test_in_a_street_nothing_lies(api):
    assert api.get("anna", f"/api/areas?parent={ROZANA}").json == {"items": []}


@pytest.mark.parametrize("code", ["0000000", "9990019:00001", "../units", "12ab", "1", "٠٠٠٠٠٠٠"])
def test_a_code_that_no_register_has_is_not_found(api, code):
    assert api.get("anna", f"/api/areas/{code}").status_code == 404
    assert api.get("anna", "/api/areas", query_string={"parent": code}).status_code == 404


@pytest.mark.parametrize("query", ["?parents=1", f"?parent={TOWN}&parent={VILLAGE}", "/search?Q=a"])
def test_a_mistyped_parameter_is_refused(api, query):
    assert api.get("anna", f"/api/areas{query}").status_code == 422


def test_a_unit_comes_with_its_shape(api):
    found = api.get("anna", f"/api/areas/{DWORCOWA}").json
    assert (found["name"], found["addresses"], found["retired"]) == ("ul. Dworcowa", 117, None)
    assert found["shape"]["type"] in ("Polygon", "MultiPolygon")
    assert api.get("anna", f"/api/areas/{HAMLET}").json["shape"] is None


def test_what_is_retired_says_since_when_and_is_in_no_list(api, office):
    old = RegisterUnit(Level.STREET, f"{TOWN}:90003", "ul. Stara", TOWN, 3, None, "2026-01-01")
    office.areas.retired[old.code] = old
    assert api.get("anna", f"/api/areas/{old.code}").json["retired"] == "2026-01-01"
    assert "ul. Stara" not in api.get("anna", f"/api/areas?parent={TOWN}").text


def test_all_names_come_at_once_and_are_kept_by_the_browser_alone(api):
    answer = api.get("anna", "/api/areas/search")
    assert gazetteer_of(answer.text) == GAZETTEER
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = api.get("anna", "/api/areas/search", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_without_pages_there_is_none(api):
    assert api.get("anna", "/api/areas/search/0").status_code == 404


def test_a_large_municipalitys_houses_come_by_pages(api, office, monkeypatch):
    texts = packed(GAZETTEER, 700)
    monkeypatch.setattr(office.areas, "search_texts", lambda terc: texts)
    found = gazetteer_of(api.get("anna", "/api/areas/search").text)
    for page in range(len(texts) - 1):
        found = with_page(found, api.get("anna", f"/api/areas/search/{page}").text)
    assert found == GAZETTEER
    assert api.get("anna", f"/api/areas/search/{len(texts) - 1}").status_code == 404


def test_the_server_finds_what_is_typed_with_an_error_and_a_number(api):
    best = api.get("anna", "/api/areas/search", query_string={"q": "dworcwa 12"}).json["items"][0]
    assert best == {
        "level": "street",
        "code": DWORCOWA,
        "name": "ul. Dworcowa",
        "addresses": 117,
        "locality": {"code": TOWN, "name": "Regionalna"},
        "number": "12",
    }


def test_localities_and_their_parts_are_found(api):
    def first(text):
        found = api.get("anna", "/api/areas/search", query_string={"q": text}).json["items"][0]
        return found["level"], found["code"], found["number"]

    assert first("zawada") == ("locality", VILLAGE, None)
    assert first("przysiolek") == ("locality", HAMLET, None)


def test_nothing_is_found_for_nothing_and_too_much_is_refused(api):
    def asked(text):
        return api.get("anna", "/api/areas/search", query_string={"q": text})

    assert json.loads(asked("").text) == {"items": []}
    assert asked("a" * 201).status_code == 422
