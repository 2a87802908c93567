"""One line of a bill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Prices = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Line:
    """`price` in USD each; `free` of them cost nothing."""

    what: str
    number: float
    price: float
    free: float = 0.0

    @property
    def usd(self) -> float:
        return self.number * self.price

    @property
    def usd_after_free(self) -> float:
        return max(0.0, self.number - self.free) * self.price


def usd(lines: Iterable[Line]) -> float:
    return sum(line.usd for line in lines)
