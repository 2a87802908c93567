"""The search that both sites bundle finds what the one in Python finds, and reads what Python packs."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from infra.local.processes import ROOT
from shared.domain.search.gazetteer import Gazetteer
from shared.domain.search.index import index_of
from shared.domain.search.matching import Hit, search
from shared.formats.search_json import gazetteer_of, packed
from tests.gazetteers import STREET_NAMES, made, real_street_names, town
from tests.search_queries import asked_of
from tests.unit.search_cases import CASES, REGISTER, REGISTER_TEXT, said

SITES = ("web-admin", "web-residents")
HIT = """({street, part, locality, house, tier}) => [
  tier, locality.sym, street?.code ?? null, part?.sym ?? null,
  ...(house ? [house.number, house.lon, house.lat] : [null, null, null]),
]"""

Found = list[list[list[object]]]


@pytest.fixture(scope="module", autouse=True)
def vendored() -> None:
    subprocess.run(["node", "infra/vendor.mjs"], cwd=ROOT, check=True)


def call(expression: str, given: Any, site: str = "web-residents") -> Any:
    """An expression over the bundle `m` and what is `given`, evaluated by Node.js."""
    script = f"""
      const m = await import({(ROOT / site / "vendor/search.js").as_uri()!r});
      const given = JSON.parse((await import('node:fs')).readFileSync(0, 'utf8'));
      process.stdout.write(JSON.stringify({expression}));"""
    command = ["node", "--input-type=module", "-e", script]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _found(texts: list[str], document: str, *pages: str, site: str = "web-residents") -> Found:
    expression = f"""(() => {{
      const index = m.indexOf(given.pages.reduce(m.withPage, m.gazetteerOf(given.document)));
      return given.texts.map((text) => m.search(index, text).map({HIT}));
    }})()"""
    given = {"document": document, "pages": pages, "texts": texts}
    found: Found = call(expression, given, site)
    return found


def _as_there(hit: Hit) -> list[object]:
    street, part, house = hit.street, hit.part, hit.house
    at = [house.number, house.lon, house.lat] if house else [None, None, None]
    return [int(hit.tier), hit.locality.sym, street and street.code, part and part.sym, *at]


def _in_python(gazetteer: Gazetteer, texts: list[str]) -> Found:
    index = index_of(gazetteer)
    return [[_as_there(hit) for hit in search(index, text)] for text in texts]


def _only_read(gazetteer: Gazetteer) -> tuple[tuple[str, ...], Gazetteer]:
    """What is packed, and the gazetteer as that says it: points to a metre."""
    texts = packed(gazetteer)
    return texts, gazetteer_of(texts[0])


@pytest.mark.parametrize("site", SITES)
def test_both_sites_find_the_cases(site: str):
    texts = [text for text, _ in CASES["found"]]
    assert _found(texts, REGISTER_TEXT, site=site) == _in_python(REGISTER, texts)
    assert [[said(hit) for hit in search(index_of(REGISTER), text)] for text in texts] == [
        expected for _, expected in CASES["found"]
    ]


def test_the_browser_finds_what_the_server_finds_in_the_made_municipality():
    texts = [one.text for one in asked_of(made(), 300, seed=2)]
    (document,), gazetteer = _only_read(made())
    assert _found(texts, document) == _in_python(gazetteer, texts)


@pytest.mark.parametrize(
    "text", ["a" * 5_000, "ulica " * 1_000, "1 " * 1_000, "\x00", "ł" * 101, "İ", "Ｇłówna", "ﬁ"]
)
def test_any_text_is_read_alike(text: str):
    assert _found([text], REGISTER_TEXT) == _in_python(REGISTER, [text])


def test_houses_on_a_page_are_found_once_it_is_there():
    streets = town(["Polna", "Leśna", "Wodna"])
    names, *pages = packed(streets, most_bytes=700)
    asked = ["wodna 7"]
    (without,), (having,) = _found(asked, names), _found(asked, names, *pages)
    assert [hit[4] for hit in without] == [None]
    assert [hit[4] for hit in having] == ["7"]


@pytest.mark.parametrize("document", ["[]", '{"v":2}', "null", ""])
def test_another_document_is_refused(document: str):
    refused = "(() => { try { m.gazetteerOf(given); return false; } catch { return true; } })()"
    assert call(refused, document) is True


def test_a_page_of_another_municipality_is_refused():
    page = '{"v":1,"terc":"1","page":0,"houses":{}}'
    refused = (
        "(() => { try { m.withPage(m.gazetteerOf(given[0]), given[1]); return 0; } catch { return 1; } })()"
    )
    assert call(refused, [REGISTER_TEXT, page]) == 1


@pytest.mark.skipif(not STREET_NAMES.is_file(), reason="the real names of streets are not here")
def test_two_thousand_streets_are_searched_alike(capsys: pytest.CaptureFixture[str]):
    streets = town(real_street_names()[:2_000], 3)
    texts = [one.text for one in asked_of(streets, 300, seed=3)]
    (document,), gazetteer = _only_read(streets)
    assert _found(texts, document) == _in_python(gazetteer, texts)
    timed = """(() => {
      const now = () => performance.now();
      const began = now();
      const index = m.indexOf(m.gazetteerOf(given.document));
      const made = now() - began;
      const each = given.texts.map((text) => {
        const from = now();
        m.search(index, text);
        return now() - from;
      });
      each.sort((one, other) => one - other);
      return [made, each[150], each[284], each[299]];
    })()"""
    made_in, median, most, worst = call(timed, {"document": document, "texts": texts})
    with capsys.disabled():
        print(f"\n2,000 streets in Node.js: index {made_in:.0f} ms; a query {median:.1f} ms,", end=" ")
        print(f"95 of 100 within {most:.1f} ms, all within {worst:.1f} ms")
