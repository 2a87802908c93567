"""How facts are said in each language, from fact_rules.json: one file for the API and the staff's page.

Of a time the form `at` stands alone ("jutro 8:00"), `until` follows a preposition ("do jutra 8:00"), `date`
says the day whole. `evening_from`: hour from which the next day is said by its name, since a text that is
approved after midnight must not say "tomorrow" of the day that has begun.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def fact_rules() -> Mapping[str, Any]:
    """The whole table."""
    found: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_bytes())
    return found
