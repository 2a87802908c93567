"""After a key was withdrawn, everything that can be read is signed with the new one."""

from __future__ import annotations

import pytest

from shared.domain.alert import State, replace
from shared.errors import Unreadable
from shared.services.publishing import sign_again as service
from tests.fakes.alert_values import TERC, alert, at
from tests.fakes.alerts import FakeAlertStore
from tests.fakes.clock import FakeClock
from tests.fakes.published import FakePublishedStore
from tests.fakes.signer import FakeAlertSigner, SeededKey


@pytest.fixture
def stores():
    alerts, published = FakeAlertStore(), FakePublishedStore()
    for number, state in enumerate(
        [State.ACTIVE, State.EXPIRED, State.CANCELLED, State.ACTIVE, State.ACTIVE]
    ):
        shown = alert(f"a{number}", state=state, started=at(2), updated=at(3, number))
        alerts.put(shown)
        published.publish(shown, None)
    return alerts, published


def sign_again(stores):
    alerts, published = stores
    signer = FakeAlertSigner({TERC: SeededKey(2)})
    return service.sign_again(TERC, alerts=alerts, published=published, signer=signer, clock=FakeClock(at(5)))


def test_all_that_can_be_read_is_signed_with_the_new_key(stores, monkeypatch):
    monkeypatch.setattr(service, "PAGE", 2)
    assert sign_again(stores) == 5
    assert {signature.key for signature in stores[1].signatures.values()} == {SeededKey(2).id}


def test_what_was_never_sent_and_what_is_others_is_left_alone(stores):
    alerts, published = stores
    alerts.put(alert("never", state=State.CANCELLED))
    alerts.put(alert("theirs", terc="1209033", state=State.ACTIVE, started=at(2)))
    sign_again(stores)
    assert not {"never", "theirs"} & published.copies.keys()


def test_what_this_release_cannot_read_is_told_after_all_others_are_signed(stores, monkeypatch):
    alerts, published = stores
    listed = alerts.list

    def with_unreadable(*args):
        page = listed(*args)
        return replace(page, unreadable=1 if page.next else 0)  # none on the last page

    monkeypatch.setattr(alerts, "list", with_unreadable)
    monkeypatch.setattr(service, "PAGE", 2)
    with pytest.raises(Unreadable):
        sign_again(stores)
    assert len(published.signatures) == 5


def test_what_was_signed_is_signed_again(stores):
    sign_again(stores)
    before = dict(stores[1].signatures)
    signer = FakeAlertSigner({TERC: SeededKey(3)})
    alerts, published = stores
    service.sign_again(TERC, alerts=alerts, published=published, signer=signer, clock=FakeClock(at(5)))
    assert all(published.signatures[one].key != before[one].key for one in before)
