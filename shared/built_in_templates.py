"""The templates that every municipality begins with, from templates/: by id, as the API writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

GROUPS = ("usual", "networks", "weather", "flood", "fire", "danger", "health", "transport", "events")


@cache
def built_in_templates() -> Mapping[str, Mapping[str, Any]]:
    """In the order in which they are offered: what is sent most comes first, then group by group."""
    folder = Path(__file__).with_name("templates")
    found: dict[str, dict[str, Any]] = {}
    for group in GROUPS:
        found |= json.loads((folder / f"{group}.json").read_bytes())
    return found
