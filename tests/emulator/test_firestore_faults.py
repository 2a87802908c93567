"""The proxy before Firestore, through Google's client: what passes is unchanged, what fails fails as told."""

from __future__ import annotations

from datetime import UTC, datetime

import grpc
import pytest
import requests
from google.api_core import exceptions
from google.cloud.firestore import Client

from infra.local.processes import free_port
from shared.adapters.firestore_errors import reading, writing
from shared.errors import Conflict, Unavailable
from tests.emulator.stand_ins import StandIn

pytestmark = pytest.mark.emulator
MANY = 300


class FailingFirestore(StandIn):
    def __init__(self, folder, firestore):
        self.control_port = free_port()
        self.control_url = f"http://127.0.0.1:{self.control_port}/control"
        options = ("--control-port", self.control_port, "--firestore", firestore)
        super().__init__(folder, "firestore_faults", *options, probe=False)

    def control(self, **settings):
        answer = requests.post(self.control_url, json=settings, timeout=60)
        assert answer.status_code == 200, answer.text

    def counts(self):
        return requests.get(self.control_url, timeout=60).json()["counts"]


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory, firestore_emulator):
    proxy = FailingFirestore(tmp_path_factory.mktemp("faults"), firestore_emulator.host)
    proxy.start()
    yield proxy
    proxy.stop()


@pytest.fixture
def faults(stand_in):
    stand_in.control(rates={}, latency_ms=0, seed=1)
    return stand_in


@pytest.fixture
def direct(project):
    return Client(project=project)


@pytest.fixture
def client(faults, project, monkeypatch):
    """Google's client, with the proxy for Firestore."""
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", faults.host)
    return Client(project=project)


@pytest.fixture
def many(direct):
    batch = direct.batch()
    for number in range(MANY):
        batch.set(direct.document(f"things/{number:04}"), {"number": number})
    batch.commit()
    return direct.collection("things").order_by("number")


def numbers(snapshots):
    return [snapshot.get("number") for snapshot in snapshots]


def test_without_faults_everything_passes_unchanged(client, direct, many):
    things = client.collection("things")
    assert numbers(things.order_by("number").stream()) == list(range(MANY))
    assert things.count().get()[0][0].value == MANY
    client.document("things/new").create({"when": datetime(2026, 1, 1, tzinfo=UTC), "bytes": b"\0" * 100_000})
    assert client.document("things/new").get().to_dict() == direct.document("things/new").get().to_dict()


def test_a_refusal_of_firestore_passes_with_its_code_and_words(client):
    client.document("things/1").create({})
    with pytest.raises(exceptions.AlreadyExists, match="already exists"):
        client.document("things/1").create({})


def test_a_reading_of_the_past_passes(client, direct):
    thing = client.document("things/1")
    thing.set({"number": 1})
    before = thing.get().read_time
    direct.document("things/1").set({"number": 2})
    query = client.collection("things")
    assert numbers(query.stream(read_time=before)) == [1]
    assert numbers(query.stream()) == [2]


@pytest.mark.parametrize(("fate", "error"), [("aborted", Conflict), ("deadline_exceeded", Unavailable)])
def test_a_refused_commit_changes_nothing(faults, client, direct, fate, error):
    faults.control(rates={"Commit": {fate: 1.0}})
    with pytest.raises(error), writing():
        client.document("things/1").set({})
    assert not direct.document("things/1").get().exists


def test_an_unavailable_firestore_is_asked_again_by_the_library(faults, client, direct):
    faults.control(rates={"Commit": {"unavailable": 0.5}}, seed=1)
    for number in range(10):
        client.document(f"things/{number}").create({})
    assert direct.collection("things").count().get()[0][0].value == 10
    assert faults.counts()["Commit"]["unavailable"] > 0


def test_a_commit_whose_answer_is_lost_was_made(faults, client, direct):
    faults.control(rates={"Commit": {"answer_lost": 1.0}})
    with pytest.raises(exceptions.ServiceUnavailable):
        client.document("things/1").set({}, retry=None)
    assert direct.document("things/1").get().exists


def test_the_library_takes_its_own_lost_creation_for_somebody_elses(faults, client):
    """What the services have to live with: the second attempt finds the first one's document."""
    faults.control(rates={"Commit": {"answer_lost": 1.0}})
    with pytest.raises(Conflict), writing():
        client.document("things/1").create({})


def test_a_broken_query_is_unavailable(faults, client, many):
    """Once its first document came, that is; before it the library asks again."""
    faults.control(rates={"RunQuery": {"broken": 1.0}})
    found: list[int] = []
    with pytest.raises(Unavailable), reading():
        found.extend(
            snapshot.get("number") for snapshot in client.collection("things").order_by("number").stream()
        )
    assert 0 < len(found) < MANY
    assert found == list(range(len(found)))


def test_a_broken_count_is_unavailable_or_right(faults, client, many):
    faults.control(rates={"RunAggregationQuery": {"broken": 0.7}})
    counts = [_counted(client) for _ in range(10)]
    assert set(counts) <= {MANY, None}
    assert faults.counts()["RunAggregationQuery"]["broken"] > 0


def _counted(client):
    try:
        with reading():
            return client.collection("things").count().get()[0][0].value
    except Unavailable:
        return None


def test_a_broken_reading_of_documents_is_unavailable(faults, client, many):
    faults.control(rates={"BatchGetDocuments": {"broken": 1.0}})
    wanted = [client.document(f"things/{number:04}") for number in range(MANY)]
    with pytest.raises(Unavailable), reading():
        list(client.get_all(wanted))


def test_methods_without_a_rate_are_left_alone(faults, client):
    faults.control(rates={"RunQuery": {"unavailable": 1.0}})
    client.document("things/1").set({})
    assert client.document("things/1").get().exists


def test_the_same_seed_gives_the_same_faults(faults, client):
    def outcomes(seed):
        faults.control(rates={"Commit": {"aborted": 0.5}}, seed=seed)
        return [_made(client, number) for number in range(20)]

    assert outcomes(5) == outcomes(5)
    assert outcomes(5) != outcomes(6)


def _made(client, number):
    try:
        client.document(f"things/{number}").set({})
    except exceptions.Aborted:
        return False
    return True


def refusal_of(channel, method):
    """Asked again where gRPC's own client gave up, as it does when the answer comes before the request is
    written whole."""
    while True:
        with pytest.raises(grpc.RpcError) as refused:
            channel.unary_unary(method)(b"", timeout=60, wait_for_ready=True)
        if refused.value.details() != "Internal error from Core":
            return refused.value.code()


def test_a_method_that_the_emulator_does_not_know_is_its_own_refusal(faults):
    with grpc.insecure_channel(faults.host) as channel:
        code = refusal_of(channel, "/google.firestore.v1.Firestore/Nothing")
    assert code is grpc.StatusCode.UNIMPLEMENTED


@pytest.mark.parametrize(
    "settings",
    [
        {"rate": {}},
        {"rates": {"Commit": {"unavailable": 2}}},
        {"rates": {"Commit": {"broken": 0.1}}},
        {"rates": {"RunQuery": {"answer_lost": 0.1}}},
        {"rates": {"Listen": {"unavailable": 0.1}}},
        [],
    ],
)
def test_a_wrong_setting_is_refused_and_changes_nothing(faults, settings):
    before = requests.get(faults.control_url, timeout=60).json()["settings"]
    assert requests.post(faults.control_url, json=settings, timeout=60).status_code == 400
    assert requests.get(faults.control_url, timeout=60).json()["settings"] == before
