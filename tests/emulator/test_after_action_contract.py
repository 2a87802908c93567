"""One contract for frozen reports and counts of waves, in Firestore and for their fakes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.after_action import Frozen, WaveCount
from shared.domain.audit import Act
from shared.domain.delivery import Delivery, DeliveryRef, DeliveryState, Slice
from shared.errors import Conflict
from shared.ports import Wave
from tests.fakes.after_action import FakeReportStore, FakeWaveStore
from tests.fakes.alert_values import TERC, at
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.audit import FakeAuditKeys
from tests.fakes.clock import FakeClock
from tests.fakes.delivery import FakeDeliveryStore

REPORT = Frozen("a1", TERC, "a1", at(5), at(4), "0" * 64, '{"format":1,"office":"Łąki"}')
ACT = Act(TERC, "report.freeze", None, "alerts/a1")
DELIVERY = Delivery(
    "a1", "push", 1, 1, 1, False, at(3), at(20), state=DeliveryState.SENDING, started=at(3), slices=2
)


@pytest.fixture(params=["fake", pytest.param("firestore", marks=pytest.mark.emulator)])
def stores(request):
    """Reports, counts of waves, deliveries."""
    if request.param == "fake":
        delivery = FakeDeliveryStore(FakeAlertStore())
        return FakeReportStore(), FakeWaveStore(delivery), delivery
    name = request.getfixturevalue("project")
    from google.cloud.firestore import Client

    from shared.adapters.after_action import FirestoreReportStore, FirestoreWaveStore
    from shared.adapters.audit_chain import AuditChain
    from shared.adapters.delivery import FirestoreDeliveryStore

    client = Client(project=name)
    chain = AuditChain(client, FakeAuditKeys(), FakeClock())
    return FirestoreReportStore(client, chain), FirestoreWaveStore(client), FirestoreDeliveryStore(client)


def test_a_report_is_created_once_and_read_by_its_thread(stores):
    reports, _, _ = stores
    assert reports.of(TERC, "a1") == []
    reports.create(REPORT, [ACT])
    with pytest.raises(Conflict):
        reports.create(replace(REPORT, text="{}"), [ACT])
    later = replace(REPORT, id="a1.2", at=at(9), text="ł" * 1_000_000)  # more than a document holds plainly
    reports.create(later, [ACT])
    reports.create(replace(REPORT, id="b1", thread="b1"), [ACT])
    assert reports.of(TERC, "a1") == [REPORT, later]
    assert reports.of("0202022", "a1") == []


def test_the_counts_of_waves_are_in_their_order_without_who_it_was(stores):
    _, waves, delivery = stores
    assert waves.counts(DeliveryRef("a1", "push.1")) == []
    planned = replace(DELIVERY, state=DeliveryState.PLANNED)
    start(delivery, planned)
    delivery.plan(
        delivery.get(DELIVERY.ref), DELIVERY, [Slice(0, (("a", "b"),), 2), Slice(1, (("c", "d"),), 1)]
    )
    for index, number, keys in ((0, 3, ("u.1/1", "u.2/1")), (1, 4, ("u.3/1",))):
        part = delivery.slice(DELIVERY.ref, index)
        wave = Wave(index, at(number), dict.fromkeys(keys, "accepted"))
        delivery.save(DELIVERY.ref, part, replace(part.value, waves=1, accepted=len(keys)), wave)
    part = delivery.slice(DELIVERY.ref, 0)
    delivery.save(DELIVERY.ref, part, replace(part.value, attempt=1), None)  # moves on, sends nothing
    assert waves.counts(DELIVERY.ref) == [WaveCount(0, at(3), 2), WaveCount(1, at(4), 1)]


def start(delivery, planned):
    if isinstance(delivery, FakeDeliveryStore):
        delivery.put(planned)
        return
    from shared.adapters.delivery_documents import delivery_document

    delivery._delivery(planned.ref).set(delivery_document(planned))
