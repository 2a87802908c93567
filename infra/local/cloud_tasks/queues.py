"""Queues: from the declaration, or created by a client."""

from __future__ import annotations

from datetime import timedelta

from google.cloud.tasks_v2.types import CreateQueueRequest, Queue, RateLimits, RetryConfig

from infra import deployment
from infra.local.cloud_tasks import names
from infra.local.cloud_tasks.limits import burst
from infra.local.cloud_tasks.validation import InvalidArgument

# What Cloud Tasks picks for a new queue ("Configure Cloud Tasks queues").
DEFAULT_RATE, DEFAULT_CONCURRENCY = 500.0, 1000
DEFAULT_RETRY = RetryConfig(
    max_attempts=100,
    min_backoff=timedelta(milliseconds=100),
    max_backoff=timedelta(hours=1),
    max_doublings=16,
)


def declared(queue: deployment.Queue, location: str) -> Queue:
    """`location`: projects/P/locations/L."""
    return Queue(
        name=f"{location}/queues/{queue.name}",
        rate_limits=RateLimits(
            max_dispatches_per_second=queue.rate,
            max_concurrent_dispatches=queue.concurrency,
            max_burst_size=burst(queue.rate),
        ),
        retry_config=RetryConfig(
            max_attempts=queue.retry.attempts,
            max_retry_duration=timedelta(seconds=queue.retry.retry_for),
            min_backoff=timedelta(seconds=queue.retry.min_backoff),
            max_backoff=timedelta(seconds=queue.retry.max_backoff),
            max_doublings=queue.retry.doublings,
        ),
        state=Queue.State.RUNNING,
    )


def created(request: CreateQueueRequest) -> Queue:
    """The queue with defaults for what was left open. Raises InvalidArgument."""
    queue, limits = request.queue, request.queue.rate_limits
    if not names.QUEUE.fullmatch(queue.name) or not queue.name.startswith(f"{request.parent}/queues/"):
        raise InvalidArgument(f"Queue name must be formatted: {names.QUEUE.pattern}")
    if not 0 <= limits.max_dispatches_per_second <= 500:
        raise InvalidArgument("RateLimits.max_dispatches_per_second must be at most 500")
    if not 0 <= limits.max_concurrent_dispatches <= 5000:
        raise InvalidArgument("RateLimits.max_concurrent_dispatches must be at most 5000")
    rate = limits.max_dispatches_per_second or DEFAULT_RATE
    given = queue.retry_config
    return Queue(
        name=queue.name,
        rate_limits=RateLimits(
            max_dispatches_per_second=rate,
            max_concurrent_dispatches=limits.max_concurrent_dispatches or DEFAULT_CONCURRENCY,
            max_burst_size=burst(rate),
        ),
        retry_config=RetryConfig(
            max_attempts=given.max_attempts or DEFAULT_RETRY.max_attempts,
            max_retry_duration=given.max_retry_duration,
            min_backoff=given.min_backoff or DEFAULT_RETRY.min_backoff,
            max_backoff=given.max_backoff or DEFAULT_RETRY.max_backoff,
            max_doublings=given.max_doublings or DEFAULT_RETRY.max_doublings,
        ),
        state=Queue.State.RUNNING,
    )
