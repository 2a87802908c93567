"""Areas kept under a name: by authors, for their municipality, each name once, nothing changed unseen."""

from __future__ import annotations

import json

import pytest

from shared.domain.saved_area import MOST_SAVED, SavedArea
from tests.fakes.alert_values import AUTHOR, TERC, at
from tests.fakes.areas import DWORCOWA, ROZANA, VILLAGE
from tests.fakes.requests import polygon, water

STREET = {"kind": "street", "code": ROZANA}
OTHER_STREET = {"kind": "street", "code": DWORCOWA}
ZAWADA = {"kind": "locality", "code": VILLAGE}
GMINA = {"kind": "gmina", "code": TERC[:6]}
SAVED, RECENT = "/api/areas/saved", "/api/areas/recent"


def save(api, name="Strefa 1", *parts, who="anna"):
    answer = api.post(who, SAVED, {"name": name, "parts": list(parts or (STREET,))})
    assert answer.status_code == 201, answer.json
    return answer.json["id"]


def change(api, area, etag='"1"', who="anna", **body):
    return api.edit(who, f"{SAVED}/{area}", etag, {"name": "Strefa 1", "parts": [STREET], **body})


def remove(api, area, etag='"1"', who="anna"):
    return api.ask(who, "DELETE", f"{SAVED}/{area}", headers={"If-Match": etag})


def faults(answer):
    assert answer.status_code == 422
    return [(one["pointer"], one["code"]) for one in answer.json["errors"]]


def named(area, subtract=False):
    return {"kind": "saved", "id": area, **({"subtract": True} if subtract else {})}


def alert_of(api, *parts):
    body = {**water(), "parts": list(parts)}
    del body["area"]
    return api.post("anna", "/api/alerts", body)


def test_an_area_is_kept_listed_changed_and_removed(api):
    area = save(api, "Strefa 1", STREET, ZAWADA)
    [listed] = api.get("piotr", SAVED).json["items"]
    assert (listed["id"], listed["name"], listed["parts"]) == (area, "Strefa 1", [STREET, ZAWADA])
    assert (listed["addresses"], listed["by"]["name"], listed["revision"]) == (54, "Anna Nowak", 1)
    answer = change(api, area, name="Strefa północna", parts=[OTHER_STREET], who="ewa")
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert (answer.json["addresses"], answer.json["by"]["name"]) == (117, "Ewa Zielińska")
    assert remove(api, area, '"2"').status_code == 204
    assert api.get("anna", SAVED).json["items"] == []


def test_who_approves_only_keeps_no_areas(api):
    area = save(api)
    assert api.post("piotr", SAVED, {"name": "x", "parts": [STREET]}).status_code == 403
    assert change(api, area, who="piotr").status_code == 403
    assert remove(api, area, who="piotr").status_code == 403


def test_another_municipality_finds_none_of_them(api, office):
    area = save(api)
    assert api.get("jan", SAVED).json["items"] == []
    assert remove(api, area, who="jan").status_code == 404
    assert [one.id for one in office.saved.list(TERC)] == [area]


def test_strangers_are_refused(api):
    for method, path in (
        ("GET", SAVED),
        ("POST", SAVED),
        ("DELETE", f"{SAVED}/x"),
        ("GET", RECENT),
    ):
        assert api.ask(None, method, path).status_code == 401


def test_nothing_is_changed_or_removed_unseen(api):
    area = save(api)
    assert change(api, area, '"2"').status_code == 412
    assert remove(api, area, '"2"').status_code == 412
    assert api.ask("anna", "DELETE", f"{SAVED}/{area}").status_code == 428
    body = {"name": "x", "parts": [STREET]}
    assert api.ask("anna", "PUT", f"{SAVED}/{area}", json=body).status_code == 428
    assert change(api, area, '"1"').status_code == 200
    assert change(api, area, '"1"').status_code == 412


def test_what_is_not_there_is_not_found(api):
    assert change(api, "nobody").status_code == 404
    assert remove(api, "nobody").status_code == 404


def test_a_name_is_given_once(api):
    save(api, "Strefa 1")
    other = save(api, "Strefa 2")
    assert faults(api.post("anna", SAVED, {"name": " strefa  1", "parts": [ZAWADA]})) == [
        ("/name", "name-taken")
    ]
    assert faults(change(api, other, name="STREFA 1")) == [("/name", "name-taken")]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, {("/name", "missing"), ("/parts", "missing")}),
        ({"name": "\u200b", "parts": [STREET]}, {("/name", "empty")}),
        ({"name": "x" * 81, "parts": [STREET]}, {("/name", "too-long")}),
        ({"name": "x", "parts": []}, {("/parts", "parts-none")}),
        ({"name": "x", "parts": [{**STREET, "subtract": True}]}, {("/parts/0", "part-first-subtracted")}),
        ({"name": "x", "parts": [STREET, {**STREET, "subtract": True}]}, {("/parts", "parts-nobody")}),
        ({"name": "x", "parts": [{"kind": "saved", "id": "gone"}]}, {("/parts/0/id", "part-saved-unknown")}),
        ({"name": "x", "parts": [STREET], "by": "me"}, {("/by", "unknown-field")}),
        ([], {("", "not-object")}),
    ],
)
def test_what_cannot_be_kept_is_refused(api, body, fault):
    assert set(faults(api.post("anna", SAVED, body))) == fault


def test_what_leaves_the_municipality_or_is_too_detailed_is_refused(api):
    def shape(east, corners=2):
        north = [[east - n * 1e-5, 49.85 + (n % 2) * 1e-4] for n in range(corners)]
        return {"kind": "shape", "shape": polygon([[19.95, 49.84], [east, 49.84], *north, [19.95, 49.84]])}

    assert faults(api.post("anna", SAVED, {"name": "x", "parts": [shape(20.1)]})) == [
        ("/parts", "area-outside")
    ]
    detailed = api.post("anna", SAVED, {"name": "x", "parts": [shape(19.99, 1500)]})
    assert faults(detailed) == [("/parts", "parts-too-large")]


def test_no_more_are_kept_than_can_be_listed(api, office):
    for number in range(MOST_SAVED):
        office.saved.create(SavedArea(f"n{number}", TERC, f"Strefa {number}", "[]", AUTHOR, at(3)))
    answer = api.post("anna", SAVED, {"name": "one more", "parts": [STREET]})
    assert faults(answer) == [("", "saved-too-many")]


def test_an_alert_takes_a_saved_area_as_it_is_then(api, office):
    area = save(api, "Strefa 1", STREET)
    alert = alert_of(api, named(area)).json
    assert (alert["parts"], alert["covers"]["inside"]) == ([named(area)], 42)
    assert change(api, area, parts=[OTHER_STREET]).status_code == 200
    assert api.get("anna", f"/api/alerts/{alert['id']}").json["covers"]["inside"] == 42
    again = alert_of(api, named(area)).json
    assert again["covers"]["inside"] == 117


def test_an_alerts_name_may_be_its_saved_areas(api):
    area = save(api, "Strefa Zawada", ZAWADA)
    body = {**water(), "parts": [named(area), STREET]}
    del body["area"], body["area_name"]
    assert api.post("anna", "/api/alerts", body).json["area_name"] == "Strefa Zawada, ul. Różana"


def test_a_saved_area_that_is_gone_stays_in_the_alert_that_took_it(api):
    area = save(api)
    created = alert_of(api, named(area))
    assert remove(api, area).status_code == 204
    same = {**water(area_name="Nowa nazwa"), "parts": created.json["parts"]}
    del same["area"]
    edited = api.edit("anna", created.location, '"1"', same)
    assert (edited.status_code, edited.json["covers"]) == (200, created.json["covers"])
    assert faults(alert_of(api, named(area))) == [("/parts/0/id", "part-saved-unknown")]


def test_saved_areas_may_hold_others_but_never_themselves(api):
    inner = save(api, "Strefa 1", STREET)
    outer = save(api, "Strefa 2", GMINA, named(inner, subtract=True))
    assert alert_of(api, named(outer)).json["covers"]["inside"] == 171 - 42
    assert faults(change(api, inner, parts=[named(inner)])) == [("/parts/0/id", "part-saved-cycle")]
    assert faults(change(api, inner, parts=[ZAWADA, named(outer)])) == [("/parts/1/id", "part-saved-cycle")]


def test_an_area_that_another_one_uses_is_not_removed(api):
    inner = save(api, "Strefa 1", STREET)
    outer = save(api, "Strefa 2", named(inner))
    answer = remove(api, inner)
    assert (answer.status_code, answer.json["code"]) == (409, "saved-in-use")
    assert remove(api, outer).status_code == 204
    assert remove(api, inner).status_code == 204


def submitted(api, *parts, **changes):
    body = {**water(**changes), **({"parts": list(parts)} if parts else {})}
    if parts:
        del body["area"]
    created = api.post("anna", "/api/alerts", body)
    assert api.step("anna", f"{created.location}/submit", '"1"').status_code == 200
    return created.json["id"]


def test_the_areas_of_the_latest_alerts_are_offered_once_each(api):
    submitted(api, STREET)
    drawn = submitted(api)
    again = submitted(api, STREET, area_name="Różana")
    alert_of(api, ZAWADA)  # nobody submitted it
    first, second = api.get("piotr", RECENT).json["items"]
    assert (first["alert"], first["area_name"], first["parts"], first["area"]) == (
        again,
        "Różana",
        [STREET],
        None,
    )
    assert (second["alert"], second["parts"], second["area"]) == (drawn, None, water()["area"])
    assert first["addresses"] == 42
    assert api.get("jan", RECENT).json["items"] == []


def test_a_recent_area_of_a_saved_one_that_is_gone_is_offered_as_it_was(api):
    area = save(api)
    submitted(api, named(area))
    assert api.get("anna", RECENT).json["items"][0]["parts"] == [named(area)]
    remove(api, area)
    [recent] = api.get("anna", RECENT).json["items"]
    assert (recent["parts"], json.dumps(recent["area"])[:18]) == (None, '{"coordinates": [[')


def test_at_most_ten_recent_areas_are_offered(api):
    for number in range(12):
        submitted(api, {**STREET, "houses": {"to": str(number + 1)}})
    assert len(api.get("anna", RECENT).json["items"]) == 10
