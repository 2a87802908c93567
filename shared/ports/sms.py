"""SMS to people of an office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class SmsResult:
    """The provider took it; whether it arrives is told by nobody here."""

    message_id: str


class SmsSender(Protocol):
    def send(self, to: str, text: str) -> SmsResult:
        """One attempt a call: the provider has no key by which a second one would be known.

        `to`: a number as E.164 writes it; `text`: of one or two parts (domain.gsm). Raises Throttled (it was
        not taken, and may be later), SmsRefused (it was not taken, and never will be), Unavailable (nobody
        knows: it may have been taken, and its answer lost).
        """
