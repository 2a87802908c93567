"""Firestore's events on their way through the stand-in for Eventarc."""

import asyncio
import base64
import sys
import time
import uuid
from collections import Counter
from contextlib import contextmanager

import aiohttp
import pytest
import requests
import yaml
from google.cloud.firestore import Client

from infra.deployment import FUNCTIONS_YAML
from infra.local.firestore import FirestoreEmulator
from infra.local.processes import free_port
from tests.emulator.stand_ins import PROJECT, FunctionProcess, StandIn, Worker, eventually

EVENTS = f"events@{PROJECT}.iam.gserviceaccount.com"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("eventarc")


@pytest.fixture(scope="module")
def events_port():
    return free_port()


@pytest.fixture(scope="module")
def emulator(folder, events_port):
    """An emulator that sends its events to a port where the tests start their bridge."""
    emulator = FirestoreEmulator(
        free_port(), folder / "firestore.log", PROJECT, events_to=f"127.0.0.1:{events_port}"
    )
    yield emulator
    emulator.stop()


class Bridge(StandIn):
    """The stand-in, and its controls."""

    def __init__(self, folder, emulator, identity, functions, port=None, *arguments):
        super().__init__(
            folder,
            "eventarc",
            *("--project", PROJECT, "--firestore", emulator.host, "--identity", identity),
            *("--db", folder / f"{uuid.uuid4().hex}.db", "--min-backoff", 0.2, "--max-backoff", 1),
            *(part for each in functions.items() for part in ("--function", "=".join(each))),
            *arguments,
            port=port,
        )
        self._before: Counter[str] = Counter()

    def control(self, **settings):
        answer = requests.post(f"{self.address}/control", json=settings, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _counted(self):
        return requests.get(f"{self.address}/control", timeout=60).json()["functions"]["index_resident"]

    def counts(self):
        """The numbers since `begin`."""
        return {key: value - self._before[key] for key, value in self._counted().items()}

    def begin(self):
        self.control(duplicate=0, lose=0, lose_answer=0, reorder_seconds=0, pause=False)
        eventually(lambda: self._counted()["pending"] == 0)
        self._before = Counter(self._counted())

    def post(self, document, function="index_resident", body=b"\x0a\x00", **headers):
        """An event as the emulator sends it."""
        given = {
            "ce-id": uuid.uuid4().hex,
            "ce-specversion": "1.0",
            "ce-type": "google.cloud.firestore.document.v1.written",
            "ce-source": f"//firestore.googleapis.com/projects/projects/{PROJECT}/databases/(default)",
            "ce-document": document.encode(),
        }
        url = f"{self.address}/functions/projects/{PROJECT}/triggers/{function}"
        return requests.post(url, base64.b64encode(body), headers={**given, **headers}, timeout=60)


def both(address):
    """Both functions with a Firestore trigger at one address."""
    return {"index_resident": address, "on_alert_written": address}


@contextmanager
def running(*processes):
    try:
        for process in processes:
            process.start()
        yield processes
    finally:
        for process in processes:
            process.stop()


@pytest.fixture(scope="module")
def lasting_worker():
    server = Worker()
    yield server
    server.close()


@pytest.fixture(scope="module")
def lasting_bridge(folder, emulator, identity, lasting_worker):
    with running(Bridge(folder, emulator, identity, both(lasting_worker.address))) as (bridge,):
        yield bridge


@pytest.fixture
def bridge(lasting_bridge):
    """A bridge with nothing pending, to the worker in the test."""
    lasting_bridge.begin()
    return lasting_bridge


@pytest.fixture
def worker(bridge, lasting_worker):
    lasting_worker.reset()
    return lasting_worker


def documents(worker):
    return [got.headers["ce-document"] for got in worker.got]


def test_writes_of_residents_and_alerts_reach_their_functions_as_protobuf_events(
    folder, emulator, events_port, identity, monkeypatch
):
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", emulator.host)
    residents = FunctionProcess(folder, "index_resident", identity)
    alerts = FunctionProcess(folder, "on_alert_written", identity)
    functions = {"index_resident": residents.address, "on_alert_written": alerts.address}
    bridge = Bridge(folder, emulator, identity, functions, events_port)
    with running(residents, alerts, bridge):
        client = Client(project=PROJECT)
        client.document("residents/u1").set({"language": "pl"})
        client.document("residents/u1/places/1").set({"label": "dom"})
        client.document("residents/u1/places/1").delete()
        client.document("alerts/a1").set({"state": "draft"})
        client.document("alerts/a1/slices/0000").set({"done": False})
        client.document("published/a1").set({"state": "active"})
        eventually(lambda: len(residents.records()) >= 3 and alerts.records())
        client.document("residents/later").set({"language": "pl"})
        client.document("alerts/later").set({"state": "draft"})
        eventually(lambda: len(residents.records()) >= 4 and len(alerts.records()) >= 2)
    seen = sorted(record["document"] for record in residents.records())
    assert seen == ["residents/later", "residents/u1", "residents/u1/places/1", "residents/u1/places/1"]
    assert [record["document"] for record in alerts.records()] == ["alerts/a1", "alerts/later"]
    assert len({record["id"] for record in residents.records()}) == 4


def test_the_function_gets_binary_mode_with_the_events_accounts_token(bridge, worker, identity):
    bridge.post("residents/zażółć gęś", body=b"\x00\xff")
    (got,) = eventually(lambda: worker.got)
    assert (got.method, got.path, got.body) == ("POST", "/", b"\x00\xff")
    assert got.headers["Content-Type"] == "application/protobuf"
    assert got.headers["ce-source"] == f"//firestore.googleapis.com/projects/{PROJECT}/databases/(default)"
    assert got.headers["ce-document"] == "residents/za%C5%BC%C3%B3%C5%82%C4%87%20g%C4%99%C5%9B"
    token = got.headers["Authorization"].removeprefix("Bearer ")
    claims = requests.get(f"{identity}/tokeninfo", {"id_token": token}, timeout=60).json()
    assert (claims["email"], claims["aud"]) == (EVENTS, worker.address)


@pytest.mark.parametrize("status", [500, 503, 429, 404, 302])
def test_a_refused_event_comes_again_until_it_is_accepted(bridge, worker, status):
    worker.answers += [(status, {})] * 3
    bridge.post("residents/a")
    eventually(lambda: bridge.counts()["delivered"] == 1)
    assert [got.headers["ce-id"] for got in worker.got] == [worker.got[0].headers["ce-id"]] * 4
    assert bridge.counts() == {"pending": 0, "delivered": 1, "retried": 3, "failed": 0, "in_flight": 0}


def test_pauses_between_attempts_grow(bridge, worker):
    worker.answers += [(500, {})] * 3
    bridge.post("residents/a")
    eventually(lambda: len(worker.got) == 4)
    first, second, third = (b.at - a.at for a, b in zip(worker.got, worker.got[1:], strict=False))
    assert first >= 0.2
    assert second >= 0.4
    assert third >= 0.8


def test_a_function_that_hangs_gets_its_event_again_after_its_timeout(folder, emulator, identity, worker):
    declared = yaml.safe_load(FUNCTIONS_YAML.read_text())
    declared["functions"]["index_resident"]["timeout"] = 1
    declaration = folder / "short.yaml"
    declaration.write_text(yaml.safe_dump(declared))
    functions = both(worker.address)
    with running(Bridge(folder, emulator, identity, functions, None, "--deployment", declaration)) as (own,):
        posted = time.time()
        with worker.holding():
            own.post("residents/a")
            eventually(lambda: len(worker.got) >= 2)
        assert worker.got[1].at - posted >= 1


def test_events_wait_for_a_function_that_is_down(folder, emulator, identity):
    function = FunctionProcess(folder, "index_resident", identity)
    with running(Bridge(folder, emulator, identity, both(function.address))) as (bridge,):
        bridge.post("residents/a")
        eventually(lambda: bridge.counts()["retried"] >= 2)
        with running(function):
            assert eventually(function.records)[0]["document"] == "residents/a"


def test_a_function_killed_in_the_middle_gets_its_events_again(folder, emulator, identity):
    function = FunctionProcess(folder, "index_resident", identity)
    with running(function, Bridge(folder, emulator, identity, both(function.address))) as (_, bridge):
        for number in range(60):
            bridge.post(f"residents/{number}")
            if number == 30:
                function.kill()
        function.start()
        eventually(lambda: bridge.counts()["pending"] == 0)
        assert {record["document"] for record in function.records()} == {f"residents/{n}" for n in range(60)}


def test_accepted_events_survive_the_bridges_sudden_end(bridge, worker):
    bridge.control(pause=True)
    for number in range(50):
        assert bridge.post(f"residents/{number}").status_code == 200
    bridge.kill()
    assert worker.got == []
    bridge.start()
    eventually(lambda: bridge.counts()["pending"] == 0)
    assert sorted(documents(worker)) == sorted(f"residents/{number}" for number in range(50))


def test_an_event_in_delivery_when_the_bridge_is_killed_is_delivered_again(bridge, worker):
    with worker.holding():
        bridge.post("residents/a")
        eventually(lambda: worker.got)
        bridge.kill()
    bridge.start()
    eventually(lambda: bridge.counts()["delivered"] == 1)
    assert documents(worker) == ["residents/a"] * 2


def test_duplicates_come_twice(bridge, worker):
    bridge.control(duplicate=1.0)
    for number in range(10):
        bridge.post(f"residents/{number}")
    eventually(lambda: bridge.counts()["delivered"] == 20)
    assert sorted(documents(worker)) == sorted([f"residents/{number}" for number in range(10)] * 2)


def test_a_lost_answer_repeats_the_event(bridge, worker):
    bridge.control(lose_answer=1.0)
    bridge.post("residents/a")
    eventually(lambda: len(worker.got) >= 3)
    bridge.control(lose_answer=0.0)
    eventually(lambda: bridge.counts()["pending"] == 0)


def test_reordering_changes_the_order_and_loses_nothing(bridge, worker):
    bridge.control(reorder_seconds=0.5, seed=7)
    sent = [f"residents/{number}" for number in range(20)]
    for document in sent:
        bridge.post(document)
    eventually(lambda: len(worker.got) == 20)
    assert documents(worker) != sent
    assert sorted(documents(worker)) == sorted(sent)


def test_a_lost_event_never_comes(bridge, worker):
    bridge.control(lose=1.0)
    bridge.post("residents/lost")
    bridge.control(lose=0.0)
    bridge.post("residents/kept")
    eventually(lambda: bridge.counts()["delivered"] == 1)
    assert documents(worker) == ["residents/kept"]


def test_a_pause_holds_everything_back(bridge, worker):
    bridge.control(pause=True)
    bridge.post("residents/a")
    for _ in range(10):  # each gives the bridge a turn
        assert (len(worker.got), bridge.counts()["pending"]) == (0, 1)
    bridge.control(pause=False)
    eventually(lambda: worker.got)


def test_no_more_events_are_under_way_than_the_function_takes(bridge, worker):
    bridge.control(pause=True)
    for number in range(50):
        bridge.post(f"residents/{number}")
    with worker.holding():
        bridge.control(pause=False)
        eventually(lambda: worker.at_once == 20)  # index_resident's concurrency
    eventually(lambda: bridge.counts()["delivered"] == 50)
    assert worker.most_at_once == 20


@pytest.mark.parametrize(
    "settings", [{"duplicate": 2}, {"duplicate": "x"}, {"duplicates": 1}, {"reorder_seconds": -1}, [], "x"]
)
def test_a_wrong_setting_is_refused_and_changes_nothing(bridge, settings):
    before = requests.get(f"{bridge.address}/control", timeout=60).json()["settings"]
    answer = requests.post(f"{bridge.address}/control", json=settings, timeout=60)
    assert answer.status_code == 400
    assert requests.get(f"{bridge.address}/control", timeout=60).json()["settings"] == before


def test_what_is_no_event_of_ours_is_refused(bridge, worker):
    assert bridge.post("residents/a", function="nobody").status_code == 404
    url = f"{bridge.address}/functions/projects/{PROJECT}/triggers/index_resident"
    assert requests.post(url, b"CgA=", timeout=60).status_code == 400
    assert requests.post(url, b"%%%", headers={"ce-id": "1"}, timeout=60).status_code == 400
    assert bridge.counts()["pending"] == 0


def test_a_missing_address_is_named(folder, emulator, identity):
    bridge = Bridge(folder, emulator, identity, {"index_resident": "http://127.0.0.1:1"})
    assert "on_alert_written" in bridge.start_again_beside().stderr


def test_a_busy_port_is_named(bridge):
    second = bridge.start_again_beside()
    assert (second.returncode, str(bridge.port) in second.stderr) == (1, True)


def test_throughput(bridge, worker, capsys):
    """Printed, not judged: 2,000 events from 20 senders, each stored before its answer."""
    bridge.control(pause=True)

    async def send_all():
        url = f"{bridge.address}/functions/projects/{PROJECT}/triggers/index_resident"
        body = base64.b64encode(bytes(300))
        async with aiohttp.ClientSession() as session:

            async def send(numbers):
                for number in numbers:
                    headers = {"ce-id": str(number), "ce-document": f"residents/{number}"}
                    async with session.post(url, data=body, headers=headers) as answer:
                        assert answer.status == 200

            await asyncio.gather(*(send(range(first, 2000, 20)) for first in range(20)))

    start = time.perf_counter()
    asyncio.run(send_all())
    accepted = time.perf_counter() - start
    bridge.control(pause=False)
    start = time.perf_counter()
    eventually(lambda: bridge.counts()["delivered"] == 2000, 60)
    delivered = time.perf_counter() - start
    with capsys.disabled():
        sys.stdout.write(f"\neventarc: {2000 / accepted:.0f}/s in, {2000 / delivered:.0f}/s out\n")


def test_an_event_that_is_too_large_for_eventarc_never_comes(bridge, worker):
    bridge.begin()
    assert bridge.post("residents/large", body=b"\x00" * (512 * 1024 + 1)).status_code == 200
    assert bridge.post("residents/small", body=b"\x00" * (512 * 1024)).status_code == 200
    assert eventually(lambda: bridge.counts()["delivered"] == 1)
    assert [got.headers["ce-document"] for got in worker.got] == ["residents/small"]
