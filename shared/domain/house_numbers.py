"""House numbers as the register has them ("12", "12A", "12/3", "10-12"): their order, sides and ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

Key = tuple[int, int, str, int, str]  # the number, how long its letters are, the letters; the same after "/"

LONGEST_NUMBER = 20  # characters; the register's longest are far shorter
_MOST_SPANNED = 200  # numbers of one house; "1-9999" is a slip of the pen
_LETTERS = "A-ZĄĆĘŁŃÓŚŹŻ"
_ONE = re.compile(rf"([0-9]{{1,5}}) ?([{_LETTERS}]{{0,3}})(?: ?/ ?([0-9]{{0,4}})([{_LETTERS}]{{0,3}}))?")
_BEYOND = (99, "")  # after all letters: the end of "12" is behind "12A" and "12/3"


class Parity(StrEnum):
    ODD = "odd"
    EVEN = "even"


@dataclass(frozen=True)
class HouseNumber:
    """One building's numbers: `first` and `last` are alike but for "10-12" and "10A-10C"."""

    first: Key
    last: Key

    def numbers(self) -> list[tuple[Key, Key]]:
        """All that it stands for, each from and to: "10-12" is 10 and 12 of one side, "10-13" both sides'."""
        low, high = self.first[0], self.last[0]
        if low == high:
            return [(self.first, self.last)]
        between = [(number, 0, "", 0, "") for number in range(low, high, 2 - (high - low) % 2)][1:]
        return [(key, key) for key in (self.first, *between, self.last)]


@dataclass(frozen=True)
class Houses:
    """Which houses of a street are meant: of one side, from a number, to a number, or all three together.

    A bound without a letter holds all of its number ("to 12" with 12A and 12/3); one with a letter is exact.
    """

    parity: Parity | None = None
    first: str | None = None
    last: str | None = None

    def hold(self, number: HouseNumber) -> bool:
        """Whether any of the building's numbers is meant: nobody at "10-12" is missed by "from 12"."""
        return any(self._hold(low, high) for low, high in number.numbers())

    def hold_wholly(self, number: HouseNumber) -> bool:
        """Whether all of them are: "without 12" leaves "10-12" in."""
        return all(self._hold(high, low) for low, high in number.numbers())

    def _hold(self, early: Key, late: Key) -> bool:
        """`early` is held against the end, `late` against the beginning."""
        if self.parity is not None and (early[0] % 2 == 1) != (self.parity is Parity.ODD):
            return False
        return (self.first is None or lower_bound(self.first) <= late) and (
            self.last is None or early <= upper_bound(self.last)
        )


def house_number(text: str) -> HouseNumber | None:
    """None for what is no number that has an order: "bn", "dz. 12"."""
    ends = [_key(part) for part in _tidy(text).split("-")] if len(text) <= LONGEST_NUMBER else []
    known = [end for end in ends if end is not None]
    if len(known) != len(ends) or len(known) not in (1, 2):
        return None
    first, last = min(known), max(known)
    return HouseNumber(first, last) if last[0] - first[0] <= _MOST_SPANNED else None


def lower_bound(text: str) -> Key:
    """Of a single number; raises ValueError for anything else."""
    key = _key(_tidy(text)) if len(text) <= LONGEST_NUMBER else None
    if key is None:
        raise ValueError(text)
    return key


def upper_bound(text: str) -> Key:
    """The last of all numbers that belong to it; raises ValueError."""
    number, long, letters, after, more = lower_bound(text)
    if after or more:
        return (number, long, letters, after, more or "\U0010ffff")
    return (number, long, letters, 10**5, "") if letters else (number, *_BEYOND, 10**5, "")


def in_order(text: str) -> tuple[bool, Key, str]:
    """A key by which the numbers of a street are sorted as people walk; what has no order comes last."""
    number = house_number(text)
    return number is None, (0, 0, "", 0, "") if number is None else number.first, text


def _tidy(text: str) -> str:
    dashed = re.sub("[\u2010-\u2015\u2212]", "-", text.upper())
    return re.sub(r"\s*-\s*", "-", " ".join(dashed.split()))


def _key(text: str) -> Key | None:
    found = _ONE.fullmatch(text)
    if found is None:
        return None
    number, letters, after, more = found.groups(default="")
    return int(number), len(letters), letters, int(after or 0), more
