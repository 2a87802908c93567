"""The page's modules without the page: addresses, words, the clock in Poland, areas, what texts may hold."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from infra.local.processes import ROOT
from shared import vocabulary
from shared.channels.push import message as push
from shared.channels.push.outcome import Outcome
from shared.channels.push.text import EXERCISE
from shared.domain.clean_text import clean_contact, clean_line, clean_paragraphs, has_visible
from shared.domain.content import Category, Content, Severity, Text
from shared.formats.vocabulary_json import vocabulary_json

pytestmark = pytest.mark.browser

Call = Callable[..., Any]
CLEANERS = {"paragraphs": clean_paragraphs, "line": clean_line, "contact": clean_contact}
VOCABULARY = vocabulary_json(["pl", "en", "uk"], {"author"}, "pl")


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
def pages() -> dict[str, Page]:
    """By the zone of their browser."""
    return {}


@pytest.fixture
def page_of(call: Call, pages: dict[str, Page]) -> Page:
    """The page that modules are tried in."""
    call("/js/time/warsaw.js", "1")
    return pages["Europe/Warsaw"]


@pytest.fixture(scope="module")
def call(files: str, chromium: Browser, pages: dict[str, Page]) -> Iterator[Call]:
    """`call("/js/x.js", "m.name(1) + 2", zone=...)`: an expression over the module `m`."""

    def evaluate(module: str, expression: str, zone: str = "Europe/Warsaw") -> Any:
        if zone not in pages:
            pages[zone] = chromium.new_page(timezone_id=zone)
            pages[zone].route("**/api/vocabulary", lambda route: route.fulfill(json=VOCABULARY))
            pages[zone].goto(f"{files}/icon.svg")
            pages[zone].evaluate("async () => (await import('/js/api/vocabulary.js')).learnVocabulary()")
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
        ("/templates", "templates", None),
        ("/templates/water_outage", "template", "water_outage"),
        ("/templates/a/b", "missing", None),
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
    """Of every page, and of those that have words of their own."""
    found: dict[str, dict[str, Any]] = {"pl": {}, "en": {}}
    for language, dictionary in found.items():
        for file in sorted((ROOT / "web-admin/js/i18n").glob(f"{language}*.js")):
            dictionary.update(call(f"/js/i18n/{file.name}", f"m.{language}"))
    return found


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


def test_every_outcome_has_words(words: dict[str, dict[str, Any]]):
    keys = {f"failed.{outcome.value}" for outcome in Outcome if outcome is not Outcome.ACCEPTED}
    assert keys - words["pl"].keys() == set()


# What the page itself means by a name that is spelt like a word of the API.
OWN = {
    "failure": "id of a panel",
    "failed": "a figure; a reach not counted",
    "warning": "a button's style",
    "alert": "an ARIA role",
    "draft": "the state of a series",
    "ended": "an invitation that is over",
    "other": "a reason in the person's own words",
    "update": "an action, and the kind of message that it begins",
    "all_clear": "an action",
}
NAMED_BY_API = (
    "states", "roles", "categories", "severities", "languages", "groups", "kinds", "hazards", "urgencies",
    "certainties", "responses",
)  # fmt: skip


def test_no_word_of_the_api_stands_in_the_page():
    """States, roles, categories, languages ... come with their labels from /api/vocabulary."""
    known = {value for kind in NAMED_BY_API for value in vocabulary.values(kind)} - OWN.keys()
    named = re.compile(rf"""['"`]({"|".join(map(re.escape, known))})['"`]""")
    code = [path for path in (ROOT / "web-admin/js").rglob("*.js") if path.parent.name != "i18n"]
    assert len(code) > 40
    found = {(path.name, word) for path in code for word in named.findall(path.read_text())}
    assert found == set()


# ---- Words of the API


UNKNOWN = "m.word('states', 'ended_early')"


def test_a_word_of_a_later_release_is_shown_plainly(call: Call):
    assert call("/js/api/vocabulary.js", UNKNOWN) == {"value": "ended_early", "label": "Ended early"}
    assert call("/js/api/vocabulary.js", "m.word('states', 'draft').label") == "Szkic"


def test_an_action_of_a_later_release_is_asked_about_before_it_is_done(call: Call):
    alert = {"actions": ["cancel", "merge_threads", "approve"]}
    actions = call("/js/api/vocabulary.js", f"m.actionsOf({json.dumps(alert)})")
    assert [action["value"] for action in actions] == ["approve", "cancel", "merge_threads"]
    assert actions[-1]["label"] == actions[-1]["question"]["title"] == "Merge threads"
    assert actions[-1]["if_match"]


@pytest.mark.parametrize(
    ("when", "alert", "told"),
    [
        ("always", {}, True),
        ("at_once", {"send_at": None}, True),
        ("at_once", {"send_at": "2127-01-01T00:00:00Z"}, False),
        ("scheduled", {"send_at": "2127-01-01T00:00:00Z"}, True),
        ("scheduled", {"send_at": "2020-01-01T00:00:00Z"}, False),
        ("late", {"send_at": "2020-01-01T00:00:00Z"}, True),
        ("late", {"send_at": "2020-01-01T00:00:00Z", "started": "2020-01-01T00:00:00Z"}, False),
        ("late", {"send_at": "2127-01-01T00:00:00Z"}, False),
        ("late", {"send_at": None}, False),
        ("started", {"started": None}, False),
        ("not_started", {"started": None}, True),
        ("of_a_later_release", {}, False),
    ],
)
def test_of_an_actions_texts_those_are_told_that_are_true(
    call: Call, when: str, alert: dict[str, Any], told: bool
):
    texts = [{"when": when, "text": "t"}]
    assert call("/js/api/vocabulary.js", f"m.textsFor({json.dumps(texts)}, {json.dumps(alert)})") == (
        ["t"] if told else []
    )


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
        ("0027-12-10T00:00", []),
        ("0002-12-10T00:00", []),
        ("20270-12-10T00:00", []),
        ("275760-09-13T00:00", []),
        ("9999-12-31T23:59", []),
        ("2027-02-31T10:00", []),
        ("2027-13-01T10:00", []),
        ("jutro o 8", []),
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


@pytest.mark.parametrize(
    ("local", "fault"),
    [
        ("2027-03-28T03:00", None),
        ("2027-03-28T02:30", "skippedTime"),
        ("0027-12-10T00:00", "year"),
        ("20270-12-10T00:00", "year"),
        ("2300-12-10T00:00", "year"),
        ("2027-02-31T10:00", "time"),
        ("jutro", "time"),
        ("", "time"),
    ],
)
def test_why_a_typed_time_is_none_is_known(call: Call, local: str, fault: str | None):
    assert call("/js/time/warsaw.js", f"m.faultOf({local!r})") == fault


@pytest.mark.parametrize(
    ("instant", "shown"),
    [
        ("2027-10-31T00:30:00Z", "31 paź 2027, 02:30 (czas letni)"),
        ("2027-10-31T01:30:00Z", "31 paź 2027, 02:30 (czas zimowy)"),
        ("2027-10-30T23:59:00Z", "31 paź 2027, 01:59"),
        ("2027-10-31T02:00:00Z", "31 paź 2027, 03:00"),
        ("2027-03-28T01:00:00Z", "28 mar 2027, 03:00"),
        ("no time", "no time"),
        ("", ""),
    ],
)
def test_a_time_is_told_by_its_season_when_clocks_show_it_twice(call: Call, instant: str, shown: str):
    assert call("/js/time/warsaw.js", f"m.formatTime({instant!r}, 'pl-PL')") == shown


def test_a_day_alone_and_a_clock_alone_are_told_as_they_were_asked_for(call: Call):
    told = "m.formatTime('2027-10-31T00:30:00Z', 'pl-PL', {dateStyle: 'medium'})"
    assert call("/js/time/warsaw.js", told) == "31 paź 2027"
    told = "m.formatTime('2027-10-31T01:30:00Z', 'pl-PL', {timeStyle: 'medium'})"
    assert call("/js/time/warsaw.js", told) == "02:30:00 (czas zimowy)"


def test_sending_that_began_late_says_when_it_should_have(call: Call):
    began = "m.began({started: '2026-11-22T13:25:00Z', meant_for: %s})"
    in_time, late = (call("/js/detail/facts.js", began % due) for due in ("null", "'2026-11-22T13:00:00Z'"))
    assert "14:25" in in_time
    assert "(" not in in_time
    assert late == f"{in_time} (z opóźnieniem, miało być: {in_time.replace('14:25', '14:00')})"
    assert call("/js/detail/facts.js", "m.began({started: null, meant_for: null})") is None


# ---- Texts

TYPED = [
    "Pękła rura.\x0bWody nie będzie",
    "Ulica\t\tGodziny",
    "Mac\rWin\r\nWeb\u2028Word\u0085NEL\x0cFF",
    "\ufeffwo\u00adda\u200b",
    "Z\u0307o\u0301ł",
    "👩\u200d👩\u200d👧 👩\u200d\u200d👧 wo\u200dda",
    "❤\ufe0f\u200d🔥 1\ufe0f\u20e3 🇵🇱",
    "a" + "\u0336" * 40,
    "\u0301abc \u0336d",
    "ب" + "\u064b\u200d" * 20,
    "\uf0b7 raz \uf0fc",
    "12\x1e34\x1f",
    "\u3164\u2800 x\u00a0",
    "\u200b\u2060",
    "\u0301",
    "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f a\U000e0067b",
    "Brak \u202ewody",
    "",
]


@pytest.mark.parametrize("typed", TYPED, ids=[str(number) for number in range(len(TYPED))])
def test_the_page_cleans_a_text_as_the_server_does(call: Call, typed: str):
    for type_, clean in CLEANERS.items():
        wanted = clean(typed)
        found = call("/js/compose/clean_text.js", f"m.cleaned({json.dumps(typed)}, {type_!r})")
        assert found == (wanted if has_visible(wanted) else "")


def test_every_character_is_cleaned_as_the_server_does(call: Call):
    """All of the basic plane and the emoji, each between two letters."""
    points = [*range(0xD800), *range(0xE000, 0x10000), *range(0x1F000, 0x1FB00)]
    typed = [f"a{chr(point)}b{chr(point)}" for point in points if unicodedata.category(chr(point)) != "Cn"]
    found = call(
        "/js/compose/clean_text.js", f"{json.dumps(typed)}.map((one) => m.cleaned(one, 'paragraphs'))"
    )
    assert [typed[n] for n, one in enumerate(found) if one != clean_paragraphs(typed[n])] == []


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
        _polygon(coordinates=[RING[:-1]]),
        _polygon(coordinates=[[*RING[:-1], [19.900000000000004, 49.8]]]),
        _polygon(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4258"}}),
        _polygon(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}),
    ],
)
def test_any_geojson_of_polygons_is_read(call: Call, value: dict[str, Any]):
    parts = call("/js/area/geojson.js", f"m.partsOf({json.dumps(value)})")
    assert len(parts) == 1
    (ring,) = parts[0]["rings"]
    assert ring[0] == ring[-1] == [19.9, 49.8]


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
            "area.error.system",
        ),
        ('{"type": "Polygon", "coordinates": [[[999, 3], [3, 4], [5, 6], [1, 2]]]}', "area.error.degrees"),
        ('{"type": "Polygon", "crs": "EPSG:4179", "coordinates": []}', "area.error.system"),
        (" ", "area.error.nothing"),
        ('{"type": "Polygon", "coordinates": []}', "area.error.empty"),
        ('{"type": "FeatureCollection", "features": []}', "area.error.empty"),
        ('{"type": "Feature", "geometry": null}', "area.error.noGeometry"),
    ],
)
def test_what_is_no_area_is_named(call: Call, text: str, key: str):
    reading = f"await (async () => m.readGeojson({text!r}))().catch(error => error.message)"
    assert call("/js/area/geojson.js", reading) == key


def _feature(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_a_file_is_taken_element_by_element(call: Call):
    """What is no area is left out by its number, its name and why; the rest is taken with its names."""
    point = {"type": "Point", "coordinates": [19.9, 49.8]}
    metres = {"type": "Polygon", "coordinates": [[[555000, 243000], [555100, 243000], [555100, 243100]]]}
    short = {"type": "Polygon", "coordinates": [RING[:2]]}
    elements = [
        _feature(_polygon(), osiedle="Krzyki"),
        _feature(None, name="Bez położenia"),
        _feature(point),
        _feature({"type": "MultiPolygon", "coordinates": [[RING], [RING]]}, id=5),
        _feature(metres, nazwa="W metrach"),
        _feature(short),
        {"type": "Unsinn"},
        None,
    ]
    text = json.dumps({"type": "FeatureCollection", "features": elements})
    taken = call("/js/area/geojson.js", f"m.readGeojson({json.dumps(text)})")
    assert [part.get("name") for part in taken["parts"]] == ["Krzyki", None, None]
    assert [(left["number"], left["name"], left["key"]) for left in taken["left"]] == [
        (2, "Bez położenia", "area.error.noGeometry"),
        (3, "", "area.error.notPolygon"),
        (5, "W metrach", "area.error.system"),
        (6, "", "area.error.ring"),
        (7, "", "area.error.notGeojson"),
        (8, "", "area.error.notGeojson"),
    ]
    assert taken["left"][2]["parameters"] == {"system": "EPSG:2180 (PL-1992)"}


SHAPE = [[19.91, 49.81], [19.92, 49.81], [19.92, 49.82], [19.91, 49.81]]


def test_what_is_excluded_is_sent_apart_and_a_fault_finds_its_part(call: Call):
    parts = [{"rings": [RING]}, {"rings": [SHAPE], "excluded": True}, {"rings": [SHAPE]}]
    geometry = call("/js/area/geometry.js", f"m.geometryOf({json.dumps(parts)})")
    assert geometry["features"][0]["geometry"] == {"type": "MultiPolygon", "coordinates": [[RING], [SHAPE]]}
    assert geometry["features"][1]["properties"] == {"excluded": True}
    assert call("/js/area/geometry.js", f"m.geometryOf({json.dumps(parts[1:2])})") is None
    paths = [
        "/features/0/geometry/coordinates/1",
        "/features/1/geometry",
        "/features/0/geometry/coordinates/0/2",
    ]
    found = f"{json.dumps(paths)}.map((at) => m.partAt({json.dumps(parts)}, at))"
    assert call("/js/area/geometry.js", found) == [2, 1, 0]
    assert call("/js/area/geometry.js", f"m.partAt({json.dumps(parts[:1])}, '/coordinates/0')") == 0
    assert call("/js/area/geometry.js", f"m.partAt({json.dumps(parts)}, undefined)") is None


def test_a_place_is_excluded_from_all_parts_or_from_none(call: Call):
    parts = json.dumps([{"rings": [RING]}])
    excluded = call("/js/area/shapes.js", f"m.withExclusion({parts}, {json.dumps(SHAPE)})")
    assert excluded[1:] == [{"rings": [SHAPE], "excluded": True}]
    elsewhere = [[lng + 1, lat] for lng, lat in SHAPE]
    assert call("/js/area/shapes.js", f"m.withExclusion({parts}, {json.dumps(elsewhere)})") is None


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("51.889, 19.1", None),
        ("51,889 19,1", None),
        ("19.1, 51.889", "area.error.swapped"),
        ("19,1 51,889", "area.error.swapped"),
        ("48.2, 2.3", "area.error.abroad"),
        ("100, 19", "area.error.point"),
        ("51.889", "area.error.point"),
        ("", "area.error.point"),
    ],
)
def test_a_point_by_numbers_is_read_or_its_fault_named(call: Call, typed: str, key: str | None):
    read = f"await (async () => m.parsePoint({typed!r}))().catch((error) => error.message)"
    assert call("/js/area/shapes.js", read) == (key or [19.1, 51.889])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_file_is_read_whatever_program_saved_it(call: Call, encoding: str):
    saved = list('{"name": "Łąkowa"}'.encode(encoding))
    assert '"Łąkowa"' in call("/js/area/file_text.js", f"m.decoded(new Uint8Array({saved}).buffer)")


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

MORNING = "m.morningAfter({when: 'later', values: {send_at: {local: '%s', second: false}}}).local"


@pytest.mark.parametrize(
    ("sent", "morning"),
    [
        ("2030-11-24T02:10", "2030-11-24T06:07"),
        ("2030-11-24T06:01", "2030-11-24T06:07"),
        ("2030-11-24T06:02", "2030-11-25T06:07"),  # five minutes are too few for the silent delivery
        ("2030-11-24T06:07", "2030-11-25T06:07"),
        ("2030-11-24T23:59", "2030-11-25T06:07"),
        ("2031-03-29T23:30", "2031-03-30T06:07"),  # a day of 23 hours
        ("2031-10-25T23:30", "2031-10-26T06:07"),  # a day of 25 hours
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Warsaw", "America/New_York"])
def test_the_sound_is_offered_for_the_next_early_morning(call: Call, zone: str, sent: str, morning: str):
    assert call("/js/compose/instants.js", MORNING % sent, zone) == morning


def test_a_moment_to_send_that_has_passed_counts_as_now(call: Call):
    offered = call("/js/compose/instants.js", MORNING % "2020-01-01T02:00")
    now = call("/js/compose/instants.js", "m.morningAfter({when: 'now', values: {}}).local")
    assert offered == now > "2026"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Wody nie będzie do ok. 14:00.", ["14:00"]),
        ("Prądu nie będzie do godz. 9, potem próba do godziny 10.30", ["09:00", "10:30"]),
        ("No water until about 14:00", ["14:00"]),
        ("Води не буде до 7:05", ["07:05"]),
        ("Zgłosiło się do 14 osób, zadzwoń do 12 lub napisz do 2027 roku", []),
        ("Objazd od 14:00, tel. 12 345 67 89, do 25:00 albo 14:75", []),
    ],
)
def test_the_hour_to_which_something_lasts_is_found_in_a_text(call: Call, text: str, said: list[str]):
    assert call("/js/compose/said_hours.js", f"m.saidUntil({json.dumps(text)})") == said


SAID = """m.saidAfterEnd({
  texts: {pl: {title: 'Brak wody', body: %s}},
  values: {expires: {local: %s, second: false}, send_at: {local: '2030-11-24T05:00', second: false}},
  when: %s,
}, Date.parse('2030-11-23T23:26:00+01:00'))"""


@pytest.mark.parametrize(
    ("text", "expires", "when", "said"),
    [
        ("do ok. 14:00", "2030-11-24T08:00", "now", "14:00"),
        ("do ok. 14:00", "2030-11-24T14:00", "now", None),
        ("do ok. 14:00", "2030-11-24T16:00", "now", None),
        ("do ok. 23:40", "2030-11-24T08:00", "now", None),  # tonight
        ("do ok. 4:00", "2030-11-24T08:00", "now", None),
        ("do ok. 4:00", "2030-11-24T08:00", "later", "04:00"),  # after it was sent: of the next day
        ("do ok. 14:00", "2030-11-27T08:00", "now", None),  # which day it means, nobody knows
        ("do ok. 14:00", "", "now", None),
        ("wkrótce", "2030-11-24T08:00", "now", None),
    ],
)
def test_an_end_before_the_hour_that_the_text_names_is_told(
    call: Call, text: str, expires: str, when: str, said: str | None
):
    given = tuple(json.dumps(one) for one in (text, expires, when))
    assert call("/js/compose/said_hours.js", SAID % given) == said


ROUND = "m.circle([19.94, 49.83], 200)"


def test_a_circle_is_known_by_its_corners(call: Call):
    found = call("/js/area/shapes.js", f"m.circleOf({ROUND})")
    assert found["radius"] == pytest.approx(200, rel=0.001)
    assert found["centre"] == pytest.approx([19.94, 49.83], abs=1e-6)
    square = "[[[19, 49], [20, 49], [20, 50], [19, 50], [19, 49]]]"
    assert call("/js/area/shapes.js", f"m.circleOf({square}) ?? 'none'") == "none"


def test_a_circle_drawn_by_its_rim_stays_one(call: Call):
    dragged = "(rings => { rings[0][16] = [19.94, 49.83 + 300 / 111195]; return rings; })"
    after = f"m.circleOf(m.reshaped({ROUND}, {dragged}(structuredClone({ROUND})))).radius"
    assert call("/js/area/shapes.js", after) == pytest.approx(300, rel=0.01)


def test_any_other_shape_is_taken_as_it_was_drawn(call: Call):
    before = "[[[19, 49], [20, 49], [20, 50], [19, 50], [19, 49]]]"
    after = "[[[19, 49], [20, 49], [20, 51], [19, 50], [19, 49]]]"
    assert call("/js/area/shapes.js", f"m.reshaped({before}, {after})") == json.loads(after)


@pytest.mark.parametrize(
    ("severity", "exercise", "silent"),
    [("Extreme", False, False), ("Extreme", True, True), ("Severe", False, True), ("", False, True)],
)
def test_an_evacuation_is_never_silent(call: Call, severity: str, exercise: bool, silent: bool):
    fields = json.dumps({"values": {"severity": severity, "exercise": exercise}, "sound": "later"})
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
    languages = vocabulary.values("languages")
    content = Content(
        category=Category.DISRUPTION,
        severity=Severity.MODERATE,
        texts={language: Text(title, body) for language in languages},
        area="{}",
        area_name="n",
        expires=datetime.now(UTC),
        exercise=exercise,
    )
    typed = json.dumps({"title": title, "body": body})
    marks = json.dumps(EXERCISE if exercise else dict.fromkeys(languages, ""))
    carried = f"m.carried({{...text, title: {marks}[code] + text.title}})"
    counted = call(
        "/js/compose/limits.js",
        f"((text) => Object.fromEntries({list(languages)}.map((code) => [code, {carried}])))({typed})",
    )
    assert counted == push.push_cut(content, "https://alerty.urzad-gminy-regionalna.example.pl")


def test_the_page_has_the_servers_limit(call: Call):
    assert call("/js/compose/limits.js", "m.PUSH_BYTES") == push.TEXT_BYTES


# ---- The form's fields


def test_an_alert_that_is_opened_and_saved_says_the_same(call: Call):
    alert = {
        "category": "warning",
        "severity": "Severe",
        "event": "smoke",
        "texts": {
            "pl": {"title": "t", "body": "b", "instruction": "i"},
            "uk": {"title": "т", "body": "б"},
        },
        "area_name": "n",
        "expires": "2030-01-01T12:00:00Z",
        "event_ends": "2030-01-01T10:00:00Z",
        "next_info": None,
        "urgency": "Immediate",
        "certainty": None,
        "response": "Shelter",
        "source": "PSP",
        "contact": "+48 12 345 67 89",
        "exercise": False,
        "send_at": None,
        "sound_at": "2029-12-31T05:00:00Z",
    }
    saved = call("/js/compose/content.js", f"m.contentOf(m.fieldsOf({json.dumps(alert)}), [])")
    assert {**saved, "area": None} == {**alert, "area": None}


def test_a_draft_that_an_earlier_release_kept_is_restored(call: Call):
    kept = {
        "category": "failure",
        "severity": "Minor",
        "exercise": True,
        "pl": {"title": "Tytuł", "body": "Treść"},
        "en": {"title": "", "body": ""},
        "area_name": "n",
        "when": "later",
        "send_at": {"local": "2030-01-01T12:00", "second": False},
    }
    restored = call("/js/compose/restored.js", f"m.restored({json.dumps(kept)})")
    fields = restored["fields"]
    assert restored["lost"] == []
    assert fields["written"] == ["pl"]
    assert fields["texts"]["pl"] == {"title": "Tytuł", "body": "Treść", "instruction": ""}
    assert fields["values"]["send_at"]["local"] == "2030-01-01T12:00"
    assert (fields["values"]["category"], fields["values"]["exercise"]) == ("failure", True)
    assert fields["values"]["event"] == ""


TITLE = {"pl": {"title": "Tytuł"}}
GOOD = {
    "fields": {"values": {"source": "PSP"}, "texts": {"pl": {"title": "Tytuł"}}},
    "parts": [[RING]],
    "saved": {},
}


def _draft(**changes: object) -> dict[str, Any]:
    return {**GOOD, "at": "2026-11-22T10:00:00Z", **changes}


def _values(**values: object) -> dict[str, Any]:
    return _draft(fields={"values": {"source": "PSP", **values}, "texts": TITLE})


@pytest.mark.parametrize(
    ("kept", "lost"),
    [
        (_draft(), []),
        (_values(expires={"local": "0027-12-10T00:00", "second": False}), []),  # shown, and told at its field
        (_values(expires="2027-12-10"), ["expires"]),
        (_values(expires={"local": 5, "second": False}), ["expires"]),
        (_values(send_at={"local": "jutro", "second": False}), ["send_at"]),
        (_values(category=7, exercise="yes"), ["category", "exercise"]),
        (_values(of_a_later_release=1), []),
        (_draft(parts="all"), ["area"]),
        (_draft(parts=[{"rings": [[["x", 1]]]}]), ["area"]),
        (_draft(parts=[None]), ["area"]),
        (_draft(saved=7), []),
        (_draft(saved={"id": 4, "etag": [], "attempt": "x"}), []),
        (_draft(at="yesterday"), []),
    ],
)
def test_a_stored_draft_is_shown_without_what_cannot_be_read(
    call: Call, kept: dict[str, Any], lost: list[str]
):
    draft = call("/js/compose/restored.js", f"m.draftOf({json.dumps(kept)}, null)")
    assert draft["lost"] == lost
    assert draft["fields"]["texts"]["pl"]["title"] == "Tytuł"
    assert draft["fields"]["values"]["source"] == "PSP"
    assert (len(draft["parts"]), draft["saved"]) == (
        0 if "area" in lost else 1,
        {"id": None, "etag": None, "attempt": None},
    )
    assert draft["at"] > "2026"


@pytest.mark.parametrize(
    "kept", [None, 5, "x", [], {}, {"fields": None}, {"fields": {"texts": 7, "written": 3, "when": []}}]
)
def test_whatever_is_stored_the_form_opens(call: Call, kept: object):
    draft = call("/js/compose/restored.js", f"m.draftOf({json.dumps(kept)}, null)")
    if draft is not None:
        assert draft["fields"]["written"] == ["pl"]
        assert draft["fields"]["texts"]["pl"] == {"title": "", "body": "", "instruction": ""}


@pytest.mark.parametrize(
    ("local", "key"),
    [("0027-12-10T00:00", "error.year"), ("2027-03-28T02:30", "error.skippedTime"), ("", "error.missing")],
)
def test_a_time_that_is_none_is_told_at_its_field(call: Call, local: str, key: str):
    fields = f"(() => {{ const f = m.emptyFields(); f.values.expires.local = {local!r}; return f; }})()"
    faults = call("/js/compose/content.js", f"m.missing({fields}, [], false)")
    assert {"field": "expires", "key": key} in [{k: fault[k] for k in ("field", "key")} for fault in faults]


def test_a_text_of_which_nothing_is_seen_is_asked_for(call: Call):
    fields = """(() => { const f = m.emptyFields(); f.values.area_name = '\\u200b';
        f.texts.pl = {title: '\\u2060', body: '\\u0301', instruction: ''}; return f; })()"""
    faults = call("/js/compose/content.js", f"m.missing({fields}, [], false)")
    assert {"pl-title", "pl-body", "area_name"} <= {fault["field"] for fault in faults}


ALERT = {"id": "a", "revision": 1, "actions": [], "texts": {"pl": {"title": "t", "body": "b"}}}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"json": ALERT}, "a"),
        ({"body": "<html>Wi-Fi</html>"}, "Garbled"),
        ({"body": ""}, "Garbled"),
        ({"json": None}, "Garbled"),
        ({"json": []}, "Garbled"),
        ({"json": {}}, "Garbled"),
        ({"json": {**ALERT, "texts": None}}, "Garbled"),
        ({"json": {**ALERT, "actions": "all"}}, "Garbled"),
        ({"status": 500, "body": "<html>"}, "Problem"),
        ({"status": 422, "json": {"errors": "none"}}, "Problem"),
        ({"status": 422, "json": None}, "Problem"),
    ],
)
def test_an_answer_that_is_no_alert_is_a_failure_with_words(
    call: Call, page_of: Page, answer: dict[str, Any], kind: str
):
    page_of.route("**/api/alerts/a", lambda route: route.fulfill(**answer))
    told = "(await m.get('a').then(({id}) => id, (error) => error.constructor.name))"
    assert call("/js/api/alerts.js", told) == kind
    page_of.unroute("**/api/alerts/a")


@pytest.mark.parametrize(
    ("category", "submitting", "asked"),
    [
        ("warning", True, {"event", "pl-instruction"}),
        ("warning", False, set()),
        ("failure", True, set()),
    ],
)
def test_recommendations_are_asked_for_when_a_warning_is_submitted(
    call: Call, category: str, submitting: bool, asked: set[str]
):
    values = {"category": category, "severity": "Minor", "area_name": "n"}
    fields = f"""(() => {{
        const fields = m.emptyFields();
        Object.assign(fields.values, {json.dumps(values)});
        fields.texts.pl = {{title: 't', body: 'b', instruction: ''}};
        return fields;
    }})()"""
    faults = call("/js/compose/content.js", f"m.missing({fields}, [1], {json.dumps(submitting)})")
    assert {fault["field"] for fault in faults} == asked


def test_a_kind_of_hazard_proposes_the_rest_but_for_what_was_chosen_otherwise(call: Call):
    first = call("/js/compose/hazard.js", "m.withHazard({}, 'flood')")
    assert (first["event"], first["category"], first["severity"]) == ("flood", "warning", "Extreme")
    chosen = json.dumps({**first, "severity": "Severe"})
    second = call("/js/compose/hazard.js", f"m.withHazard({chosen}, 'water_outage')")
    assert (second["category"], second["severity"], second["response"]) == ("failure", "Severe", "Prepare")


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/category", "category"),
        ("/texts/uk/body", "uk-body"),
        ("/texts/uk", "uk-title"),
        ("/texts", "pl-title"),
        ("/area/coordinates/0", "area"),
        ("/area_name", "area_name"),
        ("/event_ends", "event_ends"),
        ("/nothing", None),
    ],
)
def test_a_servers_error_belongs_to_a_field(call: Call, pointer: str, field: str | None):
    assert call("/js/compose/errors.js", f"m.fieldOf({pointer!r})") == field
