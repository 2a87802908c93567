"""When a delivery has something to do by itself, and from when on it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.alert import State
from shared.domain.delivery import OVER, Delivery, DeliveryState, why_over
from tests.fakes.alert_values import alert, at, content

DUE, STARTED, EXPIRES = at(3), at(4), at(9)
ALERT = alert(state=State.ACTIVE, generation=2, version=3, content=content(expires=EXPIRES))
DELIVERY = Delivery("a1", "push", 1, 2, 3, urgent=False, due=DUE, expires=EXPIRES, started=STARTED)


@pytest.mark.parametrize("state", DeliveryState)
def test_it_wakes_when_it_is_due_then_as_one_that_was_begun_and_never_when_it_is_over(state):
    moments = {DeliveryState.PLANNED: DUE, DeliveryState.SENDING: STARTED}
    one = replace(DELIVERY, state=state)
    assert one.wake() == moments.get(state)
    assert one.over is (state in OVER) is (one.wake() is None)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (ALERT, None),
        (None, State.CANCELLED),
        (replace(ALERT, state=State.CANCELLED), State.CANCELLED),
        (replace(ALERT, state=State.EXPIRED), State.EXPIRED),
        (replace(ALERT, state=State.SCHEDULED), State.SCHEDULED),
        (replace(ALERT, generation=3), State.CANCELLED),
        (replace(ALERT, state=State.SUPERSEDED), State.SUPERSEDED),
        (replace(ALERT, state=State.ENDED), State.ENDED),
        (replace(ALERT, stopped=STARTED), "stopped"),
        (replace(ALERT, version=4), None),
        (replace(ALERT, version=2), State.CANCELLED),
    ],
    ids=[
        *("as it was", "gone", "cancelled", "expired", "planned anew", "approved anew"),
        *("superseded", "ended", "stopped", "valid for longer", "older than its delivery"),
    ],
)
def test_it_goes_on_while_the_alert_is_as_it_was_when_it_was_made(found, why):
    assert why_over(found, DELIVERY, STARTED) == why


def test_it_is_over_from_the_moment_at_which_the_alert_expires():
    assert why_over(ALERT, DELIVERY, EXPIRES - timedelta(microseconds=1)) is None
    assert why_over(ALERT, DELIVERY, EXPIRES) == State.EXPIRED


@pytest.mark.parametrize(("read", "slices", "nobody"), [(None, 0, False), (DUE, 0, True), (DUE, 1, False)])
def test_it_goes_to_nobody_when_its_plan_has_no_slice(read, slices, nobody):
    assert replace(DELIVERY, read_time=read, slices=slices).to_nobody is nobody
