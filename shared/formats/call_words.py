"""What a call of staff says: an SMS without letters that double its price, a mail in Polish and English.

Neither has a link or a token: whoever is called opens the panel as they always do, and no thief can use a
habit of following links.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from shared.domain.call import Call, CallKind

HELD = "held-news"  # for the author, who is not asked to decide


@dataclass(frozen=True)
class CallWords:
    sms: str
    subject: str
    text: str


@cache
def words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def call_words(call: Call, office: str) -> CallWords:
    """Of a word that this release does not know it says that something wants attention."""
    found, frame = words().get(_word(call)) or words()["unknown"], words()["frame"]
    given = {"number": call.number, "office": office}
    told = [frame[one].format(office=office, said=found[one].format_map(given)) for one in ("pl", "en")]
    exercise = (frame["exercise"], frame["exercise_subject"]) if call.exercise else ("", "")
    return CallWords(
        exercise[0] + found["sms"].format_map(given),
        exercise[1] + found["subject"].format_map(given),
        "\n\n--\n\n".join(told) + "\n",
    )


def code_sms(code: str) -> str:
    return str(words()["code"]["sms"].format(code=code))


def _word(call: Call) -> str:
    if call.kind is not CallKind.NEWS:
        return str(call.kind.value)
    return HELD if call.news == "held" else call.news
