"""Codes of TERYT and the fields about them, each read or refused by its reason.

GUS, "Krajowy Rejestr Urzędowy Podziału Terytorialnego Kraju"; the check digit of SYM: the first six digits
times 2 to 7, summed, modulo 11, 10 counted as 0.
"""

from __future__ import annotations

import re
from datetime import date

from manage.areas.registers.faults import RowFault

_DIGITS = re.compile(r"[0-9]+")
_WEIGHTS = range(2, 8)
LONGEST_NAME = 100  # characters; the registers' columns are this wide
WITHIN_GMINA = frozenset("1234589")  # RODZ; TERYT's kinds of a gmina and of its parts


def digits(field: str, value: str, *lengths: int) -> str:
    """Raises RowFault unless it has only digits, and one of these numbers of them."""
    if not (_DIGITS.fullmatch(value) and value.isascii() and len(value) in lengths):
        raise RowFault(f"{field} is not a code of {' or '.join(map(str, lengths))} digits: {value!r}")
    return value


def check_digit(six: str) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(six, _WEIGHTS, strict=True)) % 11 % 10)


def sym(field: str, value: str) -> str:
    digits(field, value, 7)
    if check_digit(value[:6]) != value[6]:
        raise RowFault(f"{field} has a wrong check digit: {value!r}")
    return value


def kind_of_gmina(field: str, value: str) -> str:
    if value not in WITHIN_GMINA:
        raise RowFault(f"{field} is no kind of a gmina: {value!r}")
    return value


def name(field: str, value: str) -> str:
    """With single spaces, whatever kind of them and however many the file has. Raises RowFault."""
    value = " ".join(value.split())
    if not value or len(value) > LONGEST_NAME or not value.isprintable():
        raise RowFault(f"{field} is no name: {value[:LONGEST_NAME]!r}")
    return value


def name_or_none(field: str, value: str) -> str:
    return name(field, value) if value else ""


def day(field: str, value: str) -> date:
    """Of the form 2026-01-01."""
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise RowFault(f"{field} is no date: {value!r}") from None
