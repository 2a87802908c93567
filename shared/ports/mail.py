"""E-mail to people of an office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class MailResult:
    """The provider took it; whether it arrives is told by nobody here."""

    message_id: str


class MailSender(Protocol):
    def send(self, to: str, subject: str, text: str, html: str | None = None) -> MailResult:
        """One attempt a call, so that only a person's wish sends a second one.

        Raises Throttled (it was not taken, and may be later), MailRefused (it was not taken, and never will
        be), Unavailable (nobody knows: it may have been taken, and its answer lost).
        """
