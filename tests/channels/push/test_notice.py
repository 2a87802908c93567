"""The trial that a resident asks for: of the form that the platform's alerts have."""

from __future__ import annotations

import json

import pytest

from shared.channels.push.channel import PushChannel
from shared.channels.push.notice import WORDS, push_of
from shared.channels.push.outcome import Outcome, PushAnswer
from shared.domain.audience import Device, Platform, Target
from shared.domain.notice import Notice
from shared.ports import Pace
from tests.fakes.alert_values import replace
from tests.fakes.clock import FakeClock
from tests.fakes.push import FakePushSender
from tests.fakes.residents import FakeResidentStore
from tests.services.delivery_world import resident


def message(platform: Platform, language: str = "pl", kind: str = "token", notice: Notice = Notice.TRIAL):
    found = json.loads(push_of(notice, Device("1", platform, Target(kind, "t1")), language))["message"]
    assert found.pop(kind) == "t1"
    return found


@pytest.mark.parametrize("platform", [Platform.ANDROID, Platform.WEB])
@pytest.mark.parametrize("notice", Notice)
@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_android_and_the_web_get_data_alone(platform, language, notice):
    data = message(platform, language, notice=notice)["data"]
    assert (data["notice"], data["language"]) == (notice.value, language)
    assert (data["title"], data["body"]) == WORDS[notice][language]


def test_an_iphone_gets_what_its_system_shows():
    found = message(Platform.IOS, kind="fid")
    assert found["apns"]["payload"]["aps"]["alert"] == dict(
        zip(("title", "body"), WORDS[Notice.TRIAL]["pl"], strict=True)
    )
    assert found["apns"]["headers"]["apns-push-type"] == "alert"
    assert found["data"] == {"notice": "trial", "language": "pl"}


def test_another_language_comes_in_polish():
    assert message(Platform.WEB, "de")["data"]["title"] == WORDS[Notice.TRIAL]["pl"][0]


def channel(answering=None):
    clock = FakeClock()
    sender = FakePushSender(clock, **({"answering": answering} if answering else {}))
    return PushChannel(lambda: sender, FakeResidentStore, clock, "https://a.pl", Pace()), sender


def test_it_goes_to_one_device_alone():
    push, sender = channel()
    (entry,) = resident("u1", (49.84, 19.94))
    (device,) = entry.devices
    entry = replace(entry, devices=(device, Device("2", Platform.WEB, Target("token", "other"))))
    assert push.notify(entry, "2", Notice.TRIAL)
    assert [one["token"] for one in sender.messages] == ["other"]


@pytest.mark.parametrize("outcome", [Outcome.UNREGISTERED, Outcome.UNAVAILABLE])
def test_what_fcm_does_not_take_was_not_sent(outcome):
    push, _ = channel(lambda request, tried: PushAnswer(request.key, outcome))
    (entry,) = resident("u1", (49.84, 19.94))
    assert not push.notify(entry, entry.devices[0].id, Notice.TRIAL)


def test_a_device_that_is_not_in_the_index_gets_none():
    push, sender = channel()
    (entry,) = resident("u1", (49.84, 19.94))
    assert not push.notify(entry, "8", Notice.TRIAL)
    assert sender.messages == []
