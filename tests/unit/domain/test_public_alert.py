"""What everybody may read of an alert."""

from __future__ import annotations

import pytest

from shared.domain.alert import State
from shared.domain.public_alert import Kind, PublicAlert, public_alert
from tests.fakes.alert_values import TERC, alert, at, content


def public(state: State) -> PublicAlert:
    return public_alert(alert(state=state, version=2, revision=5, started=at(3), finished=at(4)))


def test_it_is_the_content_and_what_names_and_dates_it():
    one = public(State.ACTIVE)
    named = (one.id, one.terc, one.kind, one.thread, one.version, one.revision, one.sent)
    assert named == ("a1", TERC, Kind.ALERT, "a1", 2, 5, at(3))
    assert (one.texts, one.expires, one.area) == (content().texts, content().expires, content().area)


@pytest.mark.parametrize(
    ("state", "cancelled"), [(State.ACTIVE, None), (State.CANCELLED, at(4)), (State.EXPIRED, None)]
)
def test_only_of_a_cancelled_one_it_tells_when_it_was_cancelled(state, cancelled):
    assert (public(state).state, public(state).cancelled) == (state, cancelled)


def test_what_was_never_started_nobody_may_read():
    with pytest.raises(ValueError, match=r"^an alert that was not started is not public$"):
        public_alert(alert(state=State.SCHEDULED))
