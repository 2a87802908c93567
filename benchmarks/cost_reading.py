"""What phones do with an alert, as it is billed: receipts, what the rules read for them, what the app reads.

Shares and times are assumed (benchmarks/reading.toml), answers weighed (benchmarks.cost_answers); prices:
benchmarks/prices.toml. What an app does by itself, alert or not, is left out: its files, and a write a week.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks import inhabitants
from benchmarks.cost_answers import weights
from benchmarks.cost_lines import Line, Prices
from functions.public_api.caching import PERIOD

READING = Path(__file__).with_name("reading.toml")
GIBIBYTE = 2**30
RULES_READS = 1  # of the proof's key, by the rules, for each receipt (ADR 5)
RESIDENT = 1  # document of a start at the list; web-residents/js/session/resident.js
ALERT_READS = 2  # of a cache miss: the alert, and its thread, which it is alone in
VCPU, GIB = 1.0, 0.5  # of public_api; infra/functions.yaml


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


def app(phones: int, prices: Prices, listed: int | None = None) -> list[Line]:
    """As the app reads: alert and list from the CDN, the resident's own documents from Firestore.

    `listed`: alerts of the past month in the list, else as assumed. An alert that is opened from its
    notification costs no read: places are on the phone, and what came by push that day came to this device.
    """
    shown = listed or int(assumed()["site"]["listed"])
    own = _lists(phones) * (RESIDENT + _places())
    return [
        Line("own documents read for lists", own, prices["firestore"]["read"]),
        Line("GiB from the CDN", _sent(phones, shown) / GIBIBYTE, prices["hosting"]["gib"]),
        *_misses(shown, prices),
    ]


def _sent(phones: int, listed: int) -> float:
    """Bytes; who goes on looking gets an answer without a body each minute."""
    site, size = assumed()["site"], weights(listed)
    again = (_openings(phones) + _lists(phones)) * site["minutes_read"] * site["unchanged_bytes"]
    return float(_openings(phones) * size.alert + _lists(phones) * size.list + again)


def _misses(listed: int, prices: Prices) -> list[Line]:
    """The CDN asks for each of the two addresses once in ten seconds, for as long as anybody looks."""
    site, functions, size = assumed()["site"], prices["functions"], weights(listed)
    each = site["minutes_asked"] * 60 / PERIOD
    second = VCPU * functions["vcpu_second"] + GIB * functions["gib_second"]
    reads = ALERT_READS + listed + 1  # what is in force is read twice
    return [
        Line("documents read for the CDN", each * reads, prices["firestore"]["read"]),
        Line("function requests for it", each * 2, functions["request"]),
        Line("function seconds for it", each * 2 * site["miss_seconds"], second),
        Line(
            "GiB sent to it", each * (size.list_sent + size.alert_sent) / GIBIBYTE, prices["network"]["gib"]
        ),
    ]


def from_firestore(phones: int, prices: Prices) -> list[Line]:
    """The same without the CDN, as apps before it read and native ones may: for comparison."""
    reads = assumed()["firestore"]
    opening, lists = _openings(phones) * reads["opening"], _lists(phones) * reads["list"]
    sent = (_openings(phones) + lists) * reads["document_bytes"] / GIBIBYTE
    return [
        Line("documents read on opening", opening, prices["firestore"]["read"]),
        Line("documents read for lists", lists, prices["firestore"]["read"]),
        Line("GiB sent to phones", sent, prices["network"]["gib"]),
    ]


@cache
def _places() -> float:
    """Of a resident."""
    found = inhabitants.places(inhabitants.RESIDENTS)
    return len(found.resident) / inhabitants.RESIDENTS


def _openings(phones: int) -> float:
    return float(phones * assumed()["shares"]["opened"])


def _lists(phones: int) -> float:
    return float(phones * assumed()["shares"]["listed"])
