"""What phones do with an alert, as it is billed: receipts, what the rules read for them, what the app reads.

Shares and sizes are assumed (benchmarks/reading.toml); prices: benchmarks/prices.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.cost_lines import Line, Prices

READING = Path(__file__).with_name("reading.toml")
GIBIBYTE = 2**30
RULES_READS = 1  # of the proof's key, by the rules, for each receipt (ADR 5)


@cache
def assumed() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(READING.read_text(encoding="utf-8"))


def receipts(phones: int, prices: Prices) -> list[Line]:
    """Two of a phone that opens it, one of any other; the rules look at each, TTL deletes it."""
    shares, store = assumed()["shares"], prices["firestore"]
    number = phones * (shares["received"] + shares["opened"])
    return [
        Line("receipts written", number, store["write"]),
        Line("reads of the rules for them", number * RULES_READS, store["read"]),
        Line("receipts deleted (TTL)", number, store["delete"]),
    ]


def from_firestore(phones: int, prices: Prices) -> list[Line]:
    """The alert's view and the list as the app reads them."""
    reads = assumed()["firestore"]
    opening, lists = _openings(phones) * reads["opening"], _lists(phones) * reads["list"]
    sent = (_openings(phones) + lists) * reads["document_bytes"] / GIBIBYTE
    return [
        Line("documents read on opening", opening, prices["firestore"]["read"]),
        Line("documents read for lists", lists, prices["firestore"]["read"]),
        Line("GiB sent to phones", sent, prices["network"]["gib"]),
    ]


def from_cdn(phones: int, prices: Prices) -> list[Line]:
    """The same from Hosting's CDN, which asks a function once in ten seconds."""
    size = assumed()["cdn"]
    sent = _openings(phones) * size["opening_bytes"] + _lists(phones) * size["list_bytes"]
    return [Line("GiB from the CDN", sent / GIBIBYTE, prices["hosting"]["gib"])]


def _openings(phones: int) -> float:
    return float(phones * assumed()["shares"]["opened"])


def _lists(phones: int) -> float:
    return float(phones * assumed()["shares"]["listed"])
