"""The pace of a queue: waits between attempts, giving up, and slowing down."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from google.cloud.tasks_v2.types import RetryConfig

from infra.local.cloud_tasks.attempt import retry_after
from infra.local.cloud_tasks.limits import TokenBucket, backoff, exhausted

HOUR = timedelta(hours=1)


def test_waits_are_those_of_the_documented_example():
    config = RetryConfig(
        min_backoff=timedelta(seconds=10), max_backoff=timedelta(seconds=300), max_doublings=3
    )
    waits = [backoff(config, retry).total_seconds() for retry in range(9)]
    assert waits == [10, 20, 40, 80, 160, 240, 300, 300, 300]


def test_without_doublings_waits_grow_in_a_line():
    config = RetryConfig(min_backoff=timedelta(seconds=2), max_backoff=timedelta(seconds=7), max_doublings=0)
    assert [backoff(config, retry).total_seconds() for retry in range(5)] == [2, 4, 6, 7, 7]


@pytest.mark.parametrize(
    ("attempts", "duration", "made", "since_first", "given_up"),
    [
        (3, 0, 2, HOUR, False),
        (3, 0, 3, timedelta(0), True),
        (-1, 60, 99, timedelta(seconds=59), False),
        (-1, 60, 1, timedelta(seconds=60), True),
        (3, 60, 3, timedelta(seconds=59), False),  # both limits have to be reached
        (3, 60, 2, HOUR, False),
        (3, 60, 3, HOUR, True),
        (-1, 0, 999, HOUR, False),
    ],
)
def test_a_task_is_given_up_when_every_limit_that_is_set_is_reached(
    attempts, duration, made, since_first, given_up
):
    config = RetryConfig(max_attempts=attempts, max_retry_duration=timedelta(seconds=duration))
    assert exhausted(config, made, since_first, age=HOUR) is given_up


def test_no_task_is_kept_longer_than_31_days():
    endless = RetryConfig(max_attempts=-1)
    assert exhausted(endless, 1, HOUR, age=timedelta(days=31))
    assert not exhausted(endless, 1, HOUR, age=timedelta(days=30))


class Seconds:
    """A clock that goes on while somebody sleeps, and then only."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds + 1e-9  # never too little to tell


@pytest.fixture
def seconds():
    return Seconds()


def seconds_for(bucket, count, seconds):
    async def take():
        for _ in range(count):
            await bucket.take()

    start = seconds.now
    asyncio.run(take())
    return pytest.approx(seconds.now - start)


def test_a_burst_passes_at_once_and_the_rest_at_the_rate(seconds):
    bucket = TokenBucket(20, seconds, seconds.sleep)
    assert seconds_for(bucket, 20, seconds) == 0
    assert seconds_for(bucket, 10, seconds) == 0.5


def test_overload_slows_down_and_success_speeds_up_again(seconds):
    bucket = TokenBucket(20, seconds, seconds.sleep)
    seconds_for(bucket, 20, seconds)
    bucket.slow_down()
    assert seconds_for(bucket, 5, seconds) == 0.5  # ten a second now
    bucket.slow_down()  # within the same second: counted once
    assert seconds_for(bucket, 1, seconds) == 0.1
    for _ in range(10):
        bucket.speed_up()
    assert seconds_for(bucket, 10, seconds) == 0.5


def test_overload_a_second_later_slows_down_once_more(seconds):
    bucket = TokenBucket(20, seconds, seconds.sleep)
    bucket.slow_down()
    seconds.now += 1.5
    bucket.slow_down()
    seconds_for(bucket, 5, seconds)
    assert seconds_for(bucket, 10, seconds) == 2


def test_retry_after_is_read_as_seconds_or_as_a_date():
    assert retry_after("17") == timedelta(seconds=17)
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert timedelta(seconds=55) < retry_after(in_a_minute) <= timedelta(seconds=60)
    for nothing in ("", "soon", "-3", "Fri, 31 Dec 1999 23:59:59 GMT"):
        assert retry_after(nothing) == timedelta()
