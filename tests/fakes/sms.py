"""A provider of SMS in memory, under the contract of tests/emulator/test_sms_contract.py."""

from __future__ import annotations

from dataclasses import dataclass

from shared.domain.gsm import parts
from shared.errors import SmsRefused
from shared.ports import SmsResult


@dataclass(frozen=True)
class Sent:
    to: str
    text: str


class FakeSmsSender:
    """Fulfils ports.SmsSender; `fails` is raised instead of an answer, `taken`: it was sent all the same."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.asked = 0
        self.fails: Exception | None = None
        self.taken = False

    def send(self, to: str, text: str) -> SmsResult:
        self.asked += 1
        if parts(text) is None:
            raise SmsRefused
        if self.fails is None or self.taken:
            self.sent.append(Sent(to, text))
        if self.fails is not None:
            raise self.fails
        return SmsResult(f"sms-{len(self.sent)}")
