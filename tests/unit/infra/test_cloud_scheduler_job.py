"""When a job runs, and when it is tried again."""

import pytest

from infra import deployment
from infra.deployment import JobRetry
from infra.local.cloud_scheduler.job import pauses, seconds_between


@pytest.mark.parametrize(("schedule", "seconds"), [("* * * * *", 60), ("*/5 * * * *", 300)])
def test_every_so_many_minutes_is_understood(schedule, seconds):
    assert seconds_between(schedule) == seconds


@pytest.mark.parametrize("schedule", ["", "0 * * * *", "*/0 * * * *", "*/75 * * * *", "* * * * 1"])
def test_another_schedule_is_refused_and_not_taken_for_this_one(schedule):
    with pytest.raises(ValueError, match="not known here"):
        seconds_between(schedule)


def test_pauses_are_those_of_the_documentation():
    """ "10s, 20s, 40s, 80s, 160s, 240s, 300s": three doublings, then by 80 s, at most 300 s."""
    retry = JobRetry(count=5, min_backoff=10, max_backoff=150, doublings=3)
    assert list(pauses(retry)) == [10, 20, 40, 80, 150]


def test_they_grow_by_the_last_step_after_the_doublings():
    assert list(pauses(JobRetry(count=5, min_backoff=1, max_backoff=99, doublings=1))) == [1, 2, 4, 6, 8]


def test_what_is_declared_can_be_run_here():
    declared = deployment.load()
    scheduled = [each.trigger.schedule for each in declared.functions.values() if each.trigger.schedule]
    assert [seconds_between(schedule) for schedule in scheduled] == [60]


def test_retries_of_a_run_end_before_its_next_minute():
    scheduler = deployment.load().scheduler
    assert sum(pauses(scheduler.retry)) < 60
