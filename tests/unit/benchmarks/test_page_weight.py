"""The staff's pages stay light: bytes of what each loads, counted."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.page_weight import SITE, weights

MOST_BYTES = 150_000
OF_FIRESTORE = ("firestore.googleapis", "onSnapshot", "WebChannel")  # staff talk to the API


@pytest.fixture(scope="module")
def weighed() -> Mapping[str, int]:
    return weights()


def test_every_page_is_light(weighed: Mapping[str, int]):
    assert {page: weight for page, weight in weighed.items() if weight > MOST_BYTES} == {}


def test_every_page_is_weighed(weighed: Mapping[str, int]):
    assert {"alerts/list.js", "compose/page.js", "detail/page.js"} <= set(weighed)
    assert min(weighed.values()) > MOST_BYTES / 5


@pytest.mark.parametrize("word", OF_FIRESTORE)
def test_nothing_of_firestore_is_deployed(weighed: Mapping[str, int], word: str):
    assert [file.name for file in SITE.rglob("*.js") if word in file.read_text()] == []
