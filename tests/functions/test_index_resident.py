"""The trigger's entry point, called as Eventarc calls it."""

from __future__ import annotations

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from functions_framework import create_app

from infra.local.processes import ROOT
from shared import logs, wiring
from shared.domain.audience import Target
from shared.errors import Conflict, Unavailable
from shared.ports import Registration
from tests.fakes.alert_values import at
from tests.fakes.areas import FakeAreaLibrary
from tests.fakes.audience import FakeAudienceStore
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import CENTRE, FakeMunicipalityStore
from tests.fakes.reachable import has_device
from tests.fakes.residents import FakeResidentStore
from tests.fakes.targets import FakeTargetStore
from tests.fakes.traces import FakeTraceStore

UID = "wnSTykBfZlZ2sRZB7jYyxVbJ9p93"
TARGET = "secret-target"


@pytest.fixture
def residents():
    store = FakeResidentStore()
    store.write_resident(UID, "pl")
    store.write_place(UID, "1", point=CENTRE)
    store.write_device(UID, "1", TARGET)
    return store


@pytest.fixture
def audience():
    return FakeAudienceStore()


@pytest.fixture
def targets():
    return FakeTargetStore()


@pytest.fixture
def function(monkeypatch, residents, audience, targets):
    monkeypatch.setattr("functions.event_request.settings", lambda: SimpleNamespace(project="demo-x"))
    monkeypatch.setattr(wiring, "residents", lambda: residents)
    monkeypatch.setattr(wiring, "audience", lambda: audience)
    monkeypatch.setattr(wiring, "municipalities", FakeMunicipalityStore)
    monkeypatch.setattr(wiring, "areas", FakeAreaLibrary)
    monkeypatch.setattr(wiring, "reachable", has_device)
    monkeypatch.setattr(wiring, "targets", lambda: targets)
    return create_app("index_resident", str(ROOT / "main.py")).test_client()


def deliver(function, document, body=b"\x0a\x00an event that is never read", **attributes):
    headers = {
        "ce-id": "1",
        "ce-specversion": "1.0",
        "ce-type": "google.cloud.firestore.document.v1.written",
        "ce-source": "//firestore.googleapis.com/projects/demo-alert-online/databases/(default)",
        "ce-subject": f"documents/{document}",
        "content-type": "application/protobuf",
        **attributes,
    }
    if document is not None:
        headers["ce-document"] = document
    return function.post("/", headers=headers, data=body)


@pytest.mark.parametrize("below", ["", "/places/1", "/devices/8"])
def test_a_write_of_any_of_their_documents_indexes_the_resident(function, audience, below):
    assert deliver(function, f"residents/{UID}{below}").status_code == 200
    assert set(audience.documents) == {f"{UID}.1"}


def test_the_same_event_again_is_accepted_and_changes_nothing(function, audience):
    deliver(function, f"residents/{UID}")
    assert deliver(function, f"residents/{UID}").status_code == 200
    assert audience.commits == 1


@pytest.mark.parametrize("document", [None, "", "residents", "residents/", "alerts/1", "other/1/residents/2"])
def test_an_event_without_a_resident_is_accepted_and_logged(function, audience, caplog, document):
    with caplog.at_level(logging.ERROR, "functions.index_resident"):
        assert deliver(function, document).status_code == 200
    assert audience.documents == {}
    assert "dropped" in caplog.text


@pytest.mark.parametrize("error", [Conflict, Unavailable, RuntimeError])
def test_a_failure_is_an_error_so_that_the_event_comes_back(function, monkeypatch, error):
    def fail(_uid):
        raise error

    monkeypatch.setattr(wiring.audience(), "state", fail)
    assert deliver(function, f"residents/{UID}").status_code == 500


def test_neither_success_nor_failure_writes_whose_it_was_into_the_log(function, monkeypatch, caplog):
    def fail(uid):
        raise RuntimeError(f"residents/{uid} {TARGET}")

    lines = logs.JsonLines()
    with caplog.at_level(logging.INFO):
        deliver(function, f"residents/{UID}")
        monkeypatch.setattr(wiring.audience(), "state", fail)
        deliver(function, f"residents/{UID}/places/1")
    written = "".join(lines.format(record) for record in caplog.records)
    assert "Indexed a resident: 1 entries" in written
    assert "RuntimeError" in written
    stored = wiring.audience()
    assert isinstance(stored, FakeAudienceStore)
    cell = stored.documents[f"{UID}.1"].cell
    assert not [secret for secret in (UID, TARGET, cell) if secret in written]


def test_the_process_writes_its_log_as_json_lines(function):
    """So that an exception's message, which can name a document, stays out of it."""
    assert any(isinstance(handler.formatter, logs.JsonLines) for handler in logging.getLogger().handlers)


@pytest.fixture
def traces(monkeypatch):
    store = FakeTraceStore()
    monkeypatch.setattr(wiring, "traces", lambda: store)
    monkeypatch.setattr(wiring, "clock", FakeClock)
    return store


def test_one_whose_own_document_was_deleted_is_to_be_erased(function, residents, traces):
    residents.delete_resident(UID)
    deliver(function, f"residents/{UID}")
    assert [erasure.uid for erasure in traces.asked(10)] == [UID]


@pytest.mark.parametrize("below", ["/places/1", "/devices/1"])
def test_one_who_never_had_a_document_of_their_own_has_nothing_to_erase(function, residents, traces, below):
    residents.delete_resident(UID)
    deliver(function, f"residents/{UID}{below}")
    assert list(traces.asked(10)) == []


def test_a_device_that_is_written_takes_its_target_from_who_had_it(function, targets):
    targets.write(Registration("old", "1", Target("token", TARGET), at(3)))
    deliver(function, "residents/old/devices/1")
    targets.write(Registration(UID, "1", Target("token", TARGET), at(4)))
    deliver(function, f"residents/{UID}/devices/1")
    assert list(targets.devices) == [(UID, "1")]


def test_a_place_that_is_written_changes_no_owner(function, targets):
    targets.write(Registration(UID, "1", Target("token", TARGET), at(4)))
    deliver(function, f"residents/{UID}/places/1")
    assert targets.claims == 0


class Tried:
    """A channel that notes what it is asked to try."""

    def __init__(self) -> None:
        self.devices: list[str] = []

    def notify(self, entry, device, notice):
        self.devices.append(device)
        return True


@pytest.fixture
def tried(monkeypatch):
    channel, clock = Tried(), FakeClock()
    monkeypatch.setattr(wiring, "channels", lambda: {"tried": channel})
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    return channel, clock


def test_a_trial_goes_to_the_device_that_asks_for_one(function, residents, tried):
    channel, clock = tried
    residents.write_trial(UID, "1", clock.now())
    assert deliver(function, f"residents/{UID}/devices/1").status_code == 200
    assert channel.devices == ["1"]


def test_no_trial_is_sent_unasked_late_twice_or_for_another_document(function, residents, tried):
    channel, clock = tried
    now, minute = clock.now(), timedelta(minutes=1)
    for asked, arrived in [(None, None), (now - 6 * minute, None), (now - minute, now)]:
        residents.write_trial(UID, "1", asked, arrived)
        deliver(function, f"residents/{UID}/devices/1")
    residents.write_trial(UID, "1", now)
    deliver(function, f"residents/{UID}")
    deliver(function, f"residents/{UID}/places/1")
    assert channel.devices == []


def test_who_stands_in_no_index_gets_no_trial(function, residents, tried):
    channel, clock = tried
    residents.delete_place(UID, "1")
    residents.write_trial(UID, "1", clock.now())
    assert deliver(function, f"residents/{UID}/devices/1").status_code == 200
    assert channel.devices == []


def update_of(*fields):
    """An update's event, as far as it says what was changed (DocumentEventData.update_mask)."""
    from shared.adapters.firestore_events import DocumentEventData

    return DocumentEventData.serialize(DocumentEventData(update_mask={"field_paths": fields}))


@pytest.mark.parametrize(
    ("below", "fields"),
    [
        ("", ["seen", "updated"]),
        ("", ["updated"]),
        ("/places/1", ["confirmed", "updated"]),
        ("/places/1", ["label"]),
    ],
)
def test_a_write_that_says_nothing_new_reads_nothing(function, residents, monkeypatch, below, fields):
    monkeypatch.setattr(residents, "read", lambda _: pytest.fail("the resident was read"))
    assert deliver(function, f"residents/{UID}{below}", body=update_of(*fields)).status_code == 200


@pytest.mark.parametrize(
    ("below", "fields"),
    [
        ("", ["seen", "updated", "language"]),
        ("", ["quiet_hours.from", "updated"]),
        ("/places/1", ["cell", "updated"]),
        ("/places/1", ["until"]),
        ("/devices/1", ["updated"]),
        ("", []),
    ],
)
def test_any_other_write_indexes_the_resident(function, audience, below, fields):
    deliver(function, f"residents/{UID}{below}", body=update_of(*fields))
    assert set(audience.documents) == {f"{UID}.1"}


def test_its_lines_have_the_trace_of_the_event(function):
    trace = "105445aa7843bc8bf206b12000100000"
    deliver(function, f"residents/{UID}", traceparent=f"00-{trace}-00f067aa0ba902b7-01")
    record = logging.LogRecord("x", logging.INFO, "", 0, "m", None, None)
    assert trace in logs.JsonLines().format(record)
