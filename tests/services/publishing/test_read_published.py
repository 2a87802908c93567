"""What anyone reads: an alert with its municipality's keys, and a municipality's alerts as they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.public_alert import Kind
from shared.errors import NotFound
from shared.services.publishing.read_published import (
    RECENT,
    find_alert,
    read_alert,
    read_list,
    read_municipality,
)
from tests.fakes.alert_values import TERC
from tests.fakes.clock import FakeClock
from tests.fakes.municipalities import FakeMunicipalityStore
from tests.fakes.public_office import KEY, SENT, municipality, published, signed
from tests.fakes.public_store import FakePublicStore
from tests.fakes.signer import SeededKey

NEW_KEY = SeededKey(2)


class Registry(FakeMunicipalityStore):
    """Announces a new key, which whoever asks for what is a minute old does not see yet."""

    def __init__(self, *fresh):
        super().__init__(public=[municipality()])
        self.fresh = fresh
        self.ages = []

    def served(self, max_age=60.0):
        self.ages.append(max_age)
        return [municipality(*self.fresh)] if self.fresh and max_age < 60 else super().served(max_age)


@pytest.fixture
def store():
    return FakePublicStore()


def test_an_unknown_alert_and_one_of_a_municipality_that_is_not_served_are_not_found(store):
    store.put(published("theirs", terc="9999999"))
    for alert_id in ("nobody", "theirs"):
        with pytest.raises(NotFound) as refused:
            find_alert(alert_id, store, Registry())
        assert (refused.value.code, refused.value.params) == ("public-alert-unknown", {})


@pytest.mark.parametrize("read", [read_municipality, read_list])
def test_an_unknown_municipality_is_not_found_and_named(store, read):
    with pytest.raises(NotFound) as refused:
        read("9999999", store, Registry(), FakeClock())
    assert (refused.value.code, refused.value.params) == ("public-municipality-unknown", {"terc": "9999999"})


@pytest.mark.parametrize(
    ("alert", "ages"),
    [(signed(published()), [60]), (published(), [60]), (signed(published(), NEW_KEY), [60, 1])],
    ids=["known key", "unsigned", "new key"],
)
def test_only_for_a_key_that_is_not_known_yet_the_municipality_is_asked_for_anew(store, alert, ages):
    store.put(alert)
    registry = Registry(KEY, NEW_KEY)
    found, office = find_alert("a1", store, registry)
    assert (found, registry.ages) == (alert, ages)
    assert {key.id for key in office.keys} == ({KEY.id, NEW_KEY.id} if len(ages) == 2 else {KEY.id})


def test_the_newer_messages_of_a_thread_replace_the_older(store):
    first = signed(published())
    second = signed(published("a2", version=2, kind=Kind.UPDATE))
    store.put(first, second, signed(published("b1", thread="b1")))
    read = read_alert("a1", store, Registry(), FakeClock(SENT))
    assert [one.id for one in read.thread] == ["a2", "a1"]
    assert read.newer is not None
    assert (read.newer.id, read.standing, read.fault, read.now) == ("a2", "replaced", None, SENT)
    newest = read_alert("a2", store, Registry(), FakeClock(SENT))
    assert (newest.newer, newest.standing) == (None, "active")


def test_a_municipalitys_alerts_are_those_that_count_and_the_recent_ones_that_are_over(store):
    now = SENT + timedelta(minutes=5)
    old = SENT - RECENT
    store.put(
        signed(published("a1")),
        signed(published("c1", thread="c1", state=State.CANCELLED, sent=SENT - timedelta(hours=1))),
        signed(published("d1", thread="d1", state=State.EXPIRED, sent=now - RECENT)),
        signed(published("e1", thread="e1", state=State.EXPIRED, sent=old)),  # 5 minutes too old
        signed(published("f1", thread="f1", sent=old)),  # old, and still active
        signed(published("g1", thread="a1", kind=Kind.CORRECTION, version=2, sent=now)),
        published("x1", thread="x1"),  # not signed
    )
    registry = Registry()
    registry.public = [replace(municipality(), keys=(KEY.public(old),))]
    read = read_municipality(TERC, store, registry, FakeClock(now))
    assert [one.id for one in read.active] == ["g1", "f1", "x1"]
    assert [one.id for one in read.over] == ["c1", "d1"]
    assert [one.id for one in read.corrections] == ["g1"]
    assert read.doubtful == {"x1"}
    assert [read.is_over(one) for one in (*read.active, *read.over)] == [False] * 3 + [True] * 2
