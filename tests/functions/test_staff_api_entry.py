"""What people enter comes back clean and mended, with a word about each thing that was mended or left out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared import wiring
from shared.domain.content import Text
from tests.fakes.alert_values import alert, content
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.requests import SQUARE_RING, after, polygon, water

BOW_TIE = [[19.93, 49.83], [19.95, 49.85], [19.95, 49.83], [19.93, 49.85], [19.93, 49.83]]


def submitted(api, **changes):
    """Its address, once anna has handed it over."""
    created = api.post("anna", "/api/alerts", water(**changes))
    assert api.step("anna", f"{created.location}/submit", '"1"').status_code == 200
    return created.location


def test_texts_are_saved_clean(api):
    texts = {
        "pl": {"title": "Brak\twody\u00ad\n", "body": "Pękła rura.\x0bWody nie ma\u200b"},
        "en": {"title": "a\nb", "body": "b\r\nc"},
    }
    saved = api.post("anna", "/api/alerts", water(texts=texts, area_name="ul.\x0bGłówna ")).json
    assert {name: saved["texts"]["pl"][name] for name in ("title", "body")} == {
        "title": "Brak wody",
        "body": "Pękła rura.\nWody nie ma",
    }
    assert {name: saved["texts"]["en"][name] for name in ("title", "body")} == {
        "title": "a b",
        "body": "b\nc",
    }
    assert saved["area_name"] == "ul. Główna"


def test_a_draft_whose_text_nobody_sees_is_not_submitted(api, office):
    """As a release before this one saved it."""
    unseen = content(texts={"pl": Text("\u200b", "\u2060")}, area_name="\ufeff")
    office.alerts.put(alert("a1", content=unseen))
    problem = api.step("anna", "/api/alerts/a1/submit", '"1"').json
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [
        ("/texts/pl/title", "empty"),
        ("/texts/pl/body", "empty"),
        ("/area_name", "empty"),
    ]


def test_an_approval_within_the_minute_is_taken(api, office):
    path = submitted(api, send_at=after(hours=1))
    office.clock.advance(timedelta(hours=1, seconds=59))
    assert api.step("piotr", f"{path}/approve", '"2"').status_code == 200


def test_an_approval_that_comes_too_late_says_why_and_who_has_to_do_what(api, office):
    path = submitted(api, send_at=after(hours=1))
    office.clock.advance(timedelta(hours=1, seconds=61))
    answer = api.step("piotr", f"{path}/approve", '"2"')
    assert (answer.status_code, answer.json["code"]) == (422, "not-sendable")
    assert "Autor musi poprawić alert" in answer.json["detail"]
    (error,) = answer.json["errors"]
    assert (error["pointer"], error["code"]) == ("/send_at", "send-at-past")
    assert "Godzina wysyłki już minęła" in error["detail"]


def test_a_fault_of_an_area_is_told_with_its_place(api):
    both = {"type": "MultiPolygon", "coordinates": [[SQUARE_RING], [BOW_TIE]]}
    (error,) = api.post("anna", "/api/reach", {"area": both}).json["errors"]
    assert (error["code"], error["at"]) == ("area-self-crossing", "/coordinates/1")
    assert error["place"] == {"lng": pytest.approx(19.94), "lat": pytest.approx(49.84)}


def test_what_is_mended_and_left_out_of_an_area_is_told_with_the_reach(api, monkeypatch):
    monkeypatch.setattr(wiring, "audience", FakeAudienceStore)
    features = [
        {"type": "Feature", "properties": {}, "geometry": None},
        {"type": "Feature", "properties": {}, "geometry": polygon(SQUARE_RING[:-1])},
    ]
    body = {"area": {"type": "FeatureCollection", "features": features}}
    notes = api.post("anna", "/api/reach", body).json["notes"]
    assert [(note["code"], note["at"]) for note in notes] == [
        ("area-left-empty", "/features/0"),
        ("area-closed", "/features/1/geometry"),
    ]
    assert notes[0]["detail"] == "Pominięto element 1: nie ma położenia."
    assert api.post("anna", "/api/alerts", water(**body)).status_code == 201
