"""Where a member of staff is called besides their e-mail: a number that they proved to be theirs."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.own_factors import Pin, new_pin

VALID = timedelta(minutes=10)  # of a code
DIGITS = 6
# E.164, of Europe (country codes 3x and 4x): numbers further off are what makes SMS dear (toll fraud).
_NUMBER = re.compile(r"\+[34][0-9]{8,13}", re.ASCII)
_BETWEEN = re.compile(r"[\s().-]")


@dataclass(frozen=True)
class Proving:
    """A number that waits for the code that was sent to it; the code as a slow hash, with its tries."""

    phone: str
    code: Pin
    ends: datetime

    def is_open(self, now: datetime) -> bool:
        return now < self.ends and self.code.left > 0


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def proving(phone: str, code: str, now: datetime) -> Proving:
    return Proving(phone, new_pin(code), now + VALID)


def is_number(text: str) -> bool:
    """Whether an SMS can be sent there."""
    if text.startswith("+48"):
        return len(text) == 12 and _NUMBER.fullmatch(text) is not None
    return _NUMBER.fullmatch(text) is not None


def number_of(text: str) -> str:
    """As it is stored, of what somebody typed: with spaces and the like, in Poland without its code."""
    found = _BETWEEN.sub("", text)
    found = f"+{found[2:]}" if found.startswith("00") else found
    return f"+48{found}" if len(found) == 9 and found.isdecimal() else found
