"""What phones do with an alert is on the bill: receipts, the rules' reads, what is read, what is sent."""

import tomllib

import pytest

from benchmarks.cost import PRICES
from benchmarks.cost_answers import weights
from benchmarks.cost_idle import SWEEP_READS, idle
from benchmarks.cost_lines import Line, usd
from benchmarks.cost_reading import app, from_firestore, receipts

PRICE_LIST = tomllib.loads(PRICES.read_text())
PHONES = 10_000


def test_each_receipt_is_written_looked_at_and_deleted():
    written, looked_at, deleted = receipts(PHONES, PRICE_LIST)
    assert written.number == looked_at.number == deleted.number == 16_000
    assert usd([written]) == pytest.approx(16_000 * 0.18e-5)


def test_what_the_app_reads_costs_less_than_from_the_database():
    assert usd(app(PHONES, PRICE_LIST)) < 0.2 * usd(from_firestore(PHONES, PRICE_LIST))


def test_answers_are_weighed_as_they_are_served():
    short, long = weights(3), weights(9)
    assert short.alert == long.alert < long.alert_sent
    assert short.list < long.list < long.list_sent


def test_what_the_cache_asks_for_does_not_grow_with_the_phones():
    few, many = ({line.what: line.number for line in app(phones, PRICE_LIST)} for phones in (100, PHONES))
    assert few["documents read for the CDN"] == many["documents read for the CDN"]
    assert few["GiB from the CDN"] < many["GiB from the CDN"]


def test_what_is_free_is_taken_off_once():
    assert Line("x", 10, 2.0, free=4).usd_after_free == 12
    assert Line("x", 3, 2.0, free=4).usd_after_free == 0


def test_an_idle_month_costs_little():
    lines = idle(PRICE_LIST)
    assert sum(line.usd_after_free for line in lines) <= 1.5
    assert lines[0].number == pytest.approx(SWEEP_READS * 1440 * 30.4)
