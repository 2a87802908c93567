"""The moment from which an alert asks the system to act."""

from __future__ import annotations

import pytest

from shared.adapters.alert_documents import from_document, to_document
from shared.domain.alert import State
from shared.domain.wake import wake
from tests.fakes.alert_values import alert, at, content

APPROVED, SEND, SOUND, EXPIRES = at(2), at(5), at(6), at(9)


def one(state, started=None, **changes):
    return alert(
        state=state,
        approved=APPROVED,
        started=started,
        content=content(expires=EXPIRES, **changes),
    )


@pytest.mark.parametrize("state", sorted(set(State) - {State.SCHEDULED, State.HELD, State.ACTIVE}))
def test_an_alert_that_waits_for_people_or_is_over_wakes_nobody(state):
    assert wake(one(state)) is None


@pytest.mark.parametrize(
    ("waiting", "moment"),
    [
        (one(State.SCHEDULED), APPROVED),
        (one(State.SCHEDULED, send_at=SEND), SEND),
        (one(State.SCHEDULED, send_at=at(10)), EXPIRES),
        (one(State.HELD), EXPIRES),
        (one(State.ACTIVE), EXPIRES),
        (one(State.ACTIVE, sound_at=SOUND), EXPIRES),
    ],
)
def test_it_wakes_at_the_next_thing_that_happens_by_itself(waiting, moment):
    assert wake(waiting) == moment


def test_it_is_stored_but_never_read_back():
    waiting = one(State.SCHEDULED, send_at=SEND)
    document = to_document(waiting)
    assert document["wake"] == SEND
    assert from_document("a1", {**document, "wake": None}) == waiting
