"""The stand-in for Cloud Tasks, through Google's client."""

import asyncio
import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import grpc
import pytest
import requests
import yaml
from google.api_core import exceptions
from google.cloud.tasks_v2 import CloudTasksClient
from google.cloud.tasks_v2.services.cloud_tasks.transports import CloudTasksGrpcTransport
from google.cloud.tasks_v2.types import (
    AppEngineHttpRequest,
    HttpMethod,
    HttpRequest,
    OidcToken,
    Queue,
    RateLimits,
    RetryConfig,
    Task,
)

from infra.deployment import FUNCTIONS_YAML
from infra.local.cloud_tasks.attempt import Outcome, Sender
from infra.local.cloud_tasks.store import Stored
from infra.local.identity.tokens import IdTokens
from tests.emulator.stand_ins import PROJECT, StandIn, eventually

LOCATION = f"projects/{PROJECT}/locations/europe-central2"
START = f"{LOCATION}/queues/start"
WORKERS = f"workers@{PROJECT}.iam.gserviceaccount.com"
QUICK = {"attempts": -1, "retry_for": 86400, "min_backoff": 0.2, "max_backoff": 0.6, "doublings": 1}


class CloudTasks(StandIn):
    """The stand-in with quick retries, and a client of it."""

    def __init__(self, folder, identity, *arguments):
        declared = yaml.safe_load(FUNCTIONS_YAML.read_text())
        declared["queues"]["start"]["retry"] = QUICK
        declared["queues"]["expire"]["retry"] = {**QUICK, "min_backoff": 0, "max_backoff": 0}
        declaration = folder / "functions.yaml"
        declaration.write_text(yaml.safe_dump(declared))
        files = ("--db", folder / f"{uuid.uuid4().hex}.db", "--deployment", declaration)
        options = ("--project", PROJECT, "--identity", identity, *files, *arguments)
        super().__init__(folder, "cloud_tasks", *options, probe=False)
        self.channel = grpc.insecure_channel(self.host)
        self.client = CloudTasksClient(transport=CloudTasksGrpcTransport(channel=self.channel))

    def create(self, url, queue=START, task_id=None, http=None, **fields):
        name = f"{queue}/tasks/{task_id}" if task_id else None
        request = HttpRequest(url=url, **(http or {}))
        return self.client.create_task(parent=queue, task=Task(name=name, http_request=request, **fields))

    def exists(self, task):
        listed = self.client.list_tasks(parent=task.name.partition("/tasks/")[0])
        return any(each.name == task.name for each in listed)

    def stop(self):
        self.channel.close()
        super().stop()


@pytest.fixture(scope="module")
def tasks(tmp_path_factory, identity):
    stand_in = CloudTasks(tmp_path_factory.mktemp("tasks"), identity)
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def queue(tasks):
    """A fresh queue's name, with quick retries."""
    return new_queue(tasks)


def new_queue(tasks, limits=None, **retry):
    config = {
        "max_attempts": -1,
        "min_backoff": timedelta(seconds=0.2),
        "max_backoff": timedelta(seconds=0.6),
        "max_doublings": 1,
        **retry,
    }
    name = f"{LOCATION}/queues/{uuid.uuid4().hex}"
    made = Queue(name=name, rate_limits=RateLimits(**(limits or {})), retry_config=RetryConfig(**config))
    return tasks.client.create_queue(parent=LOCATION, queue=made).name


def soon(seconds):
    return datetime.now(UTC) + timedelta(seconds=seconds)


def test_a_task_reaches_its_worker_as_documented(tasks, worker, identity):
    body, headers = json.dumps({"alert": "a"}).encode(), {"Content-Type": "application/json", "X-Own": "1"}
    oidc = OidcToken(service_account_email=WORKERS, audience="http://audience")
    request = {"body": body, "headers": headers, "oidc_token": oidc, "http_method": HttpMethod.PUT}
    task = tasks.create(f"{worker.address}/path?x=1", task_id="documented", http=request)
    (got,) = eventually(lambda: worker.got)
    assert (got.method, got.path, got.body) == ("PUT", "/path?x=1", body)
    assert got.headers["Content-Type"] == "application/json"
    assert got.headers["X-Own"] == "1"
    assert got.headers["User-Agent"] == "Google-Cloud-Tasks"
    assert got.headers["X-CloudTasks-QueueName"] == "start"
    assert got.headers["X-CloudTasks-TaskName"] == "documented"
    assert got.headers["X-CloudTasks-TaskRetryCount"] == "0"
    assert got.headers["X-CloudTasks-TaskExecutionCount"] == "0"
    assert float(got.headers["X-CloudTasks-TaskETA"]) == pytest.approx(task.schedule_time.timestamp())
    token = got.headers["Authorization"].removeprefix("Bearer ")
    claims = requests.get(f"{identity}/tokeninfo", {"id_token": token}, timeout=60).json()
    assert (claims["email"], claims["aud"]) == (WORKERS, "http://audience")


def test_the_audience_is_the_url_unless_given(tasks, worker, identity):
    tasks.create(worker.address, http={"oidc_token": OidcToken(service_account_email=WORKERS)})
    (got,) = eventually(lambda: worker.got)
    token = got.headers["Authorization"].removeprefix("Bearer ")
    claims = requests.get(f"{identity}/tokeninfo", {"id_token": token}, timeout=60).json()
    assert claims["aud"] == worker.address


def test_headers_of_cloud_tasks_cannot_be_set_by_the_caller(tasks, worker):
    forged = {
        "User-Agent": "me",
        "X-CloudTasks-TaskRetryCount": "9",
        "X-Google-Own": "1",
        "Host": "x",
    }
    tasks.create(worker.address, http={"headers": forged})
    (got,) = eventually(lambda: worker.got)
    assert got.headers["User-Agent"] == "Google-Cloud-Tasks"
    assert got.headers["X-CloudTasks-TaskRetryCount"] == "0"
    assert got.headers["Host"] == worker.address.removeprefix("http://")
    assert "X-Google-Own" not in got.headers


def test_a_created_task_has_its_defaults_and_no_body_in_the_basic_view(tasks, worker):
    task = tasks.create(worker.address, schedule_time=soon(60), http={"body": b"secret"})
    assert task.dispatch_deadline == timedelta(minutes=10)
    assert task.http_request.http_method == HttpMethod.POST
    assert task.name.rpartition("/")[2].isdecimal()
    assert (task.view, task.http_request.body) == (Task.View.BASIC, b"")
    full = tasks.client.get_task(request={"name": task.name, "response_view": Task.View.FULL})
    assert (full.view, full.http_request.body) == (Task.View.FULL, b"secret")


def test_a_name_is_taken_while_its_task_waits_and_after_it_is_done(tasks, worker):
    with worker.holding():
        task = tasks.create(worker.address, task_id="once")
        with pytest.raises(exceptions.AlreadyExists):
            tasks.create(worker.address, task_id="once", schedule_time=soon(60))
    eventually(lambda: not tasks.exists(task))
    with pytest.raises(exceptions.AlreadyExists):
        tasks.create(worker.address, task_id="once")
    assert len(worker.got) == 1


def test_a_name_is_taken_after_its_task_was_deleted(tasks, worker):
    task = tasks.create(worker.address, task_id="deleted", schedule_time=soon(0.5))
    tasks.client.delete_task(name=task.name)
    with pytest.raises(exceptions.AlreadyExists):
        tasks.create(worker.address, task_id="deleted")
    with pytest.raises(exceptions.NotFound):
        tasks.client.get_task(name=task.name)
    tasks.create(f"{worker.address}/later", schedule_time=soon(0.8))
    assert [got.path for got in eventually(lambda: worker.got)] == ["/later"]


def test_a_used_name_is_free_again_after_its_time(tmp_path, identity, worker):
    stand_in = CloudTasks(tmp_path, identity, "--name-seconds", 1)
    stand_in.start()
    try:
        stand_in.create(worker.address, task_id="again")
        eventually(lambda: worker.got)
        eventually(lambda: created(stand_in, worker.address, "again"))
        eventually(lambda: len(worker.got) == 2)
    finally:
        stand_in.stop()


def created(tasks, url, task_id):
    """Whether the name could be had."""
    try:
        return tasks.create(url, task_id=task_id)
    except exceptions.AlreadyExists:
        return None


DEADLINE = "dispatch_deadline"
INVALID: dict[str, dict[str, Any]] = {
    "no request": {"task": Task()},
    "App Engine": {"task": Task(app_engine_http_request=AppEngineHttpRequest(relative_uri="/"))},
    "no url": {"http": {"url": ""}},
    "ftp": {"http": {"url": "ftp://example.org"}},
    "long url": {"http": {"url": "http://x/" + "a" * 2083}},
    "body with GET": {"http": {"http_method": HttpMethod.GET, "body": b"x"}},
    "headers of 80 KB": {"http": {"headers": {"X": "a" * 80 * 1024}}},
    "task over 100 KB": {"http": {"body": b"x" * 100 * 1024}},
    "no account": {"http": {"oidc_token": OidcToken(audience="x")}},
    "deadline under 15 s": {"fields": {DEADLINE: timedelta(seconds=14)}},
    "deadline over 30 min": {"fields": {DEADLINE: timedelta(minutes=31)}},
    "31 days ahead": {"fields": {"schedule_time": datetime.now(UTC) + timedelta(days=31)}},
    "name with a dot": {"fields": {"name": f"{START}/tasks/a.b"}},
    "name of 501": {"fields": {"name": f"{START}/tasks/{'a' * 501}"}},
    "another queue's name": {"fields": {"name": f"{LOCATION}/queues/other/tasks/a"}},
    "no full name": {"fields": {"name": "a"}},
    "queue name": {"parent": "start"},
}


@pytest.mark.parametrize("what", INVALID)
def test_an_invalid_task_is_refused(tasks, worker, what):
    wrong = INVALID[what]
    request = HttpRequest(**{"url": worker.address, **wrong.get("http", {})})
    ours = Task(http_request=request, **wrong.get("fields", {}))
    task = wrong.get("task", ours)
    with pytest.raises(exceptions.InvalidArgument):
        tasks.client.create_task(parent=wrong.get("parent", START), task=task)


def test_the_limits_themselves_are_allowed(tasks, worker):
    url = f"{worker.address}/".ljust(2083, "a")
    deadlines = (timedelta(seconds=15), timedelta(minutes=30))
    made = [
        tasks.create(url, schedule_time=soon(29.9 * 86400), dispatch_deadline=deadline, task_id=None)
        for deadline in deadlines
    ]
    assert [(task.http_request.url, task.dispatch_deadline) for task in made] == [
        (url, each) for each in deadlines
    ]
    tasks.create(worker.address, task_id="a" * 500, schedule_time=soon(60), http={"body": b"x" * 99 * 1024})


def test_an_unknown_queue_or_task_is_not_found(tasks, worker):
    with pytest.raises(exceptions.NotFound):
        tasks.create(worker.address, queue=f"{LOCATION}/queues/nobody")
    with pytest.raises(exceptions.NotFound):
        tasks.client.get_queue(name=f"{LOCATION}/queues/nobody")
    for call in (tasks.client.get_task, tasks.client.delete_task, tasks.client.run_task):
        with pytest.raises(exceptions.NotFound):
            call(name=f"{START}/tasks/nobody")


def test_a_task_fires_at_its_time(tasks, worker, capsys):
    """The delay is printed; on an idle machine it is a few milliseconds."""
    times = [soon(0.5 + 0.2 * number) for number in range(5)]
    for number, moment in enumerate(times):
        tasks.create(f"{worker.address}/{number}", schedule_time=moment)
    eventually(lambda: len(worker.got) == 5)
    late = [got.at - times[int(got.path[1:])].timestamp() for got in worker.got]
    assert min(late) >= 0
    with capsys.disabled():
        print(f"\ncloud_tasks: fired {', '.join(f'{1000 * each:.0f}' for each in late)} ms late")


def test_a_failed_task_comes_again_with_its_counts_and_pauses(tasks, queue, worker):
    worker.answers += [(500, {}), (404, {}), (302, {"Location": "/elsewhere"})]
    tasks.create(worker.address, queue=queue)
    eventually(lambda: len(worker.got) == 4)
    seen = [got.headers for got in worker.got]
    assert [each["X-CloudTasks-TaskRetryCount"] for each in seen] == ["0", "1", "2", "3"]
    assert [each["X-CloudTasks-TaskExecutionCount"] for each in seen] == ["0", "0", "1", "2"]
    assert [each.get("X-CloudTasks-TaskPreviousResponse") for each in seen] == [None, "500", "404", "302"]
    pauses = [after.at - before.at for before, after in zip(worker.got, worker.got[1:], strict=False)]
    for pause, least in zip(pauses, (0.2, 0.4, 0.6), strict=True):
        assert least <= pause


def test_without_a_pause_between_attempts_no_task_is_forgotten(tasks, worker):
    worker.answers += [(500, {})] * 200
    queue = f"{LOCATION}/queues/expire"
    made = [tasks.create(worker.address, queue=queue) for _ in range(10)]
    eventually(lambda: not any(tasks.exists(task) for task in made))
    assert len(worker.got) == 210


def test_a_header_that_http_does_not_allow_fails_the_attempt_only(tasks, worker):
    queue = new_queue(tasks, max_attempts=2)
    task = tasks.create(worker.address, queue=queue, http={"headers": {"X": "a\nb"}})
    eventually(lambda: not tasks.exists(task))
    assert worker.got == []


def test_a_failed_attempt_can_be_read(tasks, worker):
    queue = new_queue(tasks, min_backoff=timedelta(seconds=60), max_backoff=timedelta(seconds=60))
    worker.answers += [(503, {})]
    task = tasks.create(worker.address, queue=queue)
    found = eventually(lambda: (t := tasks.client.get_task(name=task.name)).response_count and t)
    assert (found.dispatch_count, found.response_count) == (1, 1)
    assert found.last_attempt.response_status.code == 14  # UNAVAILABLE
    assert found.first_attempt.dispatch_time <= found.last_attempt.response_time
    assert found.schedule_time > datetime.now(UTC) + timedelta(seconds=50)


def test_retry_after_is_heeded(tasks, queue, worker):
    worker.answers += [(503, {"Retry-After": "2"})]
    tasks.create(worker.address, queue=queue)
    eventually(lambda: len(worker.got) == 2)
    assert worker.got[1].at - worker.got[0].at >= 2


def test_a_task_is_given_up_after_its_attempts_and_its_name_stays_taken(tasks, worker):
    queue = new_queue(tasks, max_attempts=3)
    worker.answers += [(500, {})] * 10
    task = tasks.create(worker.address, queue=queue, task_id="hopeless")
    eventually(lambda: not tasks.exists(task))
    assert len(worker.got) == 3
    with pytest.raises(exceptions.AlreadyExists):
        tasks.create(worker.address, queue=queue, task_id="hopeless")


def test_attempts_without_end_stop_after_the_retry_duration(tasks, worker):
    queue = new_queue(tasks, max_retry_duration=timedelta(seconds=2))
    worker.answers += [(500, {})] * 100
    task = tasks.create(worker.address, queue=queue)
    eventually(lambda: not tasks.exists(task))
    assert 2 <= len(worker.got) < 100


def test_a_worker_that_is_down_is_tried_again(tasks, queue, worker):
    worker.close()
    task = tasks.create(worker.address, queue=queue)
    found = eventually(lambda: (t := tasks.client.get_task(name=task.name)).dispatch_count >= 2 and t)
    assert found.response_count == 0


def test_an_attempt_ends_at_its_deadline(identity, worker):
    request = HttpRequest(url=worker.address)
    now = datetime.now(UTC)
    task = Task(
        name=f"{START}/tasks/slow",
        http_request=request,
        dispatch_count=1,
        schedule_time=now,
        dispatch_deadline=timedelta(seconds=1.5),
    )

    async def attempt():
        async with aiohttp.ClientSession() as session:
            return await Sender(session, IdTokens(identity, session)).send(Stored(task))

    with worker.holding():
        assert asyncio.run(attempt()) == Outcome(None, 4)  # DEADLINE_EXCEEDED
    assert len(worker.got) == 1


def test_no_more_tasks_are_under_way_than_the_queue_allows(tasks, worker):
    queue = new_queue(tasks, {"max_concurrent_dispatches": 3})
    worker.seconds = 0.2
    for _ in range(12):
        tasks.create(worker.address, queue=queue)
    eventually(lambda: len(worker.got) == 12)
    assert worker.most_at_once <= 3


def test_no_more_tasks_are_dispatched_in_a_second_than_the_queue_allows(tasks, worker):
    queue = new_queue(tasks, {"max_dispatches_per_second": 5})
    tasks.client.pause_queue(name=queue)
    for _ in range(15):
        tasks.create(worker.address, queue=queue)
    resumed = time.time()
    tasks.client.resume_queue(name=queue)
    eventually(lambda: len(worker.got) == 15)
    assert worker.got[-1].at - resumed >= 1.8  # five at once, then five a second
    assert tasks.client.get_queue(name=queue).rate_limits.max_burst_size == 5


def test_a_paused_queue_dispatches_after_it_is_resumed(tasks, queue, worker):
    assert tasks.client.pause_queue(name=queue).state == Queue.State.PAUSED
    tasks.create(worker.address, queue=queue)
    tasks.create(f"{worker.address}/of-another-queue")
    assert [got.path for got in eventually(lambda: worker.got)] == ["/of-another-queue"]
    assert tasks.client.resume_queue(name=queue).state == Queue.State.RUNNING
    eventually(lambda: len(worker.got) == 2)


def test_a_purged_queue_is_empty_and_works_on(tasks, queue, worker):
    tasks.create(worker.address, queue=queue, task_id="purged", schedule_time=soon(0.5))
    assert tasks.client.purge_queue(name=queue).purge_time
    assert list(tasks.client.list_tasks(parent=queue)) == []
    tasks.create(worker.address, queue=queue, task_id="later", schedule_time=soon(0.8))
    eventually(lambda: worker.got)
    assert [got.headers["X-CloudTasks-TaskName"] for got in worker.got] == ["later"]


def test_a_task_can_be_run_by_force_before_its_time_in_a_paused_queue(tasks, queue, worker):
    tasks.client.pause_queue(name=queue)
    task = tasks.create(worker.address, queue=queue, schedule_time=soon(3600))
    tasks.client.run_task(name=task.name)
    eventually(lambda: worker.got)
    eventually(lambda: not tasks.exists(task))
    assert len(worker.got) == 1


def test_a_task_deleted_during_its_attempt_does_not_come_again(tasks, queue, worker):
    worker.answers += [(500, {})]
    with worker.holding():
        task = tasks.create(worker.address, queue=queue)
        eventually(lambda: worker.got)
        tasks.client.delete_task(name=task.name)
    eventually(lambda: not worker.at_once)
    tasks.create(f"{worker.address}/later", queue=queue, schedule_time=soon(1.5))
    eventually(lambda: len(worker.got) == 2)
    assert worker.got[1].path == "/later"


def test_queues_and_tasks_are_listed_by_pages(tasks, worker):
    queue = new_queue(tasks)
    names = [tasks.create(worker.address, queue=queue, schedule_time=soon(60)).name for _ in range(7)]
    found = tasks.client.list_tasks(request={"parent": queue, "page_size": 3})
    assert [task.name for task in found] == sorted(names)
    listed = {each.name for each in tasks.client.list_queues(parent=LOCATION)}
    assert {queue, START, f"{LOCATION}/queues/deliver", f"{LOCATION}/queues/expire"} <= listed


def test_declared_queues_have_their_declared_limits(tasks):
    found = tasks.client.get_queue(name=f"{LOCATION}/queues/deliver")
    assert found.rate_limits.max_dispatches_per_second == 50
    assert found.rate_limits.max_concurrent_dispatches == 8
    assert found.retry_config.max_attempts == -1
    assert found.retry_config.max_backoff == timedelta(seconds=60)


@pytest.mark.parametrize(
    "queue",
    [
        Queue(name=f"{LOCATION}/queues/a.b"),
        Queue(name="projects/other/locations/x/queues/a"),
        Queue(name=f"{LOCATION}/queues/a", rate_limits=RateLimits(max_dispatches_per_second=501)),
        Queue(name=f"{LOCATION}/queues/a", rate_limits=RateLimits(max_concurrent_dispatches=5001)),
    ],
)
def test_an_invalid_queue_is_refused(tasks, queue):
    with pytest.raises(exceptions.InvalidArgument):
        tasks.client.create_queue(parent=LOCATION, queue=queue)


def test_a_queue_exists_once(tasks):
    with pytest.raises(exceptions.AlreadyExists):
        tasks.client.create_queue(parent=LOCATION, queue=Queue(name=START))


def test_what_is_left_out_says_so(tasks):
    with pytest.raises(exceptions.MethodNotImplemented):
        tasks.client.delete_queue(name=START)


def test_a_busy_port_is_named(tasks):
    second = tasks.start_again_beside()
    assert second.returncode == 1
    assert f"Port {tasks.port}" in second.stderr


@pytest.fixture
def mortal(tmp_path, identity):
    """A stand-in of its own, to be killed."""
    stand_in = CloudTasks(tmp_path, identity)
    stand_in.start()
    yield stand_in
    stand_in.stop()


def test_a_schedule_and_a_pause_survive_a_sudden_end(mortal, worker):
    due = soon(3)
    mortal.create(worker.address, task_id="scheduled", schedule_time=due)
    mortal.create(worker.address, queue=f"{LOCATION}/queues/expire", task_id="held")
    eventually(lambda: len(worker.got) == 1)
    mortal.client.pause_queue(name=f"{LOCATION}/queues/expire")
    mortal.create(worker.address, queue=f"{LOCATION}/queues/expire", task_id="paused")
    mortal.kill()
    mortal.start()
    eventually(lambda: len(worker.got) == 2)
    assert worker.got[1].headers["X-CloudTasks-TaskName"] == "scheduled"
    assert worker.got[1].at >= due.timestamp()
    assert mortal.client.get_queue(name=f"{LOCATION}/queues/expire").state == Queue.State.PAUSED
    mortal.client.resume_queue(name=f"{LOCATION}/queues/expire")
    eventually(lambda: len(worker.got) == 3)


def test_a_used_name_stays_taken_over_a_sudden_end(mortal, worker):
    task = mortal.create(worker.address, task_id="used")
    eventually(lambda: worker.got and not mortal.exists(task))
    mortal.kill()
    mortal.start()
    with pytest.raises(exceptions.AlreadyExists):
        mortal.create(worker.address, task_id="used")


def test_an_attempt_under_way_at_a_sudden_end_is_made_again(mortal, worker):
    worker.seconds = 1
    mortal.create(worker.address, task_id="twice")
    eventually(lambda: worker.got)
    mortal.kill()
    mortal.start()
    eventually(lambda: len(worker.got) == 2)
    assert [got.headers["X-CloudTasks-TaskRetryCount"] for got in worker.got] == ["0", "1"]


def test_many_tasks_survive_repeated_sudden_ends(mortal, worker):
    """Every accepted task runs, whenever the stand-in dies."""
    accepted = set()
    for number in range(90):
        accepted.add(mortal.create(worker.address, task_id=f"t{number}").name.rpartition("/")[2])
        if number in (25, 60):
            mortal.kill()
            mortal.start()
    eventually(lambda: {got.headers["X-CloudTasks-TaskName"] for got in worker.got} == accepted)
