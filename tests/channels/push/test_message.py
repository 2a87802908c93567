"""The messages, compared with what FCM's and Apple's documentation ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.push import message as push
from shared.channels.push.outcome import Sound
from shared.channels.push.text import json_bytes
from shared.domain.alert import Alert, Category, Content, Kind, Person, Severity, Text
from shared.domain.audience import Platform, Target

URL = "https://alerty.gmina.pl"
NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
PROOF = "ab" * 32
TOKEN = Target("token", "c" * 22 + ":APA91b" + "x" * 134)
CONTENT = Content(
    category=Category.FAILURE,
    severity=Severity.SEVERE,
    texts={
        "pl": Text("Brak wody: ul. Główna", "Pękła rura. „Żółć” do 18:00"),
        "en": Text("No water", "Pipe"),
    },
    area="{}",
    area_name="ul. Główna",
    expires=NOW + timedelta(hours=6),
)
ALERT = Alert(
    "alert0000000000000001",
    "1209033",
    CONTENT,
    Person("u", "Anna"),
    NOW,
    NOW,
    version=2,
    started=NOW - timedelta(seconds=5),
)
DATA = {
    "alert": "alert0000000000000001",
    "thread": "alert0000000000000001",
    "version": "2",
    "category": "failure",
    "severity": "Severe",
    "group": "failure",
    "url": "https://alerty.gmina.pl/a/alert0000000000000001",
    "sent": "2026-03-01T11:59:55Z",
    "expires": "2026-03-01T18:00:00Z",
    "language": "pl",
    "terc": "1209033",
    "sound": "on",
    "proof": PROOF,
}
TEXT = {"title": "Brak wody: ul. Główna", "body": "Pękła rura. „Żółć” do 18:00"}


def message(
    platform: Platform,
    alert: Alert = ALERT,
    language: str = "pl",
    target: Target = TOKEN,
    sound: Sound = Sound.ON,
) -> dict:
    body = push.template(alert, language, platform, URL, NOW, sound).body(target, PROOF)
    request = json.loads(body)
    assert request.keys() == {"message"}
    return request["message"]


def with_content(**changes: Any) -> Alert:
    return replace(ALERT, content=replace(CONTENT, **changes))


def test_android_gets_data_only_at_high_priority_and_no_collapse_key():
    assert message(Platform.ANDROID) == {
        "android": {"priority": "HIGH", "ttl": "21600s"},
        "data": {**TEXT, **DATA},
        "token": TOKEN.value,
    }


def test_ios_gets_a_visible_alert_and_the_text_once():
    assert message(Platform.IOS) == {
        "apns": {
            "headers": {
                "apns-priority": "10",
                "apns-push-type": "alert",
                "apns-expiration": str(int((NOW + timedelta(hours=6)).timestamp())),
                "apns-collapse-id": "alert0000000000000001",
            },
            "payload": {
                "aps": {
                    "alert": TEXT,
                    "sound": "default",
                    "mutable-content": 1,
                    "interruption-level": "time-sensitive",
                    "thread-id": "alert0000000000000001",
                }
            },
        },
        "data": DATA,
        "token": TOKEN.value,
    }


def test_web_gets_data_only_with_the_headers_of_web_push():
    assert message(Platform.WEB) == {
        "webpush": {"headers": {"TTL": "21600", "Urgency": "high"}},
        "data": {**TEXT, **DATA},
        "token": TOKEN.value,
    }


@pytest.mark.parametrize("platform", Platform)
def test_every_data_value_is_a_string(platform):
    assert all(isinstance(value, str) for value in message(platform)["data"].values())


@pytest.mark.parametrize("platform", Platform)
def test_an_installation_id_is_addressed_by_fid(platform):
    target = Target("fid", "c" * 22)
    found = message(platform, target=target)
    assert found["fid"] == target.value
    assert "token" not in found


def test_an_unknown_kind_of_target_is_refused():
    with pytest.raises(KeyError):
        push.template(ALERT, "pl", Platform.ANDROID, URL, NOW).body(Target("topic", "all"), PROOF)


@given(st.text(max_size=200))
def test_no_target_can_break_out_of_its_json_string(value):
    found = message(Platform.ANDROID, target=Target("token", value))
    assert found["token"] == value
    assert found.keys() == {"android", "data", "token"}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_text_arrives_unchanged(text):
    alert = with_content(texts={"pl": Text(text, text)})
    assert message(Platform.WEB, alert)["data"]["body"] == text
    assert message(Platform.IOS, alert)["apns"]["payload"]["aps"]["alert"]["title"] == text


def test_polish_letters_travel_as_utf_8_without_escapes():
    body = push.template(ALERT, "pl", Platform.ANDROID, URL, NOW).body(TOKEN, PROOF)
    assert "Pękła rura. „Żółć”".encode() in body


def test_the_asked_language_is_used_when_the_alert_has_it():
    data = message(Platform.ANDROID, language="en")["data"]
    assert (data["title"], data["language"]) == ("No water", "en")


def test_polish_stands_in_for_a_missing_language():
    data = message(Platform.ANDROID, language="uk")["data"]
    assert (data["title"], data["language"]) == ("Brak wody: ul. Główna", "pl")


def test_ttl_is_at_most_28_days():
    alert = with_content(expires=NOW + timedelta(days=60))
    assert message(Platform.ANDROID, alert)["android"]["ttl"] == "2419200s"
    assert message(Platform.WEB, alert)["webpush"]["headers"]["TTL"] == "2419200"
    until = NOW + timedelta(days=28)
    assert message(Platform.IOS, alert)["apns"]["headers"]["apns-expiration"] == str(int(until.timestamp()))


def test_ttl_of_an_expired_alert_is_zero():
    alert = with_content(expires=NOW - timedelta(minutes=1))
    assert message(Platform.ANDROID, alert)["android"]["ttl"] == "0s"
    assert message(Platform.WEB, alert)["webpush"]["headers"]["TTL"] == "0"
    assert message(Platform.IOS, alert)["apns"]["headers"]["apns-expiration"] == str(int(NOW.timestamp()))


def test_times_are_told_in_utc_whatever_zone_they_came_in():
    warsaw = CONTENT.expires.astimezone(datetime.strptime("+0100", "%z").tzinfo)
    assert message(Platform.WEB, with_content(expires=warsaw))["data"]["expires"] == "2026-03-01T18:00:00Z"


@pytest.mark.parametrize(
    ("severity", "level", "urgency"),
    [
        (Severity.EXTREME, "time-sensitive", "high"),
        (Severity.SEVERE, "time-sensitive", "high"),
        (Severity.MODERATE, "active", "high"),
        (Severity.MINOR, "active", "normal"),
    ],
)
def test_severity_decides_what_may_interrupt(severity, level, urgency):
    alert = with_content(severity=severity)
    assert message(Platform.IOS, alert)["apns"]["payload"]["aps"]["interruption-level"] == level
    assert message(Platform.WEB, alert)["webpush"]["headers"]["Urgency"] == urgency


def test_size_counts_keys_values_and_overhead_on_android():
    data = message(Platform.ANDROID)["data"]
    counted = sum(len(key.encode()) + len(value.encode()) for key, value in data.items())
    assert push.size(ALERT, "pl", Platform.ANDROID, URL) == counted + len("again") - len("on") + 48 + 15 * 8


def test_size_counts_the_whole_payload_on_ios():
    found = message(Platform.IOS)
    payload = {**found["apns"]["payload"], **found["data"], "sound": "again"}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    assert push.size(ALERT, "pl", Platform.IOS, URL) == len(text.encode()) + 200


def test_a_polish_letter_counts_twice():
    plain = with_content(texts={"pl": Text("t", "x" * 100)})
    polish = with_content(texts={"pl": Text("t", "ż" * 100)})
    for platform in Platform:
        assert push.size(polish, "pl", platform, URL) - push.size(plain, "pl", platform, URL) == 100


def test_a_severity_of_a_later_release_is_sent_as_a_grave_one():
    later = with_content(severity=Severity("Catastrophic"), category=Category.read("black_ice", "warning"))
    assert message(Platform.IOS, later)["apns"]["payload"]["aps"]["interruption-level"] == "time-sensitive"
    assert message(Platform.WEB, later)["webpush"]["headers"]["Urgency"] == "high"
    data = message(Platform.ANDROID, later)["data"]
    assert (data["category"], data["group"], data["severity"]) == ("black_ice", "warning", "Catastrophic")


# ---- Sound


def test_a_silent_push_is_data_only_at_high_priority_on_android():
    """It must be shown, if without a sound: the app picks the channel."""
    found = message(Platform.ANDROID, sound=Sound.OFF)
    assert found["android"]["priority"] == "HIGH"
    assert found["data"]["sound"] == "off"


@pytest.mark.parametrize("severity", Severity)
def test_a_silent_push_is_passive_and_without_a_sound_on_ios(severity):
    found = message(Platform.IOS, with_content(severity=severity), sound=Sound.OFF)
    aps = found["apns"]["payload"]["aps"]
    assert "sound" not in aps
    assert aps["interruption-level"] == "passive"
    assert (found["apns"]["headers"]["apns-priority"], found["data"]["sound"]) == ("10", "off")


@pytest.mark.parametrize("severity", Severity)
def test_a_silent_push_may_wait_until_the_phone_is_looked_at_on_the_web(severity):
    found = message(Platform.WEB, with_content(severity=severity), sound=Sound.OFF)
    assert (found["webpush"]["headers"]["Urgency"], found["data"]["sound"]) == ("normal", "off")


@pytest.mark.parametrize("platform", Platform)
def test_the_sound_that_comes_later_differs_from_one_at_once_in_its_field_alone(platform):
    later = message(platform, sound=Sound.AGAIN)
    assert later["data"].pop("sound") == "again"
    at_once = message(platform, sound=Sound.ON)
    assert at_once["data"].pop("sound") == "on"
    assert later == at_once


def test_the_one_with_sound_replaces_the_silent_one_on_ios():
    """Apple, "Sending notification requests to APNs": the same identifier is shown as one notification."""
    silent, loud = (message(Platform.IOS, sound=sound) for sound in (Sound.OFF, Sound.AGAIN))
    assert silent["apns"]["headers"]["apns-collapse-id"] == loud["apns"]["headers"]["apns-collapse-id"]


# ---- Exercises


@pytest.mark.parametrize(("language", "mark"), [("pl", "ĆWICZENIE: "), ("en", "EXERCISE: ")])
@pytest.mark.parametrize("platform", Platform)
def test_the_title_of_an_exercise_begins_with_that_word(platform, language, mark):
    found = message(platform, with_content(exercise=True), language)
    title = (found["data"] if platform is not Platform.IOS else found["apns"]["payload"]["aps"]["alert"])[
        "title"
    ]
    assert title == mark + CONTENT.texts[language].title
    assert found["data"]["exercise"] == "1"


@pytest.mark.parametrize("platform", Platform)
def test_what_is_no_exercise_says_nothing_of_it(platform):
    assert "exercise" not in message(platform)["data"]


# ---- A text that is longer than a push

LONGEST_URL = "https://alerty.urzad-gminy-regionalna.example.pl/" + "x" * 100
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4000)
PIECES = [
    "👩\u200d👩\u200d👧\u200d👦",  # a family: four people and their joiners
    "🇵🇱🇺🇦",
    "👍🏽",
    "e\u0301",
    "ż",
    "\u1100\u1161\u11a8",  # a Korean syllable in three parts
    "\r\n",
    '"',
    "słowo ",
]
LONG_TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map(
    lambda pieces: ("".join(pieces) * 4000)[:4000]
)
TITLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120)


def shown(platform: Platform, alert: Alert, sound: Sound = Sound.ON) -> dict[str, str]:
    found = message(platform, alert, sound=sound)
    return found["data"] if platform is not Platform.IOS else found["apns"]["payload"]["aps"]["alert"]


@pytest.mark.parametrize("platform", Platform)
@given(
    title=TITLE, body=ANY_TEXT | LONG_TEXT, url=st.sampled_from([URL, LONGEST_URL]), exercise=st.booleans()
)
def test_any_text_fits_into_the_limit(platform, title, body, url, exercise):
    alert = with_content(texts={"pl": Text(title, body)}, severity=Severity.MODERATE, exercise=exercise)
    longest = Category.read("c" * 40, "g" * 40)
    worst = replace(alert, id="a" * 20, thread="t" * 20, kind=Kind.CORRECTION, version=9999)
    worst = replace(worst, content=replace(worst.content, category=longest))
    assert push.size(worst, "pl", platform, url) <= push.PAYLOAD_LIMIT


@given(body=ANY_TEXT | LONG_TEXT)
def test_a_cut_text_is_a_beginning_of_whole_characters_with_an_ellipsis(body):
    alert = with_content(texts={"pl": Text("Tytuł", body)})
    carried, kept = shown(Platform.WEB, alert)["body"], push.push_cut(alert.content, URL)["pl"]
    if kept is None:
        assert carried == body
    else:
        assert carried == body[:kept] + "…"
        assert 0 < kept < len(body)
        characters = regex.findall(r"\X", body)
        assert kept in set(accumulate(map(len, characters)))


@given(body=LONG_TEXT)
def test_every_phone_carries_the_same_text(body):
    alert = with_content(texts={"pl": Text("Tytuł", body)})
    texts = {shown(platform, alert, sound)["body"] for platform in Platform for sound in Sound}
    assert len(texts) == 1


def test_a_text_is_cut_behind_a_word_when_one_is_near():
    alert = with_content(texts={"pl": Text("t", "Woda wróci wieczorem. " * 300)})
    assert shown(Platform.WEB, alert)["body"].endswith(("Woda…", "wróci…", "wieczorem.…"))


def test_a_text_without_words_is_cut_where_the_room_ends():
    content = replace(CONTENT, texts={"pl": Text("t", "x" * 4000)})
    assert push.push_cut(content, URL) == {"pl": push.TEXT_BYTES - len("t") - len("…".encode())}


def test_a_text_that_just_fits_is_whole():
    body = "ż" * ((push.TEXT_BYTES - 2) // 2)
    assert push.push_cut(replace(CONTENT, texts={"pl": Text("tt", body)}), URL) == {"pl": None}
    assert push.push_cut(replace(CONTENT, texts={"pl": Text("tt", body + "x")}), URL)["pl"] is not None


def test_the_mark_of_an_exercise_takes_its_room_from_the_body():
    texts = {"pl": Text("t", "x" * 4000)}
    plain, marked = (
        push.push_cut(replace(CONTENT, texts=texts, exercise=flag), URL) for flag in (False, True)
    )
    assert plain["pl"] - marked["pl"] == len("ĆWICZENIE: ".encode())


def test_a_single_character_larger_than_a_push_leaves_the_ellipsis():
    """Four thousand marks on one letter: nobody writes it, and it must not stop an alert."""
    alert = with_content(texts={"pl": Text("t", "e" + "\u0301" * 3999)})
    assert shown(Platform.WEB, alert)["body"] == "…"


def test_the_cut_is_told_for_each_language_by_itself():
    texts = {"pl": Text("t", "b"), "en": Text("t", "x" * 4000)}
    cut = push.push_cut(replace(CONTENT, texts=texts), URL)
    assert cut["pl"] is None
    assert 3000 < cut["en"] < 4000


# ---- The trial before anybody is sent anything


@pytest.mark.parametrize("platform", Platform)
def test_the_trial_is_what_phones_get_but_for_its_target(platform):
    request = json.loads(push.validation(ALERT, "en", platform, URL, NOW))
    assert request.pop("validate_only") is True
    assert request["message"].pop("topic") == "validation"
    expected = message(platform, language="en")
    del expected["token"]
    expected["data"]["proof"] = "0" * 64
    assert request == {"message": expected}


@given(title=TITLE, body=LONG_TEXT)
def test_the_trial_leaves_out_what_a_topic_does_not_allow(title, body):
    alert = with_content(texts={"pl": Text(title, body)})
    data = json.loads(push.validation(alert, "pl", Platform.WEB, URL, NOW))["message"]["data"]
    taken = json_bytes(data["title"]) + json_bytes(data["body"])
    assert taken <= push.TEXT_BYTES - (push.PAYLOAD_LIMIT - push.TOPIC_PAYLOAD_LIMIT)
