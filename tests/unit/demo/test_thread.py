"""The demonstration's thread, step by step against the API on fakes: an update, the all-clear, the report."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2

import demo.thread
from demo.thread import update_thread, write_report
from shared.domain.alert import State
from tests.clients.staff import Refused
from tests.fakes.requests import water
from tests.fakes.staff_api import StaffApi


class Office:
    """As a StaffClient, in one process."""

    def __init__(self, api):
        self._api = api

    def call(self, who, method, path, body=None, etag=None):
        headers = {"If-Match": etag} if etag else {}
        given = {} if body is None else {"json": body}
        answer = self._api.ask(who, method, f"/api{path}", headers=headers, **given)
        if answer.status_code >= 300:
            raise Refused(f"{method} {path}: {answer.json}")
        return answer.json, answer.headers.get("ETag")

    def file(self, who, path):
        return self._api.get(who, f"/api{path}").data


def test_the_thread_is_updated_and_ended_and_its_report_written(monkeypatch, tmp_path):
    made = StaffApi()
    office = Office(made.open(monkeypatch))

    def started(_, alert_id):
        known = made.alerts.get(alert_id).value
        assert known.state is State.SCHEDULED
        made.alerts.put(replace(known, state=State.ACTIVE, started=made.clock.now()))

    monkeypatch.setattr(demo.thread, "_wait", started)
    alert, etag = office.call("anna", "POST", "/alerts", water())
    _, etag = office.call("anna", "POST", f"/alerts/{alert['id']}/submit", etag=etag)
    office.call("piotr", "POST", f"/alerts/{alert['id']}/approve", etag=etag)
    started(office, alert["id"])
    update, clear = update_thread(office, alert["id"], water())
    kinds = [made.alerts.get(one).value.kind.value for one in (update, clear)]
    assert kinds == ["update", "all_clear"]
    file = write_report(office, alert["id"], tmp_path / "out")
    document = pypdfium2.PdfDocument(file.read_bytes())
    assert document.is_tagged()
    document.close()
