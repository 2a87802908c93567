"""The table of news follows the table of steps."""

from __future__ import annotations

from shared.domain.lifecycle import BECOMES, Action
from shared.domain.news import FAILED, NEWS, SOONER


def test_each_word_is_a_step_of_an_alert():
    assert NEWS.keys() - {FAILED, SOONER} <= {action.value for action in Action}


def test_whoever_wrote_an_alert_hears_when_it_is_taken_back_or_ended():
    assert NEWS.keys() >= {action.value for action in BECOMES.values()} - {Action.SUPERSEDE.value}
