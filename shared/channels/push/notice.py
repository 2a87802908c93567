"""Pushes that are no alert: the trial that a resident asked for. docs/app-developers.md, "A trial"."""

from __future__ import annotations

import json
from typing import Any

from shared.domain.audience import Device, Platform

TTL_S = 60  # seconds; who asked waits no longer
TRIAL = "trial"
FALLBACK_LANGUAGE = "pl"
WORDS = {  # title and text, as web-residents/sw/words.js has them for a push without
    "pl": (
        "Próba: powiadomienia działają",
        "Powiadomienie przeszło całą drogę z serwera do tego telefonu.",
    ),
    "en": ("Trial: notifications work", "The notification came all the way from the server to this phone."),
    "uk": ("Проба: сповіщення працюють", "Сповіщення пройшло весь шлях від сервера до цього телефона."),
}


_TARGETS = {"token": "token", "fid": "fid"}  # FCM docs, Message, union field `target`


def trial(device: Device, language: str) -> bytes:
    """A complete request of FCM HTTP v1, of the form that the platform's alerts have.

    Raises KeyError for a target of an unknown kind.
    """
    title, body = WORDS.get(language, WORDS[FALLBACK_LANGUAGE])
    target = {_TARGETS[device.target.kind]: device.target.value}
    data = {"notice": TRIAL, "language": language}
    message = {**target, **_form(device.platform, title, body, data)}
    return json.dumps({"message": message}, ensure_ascii=False, separators=(",", ":")).encode()


def _form(platform: Platform, title: str, body: str, data: dict[str, str]) -> dict[str, Any]:
    if platform is Platform.IOS:
        headers = {"apns-priority": "10", "apns-push-type": "alert", "apns-collapse-id": TRIAL}
        aps = {"alert": {"title": title, "body": body}, "sound": "default", "mutable-content": 1}
        return {"apns": {"headers": headers, "payload": {"aps": aps}}, "data": data}
    data = {"title": title, "body": body, **data}
    if platform is Platform.ANDROID:
        return {"android": {"priority": "HIGH", "ttl": f"{TTL_S}s"}, "data": data}
    return {"webpush": {"headers": {"TTL": str(TTL_S), "Urgency": "high"}}, "data": data}
