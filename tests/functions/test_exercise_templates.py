"""Templates of exercises: whatever is made of one is an exercise, and stays one."""

from __future__ import annotations

import pytest

from shared.built_in_templates import built_in_templates, exercises
from tests.fakes.requests import SQUARE_RING, polygon, water
from tests.fakes.staff_api import StaffApi

EVACUATION = "exercise_evacuation"


@pytest.fixture
def api(monkeypatch):
    return StaffApi().open(monkeypatch)


def worded(api, template):
    area = {"area": polygon(SQUARE_RING), "area_name": "Zawada"}
    return api.post("anna", f"/api/templates/{template}/alerts", {"facts": {}, **area})


def test_the_list_tells_them_from_the_others(api):
    listed = api.get("anna", "/api/templates").json["items"]
    assert {one["id"] for one in listed if one["exercise"]} == exercises()
    assert 0 < len(exercises()) < len(built_in_templates())


def test_what_is_made_of_one_is_an_exercise_and_of_another_none(api):
    made = worded(api, EVACUATION)
    assert (made.status_code, made.json["exercise"]) == (201, True)
    assert worded(api, "water_outage").json["exercise"] is False


@pytest.mark.parametrize("address", ["alerts", "drafts"])
@pytest.mark.parametrize("exercise", [True, False])
def test_what_was_handed_on_never_becomes_the_other(api, exercise, address):
    made = api.post("anna", "/api/alerts", water(exercise=exercise)).json
    at = f"/api/alerts/{made['id']}"
    assert api.step("anna", f"{at}/submit", '"1"').status_code == 200
    assert api.edit("anna", at, '"2"', water(exercise=exercise)).status_code == 200
    refused = api.edit("anna", f"/api/{address}/{made['id']}", '"3"', water(exercise=not exercise))
    assert refused.status_code == 422
    assert [one["code"] for one in refused.json["errors"]] == ["exercise-settled"]
