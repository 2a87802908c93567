"""What the staff's page makes of facts: the same texts, times and names as the API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from shared.built_in_templates import built_in_templates
from shared.fact_rules import fact_rules
from shared.formats.template_json import read_template, template_json
from tests.browser.desk import ADDRESS, SITE, TYPES
from tests.fact_cases import CASES, written
from tests.unit.domain.facts.test_facts import rendered

pytestmark = pytest.mark.browser

ALL = """async ([cases]) => {
  const named = ['render', 'follow', 'given'].map((name) => import(`/js/facts/${name}.js`));
  const [r, f, g] = await Promise.all(named);
  return cases.map(({template, facts, now: at, names}) => {
    const now = new Date(at);
    return {
      texts: Object.fromEntries(
        ['pl', 'en', 'uk'].map((code) => [code, r.render(template, facts, code, now)])),
      times: f.times(template, facts, now), lines: f.lines(template, facts, now),
      missing: g.missing(template, facts), area_name: f.areaName(names),
    };
  });
}"""


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """One that has learnt how facts are said, in a browser far from Poland."""
    page = chromium.new_page(timezone_id="America/New_York")

    def serve(route: Any) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path == "/api/vocabulary":
            route.fulfill(json={"facts": fact_rules()})
        else:
            file = SITE / path.lstrip("/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "text/html"))

    page.route(f"{ADDRESS}/**", serve)
    page.goto(f"{ADDRESS}/icon.svg")
    page.evaluate("async () => (await import('/js/api/vocabulary.js')).learnVocabulary()")
    yield page
    page.close()


def made(page: Page, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    asked = [
        {
            "template": written(case),
            "facts": case["facts"],
            "now": case["now"],
            "names": case["facts"].get("where") or [],
        }
        for case in cases
    ]
    found: list[dict[str, Any]] = page.evaluate(ALL, [asked])
    return found


def test_the_page_makes_the_same_of_each_case(page: Page):
    for case, found in zip(CASES, made(page, CASES), strict=True):
        for language, text in case.get("texts", {}).items():
            assert found["texts"][language] == text, case["case"]
        for language, body in case.get("bodies", {}).items():
            assert found["texts"][language]["body"] == body, case["case"]
        for part in ("times", "lines", "missing", "area_name"):
            assert found[part] == case.get(part, found[part]), case["case"]


NAMES = [
    "ul. Różana",
    "ul. Józefa Piłsudskiego",
    "os. Słoneczne",
    "Zawada",
    "pl. Wolności, Regionalna",
    "ul. Ł",
    " ",
]
TEXTS = ["przy szkole.", "  a\u00a0b ", "", "…", "ż" * 80, "ß", "{where}", "\x1fa", "🚰"]


def moment(random: Random) -> str:
    """About the turns of the clock, and in December."""
    day = f"{random.choice(['03-2', '10-2', '12-0'])}{random.randint(1, 9)}"
    return f"2026-{day}T{random.randint(0, 23):02}:{random.choice([0, 45]):02}:00Z"


def random_facts(template: dict[str, Any], random: Random) -> dict[str, Any]:
    makers: dict[str, Callable[[], Any]] = {
        "names": lambda: random.sample(NAMES, random.randint(0, 7)),
        "time": lambda: moment(random),
        "day": lambda: f"2027-01-0{random.randint(1, 9)}",
        "telephone": lambda: random.choice(["12 345 67 89", "112", ""]),
        "text": lambda: random.choice(TEXTS),
        "number": lambda: random.choice([0, 7, 1.5, 100000, 0.25]),
        "switch": lambda: random.random() < 0.6,
    }
    return {one["name"]: makers[one["type"]]() for one in template["facts"] if random.random() < 0.8}


def test_the_page_says_what_the_api_says_whatever_the_facts(page: Page):
    random = Random(7)
    ids = list(built_in_templates())
    cases = [
        {
            "built_in": (built_in := random.choice(ids)),
            "facts": random_facts(dict(built_in_templates()[built_in]), random),
            "now": moment(random),
        }
        for _ in range(600)
    ]
    for case, found in zip(cases, made(page, cases), strict=True):
        assert {code: rendered(case, code) for code in ("pl", "en", "uk")} == found["texts"], json.dumps(case)


CHIPS = """async ([chips, now]) => {
  const { timesOf } = await import('/js/facts/chips.js');
  return timesOf(chips, Date.parse(now)).map(({instant, days}) => [instant.toISOString(), days]);
}"""


@pytest.mark.parametrize(
    ("now", "chips", "offered"),
    [
        (
            "2026-12-01T09:20:00Z",
            ["10:00", "14:00", "+1 8:00", "+2h", "x", "25:00"],
            [("12-01T11:30", 0), ("12-01T13:00", 0), ("12-02T07:00", 1), ("12-02T09:00", 1)],
        ),
        ("2026-12-01T01:10:00Z", ["10:00", "14:00"], [("12-01T09:00", 0), ("12-01T13:00", 0)]),
        ("2026-12-01T22:30:00Z", ["8:00", "+1 8:00"], [("12-02T07:00", 1)]),
        ("2026-12-01T23:30:00Z", ["8:00", "+1 8:00"], [("12-02T07:00", 0), ("12-03T07:00", 1)]),
        ("2026-03-28T20:00:00Z", ["+1 2:30", "+1 8:00"], [("03-29T06:00", 1)]),
    ],
    ids=["by day", "at night", "before midnight", "after midnight", "an hour that clocks skip"],
)
def test_times_are_offered_as_the_clock_in_poland_will_show_them(
    page: Page, now: str, chips: list[str], offered: list[tuple[str, int]]
):
    found = page.evaluate(CHIPS, [chips, now])
    assert found == [[f"2026-{at}:00.000Z", days] for at, days in offered]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Do której?", "do_ktorej"),
        ("Łódź — 2. raz!", "lodz_2_raz"),
        ("3 Maja", "maja"),
        ("Звідки", ""),
        ("x" * 60, "x" * 40),
    ],
)
def test_a_fact_is_named_as_it_is_labelled(page: Page, label: str, name: str):
    named = page.evaluate(
        "async (label) => (await import('/js/templates/model.js')).factNameOf(label)", label
    )
    assert named == name


@pytest.mark.parametrize("template", built_in_templates().values(), ids=built_in_templates())
def test_the_form_of_a_template_holds_all_of_it(page: Page, template: dict[str, Any]):
    there_and_back = "async (one) => { const m = await import('/js/templates/model.js');"
    there_and_back += " return m.templateOf(m.modelOf(one)); }"
    found = page.evaluate(there_and_back, template_json(read_template(template)[0]))
    assert read_template(found) == read_template(template)


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("", "failure"),
        ("/name/pl", "name-pl"),
        ("/texts/pl", "texts-pl-title"),
        ("/texts/pl/body", "texts-pl-body"),
        ("/texts/pl/body/3", "texts-pl-body"),
        ("/facts/2/name", "facts-2-name"),
        ("/facts/2/label/pl", "facts-2-label-pl"),
        ("/facts/2/chips/0", "facts-2-chips"),
        ("/follows/expires/fact", "follows-expires-fact"),
        ("/hours", "hours"),
    ],
)
def test_an_error_of_the_api_belongs_to_a_field_of_the_form(page: Page, pointer: str, field: str):
    found = page.evaluate(
        "async (pointer) => (await import('/js/templates/model.js')).fieldAt(pointer)", pointer
    )
    assert found == field
