"""A push target has one owner, whoever registered it last, in whatever order the events come."""

from __future__ import annotations

from itertools import permutations

import pytest

from shared.domain.audience import Target
from shared.errors import Conflict
from shared.ports import Registration
from shared.services.audience.own_target import own_target
from tests.fakes.alert_values import at
from tests.fakes.targets import FakeTargetStore

BROWSER = Target("token", "browser")


@pytest.fixture
def targets():
    return FakeTargetStore()


def write(targets, uid, hour, device="1", target=BROWSER):
    targets.write(Registration(uid, device, target, at(hour)))


def owners(targets):
    return sorted(targets.devices)


def test_a_target_that_nobody_has_is_the_residents(targets):
    write(targets, "ann", 3)
    own_target("ann", "1", targets)
    assert targets.owner(BROWSER).value.uid == "ann"
    assert owners(targets) == [("ann", "1")]


@pytest.mark.parametrize("order", list(permutations(["ann", "bob", "zoe"])))
def test_whoever_registered_it_last_keeps_it_in_any_order_of_events(targets, order):
    for hour, uid in enumerate(["zoe", "ann", "bob"], start=3):
        write(targets, uid, hour)
    for uid in order:
        own_target(uid, "1", targets)
    assert owners(targets) == [("bob", "1")]
    assert targets.owner(BROWSER).value.uid == "bob"


def test_fifteen_accounts_of_one_browser_are_one_phone(targets):
    for number in range(15):
        write(targets, f"u{number}", 3)
        own_target(f"u{number}", "1", targets)
    assert len(targets.devices) == 1


def test_whoever_registers_it_once_more_is_known_from_then_on(targets):
    """Else somebody who registered it in between would take it away."""
    for hour in (3, 5):
        write(targets, "ann", hour)
        own_target("ann", "1", targets)
    assert targets.owner(BROWSER).value.at == at(5)
    write(targets, "bob", 4)
    own_target("bob", "1", targets)
    assert owners(targets) == [("ann", "1")]


def test_an_event_that_comes_twice_changes_nothing(targets):
    write(targets, "ann", 3)
    for _ in range(2):
        own_target("ann", "1", targets)
    assert (targets.claims, owners(targets)) == (1, [("ann", "1")])


def test_other_phones_of_the_old_owner_stay(targets):
    write(targets, "ann", 3)
    write(targets, "ann", 3, device="2", target=Target("token", "telephone"))
    write(targets, "ann", 3, device="3", target=Target("fid", "browser"))
    for device in "123":
        own_target("ann", device, targets)
    write(targets, "bob", 4)
    own_target("bob", "1", targets)
    assert owners(targets) == [("ann", "2"), ("ann", "3"), ("bob", "1")]


def test_whoever_writes_it_again_has_it_again(targets):
    for uid, hour in (("ann", 3), ("bob", 4), ("ann", 5)):
        write(targets, uid, hour)
        own_target(uid, "1", targets)
    assert owners(targets) == [("ann", "1")]


def test_what_was_written_meanwhile_is_not_taken_away(targets):
    """Ann's event comes late: she has written it anew since."""
    write(targets, "bob", 4)
    own_target("bob", "1", targets)
    write(targets, "ann", 9)
    write(targets, "bob", 4)
    own_target("bob", "1", targets)
    own_target("ann", "1", targets)
    assert owners(targets) == [("ann", "1")]


def test_the_same_event_again_writes_nothing(targets):
    write(targets, "ann", 3)
    own_target("ann", "1", targets)
    own_target("ann", "1", targets)
    assert targets.claims == 1


def test_a_device_that_is_gone_claims_nothing(targets):
    own_target("ann", "1", targets)
    assert targets.claims == 0


def test_of_two_at_once_the_one_that_is_overtaken_looks_again(targets):
    write(targets, "ann", 3)
    claim = targets.claim

    def overtaken(registration, before):
        targets.claim = claim
        write(targets, "bob", 4)
        own_target("bob", "1", targets)
        claim(registration, before)

    targets.claim = overtaken
    own_target("ann", "1", targets)
    assert owners(targets) == [("bob", "1")]


def test_who_is_always_overtaken_comes_back(targets):
    write(targets, "ann", 3)

    def refuse(*_):
        raise Conflict

    targets.claim = refuse
    with pytest.raises(Conflict):
        own_target("ann", "1", targets)
