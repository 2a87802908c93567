"""One document that cannot be read among good ones: lists, `sweep`, public pages and staff's API go on.

And the other way about: what a later release wrote into a document survives a change by this one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.alert_documents import RENAMED, from_document, stored_words
from shared.adapters.alerts import FirestoreAlertStore
from shared.adapters.audience import FirestoreAudienceStore, state_id
from shared.adapters.change_marks import FirestoreChangeMarks
from shared.adapters.municipalities import FirestoreMunicipalityStore
from shared.adapters.public_store import FirestorePublicStore
from shared.adapters.published import FirestorePublishedStore
from shared.adapters.residents import FirestoreResidentStore
from shared.domain.alert import State
from shared.errors import Unreadable
from shared.services.audience.index_resident import index_resident
from tests.fakes.alert_values import TERC, alert, at, content, entry
from tests.fakes.audit import chain_of
from tests.fakes.clock import FakeClock
from tests.fakes.reachable import has_device
from tests.fakes.staff_api import StaffApi
from tests.functions.public_pages import read
from tests.releases.readers import EVER, NEVER
from tests.releases.samples import fill, load
from tests.services.sweep_world import SweptWorld

pytestmark = pytest.mark.emulator

BAD = "a1"
GOOD = ["a0", "a2", "a3"]


@pytest.fixture
def client(project):
    from google.cloud.firestore import Client

    return Client(project=project)


@pytest.fixture
def alerts(client):
    """Four that are sent, one after the other; the second was written by nobody knows whom."""
    store = FirestoreAlertStore(client, chain_of(client))
    for number in range(4):
        known = alert(
            f"a{number}",
            state=State.ACTIVE,
            started=at(3, number),
            updated=at(3, number),
            generation=1,
            content=content(expires=at(9, number)),
        )
        store.create(known, entry(known), None)
        FirestorePublishedStore(client).publish(known, None)
    for collection in ("alerts", "published"):
        client.document(f"{collection}/{BAD}").update({"texts": "written by nobody knows whom"})
    return store


def test_the_list_shows_the_others_and_tells_how_many_it_cannot_show(alerts, caplog):
    page = alerts.list(TERC, (), 10, None)
    assert [item.id for item in page.items] == GOOD[::-1]
    assert (page.next, page.unreadable) == (None, 1)
    assert caplog.text.count("alerts/a1 cannot be read: Misfit texts") == 1


def test_pages_of_the_list_are_full_and_lose_nobody(alerts):
    pages = [alerts.list(TERC, (), 1, None)]
    while pages[-1].next:
        pages.append(alerts.list(TERC, (), 1, pages[-1].next))
    assert [item.id for page in pages for item in page.items] == GOOD[::-1]


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_it_takes_nobodys_place_in_the_queries_of_sweep(alerts, limit):
    assert [item.value.id for item in alerts.waking(NEVER, limit)] == GOOD[:limit]
    assert [item.id for item in alerts.changed(EVER, NEVER, limit)] == GOOD[:limit]


def test_asked_for_by_its_id_it_is_unreadable_for_now(alerts):
    with pytest.raises(Unreadable):
        alerts.get(BAD)


def test_a_sweep_goes_on_with_the_others(alerts):
    world = SweptWorld(clock=FakeClock(at(12)))
    world.sweep_ports = replace(world.sweep_ports, alerts=alerts)
    report = world.sweep()
    assert report.steps["expired"].acted == len(GOOD)
    assert report.failed == 0
    assert {alerts.get(one).value.state for one in GOOD} == {State.EXPIRED}


def test_a_history_is_shown_without_the_entry_that_cannot_be_read(client, alerts):
    client.document("alerts/a0/history/0009-later").set({"action": "later", "at": "at noon"})
    assert [item.action for item in alerts.history("a0")] == ["create"]


def test_the_staffs_api_shows_the_others_and_says_what_is_wrong(client, alerts, monkeypatch):
    office = StaffApi(alerts=alerts)
    office.marks = FirestoreChangeMarks(client)
    api = office.open(monkeypatch)
    page = api.get("anna", "/api/alerts").json
    assert [item["id"] for item in page["items"]] == GOOD[::-1]
    assert page["unreadable"] == 1
    answer = api.get("anna", f"/api/alerts/{BAD}")
    assert (answer.status_code, answer.json["code"]) == (503, "unreadable")


def test_the_public_pages_show_the_others_and_of_it_that_it_cannot_be_shown(client, alerts, monkeypatch):
    from functions.public_api.app import create_app
    from shared import settings, wiring

    client.document("municipalities", TERC).set(load("0.1.0", "office")[f"municipalities/{TERC}"])
    for name in ("PUBLIC_URL", "WORKER_ACCOUNT"):
        monkeypatch.setenv(name, "https://alerty.example.pl")
    settings.settings.cache_clear()
    clock = FakeClock(at(5))
    municipalities = FirestoreMunicipalityStore(client, clock)
    ports = {"public_store": FirestorePublicStore(client), "clock": clock, "municipalities": municipalities}
    for name, port in ports.items():
        monkeypatch.setattr(wiring, name, lambda port=port: port)
    pages = create_app().test_client()
    listed = pages.get(f"/alerts/{TERC}")
    assert listed.status_code == 200
    assert [one for one in [*GOOD, BAD] if f"/a/{one}" in listed.text] == GOOD
    for one in GOOD:
        read(pages, f"/a/{one}")
    assert "nie można teraz pokazać" in read(pages, f"/a/{BAD}", status=503)
    assert pages.get(f"/a/{BAD}.json").status_code == 503
    assert pages.get("/municipalities.json").status_code == 200


def test_a_task_that_needs_it_comes_back_until_the_release_serves_that_wrote_it(alerts, monkeypatch):
    from flask import Flask, request

    from functions.task_request import answer_task
    from shared import settings

    for name in ("PUBLIC_URL", "WORKER_ACCOUNT"):
        monkeypatch.setenv(name, "https://alerty.example.pl")
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "demo")
    settings.settings.cache_clear()
    with Flask("task").test_request_context(json={"alert": BAD}, method="POST"):
        answer = answer_task(request, lambda payload: alerts.get(payload["alert"]), alert=str)
    assert answer == ("unreadable", 409)


@pytest.mark.parametrize("damage", [{"digest": 5}, {"places": "1"}, {"places": [1, 2]}])
def test_an_index_state_that_cannot_be_read_is_written_anew_and_leaves_no_entry_behind(client, damage):
    people = load("0.1.0", "people")
    fill(client, people)
    audience, residents = FirestoreAudienceStore(client, FakeClock(at(5))), FirestoreResidentStore(client)
    client.document("audience/ann.7").set(people["audience/ann.1"])  # of a place that is gone
    client.document(f"audience_state/{state_id('ann')}").update(damage)
    index_resident("ann", residents, audience, FirestoreMunicipalityStore(client, FakeClock()), has_device)
    found = {entry.key for entry in audience.stream("8", "9", None) if entry.uid == "ann"}
    assert found == {"ann.1", "ann.2", "ann.3"}
    assert audience.state("ann").value.places == ("1", "2", "3")


@pytest.fixture
def renamed(monkeypatch):
    monkeypatch.setitem(RENAMED, "state", {"under_way": "scheduled", "given_up": "draft"})


def test_a_word_that_was_renamed_is_read_as_the_present_one(client, alerts, renamed):
    client.document("alerts/a0").update({"state": "under_way"})
    assert alerts.get("a0").value.state is State.SCHEDULED
    assert [item.id for item in alerts.list(TERC, [State.SCHEDULED], 10, None).items] == ["a0"]
    assert [item.value.id for item in alerts.waking(NEVER, 10)] == GOOD
    assert stored_words("state", ["draft", "active"]) == ["draft", "active", "given_up"]


def test_no_word_is_renamed_that_this_release_still_writes():
    assert not {old for words in RENAMED.values() for old in words} & {state.value for state in State}


def test_what_a_later_release_wrote_survives_a_change_by_this_one(client, alerts):
    for path in ("alerts/a0", "published/a0"):
        client.document(path).update({"instruction": {"pl": "Zamknij okna."}})
    before = alerts.get("a0")
    after = replace(before.value, state=State.CANCELLED, finished=at(4), revision=2, updated=at(4))
    alerts.replace(before, after, entry(after, "cancel"))
    published = FirestorePublishedStore(client)
    published.publish(after, published.token("a0"))
    for path in ("alerts/a0", "published/a0"):
        document = client.document(path).get().to_dict()
        assert document["instruction"] == {"pl": "Zamknij okna."}
        assert document["state"] == "cancelled"


def test_a_word_of_a_later_release_survives_a_change_by_this_one(client, alerts):
    client.document("alerts/a0").update({"category": "flood", "severity": "Unheard"})
    before = alerts.get("a0")
    after = replace(before.value, attempt=1, updated=before.value.updated + timedelta(minutes=1))
    alerts.replace(before, after, None)
    document = client.document("alerts/a0").get().to_dict()
    assert (document["category"], document["severity"]) == ("flood", "Unheard")


@pytest.mark.parametrize("field", ["state", "writers"])
def test_what_must_not_be_guessed_has_no_default(client, alerts, field):
    """A state would allow an action, a missing list of writers a second person's approval by the first."""
    document = client.document("alerts/a0").get().to_dict()
    with pytest.raises(ValueError, match=field):
        from_document("a0", {name: value for name, value in document.items() if name != field})
