"""What a signed text says of the streets covered: taken only as the office's servers write it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.residents.test_alerts_modules import call

SIGNED_TEXT = "../verify/signed_text.js"
NAME = {"code": "0951617:01014", "name": "Różana", "inside": 9, "total": 42}
COVERS: dict[str, Any] = {"names": [NAME], "inside": 12, "total": 8000, "more": 1, "more_inside": 3}


def without(name: str, of: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in of.items() if key != name}


@pytest.mark.parametrize(
    "covers",
    [COVERS, {**COVERS, "names": []}, without("more", COVERS), {**COVERS, "later": [1]},
     {**COVERS, "names": [{**NAME, "later": None}]}],
)  # fmt: skip
def test_what_servers_write_is_taken_with_whatever_a_later_one_adds(covers: dict[str, Any]):
    assert call(SIGNED_TEXT, "m.areCovers(given)", covers) is True


@pytest.mark.parametrize(
    "covers",
    [None, 7, "Różana", [], {}, without("names", COVERS), without("total", COVERS), {**COVERS, "names": {}},
     {**COVERS, "inside": "12"}, {**COVERS, "more": "1"}, {**COVERS, "names": [None]},
     {**COVERS, "names": [without("name", NAME)]}, {**COVERS, "names": [{**NAME, "inside": "9"}]},
     {**COVERS, "names": [{**NAME, "name": ["Różana"]}]}],
)  # fmt: skip
def test_anything_else_is_not(covers: Any):
    assert call(SIGNED_TEXT, "m.areCovers(given)", covers) is False
