"""What the app makes of the messages of one thread, in whatever order it learns of them; no browser."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

from tests.residents.test_alerts_modules import ALERTS, call, vendored

__all__ = ["vendored"]

READING = (ALERTS / "reading.js").as_uri()
HERE, THERE = [19.94, 49.83], [19.99, 49.86]
NOW = "Date.parse('2026-11-22T03:00:00Z')"


def area(at: list[float]) -> str:
    (lng, lat), half = at, 0.001
    ring = [[lng + x * half, lat + y * half] for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def message(version: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": f"a{version}",
        "thread": "a1",
        "terc": "1209033",
        "version": version,
        "kind": "alert" if version == 1 else "update",
        "state": "active",
        "ok": True,
        "severity": "Severe",
        "exercise": False,
        "texts": {"pl": {"title": f"Wiadomość {version}", "body": "x"}},
        "area": area(HERE),
        "sent": f"2026-11-22T02:0{version}:00Z",
        "expires": "2026-11-22T08:00:00Z",
        **changes,
    }


THREAD = [message(1), message(2), message(3, kind="all_clear", severity="Minor")]
PLACE = {"slot": "1", "label": "Dom", "point": HERE, "tercs": ["1209033"]}


def test_in_every_order_the_newest_is_current_and_no_earlier_one_is():
    """The site's list may be a copy in which those before are active still."""
    orders = [list(order) for order in permutations(THREAD)]
    found = call(
        "threads.js",
        f"""await (async () => {{
          const {{endingWithin, isCurrent}} = await import({READING!r});
          return given.map((alerts) => m.folded(alerts).map(({{newest, older}}) => [newest.id,
            isCurrent(newest, {NOW}), older.map((one) => [one.id, endingWithin(one, newest, {NOW})])]));
        }})()""",
        orders,
    )
    assert found == [[["a3", True, [["a2", "superseded"], ["a1", "superseded"]]]]] * len(orders)


def test_what_came_by_push_alone_takes_the_place_of_what_the_list_knows():
    known = [message(1), message(2)]
    push = message(3, kind="all_clear", ok=False, pushed=True, area="")
    cases = [
        (known, push, ["a3", "a2", "a1"]),
        (known, {**push, "version": 2}, ["a2", "a1"]),  # no newer one
        (known, {**push, "thread": "b1"}, ["a2", "a1"]),
        ([{**known[0], "ok": False}], push, ["a1"]),  # what nobody proves is in no thread
    ]
    for alerts, came, ids in cases:
        alone = [{"newest": came, "older": []}]
        [thread] = call(
            "threads.js",
            "m.folded(given[0]).map((thread) => m.members(m.topped(thread, given[1])).map(({id}) => id))",
            [alerts, alone],
        )
        assert thread == ids, came


def left_out(*thread: dict[str, Any], places: list[dict[str, Any]]) -> list[list[str]]:
    newest = thread[0]
    found: list[list[str]] = call(
        "meant.js", "m.leftOut(...given).map(({place, why}) => [place.label, why])", [newest, thread, places]
    )
    return found


def test_only_what_was_meant_before_and_is_said_to_be_left_out_is():
    elsewhere = {**PLACE, "slot": "2", "label": "Praca", "point": THERE}
    first, other = message(1), {"area": area(THERE)}
    assert left_out(message(2, narrowed="eased", **other), first, places=[PLACE, elsewhere]) == [
        ["Dom", "eased"]
    ]
    assert left_out(message(2, narrowed="wrong", **other), first, places=[PLACE]) == [["Dom", "wrong"]]
    smaller = message(2, narrowed="eased", **other)
    assert left_out(message(3, **other), smaller, first, places=[PLACE]) == [["Dom", "eased"]]  # still
    assert (
        left_out(message(3, kind="all_clear", **other), smaller, first, places=[PLACE]) == []
    )  # over for all
    assert left_out(message(2, narrowed="eased"), first, places=[PLACE]) == []  # still meant
    assert left_out(message(2, **other), first, places=[PLACE]) == []  # nobody said why
    assert left_out(message(2, narrowed="of a later release", **other), first, places=[PLACE]) == []
    assert left_out(message(2, narrowed="eased", **other), message(1, **other), places=[PLACE]) == []
    assert left_out(message(1, narrowed="eased", **other), message(2), places=[PLACE]) == []  # only later


def test_what_concerns_me_no_more_comes_behind_every_danger():
    thread = {"newest": message(2, severity="Extreme"), "older": [], "places": [], "past": [PLACE]}
    minor = {"newest": message(1, severity="Minor", id="m"), "older": [], "places": [PLACE], "past": []}
    partly = {"newest": message(2, id="p"), "older": [], "places": [PLACE], "past": [PLACE]}
    ids = call("threads.js", "given.sort(m.byUrgency).map(({newest}) => newest.id)", [thread, minor, partly])
    assert ids == ["p", "m", "a2"]
