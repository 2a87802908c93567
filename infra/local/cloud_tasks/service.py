"""The methods of the gRPC service."""

from __future__ import annotations

from datetime import UTC, datetime

import grpc
from google.cloud.tasks_v2 import types as t
from google.protobuf.empty_pb2 import Empty

from infra.local.at_least_once import Chaos
from infra.local.cloud_tasks import names, queues
from infra.local.cloud_tasks.attempt import Sender
from infra.local.cloud_tasks.dispatcher import Dispatcher
from infra.local.cloud_tasks.store import NameTaken, Stored, TaskStore
from infra.local.cloud_tasks.validation import DEFAULT_DEADLINE, InvalidArgument, check

MAX_PAGE = 1000  # ListTasksRequest.page_size


class Refused(Exception):
    """Answered with this gRPC status."""

    def __init__(self, code: grpc.StatusCode, text: str) -> None:
        super().__init__(text)
        self.code = code


def _view(task: t.Task, view: t.Task.View) -> t.Task:
    """Without the body, unless it is asked for."""
    answer = t.Task(task)
    answer.view = t.Task.View(view or t.Task.View.BASIC)
    if answer.view == t.Task.View.BASIC:
        answer.http_request.body = b""
    return answer


class CloudTasks:
    """Queues and tasks of one project."""

    def __init__(self, store: TaskStore, sender: Sender, chaos: Chaos) -> None:
        self._store = store
        self._sender = sender
        self._chaos = chaos
        self._dispatchers: dict[str, Dispatcher] = {}

    async def start(self, declared: list[t.Queue]) -> None:
        """Declared queues take their limits from the declaration, and keep whether they were paused."""
        known = {queue.name: queue for queue in self._store.queues()}
        for queue in declared:
            if queue.name in known:
                queue.state = known[queue.name].state
            known[queue.name] = queue
        for queue in known.values():
            self._open(queue)

    async def stop(self) -> None:
        for dispatcher in self._dispatchers.values():
            await dispatcher.stop()
        self._store.close()

    async def create_task(self, request: t.CreateTaskRequest) -> t.Task:
        check(request)
        dispatcher = self._dispatcher(request.parent)
        task, now = request.task, datetime.now(UTC)
        task.name = task.name or names.new_task(request.parent)
        task.create_time = now.replace(microsecond=0)
        task.schedule_time = max(task.schedule_time or now, now)
        task.dispatch_deadline = task.dispatch_deadline or DEFAULT_DEADLINE
        task.http_request.http_method = t.HttpMethod(task.http_request.http_method or t.HttpMethod.POST)
        try:
            self._store.add(task)
        except NameTaken:
            text = "Requested entity already exists"
            raise Refused(grpc.StatusCode.ALREADY_EXISTS, text) from None
        if self._chaos.loses():
            self._store.remove(task.name)
        else:
            dispatcher.put(task)
        return _view(task, request.response_view)

    async def get_task(self, request: t.GetTaskRequest) -> t.Task:
        return _view(self._task(request.name).task, request.response_view)

    async def list_tasks(self, request: t.ListTasksRequest) -> t.ListTasksResponse:
        self._dispatcher(request.parent)
        size = min(request.page_size or MAX_PAGE, MAX_PAGE)
        found = list(self._store.tasks(request.parent, size + 1, request.page_token))
        tasks = [_view(task, request.response_view) for task in found[:size]]
        token = tasks[-1].name if len(found) > size else ""
        return t.ListTasksResponse(tasks=tasks, next_page_token=token)

    async def delete_task(self, request: t.DeleteTaskRequest) -> Empty:
        self._store.remove(self._task(request.name).task.name)
        return Empty()

    async def run_task(self, request: t.RunTaskRequest) -> t.Task:
        stored = self._task(request.name)
        stored.task.schedule_time = datetime.now(UTC)
        self._store.update(stored)
        self._dispatcher(names.queue_of(request.name)).run_now(stored)
        return _view(stored.task, request.response_view)

    async def get_queue(self, request: t.GetQueueRequest) -> t.Queue:
        return self._dispatcher(request.name).queue

    async def list_queues(self, request: t.ListQueuesRequest) -> t.ListQueuesResponse:
        found = [each.queue for _, each in sorted(self._dispatchers.items())]
        return t.ListQueuesResponse(
            queues=[queue for queue in found if queue.name.startswith(f"{request.parent}/queues/")]
        )

    async def create_queue(self, request: t.CreateQueueRequest) -> t.Queue:
        queue = queues.created(request)
        if queue.name in self._dispatchers:
            raise Refused(grpc.StatusCode.ALREADY_EXISTS, "Queue already exists")
        self._open(queue)
        return queue

    async def pause_queue(self, request: t.PauseQueueRequest) -> t.Queue:
        return self._set_state(request.name, t.Queue.State.PAUSED)

    async def resume_queue(self, request: t.ResumeQueueRequest) -> t.Queue:
        return self._set_state(request.name, t.Queue.State.RUNNING)

    async def purge_queue(self, request: t.PurgeQueueRequest) -> t.Queue:
        queue = self._dispatcher(request.name).queue
        queue.purge_time = datetime.now(UTC)
        self._store.purge(queue.name)
        self._store.put_queue(queue)
        return queue

    def counts(self) -> dict[str, dict[str, int]]:
        """By queue: tasks that are not done yet, attempts under way."""
        return {
            names.short(name): {"waiting": self._store.count(name), "in_flight": dispatcher.in_flight}
            for name, dispatcher in self._dispatchers.items()
        }

    def apply_pause(self) -> None:
        for dispatcher in self._dispatchers.values():
            dispatcher.apply_state()

    def _open(self, queue: t.Queue) -> None:
        self._store.put_queue(queue)
        self._dispatchers[queue.name] = Dispatcher(queue, self._store, self._sender, self._chaos)
        self._dispatchers[queue.name].start()

    def _dispatcher(self, queue: str) -> Dispatcher:
        if not names.QUEUE.fullmatch(queue):
            raise InvalidArgument(f"Queue name must be formatted: {names.QUEUE.pattern}")
        if queue not in self._dispatchers:
            raise Refused(grpc.StatusCode.NOT_FOUND, "Requested entity was not found.")
        return self._dispatchers[queue]

    def _task(self, name: str) -> Stored:
        if not names.TASK.fullmatch(name):
            raise InvalidArgument(f"Task name must be formatted: {names.TASK.pattern}")
        stored = self._store.get(name)
        if stored is None:
            raise Refused(grpc.StatusCode.NOT_FOUND, "The task no longer exists, or never did.")
        return stored

    def _set_state(self, name: str, state: int) -> t.Queue:
        dispatcher = self._dispatcher(name)
        dispatcher.queue.state = t.Queue.State(state)
        dispatcher.apply_state()
        self._store.put_queue(dispatcher.queue)
        return dispatcher.queue
