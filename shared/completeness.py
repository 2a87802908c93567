"""By what words a text is seen to say an element, language by language: completeness.json.

Each is a regular expression that begins at a word's beginning; most are stems, since Polish and Ukrainian
words change their endings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any

SAY = "say"
CLAUSE = r"(?:^|[.!?:;,\u2013\u2014-]\s+|\s(?:and|or|then|to|i|oraz|lub|albo|a|та|і|й|або)\s+)"


@cache
def known_words(language: str) -> Mapping[str, Pattern[str]] | None:
    """By name of the list; `command` at the beginning of a clause only. None: nobody has told the words of
    the language."""
    found = _read().get(language)
    if found is None:
        return None
    return {
        name: re.compile(_pattern(name, words), re.IGNORECASE) for name, words in found.items() if name != SAY
    }


def not_known(language: str) -> Mapping[str, str]:
    """By element, the sentence by which a text says that it is not known yet."""
    sentences: Mapping[str, str] = _read().get(language, {}).get(SAY, {})
    return sentences


def _pattern(name: str, words: list[str]) -> str:
    before = CLAUSE if name == "command" else r"(?<!\w)"
    return f"{before}(?:{'|'.join(words)})"


@cache
def _read() -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("completeness.json").read_bytes())
    return found
