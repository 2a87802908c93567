"""What the benchmark of a crowd would notice: a cache that asks too often, a reader with the wrong page."""

from __future__ import annotations

import gzip

import pytest

from benchmarks import crisis
from benchmarks.crowd.cache import Asked
from benchmarks.crowd.readers import Failed, Opened, _opened

CANCELLED = 60.0
ACTIVE = crisis.TITLES[crisis.PAGE]
OVER = f"{ACTIVE} {crisis.OVER[crisis.PAGE]}"


def asked(*moments, address=crisis.PAGE):
    return [Asked(at, address, 200, 7000) for at in moments]


def opened(body, at=1.0, status=200):
    return Opened(crisis.PAGE, at, 0.01, 3000, "HIT", body, status)


def complaints(*results):
    return crisis.wrong(crisis.Run(results, asked(0), CANCELLED, 2))


def test_one_request_a_period_is_one():
    assert crisis.per_period_max(asked(0, 10.2, 20.4)) == 1


def test_a_second_request_within_a_period_is_noticed():
    assert crisis.per_period_max(asked(0, 10.2, 12.0, 20.4)) == 2


def test_each_address_has_periods_of_its_own():
    assert crisis.per_period_max(asked(0) + asked(1, address=crisis.ENGLISH)) == 1


@pytest.mark.parametrize(
    "result",
    [
        pytest.param(opened("another page"), id="another page"),
        pytest.param(opened(ACTIVE, status=500), id="an error"),
        pytest.param(opened(ACTIVE, at=90), id="long after the change as before it"),
        pytest.param(opened(OVER, at=10), id="over before it was"),
        pytest.param(Failed(crisis.PAGE, "TimeoutError"), id="nothing"),
    ],
)
def test_a_reader_with_the_wrong_page_is_noticed(result):
    assert len(complaints(result)) == 1


def test_readers_may_see_a_change_a_little_later():
    seen = (opened(ACTIVE, at=10), opened(ACTIVE, at=66), opened(OVER, at=66), opened(OVER, at=100))
    assert complaints(*seen) == []


def _answer(body, *headers):
    return "\r\n".join(["HTTP/1.1 200 OK", "X-Cache: HIT", *headers, "", ""]).encode() + body


def test_an_answer_in_pieces_and_compressed_is_put_together():
    packed = gzip.compress(b"Brak wody")
    body = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (5, packed[:5], len(packed) - 5, packed[5:])
    raw = _answer(body, "Transfer-Encoding: chunked", "Content-Encoding: gzip")
    result = _opened("/a/a1", 0, 0, raw)
    assert isinstance(result, Opened)
    assert (result.body, result.kept, result.bytes) == ("Brak wody", "HIT", len(raw))


@pytest.mark.parametrize(
    "raw", [b"", _answer(b"half", "Content-Length: 8"), _answer(b"8\r\nhalf", "Transfer-Encoding: chunked")]
)
def test_an_answer_that_broke_off_is_a_failure(raw):
    assert isinstance(_opened("/a/a1", 0, 0, raw), Failed)
