"""Each phone's push sounds as its owner and the author wish."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import pytest

from shared.channels.push import compose as compose_pushes
from shared.channels.push import message as push_format
from shared.channels.push.compose import PushComposer
from shared.channels.push.outcome import PushAnswer, PushRequest, Sound
from shared.domain.alert import Severity
from shared.domain.audience import Platform, Target
from shared.domain.preferences import NO_PREFERENCES, Preferences, QuietHours
from shared.domain.wave import Recipient
from tests.fakes.alert_values import alert, content, replace
from tests.fakes.clock import SUNDAY_NIGHT
from tests.services.delivery_world import device, resident

NIGHT = SUNDAY_NIGHT  # 02:10 in Warsaw
MORNING = SUNDAY_NIGHT + timedelta(hours=4)
LATER = MORNING + timedelta(minutes=1)
SLEEPS = Preferences(quiet=QuietHours(time(22), time(6)))
SLEEPS_LONG = Preferences(quiet=QuietHours(time(22), time(9)))


def push(preferences: Preferences = NO_PREFERENCES, platform: Platform = Platform.ANDROID, number: int = 1):
    (entry,) = resident("u1", (49.84, 19.94))
    return Recipient(replace(entry, preferences=preferences), device("u1", number, platform))


def sound(preferences: Preferences, now: datetime, round_number: int = 1, **changes: object) -> str:
    composer = PushComposer(alert(content=content(**changes)), "key", "https://a.pl", now, round_number)
    (request,) = composer.compose([push(preferences)])
    assert isinstance(request, PushRequest)
    return json.loads(request.body)["message"]["data"]["sound"]


def test_an_alert_sounds_when_nobody_asked_for_silence():
    assert sound(NO_PREFERENCES, NIGHT) == "on"


def test_quiet_hours_silence_it():
    assert sound(SLEEPS, NIGHT) == "off"
    assert sound(SLEEPS, MORNING) == "on"


@pytest.mark.parametrize("severity", [Severity.EXTREME, Severity.SEVERE])
def test_severe_and_extreme_alerts_break_through_quiet_hours(severity):
    assert sound(SLEEPS, NIGHT, severity=severity) == "on"


@pytest.mark.parametrize("severity", [Severity.EXTREME, Severity.SEVERE])
def test_an_exercise_does_not(severity):
    assert sound(SLEEPS, NIGHT, severity=severity, exercise=True) == "off"


@pytest.mark.parametrize("severity", Severity)
def test_silence_until_a_moment_holds_for_everybody(severity):
    assert sound(NO_PREFERENCES, NIGHT, severity=severity, sound_at=MORNING) == "off"


def test_a_push_of_the_first_round_that_is_late_stays_silent():
    """Else the phone would ring for it, and again for the second round."""
    assert sound(NO_PREFERENCES, LATER, sound_at=MORNING) == "off"


def test_the_second_round_sounds_in_place_of_the_silent_notification():
    assert sound(NO_PREFERENCES, LATER, 2, sound_at=MORNING) == "again"


def test_whoever_still_sleeps_is_not_woken_by_the_second_round():
    assert sound(SLEEPS_LONG, LATER, 2, sound_at=MORNING) == "off"


def test_a_message_is_made_once_per_language_platform_and_sound(monkeypatch):
    made = []

    def counted(*arguments):
        made.append(arguments[2::3])
        return push_format.template(*arguments)

    monkeypatch.setattr(compose_pushes, "template", counted)
    people = [push(who, platform) for platform in Platform for who in (NO_PREFERENCES, SLEEPS)] * 20
    composer = PushComposer(alert(), "key", "https://a.pl", NIGHT)
    assert len(list(composer.compose(people))) == 120
    assert sorted(made) == sorted((p, s) for p in Platform for s in (Sound.ON, Sound.OFF))


def test_a_target_of_a_kind_that_nobody_knows_is_answered_at_once():
    composer = PushComposer(alert(), "key", "https://a.pl", NIGHT)
    strange = push()
    strange = Recipient(strange.entry, replace(strange.address, target=Target("topic", "all")))
    (answer,) = composer.compose([strange])
    assert isinstance(answer, PushAnswer)
    assert answer.outcome.target_is_dead
