"""What everybody may read of an alert."""

from __future__ import annotations

import pytest

from shared.domain.alert import State
from shared.domain.public_alert import Kind, PublicAlert, public_alert
from shared.formats.alert_json import alert_json, time_json
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


@pytest.mark.parametrize(
    ("send_at", "approved", "started", "meant_for"),
    [
        (None, at(2), at(2, 15), None),
        (None, at(2), at(2, 16), at(2)),
        (at(2, 30), at(2), at(2, 45), None),
        (at(2, 30), at(2), at(2, 46), at(2, 30)),
        (None, None, at(3), None),  # of a release that did not store when it was approved
    ],
)
def test_one_that_was_sent_late_says_what_moment_it_was_meant_for(send_at, approved, started, meant_for):
    given = alert(content=content(send_at=send_at), state=State.ACTIVE, approved=approved, started=started)
    assert public_alert(given).meant_for == meant_for
    assert alert_json(given, [], {})["meant_for"] == (meant_for and time_json(meant_for))


def test_what_was_never_started_nobody_may_read():
    with pytest.raises(ValueError, match=r"^an alert that was not started is not public$"):
        public_alert(alert(state=State.SCHEDULED))
