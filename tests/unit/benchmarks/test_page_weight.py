"""The staff's pages stay light: bytes of what each loads, counted."""

from __future__ import annotations

import pytest

from benchmarks.page_weight import SITE, pages, weight
from tests.unit.test_page_imports import modules

MOST_BYTES = 150_000
OF_FIRESTORE = ("firestore.googleapis", "onSnapshot", "WebChannel")  # staff talk to the API


@pytest.mark.parametrize("page", pages())
def test_a_page_is_light(page: str):
    assert weight(page) <= MOST_BYTES


def test_every_page_is_weighed():
    assert {"alerts/list.js", "compose/page.js", "detail/page.js"} <= set(pages())


@pytest.mark.parametrize("word", OF_FIRESTORE)
def test_nothing_of_firestore_is_loaded(word: str):
    files = [*modules("web-admin"), *(SITE / "vendor").glob("*.js")]
    assert [file.name for file in files if word in file.read_text()] == []
