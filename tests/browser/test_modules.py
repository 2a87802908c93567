"""The page's modules without the page: addresses, words, the clock in Poland, areas, what texts may hold."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from infra.local.processes import ROOT
from shared.channels.push import message as push
from shared.channels.push.outcome import Outcome
from shared.channels.push.text import EXERCISE
from shared.domain.alert import Category, Content, Severity, State, Text
from shared.domain.content import specs
from shared.domain.lifecycle import Action

pytestmark = pytest.mark.browser

Call = Callable[..., Any]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    """The page's files, without Hosting, without a policy: modules are tried by evaluating."""
    subprocess.run(["node", "infra/vendor.mjs"], cwd=ROOT, check=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(ROOT / "web-admin")))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def call(files: str, chromium: Browser) -> Iterator[Call]:
    """`call("/js/x.js", "m.name(1) + 2", zone=...)`: an expression over the module `m`."""
    pages: dict[str, Page] = {}

    def evaluate(module: str, expression: str, zone: str = "Europe/Warsaw") -> Any:
        if zone not in pages:
            pages[zone] = chromium.new_page(timezone_id=zone)
            pages[zone].goto(f"{files}/icon.svg")
        return pages[zone].evaluate(
            f"async () => {{ const m = await import('{module}'); return {expression}; }}"
        )

    yield evaluate
    for page in pages.values():
        page.close()


@pytest.mark.parametrize(
    ("path", "page", "alert"),
    [
        ("/", "list", None),
        ("/alerts", "list", None),
        ("/alerts/", "list", None),
        ("/alerts/new", "compose", None),
        ("/alerts/abc123", "detail", "abc123"),
        ("/alerts/abc123/edit", "compose", "abc123"),
        ("/alerts/abc123/other", "missing", None),
        ("/alerts/..%2fetc", "missing", None),
        ("/nowhere", "missing", None),
    ],
)
def test_an_address_opens_its_page(call: Call, path: str, page: str, alert: str | None):
    assert call("/js/shell/router.js", f"m.match({path!r})") == {"page": page, "id": alert}


# ---- Words


@pytest.fixture(scope="module")
def words(call: Call) -> dict[str, dict[str, Any]]:
    return {language: call(f"/js/i18n/{language}.js", f"m.{language}") for language in ("pl", "en")}


def _parameters(entry: str | dict[str, str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", entry["other"] if isinstance(entry, dict) else entry))


def test_both_languages_have_the_same_words_with_the_same_parameters(words: dict[str, dict[str, Any]]):
    assert words["pl"].keys() == words["en"].keys()
    differing = [key for key in words["pl"] if _parameters(words["pl"][key]) != _parameters(words["en"][key])]
    assert differing == []


def test_plural_forms_are_complete(words: dict[str, dict[str, Any]]):
    forms = {"pl": {"one", "few", "many", "other"}, "en": {"one", "other"}}
    for language, dictionary in words.items():
        plural = {key: set(entry) for key, entry in dictionary.items() if isinstance(entry, dict)}
        assert plural
        assert all(found == forms[language] for found in plural.values()), language


def _keys_in_code() -> set[str]:
    code = "\n".join(
        path.read_text() for path in (ROOT / "web-admin/js").rglob("*.js") if path.parent.name != "i18n"
    )
    return set(re.findall(r"\bt\(\s*'([^']+)'", code)) | set(
        re.findall(r"'((?:signIn\.error|area\.error|error|notice)\.\w+)'", code)
    )


def test_every_word_that_the_code_names_exists(words: dict[str, dict[str, Any]]):
    assert _keys_in_code() - words["pl"].keys() == set()


def test_every_value_of_the_domain_has_words(words: dict[str, dict[str, Any]]):
    given = [(State, "state"), (Category, "category"), (Severity, "severity"), (Action, "action")]
    keys = {f"{prefix}.{member.value}" for values, prefix in given for member in values}
    keys |= {f"failed.{outcome.value}" for outcome in Outcome if outcome is not Outcome.ACCEPTED}
    assert keys - words["pl"].keys() == set()


def test_no_word_promises_delivery(words: dict[str, dict[str, Any]]):
    promises = re.compile(
        r"dostarczono|doręcz|\bdotrze|\bdotar|przeczytan|\bdelivered\b|\bread by\b", re.IGNORECASE
    )
    every = [text for dictionary in words.values() for text in dictionary.items()]
    assert [entry for entry in every if promises.search(str(entry))] == []


# ---- The clock in Poland

ZONES = ["Europe/Warsaw", "America/Los_Angeles", "Asia/Kolkata"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("local", "instants"),
    [
        ("2026-11-22T14:05", ["2026-11-22T13:05:00Z"]),
        ("2026-07-01T00:30", ["2026-06-30T22:30:00Z"]),
        ("2027-03-28T01:59", ["2027-03-28T00:59:00Z"]),
        ("2027-03-28T02:30", []),
        ("2027-03-28T03:00", ["2027-03-28T01:00:00Z"]),
        ("2026-10-25T02:30", ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"]),
        ("2026-10-25T03:00", ["2026-10-25T02:00:00Z"]),
        ("", []),
    ],
)
def test_a_typed_time_is_polish_wherever_the_browser_is(
    call: Call, zone: str, local: str, instants: list[str]
):
    assert call("/js/time/warsaw.js", f"m.fromWarsaw({local!r}).map(m.toApi)", zone) == instants


@pytest.mark.parametrize("zone", ZONES)
def test_an_instant_is_shown_on_the_polish_clock(call: Call, zone: str):
    shown = call("/js/time/warsaw.js", "m.toWarsaw(new Date('2026-12-31T23:30:00Z'))", zone)
    assert shown == "2027-01-01T00:30"


# ---- Areas

RING = [[19.9, 49.8], [20.0, 49.8], [20.0, 49.9], [19.9, 49.8]]


def _polygon(**members: object) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [RING], **members}


@pytest.mark.parametrize(
    "value",
    [
        _polygon(),
        {"type": "Feature", "properties": None, "geometry": _polygon()},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": _polygon()}]},
        {"type": "GeometryCollection", "geometries": [_polygon()]},
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        {"type": "Polygon", "coordinates": [[[*corner, 250.0] for corner in RING]]},
        {"type": "Polygon", "coordinates": [[*RING[:-1], [19.95, 49.95]]]},
    ],
)
def test_any_geojson_of_polygons_is_read(call: Call, value: dict[str, Any]):
    parts = call("/js/area/geojson.js", f"m.partsOf({json.dumps(value)})")
    assert len(parts) == 1
    assert parts[0][0][0] == parts[0][0][-1] == [19.9, 49.8]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("nothing", "area.error.notJson"),
        ("{}", "area.error.notGeojson"),
        ("null", "area.error.notGeojson"),
        ('{"type": "Point", "coordinates": [19.9, 49.8]}', "area.error.notPolygon"),
        ('{"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}', "area.error.ring"),
        ('{"type": "Polygon", "coordinates": [[["x", 2], [3, 4], [5, 6], [1, 2]]]}', "area.error.numbers"),
        (
            '{"type": "Polygon", "coordinates": [[[555000, 243000], [3, 4], [5, 6], [1, 2]]]}',
            "area.error.degrees",
        ),
        ('{"type": "Polygon", "coordinates": []}', "area.error.empty"),
        ('{"type": "FeatureCollection", "features": []}', "area.error.empty"),
        ('{"type": "Feature", "geometry": null}', "area.error.empty"),
    ],
)
def test_what_is_no_area_is_named(call: Call, text: str, key: str):
    reading = f"await (async () => m.parseGeojson({text!r}))().catch(error => error.message)"
    assert call("/js/area/geojson.js", reading) == key


def test_undo_and_redo_walk_through_every_change(call: Call):
    steps = call(
        "/js/area/model.js",
        """(() => {
          const area = new m.Area([]);
          const seen = [];
          area.add('a'); area.add('b'); area.remove(0);
          area.undo(); seen.push([...area.parts]);
          area.undo(); area.undo(); area.undo(); seen.push([...area.parts]);
          area.redo(); seen.push([...area.parts]);
          area.add('c'); area.redo(); seen.push([...area.parts], area.canRedo);
          return seen;
        })()""",
    )
    assert steps == [["a", "b"], [], ["a"], ["a", "c"], False]


# ---- The sound that comes later

MORNING = "m.morningAfter({when: 'later', send_at: {local: '%s', second: false}}).local"


@pytest.mark.parametrize(
    ("sent", "morning"),
    [
        ("2030-11-24T02:10", "2030-11-24T06:00"),
        ("2030-11-24T05:54", "2030-11-24T06:00"),
        ("2030-11-24T05:55", "2030-11-25T06:00"),  # five minutes are too few for the silent delivery
        ("2030-11-24T06:00", "2030-11-25T06:00"),
        ("2030-11-24T23:59", "2030-11-25T06:00"),
        ("2031-03-29T23:30", "2031-03-30T06:00"),  # a day of 23 hours
        ("2031-10-25T23:30", "2031-10-26T06:00"),  # a day of 25 hours
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/New_York"])
def test_the_sound_is_offered_for_the_next_six_in_the_morning(call: Call, zone: str, sent: str, morning: str):
    assert call("/js/compose/content.js", MORNING % sent, zone) == morning


def test_a_moment_to_send_that_has_passed_counts_as_now(call: Call):
    offered = call("/js/compose/content.js", MORNING % "2020-01-01T02:00")
    assert offered == call("/js/compose/content.js", "m.morningAfter({when: 'now'}).local") > "2026"


@pytest.mark.parametrize(
    ("severity", "exercise", "silent"),
    [("Extreme", False, False), ("Extreme", True, True), ("Severe", False, True), ("", False, True)],
)
def test_an_evacuation_is_never_silent(call: Call, severity: str, exercise: bool, silent: bool):
    fields = json.dumps({"severity": severity, "exercise": exercise, "sound": "later"})
    assert call("/js/compose/content.js", f"m.soundsLater({fields})") is silent


# ---- What a push holds

TEXTS = [
    ("t", "a" * 4000),
    ("t", "ą" * 1649),  # one byte less than all
    ("t", "ą" * 1650),
    ("Brak wody: ul. Główna", "Pękła rura. Wody nie będzie do 14:00. " * 100),
    ("Ż" * 120, '"Cytat"\n' * 500),
    ("\U0001f6b0" * 120, "👩\u200d👩\u200d👧\u200d👦🇵🇱👍🏽" * 400),
    ("e\u0301", "e\u0301\u1100\u1161\u11a8 " * 700),
    ("t", "x" * 3264 + " yyyyyyyyy zzzzzzz " * 20),
    ("t", "x" * 3280 + " " * 300 + "y" * 400),
    ("t", "nbsp\u00a0\u2003 i\u2028wiersz\t" * 250),
]


@pytest.mark.parametrize(("title", "body"), TEXTS, ids=[str(number) for number in range(len(TEXTS))])
@pytest.mark.parametrize("exercise", [False, True])
def test_the_page_counts_what_a_push_carries_as_the_server_does(
    call: Call, title: str, body: str, exercise: bool
):
    texts = {"pl": Text(title, body), "en": Text(title, body)}
    content = Content(
        category=Category.DISRUPTION,
        severity=Severity.MODERATE,
        texts=texts,
        area="{}",
        area_name="n",
        expires=datetime.now(UTC),
        exercise=exercise,
    )
    typed = json.dumps({"title": title, "body": body})
    mark = "m.EXERCISE[code]" if exercise else "''"
    carried = f"m.carried({{...text, title: {mark} + text.title}})"
    counted = call(
        "/js/compose/limits.js",
        f"((text) => Object.fromEntries(['pl', 'en'].map((code) => [code, {carried}])))({typed})",
    )
    assert counted == push.push_cut(content, "https://alerty.urzad-gminy-regionalna.example.pl")


def test_the_page_has_the_servers_limits(call: Call):
    limits = "[m.PUSH_BYTES, m.TITLE_CHARACTERS, m.BODY_CHARACTERS]"
    assert call("/js/compose/limits.js", limits) == [
        push.TEXT_BYTES,
        *(specs(Text)[name].longest for name in ("title", "body")),
    ]
    marks = call("/js/compose/limits.js", "m.EXERCISE")
    assert marks == {language: EXERCISE[language] for language in ("pl", "en")}
