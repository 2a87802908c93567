"""The register of a municipality, for everybody's phone to search: names, houses, nothing else."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from shared.formats.search_json import gazetteer_of, packed, with_page
from tests.fakes.alert_values import TERC
from tests.fakes.areas import GAZETTEER
from tests.fakes.public_office import PublicOffice

ADDRESS = f"/search/{TERC}.json"


@pytest.fixture
def office() -> PublicOffice:
    return PublicOffice()


def test_all_names_and_houses_come_in_one_document(client: FlaskClient):
    answer = client.get(ADDRESS)
    assert answer.content_type == "application/json; charset=utf-8"
    assert gazetteer_of(answer.text) == GAZETTEER


def test_the_houses_of_a_large_municipality_come_by_the_page(
    office: PublicOffice, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    texts = packed(GAZETTEER, most_bytes=900)
    assert len(texts) > 2
    monkeypatch.setattr(office.areas, "search_texts", lambda _: texts)
    found = gazetteer_of(client.get(ADDRESS).text)
    assert found != GAZETTEER
    for page in range(len(texts) - 1):
        found = with_page(found, client.get(f"/search/{TERC}/{page}.json").text)
    assert [street.houses.listed for one in found.localities for street in one.streets] == [
        street.houses.listed for one in GAZETTEER.localities for street in one.streets
    ]
    assert client.get(f"/search/{TERC}/{len(texts) - 1}.json").status_code == 404


def test_phones_keep_it_for_a_day_and_who_has_it_gets_no_body(client: FlaskClient):
    answer = client.get(ADDRESS)
    kept = "public, max-age=86400, s-maxage=3600, stale-while-revalidate=604800"
    assert answer.headers["Cache-Control"] == kept
    again = client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_municipality_without_a_register_may_have_one_soon(office: PublicOffice, client: FlaskClient):
    office.areas.gazetteers.clear()
    answer = client.get(ADDRESS)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=10"
    assert "Nie ma tu spisu adresów tej gminy" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/search/9999999.json", "/search/12.json", f"/search/{TERC}", f"/search/{TERC}/0.json",
        f"/search/{TERC}/-1.json", f"/search/{TERC}/x.json", "/search/", "/search/..%2Fareas.json",
    ],
)  # fmt: skip
def test_there_is_nothing_under_another_address(client: FlaskClient, address: str):
    assert client.get(address).status_code == 404


def test_what_hangs_on_the_address_leads_to_the_plain_one(client: FlaskClient):
    answer = client.get(f"{ADDRESS}?q=glowna")
    assert (answer.status_code, answer.headers["Location"]) == (301, ADDRESS)
