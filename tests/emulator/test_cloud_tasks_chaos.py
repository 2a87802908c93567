"""The stand-in for Cloud Tasks told to do what at-least-once delivery may do."""

from collections import Counter

import pytest
import requests

from infra.local.processes import free_port
from tests.emulator.stand_ins import eventually
from tests.emulator.test_cloud_tasks import CloudTasks, new_queue

CALM = {"duplicate": 0, "lose": 0, "lose_answer": 0, "reorder_seconds": 0, "pause": False}


class UnrulyTasks(CloudTasks):
    def __init__(self, folder, identity):
        self.control_port = free_port()
        self.control_url = f"http://127.0.0.1:{self.control_port}/control"
        super().__init__(folder, identity, "--control-port", self.control_port)

    def control(self, **settings):
        answer = requests.post(self.control_url, json=settings, timeout=60)
        assert answer.status_code == 200, answer.text

    def counts(self, queue):
        return requests.get(self.control_url, timeout=60).json()["queues"][queue.rpartition("/")[2]]

    def wait_until_done(self, queue):
        eventually(lambda: self.counts(queue) == {"waiting": 0, "in_flight": 0})


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory, identity):
    stand_in = UnrulyTasks(tmp_path_factory.mktemp("unruly"), identity)
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture
def tasks(stand_in):
    stand_in.control(**CALM)
    return stand_in


@pytest.fixture
def queue(tasks):
    return new_queue(tasks)


def paths(worker):
    return [got.path for got in worker.got]


def test_duplicates_come_twice(tasks, queue, worker):
    tasks.control(duplicate=1.0)
    for number in range(10):
        tasks.create(f"{worker.address}/{number}", queue)
    tasks.wait_until_done(queue)
    assert Counter(paths(worker)) == {f"/{number}": 2 for number in range(10)}


def test_duplicates_come_at_the_same_time(tasks, queue, worker):
    tasks.control(duplicate=1.0)
    with worker.holding():
        tasks.create(f"{worker.address}/", queue)
        eventually(lambda: worker.at_once == 2)
    tasks.wait_until_done(queue)
    assert len(worker.got) == 2


def test_a_lost_answer_repeats_the_task(tasks, queue, worker):
    tasks.control(lose_answer=1.0)
    tasks.create(f"{worker.address}/", queue)
    eventually(lambda: len(worker.got) >= 3)
    tasks.control(lose_answer=0.0)
    tasks.wait_until_done(queue)


def test_reordering_changes_the_order_and_loses_nothing(tasks, queue, worker):
    tasks.control(reorder_seconds=0.5, seed=7)
    sent = [f"/{number}" for number in range(20)]
    for path in sent:
        tasks.create(f"{worker.address}{path}", queue)
    tasks.wait_until_done(queue)
    assert paths(worker) != sent
    assert sorted(paths(worker)) == sorted(sent)


def test_a_lost_task_never_comes_and_keeps_its_name(tasks, queue, worker):
    tasks.control(lose=1.0)
    lost = tasks.create(f"{worker.address}/lost", queue, task_id="lost")
    tasks.control(lose=0.0)
    tasks.create(f"{worker.address}/kept", queue)
    tasks.wait_until_done(queue)
    assert paths(worker) == ["/kept"]
    assert not tasks.exists(lost)
    with pytest.raises(Exception, match="already exists"):
        tasks.create(f"{worker.address}/lost", queue, task_id="lost")


def test_a_pause_holds_everything_back(tasks, queue, worker):
    tasks.control(pause=True)
    tasks.create(f"{worker.address}/", queue)
    assert tasks.counts(queue) == {"waiting": 1, "in_flight": 0}
    assert worker.got == []
    tasks.control(pause=False)
    tasks.wait_until_done(queue)
    assert len(worker.got) == 1


def test_what_was_provoked_is_counted(tasks, queue, worker):
    def provoked():
        return requests.get(tasks.control_url, timeout=60).json()["provoked"]

    before = provoked()
    tasks.control(duplicate=1.0)
    for number in range(3):
        tasks.create(f"{worker.address}/{number}", queue)
    tasks.wait_until_done(queue)
    assert provoked()["duplicate"] == before["duplicate"] + 3
    assert provoked()["lose"] == before["lose"]


@pytest.mark.parametrize("settings", [{"duplicate": 2}, {"duplicates": 1}, {"lose": "x"}, []])
def test_a_wrong_setting_is_refused_and_changes_nothing(tasks, settings):
    before = requests.get(tasks.control_url, timeout=60).json()["settings"]
    assert requests.post(tasks.control_url, json=settings, timeout=60).status_code == 400
    assert requests.get(tasks.control_url, timeout=60).json()["settings"] == before
