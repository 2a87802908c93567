"""The task queue adapter: what it hands to Cloud Tasks, and what it says of the outcome."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
import requests
from google.api_core import exceptions

from infra.local.processes import free_port
from shared.adapters import task_queue
from shared.adapters.task_queue import CloudTaskQueue, client
from shared.errors import Unavailable
from shared.ports import Task
from tests.emulator.stand_ins import PROJECT, StandIn, eventually

WORKERS = f"workers@{PROJECT}.iam.gserviceaccount.com"


@pytest.fixture(scope="module")
def cloud_tasks(tmp_path_factory, identity):
    folder = tmp_path_factory.mktemp("tasks")
    options = ("--project", PROJECT, "--db", folder / "tasks.db", "--identity", identity)
    stand_in = StandIn(folder, "cloud_tasks", *options, probe=False)
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def connect(worker):
    """Makes a queue adapter at an address; its channel is closed after the test."""
    made = []

    def queue(host):
        made.append(client(host))
        return CloudTaskQueue(made[-1], PROJECT, "europe-central2", WORKERS, {"start_alert": worker.address})

    yield queue
    for each in made:
        each.transport.close()


@pytest.fixture
def queue(connect, cloud_tasks):
    return connect(cloud_tasks.host)


def task(name, queue="start", at=None):
    return Task(queue, "start_alert", name, {"alert": "a1", "attempt": 2}, at)


def test_a_task_calls_its_function_with_its_payload_as_the_workers_account(queue, worker, identity):
    assert queue.enqueue(task("first")) is True
    (got,) = eventually(lambda: worker.got)
    assert (got.method, got.path) == ("POST", "/")
    assert got.headers["Content-Type"] == "application/json"
    assert json.loads(got.body) == {"alert": "a1", "attempt": 2}
    assert got.headers["X-CloudTasks-TaskName"] == "first"
    token = got.headers["Authorization"].removeprefix("Bearer ")
    claims = requests.get(f"{identity}/tokeninfo", {"id_token": token}, timeout=60).json()
    assert (claims["email"], claims["aud"]) == (WORKERS, worker.address)


def test_the_same_name_again_makes_no_second_task(queue, worker):
    assert [queue.enqueue(task("same")) for _ in range(3)] == [True, False, False]
    eventually(lambda: worker.got)
    assert queue.enqueue(task("same")) is False
    assert len(worker.got) == 1


def test_a_task_for_later_waits(queue, worker):
    at = datetime.now(UTC) + timedelta(seconds=1)
    queue.enqueue(task("later", at=at))
    (got,) = eventually(lambda: worker.got)
    assert got.at >= at.timestamp()


def test_a_time_that_has_passed_means_now(queue, worker):
    queue.enqueue(task("past", at=datetime(2020, 1, 1, tzinfo=UTC)))
    assert eventually(lambda: worker.got)


@pytest.mark.parametrize("name", ["ż", "a.b/c:d", "", "x" * 101])
def test_a_name_that_cloud_tasks_refuses_is_hashed(queue, worker, name):
    assert queue.enqueue(task(name)) is True
    (got,) = eventually(lambda: worker.got)
    assert got.headers["X-CloudTasks-TaskName"] == hashlib.sha256(name.encode()).hexdigest()
    assert queue.enqueue(task(name)) is False


def test_a_queue_that_is_unknown_for_now_is_unavailable(queue):
    with pytest.raises(Unavailable):
        queue.enqueue(task("a", queue="asleep"))


def test_no_answer_is_unavailable(connect, monkeypatch):
    monkeypatch.setattr(task_queue, "RETRY", task_queue.RETRY.with_timeout(0.5))
    with pytest.raises(Unavailable):
        connect(f"127.0.0.1:{free_port()}").enqueue(task("a"))


def test_a_task_too_far_ahead_is_our_own_mistake(queue):
    with pytest.raises(exceptions.InvalidArgument):
        queue.enqueue(task("far", at=datetime.now(UTC) + timedelta(days=40)))
