"""Who hears of what became of an alert: one table by the words of its history, so that a word of another
release tells nobody, and a new one is a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

AUTHOR, APPROVER = "author", "approver"
FAILED = "failed"  # no action: a channel refused the whole message


@dataclass(frozen=True)
class News:
    """`word`: of the texts (formats/call_words.toml); `loud`: by SMS too."""

    word: str
    to: tuple[str, ...]
    loud: bool = False


_BOTH = (AUTHOR, APPROVER)
NEWS: Mapping[str, News] = {
    "approve": News("approved", (AUTHOR,)),
    "return": News("returned", (AUTHOR,), loud=True),
    "reject": News("rejected", (AUTHOR,), loud=True),
    "hold": News("held", _BOTH, loud=True),
    "expire": News("expired", (AUTHOR,)),
    "cancel": News("cancelled", _BOTH),
    "stop": News("stopped", _BOTH, loud=True),
    "revoke": News("taken-back", _BOTH, loud=True),
    "end": News("ended", _BOTH),
    "move": News("moved", (APPROVER,)),
    "differ": News("other-reach", _BOTH, loud=True),  # what endangers people never waits for a count
    FAILED: News("failed", _BOTH, loud=True),
}
