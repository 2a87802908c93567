"""An alert's area as a list of parts: taken, told by name, refused where it is not the municipality's."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
import shapely

from shared import wiring
from shared.domain.area_parts import Level, Unit
from shared.domain.register_unit import RegisterUnit, street_code
from shared.domain.search.gazetteer import Gazetteer, Locality, Street
from shared.formats.parts_text import parts_text
from shared.services.areas.take_parts import MOST_OUTLINE, MOST_PARTS
from tests.fakes.alert_values import TERC
from tests.fakes.areas import (
    DWORCOWA,
    GAZETTEER,
    HAMLET,
    ROZANA,
    TOWN,
    VILLAGE,
    FakeAreaLibrary,
    register_units,
    row_of_houses,
)
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.requests import polygon, water
from tests.fakes.staff_api import StaffApi

STREET = {"kind": "street", "code": ROZANA}
ODD = {"kind": "street", "code": ROZANA, "houses": {"parity": "odd"}}
OTHER_STREET = {"kind": "street", "code": DWORCOWA}
ZAWADA = {"kind": "locality", "code": VILLAGE}
GMINA = {"kind": "gmina", "code": TERC[:6]}
FAR_NORTH = polygon([[19.96, 49.89], [19.97, 49.89], [19.97, 49.93], [19.96, 49.93], [19.96, 49.89]])


def of_parts(*parts, **changes):
    body = water(parts=list(parts), **changes)
    del body["area"]
    return body


def unnamed(*parts):
    body = of_parts(*parts)
    del body["area_name"]
    return body


def create(api, body):
    answer = api.post("anna", "/api/alerts", body)
    assert answer.status_code == 201, answer.json
    return answer.json


def faults(answer):
    assert answer.status_code == 422
    return [(one["pointer"], one["code"]) for one in answer.json["errors"]]


def covers(told):
    return [(one["name"], one["inside"], one["total"]) for one in told["covers"]["names"]]


def test_a_street_by_name_covers_all_its_addresses_and_none_besides(api):
    alert = create(api, of_parts(STREET))
    assert alert["parts"] == [STREET]
    assert covers(alert) == [("ul. Różana", 42, 42)]
    assert (alert["covers"]["inside"], alert["covers"]["total"]) == (42, 171)
    outline = shapely.from_geojson(json.dumps(alert["area"]))
    assert all(outline.covers(shapely.Point(19.93 + n * 0.0002, 49.834)) for n in range(1, 43))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([ODD], [("ul. Różana", 21, 42)]),
        ([{**STREET, "houses": {"from": "1", "to": "10"}}], [("ul. Różana", 10, 42)]),
        ([GMINA, {**ZAWADA, "subtract": True}], [("ul. Dworcowa", 117, 117), ("ul. Różana", 42, 42)]),
        ([ZAWADA, STREET], [("ul. Różana", 42, 42), ("Zawada", 12, 12)]),
        (
            [{"kind": "locality", "code": TOWN}, {**ODD, "subtract": True}],
            [("ul. Dworcowa", 117, 117), ("ul. Różana", 21, 42)],
        ),
    ],
)
def test_parts_are_told_by_name(api, parts, told):
    assert covers(create(api, of_parts(*parts))) == told


def test_of_some_houses_the_outline_is_theirs(api):
    outline = shapely.from_geojson(
        json.dumps(create(api, of_parts({**STREET, "houses": {"to": "5"}}))["area"])
    )
    assert outline.covers(shapely.Point(19.93 + 5 * 0.0002, 49.834))
    assert not outline.covers(shapely.Point(19.93 + 20 * 0.0002, 49.834))


def test_what_was_drawn_is_told_by_name_too(api):
    drawn = polygon(
        [[19.9301, 49.833], [19.9319, 49.833], [19.9319, 49.839], [19.9301, 49.839], [19.9301, 49.833]]
    )
    alert = create(api, water(area=drawn))
    assert alert["parts"] is None
    assert covers(alert) == [("ul. Dworcowa", 9, 117), ("ul. Różana", 9, 42)]


def test_without_a_register_nothing_is_told_and_the_alert_is_written(api, office):
    office.areas.gazetteers.clear()
    assert create(api, water())["covers"] is None
    assert create(api, of_parts(GMINA))["covers"] is None


def test_parts_and_a_drawn_area_at_once_are_refused(api):
    both = water(parts=[STREET])
    for method, path in (("POST", "/api/alerts"), ("POST", "/api/drafts"), ("POST", "/api/reach")):
        body = both if path != "/api/reach" else {"area": both["area"], "parts": [STREET]}
        assert ("/parts", "parts-and-area") in faults(api.ask("anna", method, path, json=body))


def test_a_null_says_that_a_way_is_not_taken(api):
    assert create(api, water(parts=None))["parts"] is None
    assert create(api, of_parts(STREET, area=None))["parts"] == [STREET]


def test_neither_parts_nor_an_area_is_refused(api):
    body = water()
    del body["area"]
    assert faults(api.post("anna", "/api/alerts", body)) == [("/area", "missing")]


@pytest.mark.parametrize(
    "foreign",
    [
        {"kind": "gmina", "code": "120903"},
        {"kind": "gmina", "code": "1209033"},
        {"kind": "locality", "code": "0327468"},
        {"kind": "street", "code": "0951617:01014"},
    ],
)
def test_another_municipalitys_code_is_refused(api, office, foreign):
    elsewhere = Gazetteer("1209033", "Gmina Ościenna", (Locality("0327468", "Obca"),))
    office.areas.gazetteers["1209033"] = elsewhere
    for path, body in (
        ("/api/alerts", of_parts(foreign)),
        ("/api/alerts", of_parts(STREET, {**foreign, "subtract": True})),
        ("/api/drafts", {"parts": [foreign]}),
        ("/api/reach", {"parts": [foreign]}),
        ("/api/areas/saved", {"name": "Obca", "parts": [foreign]}),
    ):
        [(pointer, code)] = faults(api.post("anna", path, body))
        assert (pointer.endswith("/code"), code) == (True, "part-code-unknown")


@pytest.mark.parametrize(
    "foreign",
    [
        {"kind": "voivodeship", "code": "12"},
        {"kind": "powiat", "code": "1201"},
        {"kind": "street", "code": f"{TOWN}:99999"},
        {"kind": "locality", "code": "9990999"},
    ],
)
def test_what_is_not_in_the_municipality_is_refused(api, foreign):
    assert faults(api.post("anna", "/api/alerts", of_parts(foreign))) == [
        ("/parts/0/code", "part-code-unknown")
    ]


def test_a_shape_that_leaves_the_municipality_is_refused_with_what_lies_inside(api):
    answer = api.post("anna", "/api/alerts", of_parts({"kind": "shape", "shape": FAR_NORTH}))
    assert faults(answer) == [("/parts", "area-outside")]
    assert answer.json["inside"]["type"] == "Polygon"


def test_what_a_street_reaches_beyond_the_border_is_left_out(api, office):
    at_the_border = Locality("9990048", "Graniczna", houses=row_of_houses(5, 19.99895, 49.85))
    office.areas.gazetteers[TERC] = replace(GAZETTEER, localities=(*GAZETTEER.localities, at_the_border))
    alert = create(api, of_parts({"kind": "locality", "code": "9990048"}))
    assert shapely.from_geojson(json.dumps(alert["area"])).bounds[2] <= 20.0


def test_parts_that_leave_nobody_are_refused(api):
    nothing = [STREET, {**STREET, "subtract": True}]
    assert faults(api.post("anna", "/api/alerts", of_parts(*nothing))) == [("/parts", "parts-nobody")]
    hamlet = {"kind": "locality", "code": HAMLET}  # without an address
    assert faults(api.post("anna", "/api/alerts", of_parts(hamlet))) == [("/parts", "parts-nobody")]


def test_all_that_is_wrong_is_named_at_once(api):
    wrong = [{"kind": "street", "code": "1"}, {"kind": "moon"}, {**STREET, "houses": {}}]
    found = faults(api.post("anna", "/api/alerts", {**of_parts(*wrong), "category": "x"}))
    assert set(found) == {
        ("/category", "unknown-value"),
        ("/parts/0/code", "part-code"),
        ("/parts/1/kind", "unknown-value"),
        ("/parts/2/houses", "part-houses"),
    }


@pytest.mark.parametrize("parts", ["all", {"kind": "gmina"}, 7, []])
def test_what_is_no_list_of_parts_is_refused(api, parts):
    [(pointer, code)] = faults(api.post("anna", "/api/alerts", of_parts() | {"parts": parts}))
    assert (pointer, code.startswith("parts-")) == ("/parts", True)


def test_what_a_client_says_of_the_names_covered_is_not_taken(api):
    told = {"names": [], "inside": 1, "total": 1, "more": 0, "more_inside": 0}
    assert faults(api.post("anna", "/api/alerts", of_parts(STREET, covers=told))) == [
        ("/covers", "unknown-field")
    ]


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ([STREET], "ul. Różana"),
        ([{**ODD, "houses": {"parity": "odd", "from": "3", "to": "21A"}}], "ul. Różana (nieparzyste 3–21A)"),
        ([{**STREET, "houses": {"from": "10"}}, ZAWADA], "ul. Różana (od 10), Zawada"),
        ([GMINA, {**ZAWADA, "subtract": True}], "Gmina Regionalna bez: Zawada"),
    ],
)
def test_the_areas_name_follows_from_its_parts_where_none_is_given(api, parts, name):
    assert create(api, unnamed(*parts))["area_name"] == name
    assert create(api, of_parts(*parts, area_name=None))["area_name"] == name
    assert api.post("anna", "/api/drafts", {"parts": parts}).json["area_name"] == name


def test_a_name_that_is_given_stays(api):
    assert create(api, of_parts(STREET, area_name="Różana i okolice"))["area_name"] == "Różana i okolice"


def test_of_what_has_no_name_one_is_asked_for(api):
    here = {"kind": "here", "lat": 49.85, "lng": 19.95, "metres": 100}
    assert faults(api.post("anna", "/api/alerts", unnamed(STREET, here))) == [("/area_name", "missing")]


def test_a_draft_keeps_what_nobody_is_in_yet_and_cannot_be_submitted(api):
    hamlet = {"kind": "locality", "code": HAMLET}
    draft = api.post("anna", "/api/drafts", {"parts": [hamlet]})
    assert (draft.status_code, draft.json["parts"], draft.json["area"]) == (201, [hamlet], None)
    problem = api.step("anna", f"{draft.location}/submit", '"1"').json
    assert ("/area", "missing") in [(one["pointer"], one["code"]) for one in problem["errors"]]


def test_of_a_draft_no_parts_are_as_good_as_none(api):
    assert api.post("anna", "/api/drafts", {"parts": []}).json["parts"] is None


def test_the_history_tells_that_the_parts_changed(api):
    alert = create(api, of_parts(STREET))
    path = f"/api/alerts/{alert['id']}"
    assert api.edit("anna", path, '"1"', of_parts(ODD)).status_code == 200
    assert api.edit("anna", path, '"2"', of_parts(ODD, area_name="Nieparzyste")).status_code == 200
    changed = [one["details"].get("changed") for one in api.get("anna", f"{path}/history").json["items"]]
    assert changed == [None, "area, covers, parts", "area_name"]


def test_a_drawn_area_in_place_of_parts_takes_them_away(api):
    alert = create(api, of_parts(STREET))
    edited = api.edit("anna", f"/api/alerts/{alert['id']}", '"1"', water()).json
    assert (edited["parts"], edited["area"]) == (None, water()["area"])


def submitted(api, body):
    path = f"/api/alerts/{create(api, body)['id']}"
    assert api.step("anna", f"{path}/submit", '"1"').status_code == 200
    return path


def test_at_submission_and_approval_it_is_told_anew_what_is_covered(api, office):
    path = submitted(api, of_parts(STREET))
    longer = replace(GAZETTEER.localities[0].streets[0], houses=row_of_houses(44, 19.93, 49.834))
    town = replace(GAZETTEER.localities[0], streets=(longer,))
    office.areas.gazetteers[TERC] = replace(GAZETTEER, localities=(town,))
    answer = api.step("piotr", f"{path}/approve", '"2"')
    assert (answer.status_code, covers(answer.json)) == (200, [("ul. Różana", 44, 44)])
    assert api.get("anna", f"{path}/history").json["items"][-1]["details"] == {"changed": "covers"}


def test_a_register_that_is_gone_holds_up_no_approval(api, office):
    path = submitted(api, of_parts(STREET))
    office.areas.gazetteers.clear()
    answer = api.step("piotr", f"{path}/approve", '"2"')
    assert (answer.status_code, covers(answer.json)) == (200, [("ul. Różana", 42, 42)])


def test_a_later_register_moves_no_part_that_was_taken(api, office):
    alert = create(api, of_parts(STREET))
    moved = replace(GAZETTEER.localities[0].streets[0], houses=row_of_houses(3, 19.99, 49.89))
    office.areas.gazetteers[TERC] = replace(
        GAZETTEER, localities=(replace(GAZETTEER.localities[0], streets=(moved,)),)
    )
    kept = office.alerts.get(alert["id"]).value.content.parts
    assert isinstance(kept[0].part, Unit)
    assert (kept[0].part.level, kept[0].part.shape is not None) == (Level.STREET, True)
    assert api.get("anna", f"/api/alerts/{alert['id']}").json["area"] == alert["area"]


def test_a_street_is_previewed_by_one_request(api, monkeypatch):
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    told = api.post("anna", "/api/reach", {"parts": [STREET]}).json
    assert (told["addresses"], covers(told), told["outline"]["type"]) == (
        42,
        [("ul. Różana", 42, 42)],
        "Polygon",
    )
    assert (told["limited"], told["residents"]) == (False, None)


def test_a_part_that_covers_nobody_is_told_with_the_reach(api, monkeypatch):
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    parts = [STREET, {"kind": "locality", "code": HAMLET}]
    [note] = api.post("anna", "/api/reach", {"parts": parts}).json["notes"]
    assert (note["pointer"], note["code"]) == ("/parts/1", "part-nobody")


def test_a_preview_says_what_the_alert_will_say(api, monkeypatch):
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    parts = [GMINA, {**ODD, "subtract": True}, {"kind": "here", "lat": 49.834, "lng": 19.9302, "metres": 50}]
    alert = create(api, of_parts(*parts))
    assert api.post("anna", "/api/reach", {"parts": parts}).json["covers"] == alert["covers"]
    assert (
        api.post("anna", "/api/reach", {"area": water()["area"]}).json["covers"]
        == create(api, water())["covers"]
    )


def test_a_question_about_parts_counts_and_is_logged_as_one_about_an_area(api, office, monkeypatch):
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    api.post("anna", "/api/reach", {"parts": [STREET]})
    [[question]] = [asked for asked in office.questions.days.values() if asked]
    assert len(question.area) == 64


def test_of_many_streets_the_shapes_become_plainer_and_the_name_tells_how_many(api, office, monkeypatch):
    """What may be stored at all tests/unit/adapters/test_alert_size.py says."""
    streets = [
        Street(f"{number:05}", f"ul. Długa {number}", row_of_houses(42, 19.93, 49.80 + number * 0.0005))
        for number in range(199)
    ]
    register = replace(GAZETTEER, localities=(replace(GAZETTEER.localities[0], streets=tuple(streets)),))
    office.areas.gazetteers[TERC] = register
    units = {one.code: one for one in register_units(register)}
    monkeypatch.setattr(office.areas, "unit", lambda _, code: units.get(code))
    parts = [{"kind": "street", "code": f"{TOWN}:{street.code}"} for street in streets]
    alert = create(api, unnamed(*parts))
    assert (len(alert["covers"]["names"]), alert["covers"]["more"]) == (50, 149)
    assert alert["area_name"].startswith("ul. Długa 0, ul. Długa 1, ")
    assert alert["area_name"].endswith(" i inne (185)")


def test_an_area_that_is_too_detailed_to_be_stored_is_refused(api):
    comb = [[19.93 + n * 0.00001, 49.84 + (n % 2) * 0.001] for n in range(4300)]
    ring = [*comb, [19.93 + 4300 * 0.00001, 49.83], [19.93, 49.83], comb[0]]
    parts = [{"kind": "shape", "shape": polygon(ring)}, {"kind": "shape", "shape": polygon(ring)}]
    assert faults(api.post("anna", "/api/drafts", {"parts": parts})) == [("/parts", "parts-too-large")]
    assert api.post("anna", "/api/drafts", {"area": polygon(ring)}).status_code == 201


def meandering(corners):
    """A border along a river: bends of some hundred metres, and surveyed to the metre."""
    turns = [2 * math.pi * at / corners for at in range(corners)]
    radii = [0.05 + 0.001 * math.sin(60 * turn) + (at % 3) * 0.00001 for at, turn in enumerate(turns)]
    around = zip(radii, turns, strict=True)
    ring = [[19.95 + r * math.cos(turn), 49.85 + r * math.sin(turn)] for r, turn in around]
    return json.dumps(polygon([*ring, ring[0]]))


def test_a_whole_gmina_with_a_border_of_twenty_thousand_corners_is_sent_to_by_name(api, office):
    office.municipalities.shapes[TERC] = meandering(20_000)
    path = submitted(api, unnamed(GMINA, {**ZAWADA, "subtract": True}))
    answer = api.step("piotr", f"{path}/approve", '"2"')
    assert (answer.status_code, answer.json["covers"]["inside"]) == (200, 159)
    stored = office.alerts.get(answer.json["id"]).value.content
    assert len(stored.area) <= MOST_OUTLINE
    assert len(parts_text(stored.parts)) <= MOST_PARTS


def test_a_street_that_the_register_has_no_more_is_taken_and_told(api, office, monkeypatch):
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    shape = json.dumps(water()["area"])
    gone = RegisterUnit(Level.STREET, f"{TOWN}:90009", "ul. Dawna", TOWN, shape=shape, retired="2026-01-08")
    office.areas.retired[gone.code] = gone
    part = {"kind": "street", "code": gone.code}
    told = api.post("anna", "/api/reach", {"parts": [STREET, part]}).json
    assert [(one["pointer"], one["code"]) for one in told["notes"]] == [("/parts/1", "part-retired")]
    assert create(api, unnamed(part))["area_name"] == "ul. Dawna"


def test_one_that_a_saved_area_still_has_is_told_by_its_name(api, office, monkeypatch):
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    part = {"kind": "street", "code": f"{TOWN}:90002"}
    zone = api.post("anna", "/api/areas/saved", {"name": "Strefa wody", "parts": [STREET, part]}).json["id"]
    [unit] = (one for one in register_units(GAZETTEER) if one.code == part["code"])
    office.areas.gazetteers[TERC] = without_streets(GAZETTEER, unit.code)
    office.areas.retired[unit.code] = replace(unit, retired="2026-01-08")
    [note] = api.post("anna", "/api/reach", {"parts": [ZAWADA, {"kind": "saved", "id": zone}]}).json["notes"]
    assert (note["pointer"], note["code"]) == ("/parts/1", "part-retired-saved")
    assert "„Strefa wody” (część 2)" in note["detail"]
    assert "ul. Dworcowa" in note["detail"]


def without_streets(gazetteer, *codes):
    """As the register of a later day has it."""
    return replace(
        gazetteer,
        localities=tuple(
            replace(
                one, streets=tuple(street for street in one.streets if street_code(one, street) not in codes)
            )
            for one in gazetteer.localities
        ),
    )


class CountingLibrary(FakeAreaLibrary):
    def __init__(self):
        super().__init__()
        self.asked = []

    def unit(self, terc, code):
        self.asked.append(code)
        return super().unit(terc, code)


def test_each_unit_is_asked_for_once(monkeypatch):
    library = CountingLibrary()
    api = StaffApi(areas=library).open(monkeypatch)
    zone = api.post("anna", "/api/areas/saved", {"name": "Strefa", "parts": [STREET, ZAWADA]}).json["id"]
    library.asked.clear()
    saved = {"kind": "saved", "id": zone}
    create(api, unnamed(OTHER_STREET, {**ODD, "subtract": True}, STREET, saved, GMINA))
    assert sorted(library.asked) == sorted([ROZANA, DWORCOWA, VILLAGE])


@pytest.mark.parametrize("code", [None, 7, "../x", "9990019/x", "", "a" * 1000, ["9990019"]])
def test_what_is_no_code_is_never_looked_for(api, office, monkeypatch, code):
    monkeypatch.setattr(office.areas, "unit", None)
    parts = [{"kind": "street", "code": code}] * 3
    answer = api.post("anna", "/api/alerts", of_parts(*parts))
    assert faults(answer) == [(f"/parts/{at}/code", "part-code") for at in range(3)]
