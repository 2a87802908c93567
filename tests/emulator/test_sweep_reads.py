"""What a run of sweep costs that finds nothing to do, counted in documents as they are billed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from shared.services.audience.index_resident import index_resident
from shared.services.coverage.coverage_ports import CoveragePorts
from shared.services.sweep.sweep import sweep
from shared.services.sweep.sweep_ports import SweepPorts
from tests.emulator.resident_writer import FirestoreResidentWriter
from tests.fakes.accounts import FakeAccountStore
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.audit import chain_of
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import CENTRE, FakeMunicipalityStore
from tests.fakes.reachable import has_device
from tests.fakes.signer import FakeAlertSigner
from tests.fakes.tasks import FakeTaskQueue

pytestmark = pytest.mark.emulator

MOST_READS = 20
RUNS = 6


class Counting:
    """The client's connection; a query costs at least one, a document that is not there costs one."""

    def __init__(self, api: Any) -> None:
        self._api = api
        self.reads = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def run_query(self, *args: Any, **named: Any) -> Iterator[Any]:
        answers = list(self._api.run_query(*args, **named))
        self.reads += max(1, sum(bool(answer.document.name) for answer in answers))
        return iter(answers)

    def batch_get_documents(self, *args: Any, **named: Any) -> Iterator[Any]:
        answers = list(self._api.batch_get_documents(*args, **named))
        self.reads += len(answers)
        return iter(answers)

    def run_aggregation_query(self, *args: Any, **named: Any) -> Iterator[Any]:
        self.reads += 1
        return iter(self._api.run_aggregation_query(*args, **named))


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


def ports_on(client, clock) -> SweepPorts:
    from shared.adapters.alerts import FirestoreAlertStore
    from shared.adapters.audience import FirestoreAudienceStore
    from shared.adapters.coverage import FirestoreCoverageStore
    from shared.adapters.cursors import FirestoreCursorStore
    from shared.adapters.delivery import FirestoreDeliveryStore
    from shared.adapters.phone_register import FirestorePhoneRegister
    from shared.adapters.published import FirestorePublishedStore
    from shared.adapters.resident_walk import FirestoreResidentWalk
    from shared.adapters.residents import FirestoreResidentStore
    from shared.adapters.summaries import FirestoreSummaryStore
    from shared.adapters.traces import FirestoreTraceStore

    municipalities, residents = FakeMunicipalityStore(), FirestoreResidentStore(client)
    walk, audience = FirestoreResidentWalk(client), FirestoreAudienceStore(client, clock)
    return SweepPorts(
        alerts=FirestoreAlertStore(client, chain_of(client)),
        delivery=FirestoreDeliveryStore(client, chain_of(client)),
        tasks=FakeTaskQueue(clock),
        clock=clock,
        channels={},
        published=FirestorePublishedStore(client),
        summaries=FirestoreSummaryStore(client),
        residents=residents,
        audience=audience,
        reachable=has_device,
        municipalities=municipalities,
        walk=walk,
        cursors=FirestoreCursorStore(client),
        traces=FirestoreTraceStore(client),
        accounts=FakeAccountStore(),
        signer=FakeAlertSigner(),
        coverage=CoveragePorts(
            FakeAreaLibrary(),
            audience,
            municipalities,
            FirestorePhoneRegister(client),
            residents,
            walk,
            FirestoreCoverageStore(client),
            clock,
        ),
    )


def test_an_idle_run_reads_little_however_many_residents_there_are(client):
    from datetime import UTC, datetime, timedelta

    clock = FakeClock()
    clock.advance(
        datetime.now(UTC) - clock.now() + timedelta(minutes=10)
    )  # residents wrote by Firestore's time
    ports, phone = ports_on(client, clock), FirestoreResidentWriter(client)
    for number in range(10):
        uid = f"resident-{number}"
        phone.write_resident(uid, "pl")
        phone.write_place(uid, "1", point=CENTRE)
        phone.write_device(uid, "1", f"phone of {uid}")
        index_resident(uid, ports.residents, ports.audience, ports.municipalities, has_device)
    sweep(ports)  # compares everybody once
    counting = Counting(client._firestore_api)
    client._firestore_api_internal = counting
    spent = []
    for _ in range(RUNS):
        clock.advance(timedelta(minutes=1))
        before = counting.reads
        assert (report := sweep(ports)).repaired == report.failed == 0
        spent.append(counting.reads - before)
    assert 0 < max(spent) <= MOST_READS, spent
