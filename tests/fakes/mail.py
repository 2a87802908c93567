"""A provider of e-mail in memory, under the contract of tests/emulator/test_mail_contract.py."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports import MailResult


@dataclass(frozen=True)
class Sent:
    to: str
    subject: str
    text: str
    html: str | None


class FakeMailSender:
    """Fulfils ports.MailSender; `fails` is raised instead of an answer, `taken`: it was sent all the same."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.fails: Exception | None = None
        self.taken = False

    def send(self, to: str, subject: str, text: str, html: str | None = None) -> MailResult:
        if self.fails is None or self.taken:
            self.sent.append(Sent(to, subject, text, html))
        if self.fails is not None:
            raise self.fails
        return MailResult(f"mail-{len(self.sent)}")
