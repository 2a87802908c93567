"""What the public answers carry for caches and browsers, and how failures are told."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from infra.local.processes import ROOT
from shared.domain.alert import Text
from shared.errors import Unavailable
from shared.formats.key_json import pem
from tests.fakes.alert_values import TERC
from tests.fakes.public_office import KEY, NAME, PublicOffice, municipality, published, signed
from tests.fakes.signer import SeededKey
from tests.functions.public_pages import read

CACHED = "public, max-age=5, s-maxage=10, stale-while-revalidate=60"
ADDRESSES = [
    *("/a/a1", "/a/a1?lang=en", "/a/a1.json", "/alerts", f"/alerts/{TERC}", f"/alerts/{TERC}.json"),
    "/municipalities.json",
]


@pytest.fixture
def office() -> PublicOffice:
    office = PublicOffice()
    office.store.put(signed(published()))
    return office


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_may_be_shared_for_seconds_and_names_its_state(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert "stale-while-revalidate" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"]
    assert "Vary" not in answer.headers
    assert "Set-Cookie" not in answer.headers


def test_an_alert_is_kept_for_ten_seconds_so_that_a_correction_is_soon_seen(client):
    assert client.get("/a/a1").headers["Cache-Control"] == CACHED


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_the_current_state_gets_no_body(client, address):
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_a_changed_alert_has_another_state(office, client):
    before = client.get("/a/a1").headers["ETag"]
    office.store.put(signed(published(texts={"pl": Text("Inny tytuł", "x")}, revision=2)))
    assert client.get("/a/a1", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_answers_as_get_does_without_the_body(client, address):
    got, asked = client.get(address), client.head(address)
    assert asked.data == b""
    assert asked.status_code == 200
    for name in ("ETag", "Cache-Control", "Content-Type", "Content-Length"):
        assert asked.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("/a/a1?fbclid=abc", "/a/a1"),
        ("/a/a1?lang=en&utm_source=x", "/a/a1?lang=en"),
        ("/a/a1?lang=pl", "/a/a1"),
        ("/a/a1?lang=xx", "/a/a1"),
        ("/a/a1?lang=en&lang=uk", "/a/a1?lang=en"),
        ("/a/a1.json?lang=en", "/a/a1.json"),
        (f"/alerts/{TERC}.json?1", f"/alerts/{TERC}.json"),
        ("/municipalities.json?1", "/municipalities.json"),
        ("/a/a1/", "/a/a1"),
        ("/alerts/", "/alerts"),
        (f"/alerts/{TERC}/?lang=en", f"/alerts/{TERC}?lang=en"),
    ],
)
def test_whatever_hangs_on_an_address_leads_to_the_plain_one_unread(office, client, address, plain):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (301, plain)
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert office.store.requests == []


@pytest.mark.parametrize(
    ("address", "requests"),
    [
        ("/a/a1", ["alert", "thread"]),
        ("/a/a1.json", ["alert", "thread"]),
        (f"/alerts/{TERC}.json", ["active", "sent_since"]),
    ],
)
def test_an_answer_costs_two_requests_to_the_store(office, client, address, requests):
    client.get(address)
    assert office.store.requests == requests


@pytest.mark.parametrize("address", [*ADDRESSES, "/a/unknown", "/nowhere"])
def test_every_answer_has_the_headers_of_a_careful_site(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "address",
    ["/a/unknown", "/a/unknown.json", "/a/", "/a/" + "x" * 65, "/a/a%2Fb", "/a/..%2Falerts", "/a/a1/b",
     "/alerts/9999999", "/alerts/9999999.json", "/alerts/12.json", "/alerts/12", "/a/%00", "/nowhere",
     "/a/a1.html", "/a/a1%0A", "//a/a1"],
)  # fmt: skip
def test_what_is_not_there_is_told_in_two_languages_and_forgotten_soon(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=10"
    assert answer.content_type == "text/html; charset=utf-8"
    assert 'lang="pl"' in answer.text
    assert 'lang="en"' in answer.text


def test_what_only_staff_preconditions_mean_is_left_alone(office, client):
    """A 412 would be kept by caches for everybody."""
    for header in ({"If-Match": '"x"'}, {"If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}):
        assert client.get("/a/a1", headers=header).status_code == 200


def test_an_id_that_firestore_keeps_for_itself_is_not_looked_up(office, client, caplog):
    for address in ("/a/__x__", "/a/__x__.json", "/a/__id7__", "/a/__"):
        assert client.get(address).status_code == 404
    assert office.store.requests == []
    assert not caplog.records


def test_an_id_of_another_form_is_not_looked_up(office, client):
    client.get("/a/a%2Freceipts%2Fb")
    client.get("/a/" + "x" * 65)
    assert office.store.requests == []


def test_an_alert_of_a_municipality_that_is_not_served_is_not_shown(office, client):
    office.store.put(signed(published("b1", terc="9999999")))
    assert client.get("/a/b1").status_code == 404


def test_another_method_is_told_which_ones_there_are(client):
    answer = client.post("/a/a1", data="x")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_a_store_that_does_not_answer_is_told_and_never_kept(office, client, caplog):
    office.store.fail(Unavailable())
    answer = client.get("/a/a1")
    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Retry-After"]
    assert "stack" not in answer.text.lower()


def test_what_breaks_is_told_without_a_word_of_it_and_never_kept(office, client, caplog):
    office.store.fail(KeyError("secret-detail"))
    with caplog.at_level(logging.ERROR):
        answer = client.get("/a/a1")
    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "no-store"
    assert "secret-detail" not in answer.text
    assert caplog.records


def test_reading_leaves_no_address_of_the_reader_in_the_log(client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.get("/a/a1", headers={"X-Forwarded-For": "203.0.113.7", "User-Agent": "Phone"})
    assert "203.0.113.7" not in caplog.text
    assert "Phone" not in caplog.text


def test_the_signed_text_is_given_as_it_was_signed(office, client):
    alert = office.store.alerts["a1"]
    answer = client.get("/a/a1.json").json
    assert (answer["signed"], answer["signature"], answer["key"]) == (
        alert.signed,
        alert.signature,
        alert.key,
    )
    assert answer["public_key"] == pem(municipality().keys[0])
    assert answer["municipality"]["terc"] == TERC


def test_a_key_that_was_announced_a_moment_ago_is_given_at_once(office, client):
    fresh, served = SeededKey(7), office.municipalities.served

    def after_rotation(max_age=60.0):
        return [municipality(fresh)] if max_age < 60 else served(max_age)

    office.municipalities.served = after_rotation
    office.store.put(signed(published(), fresh))
    assert client.get("/a/a1.json").json["public_key"] == pem(municipality(fresh).keys[0])


def test_an_alert_that_does_not_verify_is_named_in_the_log(office, client, caplog):
    office.store.put(signed(published(), SeededKey(7)))
    client.get("/a/a1")
    assert "The published alert a1 does not verify: unknown-key" in caplog.text


def test_an_alert_without_a_signature_gives_nulls(office, client):
    office.store.put(published())
    answer = client.get("/a/a1.json").json
    assert [answer[name] for name in ("signed", "signature", "key", "public_key")] == [None] * 4


def test_the_municipalities_come_with_keys_centre_and_boundary(client):
    [one] = client.get("/municipalities.json").json["municipalities"]
    assert (one["terc"], one["name"], one["languages"], one["center"]) == (
        TERC,
        NAME,
        ["pl", "en"],
        [19.95, 49.85],
    )
    assert [key["id"] for key in one["keys"]] == [KEY.id]
    assert one["boundary"]["type"] == "Polygon"


def test_a_municipality_comes_with_how_to_reach_its_office_where_that_is_known(office, client):
    [one] = office.municipalities.public
    assert "contact" not in client.get("/municipalities.json").json["municipalities"][0]
    office.municipalities.public = [replace(one, contact={"phone": "12 272 12 34"})]
    [told] = client.get("/municipalities.json").json["municipalities"]
    assert told["contact"] == {"phone": "12 272 12 34"}


def test_a_municipality_without_a_boundary_is_left_out(office, client):
    office.municipalities.shapes = {"9999999": office.municipalities.shapes[TERC]}
    assert client.get("/municipalities.json").json["municipalities"] == []


def test_a_page_names_the_minute_it_is_from(office, client):
    office.clock.advance(timedelta(minutes=3))
    assert "Stan na: niedziela, 22 listopada 2026, godz. 02:18" in read(client, "/a/a1")


def test_without_a_native_app_no_app_opens_the_links(client):
    assert client.get("/.well-known/assetlinks.json").json == []
    assert client.get("/.well-known/apple-app-site-association").json == {"applinks": {"details": []}}


def test_the_apps_that_open_the_links_are_named_to_their_systems(office, monkeypatch):
    monkeypatch.setenv("ANDROID_APPS", "pl.example.alert=aa:bb,CC:DD pl.example.other=ee:ff")
    monkeypatch.setenv("IOS_APPS", "TEAM1.pl.example.alert")
    client = office.open(monkeypatch)
    android = client.get("/.well-known/assetlinks.json").json
    assert [one["target"]["package_name"] for one in android] == ["pl.example.alert", "pl.example.other"]
    assert android[0]["target"]["sha256_cert_fingerprints"] == ["AA:BB", "CC:DD"]
    apple = client.get("/.well-known/apple-app-site-association")
    assert apple.content_type.startswith("application/json")
    [details] = apple.json["applinks"]["details"]
    assert details["appIDs"] == ["TEAM1.pl.example.alert"]
    assert {"/": "/a/*"} in details["components"]


def test_an_app_learns_which_contract_is_served(client):
    contract = client.get("/municipalities.json").json["contract"]
    assert set(contract) == {"version", "least"}
    named = (ROOT / "docs/app-developers.md").read_text()
    assert f"version {contract['version']}" in named
