"""What staff can get wrong: each refusal names the field, says how to put it right, and changes nothing."""

from __future__ import annotations

import base64
import io
import json
import math
from typing import Any

import pytest

from shared.geo.geojson import MOST_VERTICES
from tests.fakes.requests import SQUARE_RING, after, polygon, water

MEGABYTE = 1_000_000
MISSING = object()


def circle(vertices: int) -> list[list[float]]:
    """A ring about the middle of the municipality."""
    turns = [2 * math.pi * step / vertices for step in range(vertices)]
    ring = [[19.95 + 0.03 * math.cos(turn), 49.85 + 0.02 * math.sin(turn)] for turn in turns]
    return [*ring, ring[0]]


def texts(title="Brak wody", body="Pękła rura.", **languages):
    return {"pl": {"title": title, "body": body}, **languages}


def to_measure(**changes):
    """A question how many an alert reaches, with fields changed or taken away (MISSING)."""
    whole = {"area": polygon(SQUARE_RING), "category": "event", "severity": "Minor", **changes}
    return {name: value for name, value in whole.items() if value is not MISSING}


BOW_TIE = [[19.93, 49.83], [19.95, 49.85], [19.95, 49.83], [19.93, 49.85], [19.93, 49.83]]
SWAPPED = [[lat, lng] for lng, lat in SQUARE_RING]
ABROAD = [[2.1, 48.1], [2.2, 48.1], [2.2, 48.2], [2.1, 48.1]]
NEXT_GMINA = [[20.3, 49.83], [20.4, 49.83], [20.4, 49.85], [20.3, 49.83]]
HALF_OUT = [[19.98, 49.83], [20.02, 49.83], [20.02, 49.85], [19.98, 49.85], [19.98, 49.83]]
BESIDE = [[20.00002, 49.83], [20.00008, 49.83], [20.00008, 49.85], [20.00002, 49.85], [20.00002, 49.83]]
METRES = [[565_297.0, 218_564.0], [565_397.0, 218_564.0], [565_397.0, 218_664.0], [565_297.0, 218_564.0]]
DATUM = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4179"}}
EXCLUDED_WHOLE = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"excluded": excluded}, "geometry": polygon(SQUARE_RING)}
        for excluded in (False, True)
    ],
}
HOLE_OUTSIDE = [[19.96, 49.86], [19.97, 49.86], [19.97, 49.87], [19.96, 49.86]]
NESTED = {
    "type": "GeometryCollection",
    "geometries": [{"type": "GeometryCollection", "geometries": [polygon(SQUARE_RING)]}],
}

FIELDS: dict[str, tuple[dict[str, Any], str, str]] = {
    # the area
    "empty area": ({"area": polygon()}, "/area", "area-empty"),
    "no geometry": ({"area": {}}, "/area", "area-not-geojson"),
    "area null": ({"area": None}, "/area", "not-object"),
    "area as text": ({"area": "Polygon"}, "/area", "not-object"),
    "a point": ({"area": {"type": "Point", "coordinates": [19.9, 49.8]}}, "/area", "area-wrong-type"),
    "self-crossing": ({"area": polygon(BOW_TIE)}, "/area", "area-self-crossing"),
    "swapped": ({"area": polygon(SWAPPED)}, "/area", "area-swapped"),
    "abroad": ({"area": polygon(ABROAD)}, "/area", "area-outside-poland"),
    "next gmina": ({"area": polygon(NEXT_GMINA)}, "/area", "area-elsewhere"),
    "half outside": ({"area": polygon(HALF_OUT)}, "/area", "area-outside"),
    "a ring of two": ({"area": polygon(SQUARE_RING[:2])}, "/area", "area-ring-short"),
    "metres": ({"area": polygon(METRES)}, "/area", "area-system"),
    "another datum": ({"area": polygon(SQUARE_RING) | {"crs": DATUM}}, "/area", "area-system"),
    "all excluded": ({"area": EXCLUDED_WHOLE}, "/area", "area-all-excluded"),
    "along the border": ({"area": polygon(BESIDE)}, "/area", "area-elsewhere"),
    "hole outside": ({"area": polygon(SQUARE_RING, HOLE_OUTSIDE)}, "/area", "area-hole-outside"),
    "nested collection": ({"area": NESTED}, "/area", "area-nested-collection"),
    "10,001 vertices": ({"area": polygon([[20, 50]] * 10_001)}, "/area", "area-too-many-vertices"),
    # the times
    "expired": ({"expires": after(minutes=-1)}, "/expires", "expires-past"),
    "expires now": ({"expires": after()}, "/expires", "expires-past"),
    "expires before sending": (
        {"send_at": after(hours=3), "expires": after(hours=2)}, "/expires", "expires-before-sending",
    ),
    "expires as it is sent": (
        {"send_at": after(hours=3), "expires": after(hours=3)}, "/expires", "expires-before-sending",
    ),
    "gone in nine minutes": ({"expires": after(minutes=9)}, "/expires", "expires-too-soon"),
    "longer than a push waits": ({"expires": after(days=28, seconds=1)}, "/expires", "expires-too-late"),
    "send in the past": ({"send_at": after(minutes=-2)}, "/send_at", "send-at-past"),
    "send in two years": (
        {"send_at": after(days=700), "expires": after(days=701)}, "/send_at", "send-at-too-far",
    ),
    "no such day": ({"expires": "2026-02-30T10:00:00Z"}, "/expires", "not-a-time"),
    "no offset": ({"expires": "2026-11-22T10:00:00"}, "/expires", "not-a-time"),
    "a number of seconds": ({"expires": 1_800_000_000}, "/expires", "not-a-time"),
    "the end of the calendar": ({"expires": "9999-12-31T23:59:59Z"}, "/expires", "not-a-time"),
    "send at the end of the calendar": ({"send_at": "9999-12-31T23:59:59Z"}, "/send_at", "not-a-time"),
    "sound at the beginning of it": ({"sound_at": "0001-01-01T00:00:00Z"}, "/sound_at", "not-a-time"),
    "news at the end of it": ({"next_info": "9999-12-31T23:59:59Z"}, "/next_info", "not-a-time"),
    "before all time": ({"expires": "0001-01-01T00:00:00+14:00"}, "/expires", "not-a-time"),
    "send at a word": ({"send_at": "now"}, "/send_at", "not-a-time"),
    # the author's options
    "an evacuation in silence": (
        {"severity": "Extreme", "sound_at": after(hours=4)}, "/sound_at", "sound-at-extreme",
    ),
    "sound in four minutes": ({"sound_at": after(minutes=4)}, "/sound_at", "sound-at-too-soon"),
    "sound in the past": ({"sound_at": after(hours=-4)}, "/sound_at", "sound-at-too-soon"),
    "sound before sending": (
        {"send_at": after(hours=3), "sound_at": after(hours=2)}, "/sound_at", "sound-at-too-soon",
    ),
    "sound as it expires": ({"sound_at": after(hours=12)}, "/sound_at", "sound-at-too-late"),
    "sound at a word": ({"sound_at": "morning"}, "/sound_at", "not-a-time"),
    "exercise as a word": ({"exercise": "true"}, "/exercise", "not-a-boolean"),
    "exercise as a number": ({"exercise": 1}, "/exercise", "not-a-boolean"),
    "exercise null": ({"exercise": None}, "/exercise", "not-a-boolean"),
    # the words
    "unknown category": ({"category": "disaster"}, "/category", "unknown-value"),
    "category as a list": ({"category": ["failure"]}, "/category", "unknown-value"),
    "unknown severity": ({"severity": "Unknown"}, "/severity", "unknown-value"),
    "no Polish": ({"texts": {"en": {"title": "a", "body": "b"}}}, "/texts/pl", "missing"),
    "no texts": ({"texts": {}}, "/texts/pl", "missing"),
    "texts null": ({"texts": None}, "/texts", "not-object"),
    "a language not served": (
        {"texts": texts(fr={"title": "a", "body": "b"})}, "/texts/fr", "language-not-served",
    ),
    "language null": ({"texts": texts(en=None)}, "/texts/en", "not-object"),
    "no title": ({"texts": {"pl": {"body": "b"}}}, "/texts/pl/title", "missing"),
    "empty title": ({"texts": texts(title="")}, "/texts/pl/title", "empty"),
    "blank title": ({"texts": texts(title=" \u00a0 ")}, "/texts/pl/title", "empty"),
    "title of nothing seen": ({"texts": texts(title="\u200b\u2060")}, "/texts/pl/title", "empty"),
    "body of a mark alone": ({"texts": texts(body="\u0301\u0301")}, "/texts/pl/body", "empty"),
    "area name of nothing seen": ({"area_name": "\ufeff\u00ad"}, "/area_name", "empty"),
    "long title": ({"texts": texts(title="x" * 121)}, "/texts/pl/title", "too-long"),
    "title turned around": ({"texts": texts(title="a\u202eb")}, "/texts/pl/title", "text-characters"),
    "posing as an exercise": (
        {"texts": texts(title="ĆWICZENIE: powódź")}, "/texts/pl/title", "title-of-exercise",
    ),
    "posing in other letters": (
        {"texts": texts(title="» c\u0301wiczenie : powódź")}, "/texts/pl/title", "title-of-exercise",
    ),
    "posing in English": (
        {"texts": texts(en={"title": "Exercise: x", "body": "b"})}, "/texts/en/title", "title-of-exercise",
    ),
    "body with a bell": ({"texts": texts(body="a\x07b")}, "/texts/pl/body", "text-characters"),
    "body with a zero": ({"texts": texts(body="a\x00b")}, "/texts/pl/body", "text-characters"),
    "body as a number": ({"texts": texts(body=5)}, "/texts/pl/body", "not-text"),
    "over any limit": ({"texts": texts(body="x" * 4001)}, "/texts/pl/body", "too-long"),
    "a field more in a text": (
        {"texts": {"pl": {"title": "a", "body": "b", "html": "c"}}}, "/texts/pl/html", "unknown-field",
    ),
    "area name of 201": ({"area_name": "x" * 201}, "/area_name", "too-long"),
    "area name null": ({"area_name": None}, "/area_name", "not-text"),
    "a field of the system's": ({"state": "scheduled"}, "/state", "unknown-field"),
    "an odd name": ({"a/b~c": 1}, "/a~1b~0c", "unknown-field"),
}  # fmt: skip


def test_an_exercise_may_say_so_itself_and_other_titles_may_name_one(api):
    named = texts(title="Ćwiczenie: alarm w szkole")
    assert api.post("anna", "/api/alerts", water(texts=named, exercise=True)).status_code == 201
    other = texts(title="Ćwiczenie syren w sobotę")
    assert api.post("anna", "/api/alerts", water(texts=other)).status_code == 201


@pytest.fixture
def draft(api):
    return api.post("anna", "/api/alerts", water())


def assert_refused(answer, status, *expected):
    """Problem details in words, naming exactly the expected (pointer, code)."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    problem = answer.json
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{problem['code']}"
    assert [(error["pointer"], error["code"]) for error in problem.get("errors", [])] == list(expected)
    for words in (problem, *problem.get("errors", [])):
        assert len(words["detail"]) > 10
        assert "{" not in words["detail"]
        assert "…" not in words["detail"]
    return problem


@pytest.mark.parametrize("wrong", FIELDS)
def test_a_wrong_field_is_named_at_creation(api, office, wrong):
    changes, pointer, code = FIELDS[wrong]
    assert_refused(api.post("anna", "/api/alerts", water(**changes)), 422, (pointer, code))
    assert office.alerts.writes == 0


@pytest.mark.parametrize("wrong", FIELDS)
def test_a_wrong_field_is_named_at_editing(api, office, draft, wrong):
    changes, pointer, code = FIELDS[wrong]
    answer = api.edit("anna", draft.location, '"1"', water(**changes))
    assert_refused(answer, 422, (pointer, code))
    assert office.alerts.writes == 1


@pytest.mark.parametrize("name", [name for name in water() if name != "send_at"])
def test_a_missing_field_is_named(api, office, name):
    body = water()
    del body[name]
    assert_refused(api.post("anna", "/api/alerts", body), 422, (f"/{name}", "missing"))
    assert office.alerts.writes == 0


def test_every_wrong_field_is_named_at_once(api):
    body = water(
        category="x",
        severity="y",
        texts={"pl": {"title": "", "body": "ok"}},
        area=polygon(BOW_TIE),
        expires=after(hours=-1),
        send_at=after(hours=-2),
        colour="red",
    )
    del body["area_name"]
    problem = api.post("anna", "/api/alerts", body).json
    assert {error["pointer"] for error in problem["errors"]} == {
        "/category", "/severity", "/texts/pl/title", "/area", "/expires", "/send_at", "/colour", "/area_name",
    }  # fmt: skip


def test_an_area_that_leaves_the_municipality_comes_back_cut_to_it(api):
    problem = api.post("anna", "/api/alerts", water(area=polygon(HALF_OUT))).json
    assert max(lng for lng, _ in problem["inside"]["coordinates"][0]) == 20.0
    again = api.post("anna", "/api/alerts", water(area=problem["inside"]))
    assert again.status_code == 201


def test_an_area_may_pass_the_boundary_by_ten_metres(api):
    east = 20.0001  # 7 m
    ring = [[19.98, 49.83], [east, 49.83], [east, 49.85], [19.98, 49.85], [19.98, 49.83]]
    assert api.post("anna", "/api/alerts", water(area=polygon(ring))).status_code == 201


def test_the_reach_of_an_area_outside_is_not_measured(api):
    problem = assert_refused(
        api.post("anna", "/api/reach", {"area": polygon(HALF_OUT)}), 422, ("/area", "area-outside")
    )
    assert problem["inside"]["type"] == "Polygon"


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/area", "missing"),
        ({"area": None}, "/area", "not-object"),
        ({"area": polygon(SQUARE_RING), "x": 1}, "/x", "unknown-field"),
        ([], "", "not-object"),
        ({"area": polygon(BOW_TIE)}, "/area", "area-self-crossing"),
        (to_measure(severity=MISSING), "/severity", "missing"),
        (to_measure(category=MISSING), "/category", "missing"),
        (to_measure(category="storm"), "/category", "unknown-value"),
        (to_measure(severity=None), "/severity", "unknown-value"),
        (to_measure(exercise="yes"), "/exercise", "not-a-boolean"),
        (to_measure(send_at="soon"), "/send_at", "not-a-time"),
        (to_measure(sound_at=6), "/sound_at", "not-a-time"),
        (to_measure(area=MISSING), "/area", "missing"),
        (to_measure(texts={}), "/texts", "unknown-field"),
    ],
)
def test_a_wrong_body_is_not_measured(api, body, pointer, code):
    assert_refused(api.post("anna", "/api/reach", body), 422, (pointer, code))


def send(api, raw, content_type="application/json", **request):
    return api.ask("anna", "POST", "/api/alerts", data=raw, content_type=content_type, **request)


MALFORMED = {
    "nothing": (b"", "json-malformed"),
    "half an object": (b'{"category": ', "json-malformed"),
    "a trailing comma": (b'{"category": "failure",}', "json-malformed"),
    "not UTF-8": ('{"area_name": "ulica Główna"}'.encode("cp1250"), "json-not-utf-8"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "json-malformed"),
    "a name twice": (b'{"category": "failure", "category": "event"}', "json-name-twice"),
    "half a character": (b'{"area_name": "\\ud83d"}', "json-half-character"),
    "half a character as a name": (b'{"\\ud83d": 1}', "json-half-character"),
    "nested ten thousand deep": (b"[" * 10_000 + b"]" * 10_000, "json-too-deep"),
    "a number of 5,000 digits": (b'{"area": ' + b"1" * 5000 + b"}", "json-number-too-long"),
}


@pytest.mark.parametrize("wrong", MALFORMED)
def test_malformed_json_is_refused(api, office, wrong):
    raw, code = MALFORMED[wrong]
    assert assert_refused(send(api, raw), 400)["code"] == code
    assert office.alerts.writes == 0


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_is_none_is_named(api, office, number):
    raw = json.dumps(water()).replace("19.93", number, 1)
    assert_refused(send(api, raw), 422, ("/area/coordinates/0/0/0", "number-not-finite"))
    assert office.alerts.writes == 0


@pytest.mark.parametrize("value", [[], "text", 5, None, True])
def test_a_body_that_is_no_object_is_refused(api, office, value):
    assert_refused(send(api, json.dumps(value)), 422, ("", "not-object"))
    assert office.alerts.writes == 0


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/xml"]
)
def test_another_content_type_is_refused(api, office, content_type):
    answer = send(api, json.dumps(water()), content_type=content_type)
    assert assert_refused(answer, 415)["code"] == "not-json"
    assert office.alerts.writes == 0


def test_json_with_a_charset_is_accepted(api):
    assert send(api, json.dumps(water()), "application/json; charset=utf-8").status_code == 201


class Upload(io.RawIOBase):
    """A body that comes over the line, and remembers the largest piece asked for at once."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.largest = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        size = min(len(buffer), self.left)
        self.largest = max(self.largest, len(buffer))
        self.left -= size
        return size


def upload_to(api, path, upload, **environ):
    environ |= {"wsgi.input": upload, "CONTENT_TYPE": "application/json"}
    return api.ask("anna", "POST", path, environ_overrides=environ)


@pytest.mark.parametrize("path", ["/api/alerts", "/api/reach", "/api/alerts/x/cancel"])
def test_ten_megabytes_are_refused_without_being_held_in_memory(api, office, path):
    upload = Upload(10 * MEGABYTE)
    answer = upload_to(api, path, upload, CONTENT_LENGTH=str(upload.left))
    assert assert_refused(answer, 413)["code"] == "too-large"
    assert upload.left == 0  # else a client that is still sending would never read the answer
    assert upload.largest <= 64 * 1024
    assert office.alerts.writes == 0


def test_ten_megabytes_of_unknown_length_are_refused_at_the_limit(api, office):
    upload = Upload(10 * MEGABYTE)
    answer = upload_to(api, "/api/alerts", upload, **{"wsgi.input_terminated": True})
    assert assert_refused(answer, 413)["code"] == "too-large"
    assert upload.left == 0
    assert upload.largest <= MEGABYTE
    assert office.alerts.writes == 0


def test_a_hundred_thousand_vertices_are_refused_by_count(api, office):
    """As short as coordinates can be written: longer ones are over a megabyte."""
    raw = json.dumps(water(area=polygon([[20, 50]] * 100_000)), separators=(",", ":"))
    assert len(raw) < MEGABYTE
    assert_refused(send(api, raw), 422, ("/area", "area-too-many-vertices"))
    assert office.alerts.writes == 0


def test_as_many_vertices_as_may_be_are_accepted_and_no_more(api):
    assert send(api, json.dumps(water(area=polygon(circle(MOST_VERTICES - 1))))).status_code == 201
    assert send(api, json.dumps(water(area=polygon(circle(MOST_VERTICES))))).status_code == 422


def test_a_client_that_hangs_up_while_it_sends_too_much_leaves_no_error(api, caplog):
    class BrokenOff(Upload):
        def readinto(self, buffer):
            raise ConnectionResetError

    assert upload_to(api, "/api/alerts", BrokenOff(0), CONTENT_LENGTH="2000000").status_code == 413
    assert not [record for record in caplog.records if record.name != "requests"]


@pytest.mark.parametrize(
    "body",
    [
        water(texts={f"x{number}": {"title": "a", "body": "b"} for number in range(20_000)}),
        water(**{f"unknown{number}": 1 for number in range(30_000)}),
        water(**{"n" * 900_000: 1}),
        water(texts={"pl": {"title": "a", "body": "b", "n" * 900_000: 1}}),
    ],
    ids=["languages", "fields", "a long name", "a long name inside"],
)
def test_the_answer_to_a_heap_of_faults_is_small(api, body):
    answer = send(api, json.dumps(body, separators=(",", ":")))
    assert answer.status_code == 422
    assert len(answer.data) < 20_000


def cursor_of(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


CURSORS = {
    "of year one": cursor_of(["0001-01-01T00:00:00+14:00", "a1"]),
    "of the first moment": cursor_of(["0001-01-01T00:00:00+00:00", "a1"]),
    "of the last moment": cursor_of(["9999-12-31T23:59:59-14:00", "a1"]),
    "in another offset": cursor_of(["2026-11-22T01:10:00+14:00", "a1"]),
    "of a reserved name": cursor_of(["2026-11-22T01:10:00+00:00", "__a__"]),
    "of a path": cursor_of(["2026-11-22T01:10:00+00:00", "a/b"]),
    "of numbers": cursor_of([1, 2]),
    "nested": base64.urlsafe_b64encode(b"[" * 20_000).decode(),
    "endless": "A" * 100_000,
}


@pytest.mark.parametrize("after_", CURSORS.values(), ids=CURSORS)
def test_a_cursor_that_nobody_gave_is_named(api, after_):
    assert_refused(api.get("anna", f"/api/alerts?after={after_}"), 422, ("/after", "cursor-unknown"))


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("state=sent", "/state", "unknown-value"),
        ("state=draft&state=", "/state", "unknown-value"),
        ("limit=0", "/limit", "not-a-number"),
        ("limit=101", "/limit", "not-a-number"),
        ("limit=-1", "/limit", "not-a-number"),
        ("limit=1&limit=2", "/limit", "not-a-number"),
        ("limit=ten", "/limit", "not-a-number"),
        ("limit=", "/limit", "not-a-number"),
        ("after=x", "/after", "cursor-unknown"),
        ("after=", "/after", "cursor-unknown"),
        ("status=draft", "/status", "unknown-field"),
    ],
)
def test_a_wrong_query_is_named(api, query, pointer, code):
    assert_refused(api.get("anna", f"/api/alerts?{query}"), 422, (pointer, code))
