"""Calls, rosters, readiness and one's own number as the staff's API takes and answers them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from shared.domain.call import Call, Outcome
from shared.domain.duty import MOST_ROWS, WEEKDAYS, DutyRow, Roster
from shared.domain.readiness import ENOUGH, Ready, by_role
from shared.domain.staff import StaffRecord
from shared.errors import FieldError, InvalidInput
from shared.formats.alert_json import time_json

Json = dict[str, Any]
_HOUR = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_DATE = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", re.ASCII)
_ROW = {"day", "begins", "ends", "first", "deputy"}
_LONGEST = 128  # of a uid


def call_json(call: Call, uid: str, by: str = "") -> Json:
    """Whom it was told to and how, never where; `mine`: whether the caller was called; `by`: the name of who
    said that they see to it."""
    told = [one for one in call.attempts if one.outcome is not Outcome.PLANNED]
    return {
        "id": call.id,
        "kind": call.kind.value,
        "news": call.news or None,
        "number": call.number,
        "alert": call.alert or None,
        "exercise": call.exercise,
        "since": time_json(call.created),
        "acknowledged": time_json(call.acknowledged) if call.acknowledged else None,
        "by": by or None,
        "ended": time_json(call.ended) if call.ended else None,
        "why": call.why or None,
        "deaf": call.deaf,
        "mine": any(one.uid == uid for one in told) or uid in call.named,
        "told": [
            {"name": one.name, "way": one.way.value, "at": time_json(one.at), "outcome": one.outcome.value}
            for one in told
        ],
    }


def roster_json(roster: Roster, people: Sequence[StaffRecord], now: datetime) -> Json:
    """`people`: whoever can be on duty."""
    first, deputy = roster.on_duty(now)
    rows = [
        {
            "day": row.day,
            "begins": row.begins,
            "ends": row.ends,
            "first": row.first,
            "deputy": row.deputy or None,
        }
        for row in roster.rows
    ]
    return {
        "revision": roster.revision,
        "rows": rows,
        "now": {"first": first or None, "deputy": deputy or None},
        "people": [{"uid": one.uid, "name": one.name} for one in people],
    }


def readiness_json(people: Sequence[Ready], uid: str) -> Json:
    """Seconds are told to nobody but oneself."""
    own = next((one for one in people if one.uid == uid), None)
    ready = sum(one.ready for one in people)
    return {
        "people": [
            {
                "name": one.name,
                "roles": sorted(one.roles),
                "ready": one.ready,
                "until": time_json(one.until) if one.until else None,
            }
            for one in people
        ],
        "roles": [{"role": role, "ready": ready, "of": of} for role, (ready, of) in by_role(people).items()],
        "ready": ready,
        "enough": ready >= ENOUGH,
        "own": None if own is None else _own_json(own),
    }


def contact_json(record: StaffRecord) -> Json:
    """For the person themselves alone."""
    waiting = record.proving
    return {
        "phone": record.phone or None,
        "waiting": None if waiting is None else waiting.phone,
        "until": None if waiting is None else time_json(waiting.ends),
        "tries": None if waiting is None else waiting.code.left,
        "refused": time_json(record.phone_refused) if record.phone_refused else None,
        "mail_refused": time_json(record.email_refused) if record.email_refused else None,
    }


def read_roster(body: object) -> tuple[DutyRow, ...]:
    """Raises InvalidInput."""
    rows = _only(body, "rows")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise InvalidInput([FieldError("/rows", "duty-rows", {"most": MOST_ROWS})])
    if errors := [error for number, row in enumerate(rows) for error in _row_faults(number, row)]:
        raise InvalidInput(errors)
    return tuple(DutyRow(**{**row, "deputy": row.get("deputy") or ""}) for row in rows)


def read_text(body: object, name: str) -> str:
    """The one field of a body, a short text. Raises InvalidInput."""
    text = _only(body, name)
    if not isinstance(text, str) or len(text) > 40:
        raise InvalidInput([FieldError(f"/{name}", "not-text")])
    return text


def read_everybody(body: object) -> bool:
    """Raises InvalidInput."""
    everybody = _only(body, "everybody")
    if not isinstance(everybody, bool):
        raise InvalidInput([FieldError("/everybody", "not-a-boolean")])
    return everybody


def _own_json(own: Ready) -> Json:
    last = None if own.last is None else time_json(own.last)
    return {"ready": own.ready, "seconds": own.seconds, "last": last, "waiting": own.waiting}


def _only(body: object, name: str) -> object:
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    errors = [FieldError(f"/{one}", "unknown-field") for one in body if one != name]
    if name not in body:
        errors.append(FieldError(f"/{name}", "missing"))
    if errors:
        raise InvalidInput(errors)
    found: object = body[name]
    return found


def _row_faults(number: int, row: object) -> list[FieldError]:
    at = f"/rows/{number}"
    if not isinstance(row, Mapping):
        return [FieldError(at, "not-object")]
    faults = [FieldError(f"{at}/{name}", "unknown-field") for name in row.keys() - _ROW]
    faults += [FieldError(f"{at}/{name}", "missing") for name in _ROW - {"deputy"} - row.keys()]
    if "day" in row and not _is_day(row["day"]):
        faults.append(FieldError(f"{at}/day", "duty-day"))
    for name in ("begins", "ends"):
        if name in row and not (isinstance(row[name], str) and _HOUR.fullmatch(row[name])):
            faults.append(FieldError(f"{at}/{name}", "duty-hour"))
    for name in ("first", "deputy"):
        if name in row and not _is_uid(row[name], optional=name == "deputy"):
            faults.append(FieldError(f"{at}/{name}", "duty-nobody"))
    return faults


def _is_uid(value: object, optional: bool) -> bool:
    return (optional and value is None) or (isinstance(value, str) and len(value) <= _LONGEST)


def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return False
    if value in WEEKDAYS:
        return True
    try:
        return bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
    except ValueError:
        return False
