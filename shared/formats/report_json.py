"""A report as JSON: what is answered, and what is frozen, hashed and printed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from shared.domain.report.values import FORMAT, Message, Reach, Report
from shared.formats.alert_json import time_json

Json = dict[str, Any]


def report_json(report: Report) -> Json:
    return {
        "format": FORMAT,
        "terc": report.terc,
        "office": report.office,
        "thread": report.thread,
        "number": report.number,
        "made": time_json(report.made),
        "messages": [message_json(one) for one in report.messages],
        "unsent": [_plain(one) for one in report.unsent],
        "lines": [_plain(one) for one in report.lines],
        "calls": [_plain(one) for one in report.calls],
        "upwards": [
            {"message": message, **_telling(one)} for message, told in report.upwards.items() for one in told
        ],
        "promises": [_plain(one) for one in report.promises],
        "gaps": [_plain(one) for one in report.gaps],
    }


def message_json(message: Message) -> Json:
    plain = _plain({**vars(message), "reach": None})
    return {**plain, "reach": None if message.reach is None else reach_json(message.reach)}


def reach_json(reach: Reach) -> Json:
    """Figures stand for ten people at least; null: fewer, or none."""
    summary = reach.summary
    names = ("targeted", "accepted", "received", "opened", "rung", "not_mine", "unverified", "complete")
    return {
        **{name: getattr(summary, name) for name in names},
        "failed": dict(summary.failed),
        "unreached": reach.unreached,
        "unconfirmed": reach.unconfirmed,
        "channels": [
            {"channel": one.channel, "number": one.number, "state": one.state, "refusal": one.refusal}
            | {"targeted": one.targeted, "accepted": one.accepted, "failed": dict(one.failed)}
            for one in summary.deliveries
        ],
        "curves": [
            {
                "channel": curve.channel,
                "points": [{"seconds": one.seconds, "accepted": one.accepted} for one in curve.points],
            }
            for curve in reach.curves
        ],
        "confirmed": [
            {"seconds": one.seconds, "received": one.received, "opened": one.opened} for one in summary.series
        ],
    }


def report_text(report: Report) -> str:
    """The same report is the same text, so that its hash proves it."""
    return json.dumps(report_json(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def report_of(text: str) -> Json:
    """As it was frozen, by whatever release."""
    found: Json = json.loads(text)
    return found


def _telling(telling: Any) -> Json:
    plain: Json = _plain(telling)
    by, noted = telling.by.name, telling.noted.name if telling.noted else None
    return {name: value for name, value in plain.items() if name != "key"} | {"by": by, "noted": noted}


def _plain(value: Any) -> Any:
    """Dataclasses and maps as objects, tuples as lists, moments as texts, words as they are written."""

    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return time_json(value)
    return value.value if isinstance(value, Enum) else value
