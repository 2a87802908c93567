"""The trigger's entry point, called as Eventarc calls it."""

from __future__ import annotations

import logging

import pytest
from functions_framework import create_app

from infra.local.processes import ROOT
from shared import logs, wiring
from shared.domain.audience import Target
from shared.errors import Conflict, Unavailable
from shared.ports import Registration
from tests.fakes.alert_values import at
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
    monkeypatch.setattr(wiring, "residents", lambda: residents)
    monkeypatch.setattr(wiring, "audience", lambda: audience)
    monkeypatch.setattr(wiring, "municipalities", FakeMunicipalityStore)
    monkeypatch.setattr(wiring, "reachable", has_device)
    monkeypatch.setattr(wiring, "targets", lambda: targets)
    return create_app("index_resident", str(ROOT / "main.py")).test_client()


def deliver(function, document, **attributes):
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
    return function.post("/", headers=headers, data=b"\x0a\x00an event that is never read")


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
