"""The templates that every municipality begins with, from templates.json: by id, as the API writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def built_in_templates() -> Mapping[str, Mapping[str, Any]]:
    """In the order in which they are offered."""
    path = Path(__file__).with_name("templates.json")
    found: dict[str, dict[str, Any]] = json.loads(path.read_bytes())
    return found
