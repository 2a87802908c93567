"""The messages, compared with what FCM's and Apple's documentation ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.alert import Alert, Category, Content, Person, Severity, Text
from shared.domain.delivery import Platform, Target
from shared.formats import push

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
    "url": "https://alerty.gmina.pl/a/alert0000000000000001",
    "sent": "2026-03-01T11:59:55Z",
    "expires": "2026-03-01T18:00:00Z",
    "language": "pl",
    "terc": "1209033",
    "proof": PROOF,
}
TEXT = {"title": "Brak wody: ul. Główna", "body": "Pękła rura. „Żółć” do 18:00"}


def message(platform: Platform, alert: Alert = ALERT, language: str = "pl", target: Target = TOKEN) -> dict:
    body = push.template(alert, language, platform, URL, NOW).body(target, PROOF)
    request = json.loads(body)
    assert request.keys() == {"message"}
    return request["message"]


def with_content(**changes: object) -> Alert:
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
                "apns-collapse-id": "alert0000000000000001.2",
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
    assert push.size(ALERT, "pl", Platform.ANDROID, URL) == counted + 48 + 13 * 8


def test_size_counts_the_whole_payload_on_ios():
    found = message(Platform.IOS)
    payload = {**found["apns"]["payload"], **found["data"]}
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    assert push.size(ALERT, "pl", Platform.IOS, URL) == len(text.encode()) + 200


def test_a_polish_letter_counts_twice():
    plain = with_content(texts={"pl": Text("t", "x" * 100)})
    polish = with_content(texts={"pl": Text("t", "ż" * 100)})
    for platform in Platform:
        assert push.size(polish, "pl", platform, URL) - push.size(plain, "pl", platform, URL) == 100


def test_ordinary_texts_have_no_excess():
    assert push.excess_bytes(CONTENT, URL) == {"pl": 0, "en": 0}


def test_excess_is_told_for_each_language_by_itself():
    texts = {"pl": Text("t", "b"), "en": Text("t", "x" * 5000)}
    excess = push.excess_bytes(replace(CONTENT, texts=texts), URL)
    assert excess["pl"] == 0
    assert excess["en"] > 900


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=2000, max_size=5000))
def test_a_text_shortened_as_told_fits_and_one_character_more_does_not(body):
    text = Text("Tytuł", body)
    excess = push.excess_bytes(replace(CONTENT, texts={"pl": text}), URL)["pl"]
    over = push.characters_over(text, excess)
    assert (over == 0) == (excess == 0)
    kept = len(body) - over
    if over and kept:
        assert fits(body[:kept])
        assert not fits(body[: kept + 1])


def fits(body: str) -> bool:
    return push.excess_bytes(replace(CONTENT, texts={"pl": Text("Tytuł", body)}), URL) == {"pl": 0}


def test_characters_over_stops_at_an_empty_body():
    assert push.characters_over(Text("x" * 6000, "abc"), 2000) == 3


def test_no_alert_is_larger_than_its_content_promised():
    """Drafts are checked before they have an id, a version and a start."""
    texts = {"pl": Text("Tytuł", "ż" * 1500)}
    draft = replace(CONTENT, texts=texts)
    alert = replace(ALERT, id="A" * 20, content=draft, version=999)
    worst = max(push.size(alert, "pl", platform, URL) for platform in Platform)
    assert worst <= push.PAYLOAD_LIMIT + push.excess_bytes(draft, URL)["pl"]
