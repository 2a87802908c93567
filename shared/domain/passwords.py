"""Which passwords staff may choose: long ones, and none that everybody tries first.

NIST SP 800-63B-4, section 3.1.1.2: a least length, no rules of composition, no change by the calendar, and a
list of what is expected or known. A second factor stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LEAST, MOST = 12, 128  # characters
_SHORTEST_WORD = 4  # of the context (a name, an address): shorter ones are in many good passwords

_NO_LETTER = re.compile(r"[\W\d_]+")
_STEPS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


@cache
def _common() -> frozenset[str]:
    """What is left of the commonest passwords when digits and signs are taken away, Polish and English."""
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def is_expected(password: str, context: Iterable[str] = ()) -> bool:
    """Whether it is among what is tried first. `context`: the person's name and e-mail, the office's name."""
    password = password.casefold()
    letters = _NO_LETTER.sub("", password)
    return (
        letters in _common()
        or len(set(password)) < 5
        or _repeats(password)
        or _is_walk(password)
        or letters in {_NO_LETTER.sub("", word) for word in _words(context)}
    )


def _words(context: Iterable[str]) -> Iterable[str]:
    for text in context:
        whole = text.casefold()
        local = whole.partition("@")[0]
        yield from (
            word for word in (whole, local, *re.split(r"[\W_]+", whole)) if len(word) >= _SHORTEST_WORD
        )


def _repeats(password: str) -> bool:
    """Whether it is one short piece over and over."""
    return re.fullmatch(r"(.+?)\1+", password, re.DOTALL) is not None


def _is_walk(password: str) -> bool:
    """Whether it walks along the alphabet, the digits or a row of keys, either way."""
    return any(password in row or password in row[::-1] for row in _STEPS)
