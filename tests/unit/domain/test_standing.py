"""Whether a published message still counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.domain.alert import State, Text
from shared.domain.standing import Standing, newest_versions, standing, text_in
from tests.fakes.public_office import SENT, published

END = published().expires
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "newest", "now", "expected"),
    [
        (State.ACTIVE, 1, SENT, Standing.ACTIVE),
        (State.ACTIVE, 1, END - SECOND, Standing.ACTIVE),
        (State.ACTIVE, 1, END, Standing.EXPIRED),
        (State.EXPIRED, 1, SENT, Standing.EXPIRED),
        (State.ACTIVE, 2, SENT, Standing.REPLACED),
        (State.ACTIVE, 2, END, Standing.EXPIRED),
        (State.CANCELLED, 2, END, Standing.CANCELLED),
        (State.SUPERSEDED, 1, SENT, Standing.REPLACED),
        (State.SUPERSEDED, 2, END, Standing.REPLACED),
        (State.ENDED, 2, SENT, Standing.ENDED),
        (State.ENDED, 2, END, Standing.ENDED),
    ],
)
def test_what_is_over_is_told_before_what_is_replaced(state, newest, now, expected):
    assert standing(published(state=state), newest, now) is expected


def test_each_thread_has_its_newest_version():
    alerts = [published(), published("a2", version=2), published("b1", thread="b1")]
    assert newest_versions(alerts) == {"a1": 2, "b1": 1}


def test_a_text_comes_in_the_wanted_language_or_else_in_polish():
    alert = published(texts={"pl": Text("Woda", "x"), "en": Text("Water", "x")})
    assert text_in(alert, "en") == ("en", Text("Water", "x"))
    assert text_in(alert, "uk") == ("pl", Text("Woda", "x"))
