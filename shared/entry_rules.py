"""What people enter and how it is taken, from entry_rules.json: one file for the API and the staff's page.

Characters stand as code points in hexadecimal, one or a range: "00AD 2060-2065". `systems`: reference systems
that are known by their numbers, metres east and north of places in Poland (EPSG registry, areas of use,
rounded outwards).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def rules() -> Mapping[str, Any]:
    """By what is entered: "texts", "places"."""
    found: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_bytes())
    return found
