"""Who was sent a message of a thread, by the ledgers of its deliveries, in an order that names nobody.

A worker takes a share of them: those whose token lies in a range. All lines of a resident have one token, so
each is in one share, over however many messages and places the ledgers tell of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

TOKEN_DIGITS = 15
_SPREAD = 16**4  # of the first four digits, by which shares are cut


class Holder(NamedTuple):
    """A resident who was sent a message, and the entry of the index by which it was; in order.

    `released`: the last that they were sent said that it no longer concerns their place.
    """

    token: str
    entry: str  # "uid.place"
    released: bool

    @property
    def uid(self) -> str:
        return self.entry.rpartition(".")[0]


def token_of(uid: str) -> str:
    """Hashed, so that a cursor that outlives the resident does not name them."""
    return hashlib.sha256(uid.encode()).hexdigest()[:TOKEN_DIGITS]


def shares(count: int) -> Iterator[tuple[str, str]]:
    """So many ranges of tokens, both ends included, about equally full; at most 65,536."""
    rest = TOKEN_DIGITS - 4
    for number in range(count):
        lo, hi = number * _SPREAD // count, (number + 1) * _SPREAD // count - 1
        yield f"{lo:04x}{'0' * rest}", f"{hi:04x}{'f' * rest}"
