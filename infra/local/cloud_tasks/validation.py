"""What Cloud Tasks refuses when a task is created, each with INVALID_ARGUMENT."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from google.cloud.tasks_v2.types import CreateTaskRequest, HttpMethod, HttpRequest, Task

from infra.local.cloud_tasks import names

# "Quotas and limits" says 1 MB, the API reference of CreateTask 100 KB: what passes here passes either.
MAX_TASK_BYTES = 100 * 1024
MAX_AHEAD = timedelta(days=30)  # "Quotas and limits": maximum schedule time for a task
MAX_URL = 2083  # HttpRequest.url
MAX_HEADER_BYTES = 80 * 1024  # HttpRequest.headers
DEFAULT_DEADLINE = timedelta(minutes=10)  # Task.dispatch_deadline, as the two bounds
MIN_DEADLINE = timedelta(seconds=15)
MAX_DEADLINE = timedelta(minutes=30)
WITH_BODY = (HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH)


class InvalidArgument(ValueError):
    """The text is for the caller."""


def check(request: CreateTaskRequest) -> None:
    """Raises InvalidArgument."""
    task = request.task
    if not names.QUEUE.fullmatch(request.parent):
        raise InvalidArgument(f"Queue name must be formatted: {names.QUEUE.pattern}")
    if task.name:
        _check_name(task.name, request.parent)
    if "http_request" not in task:
        raise InvalidArgument("Task.http_request is required")
    _check_http(task.http_request)
    _check_times(task)
    if len(CreateTaskRequest.serialize(request)) > MAX_TASK_BYTES:
        raise InvalidArgument("Task size too large")


def _check_name(name: str, parent: str) -> None:
    if not names.TASK.fullmatch(name):
        raise InvalidArgument(f"Task name must be formatted: {names.TASK.pattern}")
    if names.queue_of(name) != parent:
        raise InvalidArgument("The queue of Task.name differs from the parent")


def _check_http(request: HttpRequest) -> None:
    if not request.url.startswith(("http://", "https://")):
        raise InvalidArgument("HttpRequest.url must start with 'http://' or 'https://'")
    if len(request.url) > MAX_URL:
        raise InvalidArgument(f"HttpRequest.url is longer than {MAX_URL} characters")
    if request.body and request.http_method and request.http_method not in WITH_BODY:
        raise InvalidArgument("HTTP request body is allowed only with POST, PUT and PATCH")
    if sum(len(key) + len(value) for key, value in request.headers.items()) >= MAX_HEADER_BYTES:
        raise InvalidArgument("HttpRequest.headers must be smaller than 80KB")
    if "oidc_token" in request and "@" not in request.oidc_token.service_account_email:
        raise InvalidArgument("OidcToken.service_account_email must be the e-mail of a service account")


def _check_times(task: Task) -> None:
    deadline = task.dispatch_deadline
    if deadline and not MIN_DEADLINE <= deadline <= MAX_DEADLINE:
        raise InvalidArgument("Task.dispatch_deadline must be between [15s, 30m]")
    if task.schedule_time and task.schedule_time > datetime.now(UTC) + MAX_AHEAD:
        raise InvalidArgument("The schedule time is more than 30 days ahead")
