"""Pushes that are no alert. docs/app-developers.md, "Notices"."""

from __future__ import annotations

import json
from typing import Any

from shared.domain.audience import Device, Platform
from shared.domain.notice import Notice

FALLBACK_LANGUAGE = "pl"
TTL_S = {Notice.TRIAL: 60, Notice.STILL_HERE: 28 * 24 * 3600}  # who asked waits no longer; FCM's longest
URGENCY = {Notice.TRIAL: "high", Notice.STILL_HERE: "normal"}  # RFC 8030, 5.3
WORDS = {  # title and text by language
    Notice.TRIAL: {
        "pl": (
            "Próba: powiadomienia działają",
            "Powiadomienie przeszło całą drogę z serwera do tego telefonu.",
        ),
        "en": (
            "Trial: notifications work",
            "The notification came all the way from the server to this phone.",
        ),
        "uk": ("Проба: сповіщення працюють", "Сповіщення пройшло весь шлях від сервера до цього телефона."),
    },
    Notice.STILL_HERE: {
        "pl": (
            "Otwórz Alert Online",
            "Dawno tu nikogo nie było. Otwórz aplikację, żeby alerty dalej przychodziły na ten telefon.",
        ),
        "en": (
            "Open Alert Online",
            "It has been a long time. Open the app, so that alerts go on coming to this phone.",
        ),
        "uk": (
            "Відкрийте Alert Online",
            "Ви давно тут не були. Відкрийте застосунок, щоб сповіщення й далі надходили на цей телефон.",
        ),
    },
}
_TARGETS = {"token": "token", "fid": "fid"}  # FCM docs, Message, union field `target`


def push_of(notice: Notice, device: Device, language: str) -> bytes:
    """A complete request of FCM HTTP v1, of the form that the platform's alerts have.

    Raises KeyError for a target of an unknown kind.
    """
    words = WORDS[notice]
    title, body = words.get(language, words[FALLBACK_LANGUAGE])
    target = {_TARGETS[device.target.kind]: device.target.value}
    data = {"notice": notice.value, "language": language}
    message = {**target, **_form(notice, device.platform, title, body, data)}
    return json.dumps({"message": message}, ensure_ascii=False, separators=(",", ":")).encode()


def _form(notice: Notice, platform: Platform, title: str, body: str, data: dict[str, str]) -> dict[str, Any]:
    if platform is Platform.IOS:
        headers = {"apns-priority": "10", "apns-push-type": "alert", "apns-collapse-id": notice.value}
        sound = {"sound": "default"} if notice is Notice.TRIAL else {}
        aps = {"alert": {"title": title, "body": body}, **sound, "mutable-content": 1}
        return {"apns": {"headers": headers, "payload": {"aps": aps}}, "data": data}
    data = {"title": title, "body": body, **data}
    if platform is Platform.ANDROID:
        return {"android": {"priority": "HIGH", "ttl": f"{TTL_S[notice]}s"}, "data": data}
    return {"webpush": {"headers": {"TTL": str(TTL_S[notice]), "Urgency": URGENCY[notice]}}, "data": data}
