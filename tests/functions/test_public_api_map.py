"""The streets of a municipality, for everybody's maps: names and points, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.fakes.alert_values import TERC
from tests.fakes.public_office import PublicOffice

ADDRESS = f"/map/{TERC}.json"


def feature(shape_type: str, coordinates: object, **properties: object) -> dict[str, Any]:
    shape = {"type": shape_type, "coordinates": coordinates}
    return {"type": "Feature", "id": 7, "properties": properties, "geometry": shape}


BASE_MAP = {
    "type": "FeatureCollection",
    "features": [
        feature("Point", [19.938, 49.8343217], name="Regionalna", kind="locality", sym="0999002"),
        feature(
            "MultiPoint",
            [[19.9, 49.8], [19.9012345, 49.8, 210.0]],
            name="Główna",
            kind="street",
            locality="Regionalna",
            owners=["Jan Kowalski"],
        ),
        feature("Polygon", [[[19.9, 49.8], [20.0, 49.8], [20.0, 49.9], [19.9, 49.8]]], name="Działka 1"),
    ],
}


@pytest.fixture
def office() -> PublicOffice:
    office = PublicOffice()
    office.municipalities.base_map_text = json.dumps(BASE_MAP, ensure_ascii=False)
    return office


def test_streets_and_places_come_with_their_names_and_points(client: FlaskClient):
    answer = client.get(ADDRESS)
    assert answer.content_type == "application/json; charset=utf-8"
    assert "Główna" in answer.text
    found = answer.json
    assert found is not None
    assert [(one["properties"]["name"], one["geometry"]) for one in found["features"]] == [
        ("Regionalna", {"type": "Point", "coordinates": [19.938, 49.83432]}),
        ("Główna", {"type": "MultiPoint", "coordinates": [[19.9, 49.8], [19.90123, 49.8]]}),
    ]


def test_nothing_else_that_was_imported_goes_out(client: FlaskClient):
    found = client.get(ADDRESS).json
    assert found is not None
    assert {key for one in found["features"] for key in one} == {"type", "properties", "geometry"}
    assert {key for one in found["features"] for key in one["properties"]} == {"name", "kind"}


def test_phones_keep_it_for_a_day_and_caches_for_an_hour(client: FlaskClient):
    kept = client.get(ADDRESS).headers["Cache-Control"]
    assert kept == "public, max-age=86400, s-maxage=3600, stale-while-revalidate=604800"


def test_who_has_it_already_gets_no_body(client: FlaskClient):
    mark = client.get(ADDRESS).headers["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": mark})
    assert (again.status_code, again.data) == (304, b"")


def test_a_municipality_without_a_map_has_none_and_may_have_one_soon(
    office: PublicOffice, client: FlaskClient
):
    office.municipalities.base_map_text = None
    answer = client.get(ADDRESS)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=10"
    assert "Nie ma tu mapy tej gminy" in answer.text


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"features": 1}', '{"type": "FeatureCollection"}'])
def test_a_map_of_another_form_is_none(office: PublicOffice, client: FlaskClient, text: str):
    office.municipalities.base_map_text = text
    assert client.get(ADDRESS).status_code == 404


def test_a_feature_of_another_form_takes_no_other_with_it(office: PublicOffice, client: FlaskClient):
    good = {
        "type": "Feature",
        "properties": {"name": "Rynek"},
        "geometry": {"type": "Point", "coordinates": [19.9, 49.8]},
    }
    odd = [{}, None, 5, {**good, "geometry": None}, {**good, "properties": None}]
    odd.append({**good, "geometry": {"type": "Point", "coordinates": ["a", "b"]}})
    office.municipalities.base_map_text = json.dumps({"features": [*odd, good]})
    answer = client.get(ADDRESS).json
    assert answer is not None
    assert answer["features"] == [good]


@pytest.mark.parametrize(
    "address", ["/map/9999999.json", "/map/12.json", f"/map/{TERC}", "/map/..%2Fareas.json", "/map/"]
)
def test_there_is_no_map_under_another_address(client: FlaskClient, address: str):
    assert client.get(address).status_code == 404


def test_whatever_hangs_on_the_address_leads_to_the_plain_one(client: FlaskClient):
    answer = client.get(f"{ADDRESS}?v=2")
    assert (answer.status_code, answer.headers["Location"]) == (301, ADDRESS)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [(["1", "2A"], ["1", "2A"]), ([1, 2], ["1", "2"]), (["1"], None), ("12", None), (None, None)],
)
def test_houses_have_their_numbers_where_each_has_one(
    office: PublicOffice, client: FlaskClient, numbers: object, told: list[str] | None
):
    houses = feature("MultiPoint", [[19.9, 49.8], [19.91, 49.8]], name="Główna", numbers=numbers)
    office.municipalities.base_map_text = json.dumps({"features": [houses]})
    answer = client.get(ADDRESS).json
    assert answer is not None
    assert answer["features"][0]["properties"].get("numbers") == told
