"""How names of streets and localities are written and typed, from search_words.json; both sites read it.

`forms`: a word and all that stands for it, folded (lower case, no diacritics); `left_out`: what tells
nothing; `optional`: kinds of streets and titles, which people leave out (abbreviations of ULIC, GUS);
`patterns`: regular expressions over folded text that Python and JavaScript read alike; lengths in characters.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def search_words() -> Mapping[str, Any]:
    """The whole table."""
    found: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_bytes())
    return found
