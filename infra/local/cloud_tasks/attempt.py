"""One HTTP request to a worker, as Cloud Tasks makes it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from google.cloud.tasks_v2.types import HttpMethod, HttpRequest
from google.rpc.status_pb2 import Status

from infra.local.cloud_tasks import names
from infra.local.cloud_tasks.store import Stored
from infra.local.cloud_tasks.validation import DEFAULT_DEADLINE
from infra.local.identity.tokens import IdTokens

# Set by Cloud Tasks or for Google alone (HttpRequest.headers).
RESERVED = ("host", "content-length", "user-agent", "x-cloudtasks-", "x-google-", "x-appengine-")
# google.rpc.Code by HTTP status; everything else is UNKNOWN
CODES = {400: 3, 401: 16, 403: 7, 404: 5, 409: 10, 429: 8, 499: 1, 500: 13, 501: 12, 503: 14, 504: 4}
UNKNOWN, INVALID_ARGUMENT, UNAVAILABLE, DEADLINE_EXCEEDED = 2, 3, 14, 4


@dataclass(frozen=True)
class Outcome:
    """`status` is None when the worker did not answer; `code` is that of google.rpc."""

    status: int | None
    code: int
    retry_after: timedelta = timedelta()

    @property
    def done(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    def as_status(self) -> Status:
        return Status(code=self.code, message=f"HTTP status code {self.status}")

    @property
    def overloaded(self) -> bool:
        return self.status in (429, 503)


def headers(stored: Stored) -> dict[str, str]:
    """As documented under "Create HTTP target tasks"."""
    task = stored.task
    own = {
        "User-Agent": "Google-Cloud-Tasks",
        "X-CloudTasks-QueueName": names.short(names.queue_of(task.name)),
        "X-CloudTasks-TaskName": names.short(task.name),
        "X-CloudTasks-TaskRetryCount": str(task.dispatch_count - 1),
        "X-CloudTasks-TaskExecutionCount": str(stored.executions),
        "X-CloudTasks-TaskETA": f"{task.schedule_time.timestamp():.6f}",
    }
    if stored.previous is not None:
        own["X-CloudTasks-TaskPreviousResponse"] = str(stored.previous)
    given = task.http_request.headers.items()
    kept = {key: value for key, value in given if not key.lower().startswith(RESERVED)}
    return {"Content-Type": "application/octet-stream", **kept, **own}


class Sender:
    """Sends tasks with the OIDC token that they ask for."""

    def __init__(self, session: aiohttp.ClientSession, tokens: IdTokens) -> None:
        self._session = session
        self._tokens = tokens

    async def send(self, stored: Stored) -> Outcome:
        """A redirect counts as a failure; the deadline covers the whole exchange."""
        request = stored.task.http_request
        deadline = stored.task.dispatch_deadline or DEFAULT_DEADLINE
        try:
            authorization = await self._authorization(request)
            async with self._session.request(
                HttpMethod(request.http_method or HttpMethod.POST).name,
                request.url,
                data=request.body or None,
                headers={**headers(stored), **authorization},
                timeout=aiohttp.ClientTimeout(total=deadline.total_seconds()),
                allow_redirects=False,
            ) as answer:
                await answer.read()
                code = 0 if 200 <= answer.status < 300 else CODES.get(answer.status, UNKNOWN)
                return Outcome(answer.status, code, retry_after(answer.headers.get("Retry-After", "")))
        except TimeoutError:
            return Outcome(None, DEADLINE_EXCEEDED)
        except aiohttp.ClientError:
            return Outcome(None, UNAVAILABLE)
        except ValueError:  # a header that HTTP does not allow
            return Outcome(None, INVALID_ARGUMENT)

    async def _authorization(self, request: HttpRequest) -> dict[str, str]:
        if "oidc_token" not in request:
            return {}
        oidc = request.oidc_token
        token = await self._tokens.token(oidc.service_account_email, oidc.audience or request.url)
        return {"Authorization": f"Bearer {token}"}


def retry_after(value: str) -> timedelta:
    """Seconds or an HTTP date (RFC 9110, 10.2.3); nothing when neither."""
    if value.isdecimal():
        return timedelta(seconds=int(value))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return timedelta()
    return max(timedelta(), moment - datetime.fromtimestamp(time.time(), UTC))
