"""The cases of tests/search_cases.json, which the search in Python and the one in JavaScript both pass."""

from __future__ import annotations

import json
from typing import Any

from infra.local.processes import ROOT
from shared.domain.search.matching import Hit
from shared.formats.search_json import gazetteer_of

CASES: dict[str, Any] = json.loads((ROOT / "tests/search_cases.json").read_bytes())
REGISTER_TEXT = json.dumps(CASES["register"])
REGISTER = gazetteer_of(REGISTER_TEXT)


def said(hit: Hit) -> str:
    """A hit in a line: the name, the number, and of a street outside the first locality where it is."""
    one = hit.street or hit.part or hit.locality
    number = f" {hit.house.number}" if hit.house else ""
    outside = hit.street and hit.locality != REGISTER.localities[0]
    return f"{one.name}{number}" + (f", {hit.locality.name}" if outside else "")
