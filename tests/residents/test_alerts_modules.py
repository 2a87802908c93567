"""The modules of alerts without the app: whom an area means, threads, ends, times, what is muted."""

from __future__ import annotations

import json
import os
import random
import subprocess
from typing import Any

import h3
import numpy as np
import pytest
import shapely

from infra.local.processes import ROOT
from shared.domain.alert import Category, Severity
from shared.domain.preferences import Preferences, wants
from shared.geo.cells import CELL_RADIUS_M, cell_of
from shared.geo.cover import matcher
from shared.geo.shapes import Area
from tests.browser.town import LAT, LNG
from tests.fakes.alert_values import content
from tests.residents import test_push_modules as worker

ALERTS = ROOT / "web-residents/js/alerts"
SHAPES = (ALERTS / "../places/shapes.js").resolve().as_uri()
METRE = 1 / 111_195  # degrees of latitude
CHORD_M = 0.02  # the server's arcs are chords: between 4.2 m and 2 cm more it depends on the direction


@pytest.fixture(scope="module", autouse=True)
def vendored() -> None:
    subprocess.run(["node", "infra/vendor.mjs"], cwd=ROOT, check=True)


def call(module: str, expression: str, given: Any = None, zone: str = "Europe/Warsaw") -> Any:
    """An expression over the module `m` and what is `given`, evaluated by Node.js."""
    address = (ALERTS / module).as_uri()
    script = f"""
      const m = await import({address!r});
      const given = JSON.parse((await import('node:fs')).readFileSync(0, 'utf8'));
      process.stdout.write(JSON.stringify({expression} ?? null));"""
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(
        command,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": zone},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# ---- Whom an area means


def _blob(seed: int) -> Any:
    """A shape of a street's or a village's size, concave, sometimes with a hole, sometimes in two parts."""
    pick = random.Random(seed)
    size = pick.choice([20, 120, 900]) * METRE
    angles = np.sort([pick.uniform(0, 2 * np.pi) for _ in range(pick.randint(3, 24))])
    radii = np.array([pick.uniform(0.2, 1) for _ in angles]) * size
    lng = LNG + radii * np.cos(angles) / np.cos(np.radians(LAT))
    shape = shapely.make_valid(shapely.Polygon(np.stack([lng, LAT + radii * np.sin(angles)], axis=1)))
    if pick.random() < 0.4:
        shape = shapely.difference(shape, shapely.Point(LNG, LAT).buffer(size * 0.15))
    if pick.random() < 0.4:
        shape = shapely.union(shape, shapely.transform(shape, lambda at: at + np.array([3 * size, size])))
    return shape


def _about_the_border(area: Area, pick: random.Random, count: int) -> list[str]:
    border = area.geometry.boundary
    cells = set()
    for _ in range(count):
        point = border.interpolate(pick.random(), normalized=True)
        cells.add(cell_of(point.y + pick.gauss(0, 6) * METRE, point.x + pick.gauss(0, 9) * METRE))
    return sorted(cells)


@pytest.mark.parametrize("seed", range(25))
def test_an_area_means_the_places_that_the_server_pushes_to(seed: int):
    area = Area.of(_blob(seed))
    assert area
    cells = _about_the_border(area, random.Random(seed), 400)
    centres = [h3.cell_to_latlng(cell)[::-1] for cell in cells]
    given = {"area": area.text(), "centres": centres}
    answers = call(
        "concerns.js",
        f"""await import({SHAPES!r}).then(({{distance, polygonsOf}}) => {{
          const area = polygonsOf(given.area);
          return given.centres.map((at) => [m.concerns(area, at), distance(area, at)]);
        }})""",
        given,
    )
    pushed = matcher(area)(cells).tolist()
    for cell, (meant, metres), server in zip(cells, answers, pushed, strict=True):
        if abs(metres - CELL_RADIUS_M) > CHORD_M:
            assert meant == server, (cell, metres)
        else:
            assert meant >= server, (cell, metres)  # whoever got the push is told that it is theirs
    assert 0 < sum(pushed) < len(cells)


@pytest.mark.parametrize("seed", range(5))
def test_an_area_means_a_whole_village_by_one_of_its_addresses(seed: int):
    area = Area.of(_blob(seed))
    assert area
    cells = _about_the_border(area, random.Random(seed), 100)
    centres = [h3.cell_to_latlng(cell)[::-1] for cell in cells]
    far = [(lng + 1, lat) for lng, lat in centres]
    found = call(
        "concerns.js",
        f"""await import({SHAPES!r}).then(({{polygonsOf}}) => {{
          const area = polygonsOf(given.area);
          const each = given.centres.map((at) => m.concerns(area, at) === m.concernsAny(area, [at]));
          const some = [given.centres, given.far, [...given.far, ...given.centres], []];
          const any = some.map((all) => m.concernsAny(area, all));
          return [each.every(Boolean), any, m.concernsAny(polygonsOf(''), given.centres)];
        }})""",
        {"area": area.text(), "centres": centres, "far": far},
    )
    assert found == [True, [True, False, True, False], False]


@pytest.mark.parametrize("area", ["", "null", "{}", '{"type":"Point","coordinates":[19.9,49.8]}', "[", None])
def test_what_is_no_area_means_nobody(area: str | None):
    nobody = f"m.distance(m.polygonsOf(given), [{LNG}, {LAT}]) === Infinity"
    assert call("../places/shapes.js", nobody, area) is True


# ---- Threads


def _alert(alert_id: str, thread: str, version: int, sent: str, **more: object) -> dict[str, object]:
    return {
        "id": alert_id,
        "thread": thread,
        "version": version,
        "sent": sent,
        "terc": "1",
        "ok": True,
        **more,
    }


def _folded(*alerts: dict[str, object]) -> list[list[str]]:
    expression = "m.folded(given).map(({newest, older}) => [newest.id, ...older.map(({id}) => id)])"
    found: list[list[str]] = call("threads.js", expression, alerts)
    return found


WATER = _alert("a", "a", 1, "2026-11-22T10:00:00Z")
UPDATE = _alert("b", "a", 2, "2026-11-22T11:00:00Z")
ALL_CLEAR = _alert("c", "a", 3, "2026-11-22T12:00:00Z")
ROAD = _alert("r", "r", 1, "2026-11-22T11:30:00Z")


def test_a_thread_is_folded_to_its_newest_message():
    assert _folded(WATER, ALL_CLEAR, ROAD, UPDATE) == [["c", "b", "a"], ["r"]]


def test_the_version_counts_and_not_the_order_of_coming():
    late = {**UPDATE, "sent": "2026-11-22T13:00:00Z"}
    assert _folded(late, ALL_CLEAR, WATER) == [["c", "b", "a"]]


def test_what_is_not_verified_covers_nothing():
    assert sorted(_folded(WATER, {**ALL_CLEAR, "ok": False})) == [["a"], ["c"]]


def test_another_municipality_is_another_thread():
    assert sorted(_folded(WATER, {**UPDATE, "terc": "2"})) == [["a"], ["b"]]


# ---- Ends

NOW = "Date.parse('2026-11-22T12:00:00Z')"
ACTIVE = {"state": "active", "kind": "alert", "expires": "2026-11-22T12:00:01Z"}


@pytest.mark.parametrize(
    ("changes", "ending", "current"),
    [
        ({}, None, True),
        ({"kind": "update"}, None, True),
        ({"expires": "2026-11-22T12:00:00Z"}, "expired", False),
        ({"state": "expired"}, "expired", False),
        ({"state": "cancelled"}, "cancelled", False),
        ({"kind": "all_clear"}, "all_clear", True),
        ({"kind": "all_clear", "expires": "2026-11-22T11:00:00Z"}, "expired", False),
        ({"state": None}, "expired", False),
        ({"state": "of_a_later_release"}, None, True),
    ],
)
def test_an_alert_ends_by_its_state_or_by_the_clock(
    changes: dict[str, object], ending: str | None, current: bool
):
    found = call("reading.js", f"[m.ending(given, {NOW}), m.isCurrent(given, {NOW})]", {**ACTIVE, **changes})
    assert found == [ending, current]


def test_the_gravest_stands_first_and_of_equals_what_can_be_believed():
    kept = {"ok": True, "kind": "alert", "exercise": False}
    alerts = [
        {**kept, "id": "forged", "ok": False, "severity": "Extreme"},
        {**kept, "id": "over", "kind": "all_clear", "severity": "Extreme"},
        {**kept, "id": "exercise", "exercise": True, "severity": "Extreme"},
        {**kept, "id": "road", "severity": "Minor"},
        {**kept, "id": "flood", "severity": "Extreme"},
    ]
    ordered = "given.map((newest) => ({newest})).sort(m.byUrgency).map(({newest}) => newest.id)"
    assert call("threads.js", ordered, alerts) == ["flood", "forged", "road", "exercise", "over"]


# ---- Times


@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/Los_Angeles", "Asia/Kolkata"])
@pytest.mark.parametrize(
    ("language", "time", "shown"),
    [
        ("pl", "2026-11-22T11:05:00Z", "dzisiaj, 12:05"),
        ("pl", "2026-11-21T23:30:00Z", "dzisiaj, 00:30"),
        ("pl", "2026-11-21T22:30:00Z", "wczoraj, 23:30"),
        ("pl", "2026-11-23T05:00:00Z", "jutro, 06:00"),
        ("pl", "2026-11-24T05:00:00Z", "24 lis 2026, 06:00"),
        ("pl", "2026-07-01T10:00:00Z", "1 lip 2026, 12:00"),
        ("en", "2026-11-22T11:05:00Z", "today, 12:05"),
        ("en", "2026-07-01T10:00:00Z", "1 Jul 2026, 12:00"),
        ("uk", "2026-11-21T22:30:00Z", "учора, 23:30"),
        ("pl", "2027-10-31T00:30:00Z", "31 paź 2027, 02:30 (czas środkowoeuropejski letni)"),
        ("en", "2027-10-31T01:30:00Z", "31 Oct 2027, 02:30 (Central European Standard Time)"),
    ],
)
def test_times_are_those_of_the_clock_in_poland(zone: str, language: str, time: str, shown: str):
    assert call("../shell/times.js", f"m.moment('{time}', '{language}', {NOW})", zone=zone) == shown


@pytest.mark.parametrize(
    ("now", "time", "shown"),
    [
        # The day between has 23 hours.
        ("2026-03-28T22:30:00Z", "2026-03-30T06:00:00Z", "30 mar 2026, 08:00"),
        ("2026-03-29T22:30:00Z", "2026-03-28T22:00:00Z", "28 mar 2026, 23:00"),
        ("2026-03-29T22:30:00Z", "2026-03-29T10:00:00Z", "wczoraj, 12:00"),
        ("2026-10-25T22:30:00Z", "2026-10-24T10:00:00Z", "wczoraj, 12:00"),  # this day has 25
    ],
)
def test_days_are_told_apart_when_the_clocks_change(now: str, time: str, shown: str):
    assert call("../shell/times.js", f"m.moment('{time}', 'pl', Date.parse('{now}'))") == shown


# ---- What is muted


@pytest.mark.parametrize("exercise", [False, True])
def test_the_list_calls_muted_what_is_not_sent(exercise: bool):
    cases = []
    for category in Category:
        for severity in Severity:
            for muted in [frozenset[Category](), frozenset({Category.EVENT, Category.FAILURE})]:
                for least in Severity:
                    sent = wants(
                        Preferences(muted, least),
                        content(category=category, severity=severity, exercise=exercise),
                    )
                    alert = {"category": category, "severity": severity, "exercise": exercise}
                    wishes = {"muted": sorted(muted), "least_severity": least}
                    cases.append({"alert": alert, "wishes": wishes, "muted": not sent})
    given = [[case["alert"], case["wishes"]] for case in cases]
    assert call("muted.js", "given.map((one) => m.isMuted(...one))", given) == [
        case["muted"] for case in cases
    ]
    assert call("muted.js", "m.isMuted({category: 'event', severity: 'Minor', exercise: false}, {})") is False


def test_whoever_mutes_a_group_is_spared_what_later_releases_add_to_it():
    """A kind of message that nobody knows yet changes nothing of that; danger to life comes all the same."""
    later = {"category": "blocked_road", "kind": "reminder", "severity": "Moderate", "exercise": False}
    wishes = {"muted": ["disruption"]}
    cases = [
        [{**later, "group": "disruption"}, wishes],
        [{**later, "group": "failure"}, wishes],
        [{**later, "group": "disruption", "severity": "Extreme"}, wishes],
    ]
    assert call("muted.js", "given.map((one) => m.isMuted(...one))", cases) == [True, False, False]


# ---- When it was sent

WORDS = "(key, values = {}) => [key, ...Object.values(values)].join(' ')"
PAGE = "globalThis.document = {createComment() {}, createTreeWalker() {}}"  # as much as lit-html begins with


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (None, "alert.sentAt 22 lis 2020, 14:25"),
        ("2020-11-22T13:00:00Z", "alert.sentAt 22 lis 2020, 14:25 (alert.sentLate 22 lis 2020, 14:00)"),
    ],
)
def test_one_that_was_sent_late_says_for_which_moment_it_was_meant(due: str | None, said: str):
    times = {"sent": "2020-11-22T13:25:00Z", "expires": "2999-01-01T00:00:00Z", "meant_for": due}
    alert = json.dumps({"state": "active", **times})
    shown = worker.call(
        "js/alerts/labels.js", f"m.timesOf({alert}, {{language: 'pl', words: {WORDS}}})", PAGE
    )
    assert shown == said
