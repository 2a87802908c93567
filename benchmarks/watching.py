"""What it costs to watch one alert: four people, ten minutes; and what the staff's pages weigh.

python -m benchmarks.watching: the staff's API on stores whose operations are counted as Firestore bills them,
asked as the page asks, on a clock moved by hand, while phones confirm. Against pages that listened to two
documents in Firestore and had the figures gathered every 3 seconds, as up to release 0.2.0. Keys: `reads`,
`requests`, `unchanged` (share of answers without a body), `kb` (bodies gzipped, and headers), `usd` (list
price of reads, writes and requests), each of all four; `reads_vs_listening`; `page_kb`, of the heaviest page.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import exp
from typing import Any

import pytest
from werkzeug.test import TestResponse

from benchmarks.cost import PRICES
from benchmarks.cost_delivery import Billed
from benchmarks.cost_lines import Prices
from benchmarks.page_weight import weights
from benchmarks.population import Bill
from benchmarks.report import machine, table
from shared import wiring
from shared.domain.alert import State
from shared.domain.audience import Platform
from shared.domain.delivery import Delivery, DeliveryState
from shared.domain.statistics import PlatformFigures, SentFigures
from tests.fakes.alert_values import alert
from tests.fakes.staff_api import Api, StaffApi

PEOPLE = ("anna", "piotr", "ewa", "anna")
SECONDS = 600
PACE = 5  # seconds between two questions of a page; web-admin/js/detail/watch.js, LIVE
GATHERED = 3  # seconds between two gatherings of the pages of before
PHONES = 2000
RECEIVED_WITHIN, OPENED_WITHIN, OPENED = 20, 180, 0.6  # seconds, e-folding; share that opens it
WHO = 2  # reads with each request: staff/{uid}, and the session; of before sessions one
NOTED = 60  # seconds between two writes of a session
LISTENED = 2  # documents of an alert: itself and its summary
RULES = 3  # reads of the rules when two listeners begin: staff/{uid} for each, and the alert once more
HEAD = ("", "requests", "reads", "writes", "without a body", "KB", "USD")


@dataclass
class Watched:
    """What all people together took."""

    requests: int = 0
    unchanged: int = 0
    sent_bytes: int = 0
    reads: int = 0
    writes: int = 0

    def usd(self, prices: Prices) -> float:
        store = prices["firestore"]
        requests = self.requests * prices["functions"]["request"]
        return float(self.reads * store["read"] + self.writes * store["write"] + requests)

    def row(self, name: str, prices: Prices) -> tuple[object, ...]:
        kilobytes = self.sent_bytes / 1000
        return (name, self.requests, self.reads, self.writes, self.unchanged, kilobytes, self.usd(prices))


class Office:
    """An alert that was sent a moment ago, with stores on the bill."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.office, self.bill, self.calls = StaffApi(), Bill(), Counter[str]()
        self.api: Api = self.office.open(monkeypatch)
        self._confirmed = Counter[str]()
        self._send()
        for name in ("alerts", "delivery", "published", "summaries"):
            billed = Billed(getattr(self.office, name), name, self.bill, self.calls)
            monkeypatch.setattr(wiring, name, lambda billed=billed: billed)

    def _send(self) -> None:
        now = self.office.clock.now()
        self.office.alerts.put(alert("a1", state=State.ACTIVE, started=now))
        of_kind = {"android": PlatformFigures(PHONES, PHONES, residents=PHONES)}
        sent = SentFigures(PHONES, PHONES, by_kind=of_kind, residents=PHONES)
        until = now + timedelta(days=1)
        done = Delivery("a1", "push", 1, 1, 1, False, now, until, state=DeliveryState.DONE, figures=sent)
        self.office.delivery.put(done)

    def second(self, at: int) -> None:
        """Phones confirm, ever fewer."""
        self.office.clock.advance(timedelta(seconds=1))
        opened = PHONES * OPENED * (1 - exp(-at / OPENED_WITHIN))
        for kind, by_now in {"received": PHONES * (1 - exp(-at / RECEIVED_WITHIN)), "opened": opened}.items():
            more = round(by_now) - self._confirmed[kind]
            self.office.published.receive("a1", kind, more, Platform.ANDROID)
            self._confirmed[kind] += more


def asked(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """As the page does: each person at a second of their own."""
    office, told = Office(monkeypatch), Watched()
    tags: dict[int, str] = {}
    for at in range(SECONDS):
        office.second(at)
        for person, who in enumerate(PEOPLE):
            if (at + person) % PACE == 0:
                headers = {"If-None-Match": tags[person]} if person in tags else {}
                answer = office.api.get(who, "/api/alerts/a1/summary", headers=headers)
                tags[person] = answer.headers["ETag"]
                _count(told, answer)
    told = _billed(told, office, WHO)
    told.writes += len(PEOPLE) * SECONDS // NOTED
    return told


def listened(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """As pages of before: figures gathered for each, and each change of the summary sent to each.

    Of what listening itself sends nothing is counted, nor of its connection.
    """
    office, told = Office(monkeypatch), Watched()
    for at in range(SECONDS):
        office.second(at)
        for person, who in enumerate(PEOPLE):
            if (at + person) % GATHERED == 0:
                _count(told, office.api.post(who, "/api/alerts/a1/summary"))
    told = _billed(told, office, 1)
    told.reads += len(PEOPLE) * (LISTENED + RULES + office.calls["summaries.put"])
    return told


def _count(told: Watched, answer: TestResponse) -> None:
    if answer.status_code not in (200, 304):
        raise AssertionError(answer.get_data(as_text=True))
    told.requests += 1
    told.unchanged += answer.status_code == 304
    body = gzip.compress(answer.data, mtime=0) if answer.data else b""
    told.sent_bytes += len(body) + len(str(answer.headers))


def _billed(told: Watched, office: Office, who: int) -> Watched:
    told.reads = office.bill.reads + who * told.requests
    told.writes = office.bill.writes
    return told


def measured() -> tuple[Watched, Watched]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        now = asked(monkeypatch)
    with pytest.MonkeyPatch.context() as monkeypatch:
        return now, listened(monkeypatch)


def figures(now: Watched, before: Watched, pages: Mapping[str, int], prices: Prices) -> dict[str, Any]:
    return {
        "reads": now.reads,
        "requests": now.requests,
        "unchanged": round(now.unchanged / now.requests, 2),
        "kb": round(now.sent_bytes / 1000),
        "usd": round(now.usd(prices), 5),
        "reads_vs_listening": round(now.reads / before.reads, 2),
        "page_kb": round(max(pages.values()) / 1000, 1),
    }


def main() -> int:
    (now, before), pages = measured(), weights()
    prices = tomllib.loads(PRICES.read_text(encoding="utf-8"))
    print(machine())
    print(table(HEAD, [now.row("asking", prices), before.row("listening", prices)]))
    print(table(("page", "KB gzipped, without the map"), [(name, of / 1000) for name, of in pages.items()]))
    print(json.dumps(figures(now, before, pages, prices)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
