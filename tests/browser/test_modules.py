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
from shared import vocabulary
from shared.channels.push import message as push
from shared.channels.push.outcome import Outcome
from shared.channels.push.text import EXERCISE
from shared.domain.content import Category, Content, Severity, Text
from shared.formats.vocabulary_json import vocabulary_json

pytestmark = pytest.mark.browser

Call = Callable[..., Any]
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
def call(files: str, chromium: Browser) -> Iterator[Call]:
    """`call("/js/x.js", "m.name(1) + 2", zone=...)`: an expression over the module `m`."""
    pages: dict[str, Page] = {}

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


def test_every_outcome_has_words(words: dict[str, dict[str, Any]]):
    keys = {f"failed.{outcome.value}" for outcome in Outcome if outcome is not Outcome.ACCEPTED}
    assert keys - words["pl"].keys() == set()


# What the page itself means by a name that is spelt like a word of the API.
OWN = {
    "failure": "id of a panel",
    "failed": "a figure; a reach not counted",
    "warning": "a button's style",
    "alert": "an ARIA role",
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
        ("at_once", {"send_at": "2027-01-01T00:00:00Z"}, False),
        ("scheduled", {"send_at": "2027-01-01T00:00:00Z"}, True),
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
    fields = call("/js/compose/content.js", f"m.restored({json.dumps(kept)})")
    assert fields["written"] == ["pl"]
    assert fields["texts"]["pl"] == {"title": "Tytuł", "body": "Treść", "instruction": ""}
    assert fields["values"]["send_at"]["local"] == "2030-01-01T12:00"
    assert (fields["values"]["category"], fields["values"]["exercise"]) == ("failure", True)
    assert fields["values"]["event"] == ""


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


def test_every_ready_text_names_a_hazard_and_fields_there_are(call: Call):
    """templates.json is data: nothing else would notice a word that is no longer known."""
    hazards = {word["value"] for word in VOCABULARY["hazards"]}
    names = {field["name"] for field in VOCABULARY["fields"]}
    for template in json.loads((ROOT / "web-admin/templates.json").read_text()):
        assert template["values"]["event"] in hazards
        assert template["values"].keys() <= names
        filled = f"m.filled({json.dumps(template)}, {{values: {{}}, texts: {{}}}})"
        assert call("/js/compose/templates.js", filled)["values"]["category"]
