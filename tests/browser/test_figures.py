"""The figures of an alert as the page draws them: by platform, over time, by place; no stack is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from infra.local.processes import ROOT
from shared.domain.figures import LEAST_PEOPLE
from shared.domain.statistics import Point, with_point
from tests.accessibility import overflow, violations
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_modules import Call, call, files, pages

__all__ = ["call", "files", "pages"]  # fixtures

pytestmark = pytest.mark.browser

Draw = Callable[..., Page]
DAY = 86_400

CUT_OFF = """() => {
  const { right } = document.querySelector('.panel > h2').getBoundingClientRect();
  return [...document.querySelectorAll('.panel table, .panel svg')]
    .filter(one => one.getBoundingClientRect().right > right)
    .map(one => one.outerHTML.slice(0, 80));
}"""

DRAW = """async ([summary, language]) => {
  const styles = ['vendor/govuk-frontend.css', 'css/base.css', 'css/alerts.css'];
  await Promise.all(styles.map(path => new Promise(resolve => {
    const link = document.createElement('link');
    Object.assign(link, {rel: 'stylesheet', href: `/${path}`, onload: resolve});
    document.head.append(link);
  })));
  document.body.innerHTML = '<main id="app"><h1>Alert</h1><div class="govuk-width-container"></div></main>';
  const { setLanguage } = await import('/js/i18n/index.js');
  await setLanguage(language);
  const { render } = await import('/vendor/lit-html.js');
  const { figuresPanel } = await import('/js/detail/figures.js');
  const { localitiesOf } = await import('/js/area/localities.js');
  render(figuresPanel(summary, false, localitiesOf(summary.base_map)), document.querySelector('main > div'));
}"""


def platform(**figures: int) -> dict[str, int]:
    return {"targeted": 0, "accepted": 0, "failed": 0, "received": 0, "opened": 0, **figures}


def delivery(channel: str, number: int, state: str, **figures: object) -> dict[str, object]:
    known = {"targeted": 0, "accepted": 0, "failed": {}, "refusal": "", "due": "2026-11-22T05:00:00.000Z"}
    return {"channel": channel, "number": number, "state": state, **known, **figures}


def a_month() -> list[dict[str, int]]:
    series: tuple[Point, ...] = ()
    for seconds in [*range(3, 3600, 3), *range(3600, 28 * DAY, 3600)]:
        accepted = min(1613, seconds * 9)
        series = with_point(series, Point(seconds, accepted, accepted * 9 // 10, min(900, seconds // 20)))
    return [vars(point) for point in series]


SUMMARY: dict[str, Any] = {
    "targeted": 1700,
    "accepted": 1613,
    "failed": {"unregistered": 80, "bad-target": 7},
    "received": 1451,
    "opened": 900,
    "rung": 1500,
    "complete": True,
    "updated": "2026-12-20T01:10:00.000Z",
    "by_platform": {
        "android": platform(targeted=1200, accepted=1150, failed=50, received=1051, opened=700),
        "ios": platform(targeted=450, accepted=440, failed=10, received=380, opened=190),
        "web": platform(targeted=50, accepted=23, failed=27, received=20, opened=10),
    },
    "deliveries": [
        delivery("push", 1, "done", targeted=1700, accepted=1613),
        delivery("push", 2, "planned"),
        delivery("post", 1, "failed", refusal="pl (cannot be printed)"),
    ],
    "series": a_month(),
    "places": [
        {"cell": "871e2adb5ffffff", "lat": 49.8341, "lng": 19.9382, "accepted": 1201},
        {"cell": "871e2adb4ffffff", "lat": 49.8, "lng": 19.9, "accepted": 400},
    ],
}


@pytest.fixture
def draw(files: str, chromium: Browser) -> Iterator[Draw]:
    pages: list[Page] = []

    def open_page(viewport: ViewportSize = DESKTOP, language: str = "pl", **changes: object) -> Page:
        page = chromium.new_page(viewport=viewport)
        pages.append(page)
        page.goto(f"{files}/404.html")
        page.evaluate(DRAW, [SUMMARY | changes, language])
        return page

    yield open_page
    for page in pages:
        page.close()


def rows(table: Locator) -> list[list[str]]:
    return [
        [cell.replace("\xa0", " ") for cell in row.locator("th, td").all_text_contents()]
        for row in table.locator("tbody tr").all()
    ]


def test_each_platform_has_its_column(draw: Draw):
    table = draw().locator('[data-table="platforms"]')
    assert table.locator("thead th").all_text_contents() == [
        "Android",
        "iPhone",
        "Przeglą\u00addarka",
    ]
    assert rows(table)[1] == ["Przekazano", "1150", "440", "23"]
    assert [row[1] for row in rows(table)] == ["1200", "1150", "50", "1051", "700"]


def test_the_chart_has_a_line_for_each_figure_that_ends_at_the_newest(draw: Draw):
    lines = draw().locator("svg[role=img] polyline")
    expect(lines).to_have_count(3)
    ends = [str(line.get_attribute("points")).split()[-1].split(",") for line in lines.all()]
    across, down = zip(*ends, strict=True)
    assert len(set(across)) == 1
    assert [float(y) for y in down] == sorted(float(y) for y in down)


def test_the_table_beside_the_chart_is_short_and_ends_with_the_newest(draw: Draw):
    table = draw().locator("table:has(caption)")
    shown = rows(table)
    assert len(shown) == 8
    assert shown[-1] == ["28 dni", "1613", "1451", "900"]


def test_the_table_has_the_moment_at_which_most_happened(draw: Draw):
    quiet = [{"seconds": second, "accepted": 0, "received": 0, "opened": 0} for second in range(1, 4)]
    burst = [{"seconds": 4, "accepted": 150, "received": 148, "opened": 0}]
    after = [
        {"seconds": 10 * step, "accepted": 150, "received": 148, "opened": step} for step in range(1, 13)
    ]
    page = draw(series=[*quiet, *burst, *after])
    assert ["4 sek.", "150", "148", "mniej niż 10"] in rows(page.locator("table:has(caption)"))
    page.locator('[data-fold="series"] summary').click()
    every = rows(page.locator('[data-fold="series"] table'))
    assert len(every) == 16
    assert every[3] == ["4 sek.", "150", "148", "mniej niż 10"]


def test_the_first_point_alone_is_shown(draw: Draw):
    page = draw(series=[{"seconds": 3, "accepted": 20, "received": None, "opened": None}])
    assert rows(page.locator("table:has(caption)")) == [["3 sek.", "20", "mniej niż 10", "mniej niż 10"]]
    assert page.locator("svg[role=img] polyline").count() == 3


def test_places_are_named_by_their_centre_and_the_rest_taken_together(draw: Draw):
    page = draw()
    page.get_by_text("Według okolicy").click()
    assert rows(page.locator('[data-table="places"]')) == [
        ["49,83° N, 19,94° E", "1201"],
        ["49,80° N, 19,90° E", "400"],
        ["Inne okolice razem", "12"],
    ]


def test_places_are_called_by_the_locality_nearest_to_them(draw: Draw):
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Point", "coordinates": at}}
        for name, at in {"Regionalna": [19.94, 49.83], "Daleka": [21.0, 52.0]}.items()
    ]
    far = {"cell": "871e2adb6ffffff", "lat": 50.5, "lng": 19.0, "accepted": 12}
    page = draw(places=[*SUMMARY["places"], far], base_map={"features": features})
    page.get_by_text("Według okolicy").click()
    assert [row[0] for row in rows(page.locator('[data-table="places"]'))] == [
        "Regionalna (49,83° N, 19,94° E)",
        "Regionalna (49,80° N, 19,90° E)",
        "50,50° N, 19,00° E",
    ]
    one = draw(accepted=1201, places=SUMMARY["places"][:1], base_map={"features": features})
    one.get_by_text("Według okolicy").click()
    assert rows(one.locator('[data-table="places"]'))[0][0] == "Regionalna"


@pytest.mark.parametrize("figure", [None, 0, 9])
def test_of_fewer_than_ten_people_no_number_is_shown(draw: Draw, figure: int | None):
    """Zero and nine are of a release before; they look the same."""
    counts = dict.fromkeys(("targeted", "accepted", "received", "opened", "rung", "not_mine"), figure)
    page = draw(**counts, failed={}, by_platform={}, series=[], places=[], deliveries=[])
    shown = page.locator("dd[data-figure]").all_inner_texts()
    assert set(shown) == {"mniej niż 10"}
    assert page.locator("table, svg").count() == 0


def test_more_confirmations_than_were_sent_are_marked(draw: Draw):
    assert draw(unverified=True).locator("#unverified").count() == 1
    assert draw().locator("#unverified").count() == 0


def test_a_second_round_is_told(draw: Draw):
    assert draw().locator('[data-figure="rung"]').text_content() == "1500"
    assert draw(rung=None).locator('[data-figure="rung"]').count() == 0


def test_reports_that_it_concerns_others_are_told(draw: Draw):
    page = draw(not_mine=40)
    assert page.locator('[data-figure="not_mine"]').text_content() == "40"
    expect(page.get_by_text("to mnie nie dotyczy")).to_be_visible()
    assert draw(not_mine=None).locator('[data-figure="not_mine"]').count() == 0


def test_figures_of_an_older_document_are_still_shown(draw: Draw):
    page = draw(by_platform=None, series=None, places=None, rung=None, deliveries=None)
    expect(page.locator('[data-figure="accepted"]')).to_be_visible()
    assert page.locator("table").count() == 0


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everything_open_is_accessible_and_fits(draw: Draw, viewport: dict[str, int], language: str):
    page = draw(viewport, language)
    for fold in page.locator("details").all():
        fold.locator("summary").press("Enter")
    assert page.locator("details[open]").count() == 3
    assert violations(page) == []
    assert overflow(page) <= 0
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 sek."),
        (59, "59 sek."),
        (119, "119 sek."),
        (300, "5 min"),
        (9000, "2,5 godz."),
        (172_800, "2 dni"),
    ],
)
def test_time_passed_is_one_number(call: Call, seconds: int, words: str):
    assert call("/js/detail/duration.js", f"m.duration({seconds})").replace("\xa0", " ") == words


def test_the_page_hides_as_small_a_group_as_the_server():
    source = (ROOT / "web-admin/js/shell/people.js").read_text()
    assert f"const LEAST_PEOPLE = {LEAST_PEOPLE};" in source


def test_each_channel_says_how_far_it_is(draw: Draw):
    page = draw()
    known = {
        row.get_attribute("data-delivery"): [
            row.locator(".channel__state").first.inner_text(),
            *row.locator("td").all_inner_texts(),
        ]
        for row in page.locator("[data-delivery]").all()
    }
    assert known["push.1"] == ["zakończone", "1700", "1613"]
    assert known["push.2"][0].startswith("zaplanowane:")
    assert known["post.1"][0].startswith("niewysłane: błąd")


def shares(page: Page) -> list[str]:
    return page.locator(".figure__share").all_inner_texts()


def test_each_figure_is_told_as_a_share_of_what_it_is_a_part_of(draw: Draw):
    told = [text.replace("\xa0", " ") for text in shares(draw())]
    assert told == ["95% objętych", "90% przekazanych", "56% przekazanych"]


@pytest.mark.parametrize(
    "changes",
    [
        {"accepted": None},
        {"targeted": None, "accepted": 0, "received": 0, "opened": 0},
        {"unverified": True},
        {"deliveries": [delivery("push", 1, "sending", targeted=1700, accepted=1613)]},
    ],
)
def test_of_what_is_few_doubtful_or_still_growing_no_share_is_told(draw: Draw, changes: dict[str, Any]):
    assert shares(draw(**changes)) == []


def test_a_channel_that_was_refused_is_told_above_all_else(draw: Draw):
    assert draw().get_by_role("alert").count() == 1
    assert draw(deliveries=[]).get_by_role("alert").count() == 0
