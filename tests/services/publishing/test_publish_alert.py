"""The public copy never falls behind, in whatever order events come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.domain.alert import State
from shared.errors import Conflict
from shared.formats.signed_alert import verify
from shared.services.publishing import publish_alert as service
from shared.services.publishing.publish_alert import TRIES
from tests.fakes.alert_values import TERC, alert, at
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.clock import FakeClock
from tests.fakes.published import FakePublishedStore
from tests.fakes.signer import FakeAlertSigner, SeededKey


@pytest.fixture
def stores():
    alerts, published = FakeAlertStore(), FakePublishedStore()
    alerts.put(alert("a1", state=State.ACTIVE, started=at(3)))
    return alerts, published


def publish_alert(alert_id, alerts, published, *signers):
    [signer], clock = signers or [FakeAlertSigner()], FakeClock(at(4))
    service.publish_alert(alert_id, alerts=alerts, published=published, signer=signer, clock=clock)


def to(alerts, state):
    known = alerts.get("a1")
    alerts.replace(known, replace(known.value, state=state), None)


@pytest.mark.parametrize("state", [State.ACTIVE, State.CANCELLED, State.EXPIRED])
def test_a_started_alert_is_published(stores, state):
    alerts, published = stores
    to(alerts, state)
    publish_alert("a1", alerts, published)
    assert published.copies["a1"].state is state


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.SUBMITTED, State.SCHEDULED, State.CANCELLED, State.EXPIRED]
)
def test_an_alert_that_never_started_is_not(stores, state):
    alerts, published = stores
    alerts.put(alert("a1", state=state))
    publish_alert("a1", alerts, published)
    assert not published.copies


def test_what_residents_would_not_see_is_not_written(stores):
    alerts, published = stores
    for attempt in range(4):
        known = alerts.get("a1")
        alerts.replace(known, replace(known.value, attempt=attempt), None)
        publish_alert("a1", alerts, published)
    assert len(published.writes) == 1


def test_an_alert_that_is_not_there_is_not_published(stores):
    publish_alert("nobody", *stores)
    assert not stores[1].copies


def test_a_publisher_overtaken_between_reading_and_writing_does_not_bring_the_old_state_back(stores):
    alerts, published = stores
    publish = published.publish

    def overtaken(value, token, signature):
        published.publish = publish
        to(alerts, State.CANCELLED)
        publish_alert("a1", alerts, published)
        publish(value, token, signature)

    published.publish = overtaken
    publish_alert("a1", alerts, published)
    assert published.copies["a1"].state is State.CANCELLED
    assert [item.state for item in published.writes] == [State.CANCELLED]


@pytest.mark.parametrize("overtaken_after", ["token", "get"])
def test_a_publisher_overtaken_between_its_two_reads_does_not_bring_the_old_state_back(
    stores, overtaken_after
):
    """Whichever it reads first, another worker then publishes the cancellation."""
    alerts, published = stores
    to(alerts, State.ACTIVE)
    store = published if overtaken_after == "token" else alerts
    read = getattr(store, overtaken_after)

    def overtaken(alert_id):
        setattr(store, overtaken_after, read)
        found = read(alert_id)
        to(alerts, State.CANCELLED)
        publish_alert("a1", alerts, published)
        return found

    setattr(store, overtaken_after, overtaken)
    publish_alert("a1", alerts, published)
    assert published.copies["a1"].state is State.CANCELLED


def test_an_old_event_publishes_the_present(stores):
    alerts, published = stores
    publish_alert("a1", alerts, published)
    to(alerts, State.CANCELLED)
    publish_alert("a1", alerts, published)
    publish_alert("a1", alerts, published)  # the event of the first write, again
    assert published.copies["a1"].state is State.CANCELLED


def test_a_publisher_overtaken_again_and_again_gives_up_so_that_the_event_comes_back(stores):
    alerts, published = stores
    tries = []

    def refuse(*args):
        tries.append(args)
        raise Conflict

    published.publish = refuse
    with pytest.raises(Conflict):
        publish_alert("a1", alerts, published)
    assert len(tries) == TRIES


def documents(published):
    signature = published.signatures["a1"]
    return {"signed": signature.text, "signature": signature.value, "key": signature.key}


def test_what_is_published_is_signed_by_its_municipality(stores):
    publish_alert("a1", *stores)
    key = SeededKey(1).public(at(0))
    verdict = verify(documents(stores[1]), "a1", TERC, [key])
    assert verdict.signed is not None
    assert (verdict.signed.alert.sent, verdict.signed.signed_at) == (at(3), at(4))


def test_a_change_is_signed_with_the_key_of_its_time(stores):
    alerts, published = stores
    publish_alert("a1", alerts, published)
    to(alerts, State.CANCELLED)
    publish_alert("a1", alerts, published, FakeAlertSigner({TERC: SeededKey(2)}))
    rotated = [SeededKey(1).public(at(0), at(4)), SeededKey(2).public(at(4))]
    verdict = verify(documents(published), "a1", TERC, rotated)
    assert verdict.signed is not None
    assert verdict.signed.alert.state is State.CANCELLED


def test_a_new_key_alone_publishes_nothing_again(stores):
    publish_alert("a1", *stores)
    publish_alert("a1", *stores, FakeAlertSigner({TERC: SeededKey(2)}))
    assert len(stores[1].writes) == 1


def test_without_a_key_it_is_published_unsigned_and_said_so(stores, caplog):
    publish_alert("a1", *stores, FakeAlertSigner({}))
    assert stores[1].signatures["a1"] is None
    [line] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "No signing key of municipality 1201022" in line.getMessage()


def test_what_could_not_be_signed_for_a_moment_is_signed_when_it_is_looked_at_again(stores):
    publish_alert("a1", *stores, FakeAlertSigner({}))
    publish_alert("a1", *stores)
    assert stores[1].signatures["a1"] is not None


def test_while_nobody_can_sign_it_is_not_written_again(stores):
    for _ in range(2):
        publish_alert("a1", *stores, FakeAlertSigner({}))
    assert len(stores[1].writes) == 1
