"""The modules of places without the app: typed coordinates, cells, borders, last days, links."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import h3
import pytest

from infra.local.processes import ROOT
from shared.geo.cells import cell_of
from tests.browser.town import LAT, LNG, square
from tests.residents.test_push_modules import call as call_app

PLACES = ROOT / "web-residents/js/places"
NOW = "new Date('2026-11-22T12:00:00Z')"


def call(module: str, expression: str, zone: str = "Europe/Warsaw") -> Any:
    """An expression over the module `m`, evaluated by Node.js."""
    address = (PLACES / module).as_uri()
    script = (
        f"const m = await import({address!r}); process.stdout.write(JSON.stringify({expression} ?? null));"
    )
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "TZ": zone}
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# ---- Coordinates

POINT = (49.834, 19.938)


def _read(*texts: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("coordinates.js", f"{json.dumps(texts)}.map(m.readCoordinates)")
    return found


@pytest.fixture(scope="module")
def vendored() -> None:
    subprocess.run(["node", "infra/vendor.mjs"], cwd=ROOT, check=True)


WRITTEN = [
    "49.834, 19.938",
    "49.834 19.938",
    "49.834,19.938",
    "  49.834;19.938 ",
    "49,834 19,938",
    "49,834, 19,938",
    "49,834; 19,938",
    "49,834,19,938",
    "49.834 / 19.938",
    "(49.834, 19.938)",
    "49.834 - 19.938",
    "49.834° 19.938°",
    "49.834°N 19.938°E",
    "49,834 N, 19,938 E",
    "N 49.834 E 19.938",
    "N49.834, E19.938",
    "n49.834 e19.938",
    "E 19.938, N 49.834",
    "19.938E 49.834N",
    "geo:49.834,19.938",
    "geo:49.834,19.938;u=35",
    "49°50'02.4\"N 19°56'16.8\"E",
    "49°50'02,4\"N, 19°56'16,8\"E",
    "49° 50′ 2.4″ N, 19° 56′ 16.8″ E",
    "N 49°50'02.4'' E 19°56'16.8''",
    "49 50 02.4 N 19 56 16.8 E",
    "49 50 02.4 19 56 16.8",
    "49°50.04'N 19°56.28'E",
    "49 50,04 19 56,28",
]


def test_coordinates_are_read_however_they_are_written():
    found = _read(*WRITTEN)
    points = [(round(one.get("lat", 0), 6), round(one.get("lng", 0), 6)) for one in found]
    assert dict(zip(WRITTEN, points, strict=True)) == dict.fromkeys(WRITTEN, POINT)


def test_the_wrong_order_is_mended_because_poland_leaves_no_doubt():
    turned, straight = _read("19.938, 49.834", "49.834, 19.938")
    assert (turned["lat"], turned["lng"]) == POINT
    assert [turned["swapped"], straight["swapped"]] == [True, False]


WRONG = {
    "": "empty",
    "   ": "empty",
    "ul. Główna 5": "unreadable",
    "49.834": "two",
    "49,834": "two",
    "49.834, 19.938, 250": "two",
    "49.834 N": "two",
    "N E": "two",
    "49.834 N 19.938": "two",
    "49.834 N 19.938 N": "unreadable",
    "49°75'02\"N 19°56'16\"E": "unreadable",
    "49.5°50'02\"N 19°56'16\"E": "unreadable",
    "49 50 -2 19 56 16": "unreadable",
    "52.52, 13.405": "outside",
    "48.85, 2.35": "outside",
    "-49.834, 19.938": "outside",
    "49.834 S, 19.938 E": "outside",
    "49.834 N, 19.938 W": "outside",
    "49.834 E, 19.938 N": "outside",  # the letters say so, nothing is mended
    "0, 0": "outside",
    "49.8, 19.9": "coarse",
    "50, 20": "coarse",
}


def test_what_cannot_be_read_is_named():
    found = _read(*WRONG)
    assert {text: one.get("problem") for text, one in zip(WRONG, found, strict=True)} == WRONG


def test_few_digits_are_shown_as_inaccuracy():
    found = _read("49.83, 19.93", "49.8340, 19.9380", "49.834001, 19.938001")
    assert [one["accuracy"] for one in found] == [557, 6, 1]
    assert _read("49°50'02\"N 19°56'16\"E")[0]["accuracy"] == 15


# ---- Cells


@pytest.mark.parametrize("point", [(49.834, 19.938), (54.8, 18.3), (49.01, 22.8), (52.2297, 21.0122)])
def test_the_cell_is_the_servers(vendored: None, point: tuple[float, float]):
    cell = call("cells.js", f"await m.cellOf({{lat: {point[0]}, lng: {point[1]}}})")
    assert cell == cell_of(*point)
    centre = call("cells.js", f"await m.centreOf('{cell}')")
    assert (centre["lat"], centre["lng"]) == pytest.approx(h3.cell_to_latlng(cell))


def test_only_a_cell_as_the_app_writes_it_is_one(vendored: None):
    cell = cell_of(*POINT)
    others = [
        cell,
        cell.upper(),
        h3.cell_to_parent(cell, 12),
        "8d1e2adb5a1d93e",
        "8dffffffffff93f",
        "",
        "x" * 15,
    ]
    answers = call("cells.js", f"await Promise.all({json.dumps(others)}.map(m.isCell))")
    assert answers == [True] + [False] * 6


# ---- Municipalities

HOLE = square(LAT, LNG, 0.005, 0.005)["coordinates"][0]
WITH_HOLE = {"type": "Polygon", "coordinates": [*square(LAT, LNG, 0.03, 0.045)["coordinates"], HOLE]}
SEPARATE = {
    "type": "MultiPolygon",
    "coordinates": [
        square(50.5, 20.5, 0.01, 0.01)["coordinates"],
        square(50.6, 20.6, 0.01, 0.01)["coordinates"],
    ],
}
SERVED = [
    {"terc": "1", "name": "Ring", "boundary": WITH_HOLE},
    {"terc": "2", "name": "Island", "boundary": {"type": "Polygon", "coordinates": [HOLE]}},
    {"terc": "3", "name": "Scattered", "boundary": SEPARATE},
]
METRE = 1 / 111_195  # degrees of latitude


@pytest.mark.parametrize(
    ("lat", "lng", "terc"),
    [
        (LAT + 0.02, LNG, "1"),
        (LAT, LNG, "2"),
        (50.5, 20.5, "3"),
        (50.6, 20.6, "3"),
        (50.55, 20.55, None),
        (52.2, 21.0, None),
        (LAT + 0.03 + 20 * METRE, LNG, "1"),  # borders are published within 20 m
        (LAT + 0.03 + 30 * METRE, LNG, None),
        (LAT + 0.005 - 10 * METRE, LNG, "2"),  # inside one is inside, however near another
        (LAT + 0.005 + 10 * METRE, LNG, "1"),
    ],
)
def test_a_point_is_in_the_municipality_whose_boundary_holds_it(lat: float, lng: float, terc: str | None):
    found = call(
        "municipality.js", f"m.municipalityAt({json.dumps(SERVED)}, {{lat: {lat}, lng: {lng}}})?.terc"
    )
    assert found == terc


def test_the_list_is_asked_for_once_and_again_only_after_a_failure():
    script = """await (async () => {
      let asked = 0;
      const list = { ok: true, json: async () => ({ municipalities: [] }) };
      globalThis.fetch = async () => (asked += 1) === 1 ? { ok: false, status: 503 } : list;
      const first = await m.municipalities().catch((error) => error.message);
      await m.municipalities(); await m.municipalities();
      return [first, asked];
    })()"""
    assert call("municipality.js", script) == ["/municipalities.json: 503", 2]


# ---- Last days


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize(
    ("day", "end"),
    [
        ("2026-11-24", "2026-11-24T23:00:00.000Z"),
        ("2026-07-31", "2026-07-31T22:00:00.000Z"),
        ("2027-03-28", "2027-03-28T22:00:00.000Z"),  # a day of 23 hours
        ("2027-03-27", "2027-03-27T23:00:00.000Z"),
        ("2027-10-31", "2027-10-31T23:00:00.000Z"),  # a day of 25 hours
        ("2027-12-31", "2027-12-31T23:00:00.000Z"),
    ],
)
def test_a_day_ends_at_midnight_in_poland(zone: str, day: str, end: str):
    assert call("until.js", f"[m.endOf('{day}'), m.lastDay(m.endOf('{day}'))]", zone) == [end, day]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("", None),
        ("2026-11-22", None),
        ("2027-11-21", None),
        ("2026-11-21", "past"),
        ("2027-11-22", "far"),
        ("2026-02-30", "unreadable"),
        ("22.11.2026", "unreadable"),
    ],
)
def test_a_last_day_lies_within_a_year(day: str, problem: str | None):
    assert call("until.js", f"m.dayProblem('{day}', {NOW})") == problem


# ---- Links

CELL = cell_of(*POINT)


def _link(fragment: str) -> dict[str, str]:
    found: dict[str, str] = call("link.js", f"await m.readLink({fragment!r}, {NOW})")
    return found


def test_a_link_carries_its_place_behind_the_hash_alone(vendored: None):
    place = {"cell": CELL, "label": "Pensjonat Żuk & syn #1", "until": "2026-12-01"}
    link = call("link.js", f"m.linkTo('https://alerty.example.pl', {json.dumps(place)})")
    address, fragment = link.split("#", 1)
    assert address == "https://alerty.example.pl/app/visit"
    assert fragment == f"cell={CELL}&until=2026-12-01"  # what it is called stays with its owner
    assert _link(fragment) == {**place, "label": ""}


@pytest.mark.parametrize(
    ("fragment", "problem"),
    [
        ("", "empty"),
        ("#label=Hotel", "empty"),
        ("#cell=8d1e2adb5a1d93e", "broken"),
        (f"#cell={CELL}&label={'x' * 41}", "broken"),
        (f"#cell={CELL}&until=tomorrow", "broken"),
        (f"#cell={CELL}&until=2026-11-21", "over"),
        (f"#cell={CELL}&until=2028-01-01", "far"),
    ],
)
def test_a_link_that_is_no_good_is_named(vendored: None, fragment: str, problem: str):
    assert _link(fragment) == {"problem": problem}


def test_a_label_from_a_link_loses_what_could_disguise_it(vendored: None):
    assert _link(f"#cell={CELL}&label=Hotel%0A%E2%80%AE%20x%00")["label"] == "Hotel x"


# ---- Where the phone is

FIX = "ok({coords: {latitude: 49.8, longitude: 19.9, accuracy: %s}})"


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (FIX % 11.2, {"lat": 49.8, "lng": 19.9, "accuracy": 12}),
        (FIX % 25_000, {"problem": "rough"}),
        ("no({code: 1})", {"problem": "refused"}),
        ("no({code: 2})", {"problem": "unavailable"}),
        ("no({code: 3})", {"problem": "timeout"}),
    ],
)
def test_the_phones_answer_is_a_point_or_a_reason(answer: str, found: dict[str, Any]):
    assert call("location.js", f"await m.locate({{getCurrentPosition: (ok, no) => {answer}}})") == found


def test_a_phone_without_location_says_so():
    assert call("location.js", "await m.locate(null)") == {"problem": "unavailable"}


# ---- Which house a point is at

STREETS = {
    "features": [
        {
            "properties": {"name": "Sienkiewicza", "kind": "street", "numbers": ["1", "3A"]},
            "geometry": {"type": "MultiPoint", "coordinates": [[LNG, LAT + 0.01], [LNG, LAT + 0.0001]]},
        },
        {
            "properties": {"name": "Główna", "kind": "street"},
            "geometry": {"type": "MultiPoint", "coordinates": [[LNG + 0.0006, LAT]]},
        },
        {
            "properties": {"name": "Daleka", "kind": "street", "numbers": ["7"]},
            "geometry": {"type": "MultiPoint", "coordinates": [[LNG + 0.004, LAT]]},
        },
        {"properties": {"name": "Regionalna"}, "geometry": {"type": "Point", "coordinates": [LNG, LAT]}},
    ]
}


def houses_at(lat: float, lng: float, streets: object = STREETS) -> Any:
    return call("street_map.js", f"m.housesAt({json.dumps(streets)}, {{lat: {lat}, lng: {lng}}})")


def test_a_point_is_told_by_its_nearest_house_and_by_the_other_streets_of_the_corner():
    assert houses_at(LAT, LNG) == {
        "nearest": {"address": "Sienkiewicza 3A", "metres": 10},
        "beside": [{"address": "Główna", "metres": 45}],
    }


def test_the_nearest_house_is_told_alone_where_no_other_street_is_close():
    assert houses_at(LAT, LNG + 0.0041) == {"nearest": {"address": "Daleka 7", "metres": 5}, "beside": []}


@pytest.mark.parametrize("streets", [STREETS, {"features": []}, None])
def test_far_from_every_house_none_is_told(streets: object):
    assert houses_at(LAT + 0.1, LNG, streets) is None


# ---- Steps within the view of a place

BROWSER = """
  const entries = [null], listeners = new Set();
  let at = 0;
  globalThis.location = { pathname: '/app/places/new' };
  globalThis.history = {
    get state() { return entries[at]; },
    pushState(state) { entries.splice(++at, Infinity, state); },
    go(by) {
      if (!(at + by in entries)) return;
      at += by;
      setTimeout(() => listeners.forEach(listener => listener({ state: entries[at] })));
    },
  };
  globalThis.addEventListener = (_, listener) => listeners.add(listener);
  globalThis.removeEventListener = (_, listener) => listeners.delete(listener);
  globalThis.soon = () => new Promise(done => setTimeout(done, 5));
  globalThis.where = () => at"""


def stepped(script: str) -> Any:
    """What the view was told to show, and how many entries lie before the one that the browser is at."""
    told = "(async () => { const shown = []; const steps = new m.BackSteps('ways', step => shown.push(step));"
    return call_app("js/places/back.js", f"await {told} {script}; return [shown, where()]; }})()", BROWSER)


def test_back_and_forward_walk_through_the_steps_of_the_view():
    walk = "steps.go('point'); history.go(-1); await soon(); history.go(1); await soon()"
    assert stepped(walk) == [["ways", "point"], 1]


def test_before_another_view_comes_the_steps_are_gone():
    leaving = "steps.go('point'); steps.go('ways'); steps.go('point'); await steps.leave()"
    assert stepped(leaving) == [[], 0]


def test_without_a_step_there_is_nothing_to_leave():
    assert stepped("await steps.leave()") == [[], 0]


def test_entries_that_are_not_there_are_not_waited_for():
    lost = "history.pushState({step: 'point', depth: 3}, '')"
    assert stepped(f"{lost}; await new m.BackSteps('ways', () => {{}}).leave()") == [[], 1]


def test_what_happens_outside_the_view_is_none_of_its_steps():
    away = "steps.go('point'); location.pathname = '/app/settings'; history.go(-1); await soon()"
    assert stepped(away) == [[], 0]
