"""What becomes a link in an office's text, on the public page and in the app alike."""

from __future__ import annotations

import json
from typing import Any

import pytest

from functions.public_api.linked import linked, linked_parts
from infra.local.processes import ROOT
from tests.residents.test_alerts_modules import call

CASES: list[tuple[str, list[list[str]]]] = json.loads((ROOT / "tests/linked_texts.json").read_text())


@pytest.mark.parametrize(("text", "links"), CASES)
def test_the_public_page_links_what_can_be_called_or_opened(text: str, links: list[list[str]]):
    parts = list(linked_parts(text))
    assert [[part, href] for part, href in parts if href is not None] == links
    assert "".join(part for part, _ in parts) == text


def test_the_app_links_the_same():
    found: list[list[Any]] = call(
        "../shell/linked_parts.js", "given.map(m.linkedParts)", [text for text, _ in CASES]
    )
    for (text, links), parts in zip(CASES, found, strict=True):
        assert [[part["text"], part["href"]] for part in parts if isinstance(part, dict)] == links, text
        assert "".join(part if isinstance(part, str) else part["text"] for part in parts) == text


def test_what_is_linked_stays_text():
    hostile = '<b>x</b> https://a.example/"><script>'
    shown = str(linked(hostile))
    assert "<b>" not in shown
    assert "<script>" not in shown
