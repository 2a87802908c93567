"""Facts as clients send them, and what an alert made of them is: the fields of a content but the area."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shared.domain.content import Spec, Type
from shared.domain.facts.follow import area_name, lines, times
from shared.domain.facts.given import Facts, missing
from shared.domain.facts.render import render
from shared.domain.facts.said import Value
from shared.domain.facts.template import Fact, FactType, Template
from shared.errors import FieldError, InvalidInput
from shared.formats.alert_json import time_json
from shared.formats.content_json import FIELDS, type_of
from shared.formats.json_body import pointer

Json = dict[str, Any]

MOST_NAMES = 500
LONGEST_NAME, LONGEST_TEXT = 200, 300  # characters
MOST_NUMBER = 1_000_000
_YEARS = range(2000, 3000)
_DAY = 10  # characters

_NAME = TypeAdapter(type_of(Spec(Type.LINE, longest=LONGEST_NAME)))
_TEXT = TypeAdapter(type_of(Spec(Type.LINE, longest=LONGEST_TEXT)))


def read_facts(body: object, template: Template, now: datetime) -> tuple[Facts, datetime]:
    """The facts by name, and when the alert goes out: `send_at`, else `now`. Raises InvalidInput."""
    if not isinstance(body, dict) or not isinstance(body.get("facts"), dict):
        raise InvalidInput([FieldError("/facts" if isinstance(body, dict) else "", "not-object")])
    errors = [FieldError(pointer(name), "unknown-field") for name in body.keys() - {"facts", "send_at"}]
    facts, wrong = _facts(body["facts"], template)
    send_at = None if body.get("send_at") is None else _tried(errors, ("send_at",), _time, body["send_at"])
    errors += wrong
    errors += [
        FieldError(pointer("facts", name), "missing") for name in missing(template, facts) if not wrong
    ]
    if errors:
        raise InvalidInput(errors)
    return facts, send_at or now


def _facts(given: Mapping[str, Any], template: Template) -> tuple[dict[str, Value], list[FieldError]]:
    known = {fact.name: fact for fact in template.facts}
    errors = [FieldError(pointer("facts", name), "unknown-field") for name in given.keys() - known.keys()]
    facts: dict[str, Value] = {}
    for name, fact in known.items():
        if given.get(name) is not None:
            value = _tried(errors, ("facts", name), partial(fact_value, fact), given[name])
            facts |= {} if value is None else {name: value}
    return facts, errors


def _tried(errors: list[FieldError], path: tuple[str, ...], read: Callable[[Any], Any], value: Any) -> Any:
    try:
        return read(value)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        code = "not-text" if fault["type"] == "string_type" else fault["type"]
        told = {key: one for key, one in fault.get("ctx", {}).items() if key in ("most", "character", "near")}
        errors.append(FieldError(pointer(*path), code, told))
    except _Wrong as error:
        errors.append(FieldError(pointer(*path), error.args[0], error.params))
    return None


class _Wrong(ValueError):
    def __init__(self, fault: FieldError) -> None:
        super().__init__(fault.code)
        self.params = fault.params


def fact_value(fact: Fact, value: object) -> Value:
    """Raises what `_tried` tells."""
    return _READ[fact.type](value)


def _time(value: object) -> datetime:
    moment: datetime = FIELDS["expires"].validate_python(value)
    return moment.astimezone(UTC)


def _day(value: object) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == _DAY else None
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise _Wrong(FieldError("", "not-a-day"))
    return day


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST_NUMBER:
        raise _Wrong(FieldError("", "number-out-of-range", {"least": 0, "most": MOST_NUMBER}))
    return round(value, 3)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(FieldError("", "not-a-boolean"))
    return value


def _names(value: object) -> list[str]:
    if not isinstance(value, list):
        raise _Wrong(FieldError("", "not-a-list"))
    if len(value) > MOST_NAMES:
        raise _Wrong(FieldError("", "list-too-long", {"most": MOST_NAMES}))
    return [_NAME.validate_python(name) for name in value]


def _line(value: object) -> str:
    text: str = _TEXT.validate_python(value)
    return text


_READ: Mapping[FactType, Callable[[object], Value]] = {
    FactType.TIME: _time,
    FactType.DAY: _day,
    FactType.NUMBER: _number,
    FactType.SWITCH: _switch,
    FactType.NAMES: _names,
    FactType.TEXT: _line,
    FactType.TELEPHONE: _line,
}


def composed_json(template: Template, facts: Facts, sent: datetime) -> Json:
    """The fields of a content that follow from the facts; the caller adds the area."""
    texts = {language: render(template, facts, language, sent) for language in template.texts}
    names = next((facts.get(fact.name) for fact in template.facts if fact.type is FactType.NAMES), None)
    told = {name: None if at is None else time_json(at) for name, at in times(template, facts, sent).items()}
    return {
        **template.values,
        **{name: text or None for name, text in lines(template, facts, sent).items()},
        **told,
        "texts": {language: _text(asdict(text)) for language, text in texts.items() if text},
        "area_name": area_name(names) if isinstance(names, list) else "",
    }


def _text(parts: Mapping[str, str]) -> Json:
    return {name: part for name, part in parts.items() if part}
