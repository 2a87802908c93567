"""Who hears of what became of an alert: one table by the words of its history, so that a word of another
release tells nobody, and a new one is a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf

AUTHOR, APPROVER = "author", "approver"
FAILED = "failed"  # no action: a channel refused the whole message
SOONER = "sooner"  # a move to an earlier moment: whoever approved it may want to stop it


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
    "send_now": News("sent-now", (AUTHOR,), loud=True),
    SOONER: News("moved-sooner", (APPROVER,), loud=True),
    "differ": News("other-reach", _BOTH, loud=True),  # what endangers people never waits for a count
    FAILED: News("failed", _BOTH, loud=True),
}


def news_of(action: str, details: Mapping[str, str]) -> News | None:
    """`details`: of the entry, as the history has them; of a move the moments `from` and `to`."""
    sooner = action == "move" and _moment(details.get("to")) < _moment(details.get("from"))
    return NEWS.get(SOONER if sooner else action)


def _moment(text: str | None) -> float:
    """Seconds since 1970; of what says none, later than all."""
    try:
        return datetime.fromisoformat(text or "").timestamp()
    except ValueError:
        return inf
