"""Cloud Tasks as the task queue."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import grpc
from google.api_core import exceptions
from google.api_core.retry import Retry, if_exception_type
from google.cloud.tasks_v2 import CloudTasksClient
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport
from google.cloud.tasks_v2.types import HttpMethod, HttpRequest, OidcToken
from google.cloud.tasks_v2.types import Task as CloudTask

from shared.errors import Unavailable
from shared.ports import Task

# The longest timeout of a function (600 s) and a little more: the function's own end comes first.
DISPATCH_DEADLINE = timedelta(seconds=615)
TASK_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")
PASSING = (
    exceptions.ServiceUnavailable,
    exceptions.DeadlineExceeded,
    exceptions.InternalServerError,
    exceptions.ResourceExhausted,
    exceptions.Aborted,
)
# A name makes the call safe to repeat: the second one finds the first one's task.
RETRY = Retry(predicate=if_exception_type(*PASSING), initial=0.1, maximum=1.0, timeout=5.0)
CALL_SECONDS = 3.0


def client(emulator: str | None) -> CloudTasksClient:
    """`emulator`: host:port of a stand-in, reached without TLS and credentials."""
    if emulator is None:
        return CloudTasksClient()
    return CloudTasksClient(transport=CloudTasksGrpcTransport(channel=grpc.insecure_channel(emulator)))


def task_id(name: str) -> str:
    """The name itself if Cloud Tasks takes it as an id, else its hash."""
    return name if TASK_ID.fullmatch(name) else hashlib.sha256(name.encode()).hexdigest()


class CloudTaskQueue:
    """Fulfils ports.TaskQueue."""

    def __init__(
        self,
        cloud_tasks: CloudTasksClient,
        project: str,
        region: str,
        account: str,
        function_urls: Mapping[str, str],
        headers: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """`account` is the e-mail of the service account as which the functions are called; `headers` go with
        each task, as those of a trace do."""
        self._client = cloud_tasks
        self._location = f"projects/{project}/locations/{region}"
        self._account = account
        self._urls = function_urls
        self._headers = headers

    def enqueue(self, task: Task) -> bool:
        parent = f"{self._location}/queues/{task.queue}"
        try:
            self._client.create_task(
                parent=parent, task=self._cloud_task(parent, task), retry=RETRY, timeout=CALL_SECONDS
            )
        except exceptions.AlreadyExists:
            return False
        # NotFound: a queue that was idle for 30 days "may take a few minutes to re-activate" (Queue.state)
        except (*PASSING, exceptions.RetryError, exceptions.NotFound) as error:
            raise Unavailable() from error
        return True

    def _cloud_task(self, parent: str, task: Task) -> CloudTask:
        url = self._urls[task.function]
        return CloudTask(
            name=f"{parent}/tasks/{task_id(task.name)}",
            schedule_time=task.at,
            dispatch_deadline=DISPATCH_DEADLINE,
            http_request=HttpRequest(
                url=f"{url}/",
                http_method=HttpMethod.POST,
                headers={"Content-Type": "application/json", **self._headers()},
                body=json.dumps(dict(task.payload)).encode(),
                oidc_token=OidcToken(service_account_email=self._account, audience=url),
            ),
        )
