"""The rule of a series as JSON: of the API, and as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from typing import Any

from shared.domain.recurrence import (
    LONGEST,
    MOST_COUNT,
    MOST_INTERVAL,
    MOST_LEFT_OUT,
    NTH,
    WEEK,
    Frequency,
    Recurrence,
    Weekday,
)
from shared.errors import FieldError, InvalidInput

Json = dict[str, Any]
_MONTH_DAYS = (*range(1, 32), -1)


def recurrence_json(one: Recurrence) -> Json:
    return {
        "frequency": one.frequency.value,
        "first": one.first.isoformat(),
        "at": f"{one.at:%H:%M}",
        "interval": one.interval,
        "weekdays": [day.value for day in one.weekdays],
        "month_day": one.month_day,
        "nth": one.nth,
        "left_out": [day.isoformat() for day in one.left_out],
        "until": None if one.until is None else one.until.isoformat(),
        "count": one.count,
    }


def read_recurrence(body: object, at: str = "/recurrence") -> Recurrence:
    """Raises InvalidInput naming every field that is wrong, beneath the pointer `at`."""
    if not isinstance(body, dict):
        raise InvalidInput([FieldError(at, "not-object")])
    errors = [FieldError(f"{at}/{name}", "unknown-field") for name in body if name not in _READ]
    values: Json = {}
    for name, read in _READ.items():
        if body.get(name) is None:
            errors += [FieldError(f"{at}/{name}", "missing")] if name in _REQUIRED else []
            continue
        try:
            values[name] = read(body[name])
        except (ValueError, TypeError):
            errors.append(_unread(f"{at}/{name}", name))
    errors += [] if errors else _faults(values, at)
    if errors:
        raise InvalidInput(errors)
    return Recurrence(**values)


def _date(value: object) -> date:
    if not isinstance(value, str) or len(value) != len("2027-03-28"):
        raise ValueError
    day = date.fromisoformat(value)
    if day.year not in range(2000, 3000):
        raise ValueError
    return day


def _time(value: object) -> time:
    if not isinstance(value, str) or len(value) != len("02:30"):
        raise ValueError
    return time.fromisoformat(value)


def _number(allowed: Any) -> Callable[[object], int]:
    def read(value: object) -> int:
        if type(value) is not int or value not in allowed:
            raise ValueError
        return value

    return read


def _weekdays(value: object) -> tuple[Weekday, ...]:
    if not isinstance(value, list) or len(value) > len(WEEK):
        raise ValueError
    if not all(isinstance(one, str) and one in set(WEEK) for one in value):
        raise ValueError
    return tuple(one for one in WEEK if one in value)


def _dates(value: object) -> tuple[date, ...]:
    if not isinstance(value, list) or len(value) > MOST_LEFT_OUT:
        raise ValueError
    return tuple(sorted({_date(one) for one in value}))


def _frequency(value: object) -> Frequency:
    if not isinstance(value, str) or value not in set(Frequency):
        raise ValueError
    return Frequency(value)


_READ: Mapping[str, Callable[[object], Any]] = {
    "frequency": _frequency,
    "first": _date,
    "at": _time,
    "interval": _number(range(1, MOST_INTERVAL + 1)),
    "weekdays": _weekdays,
    "month_day": _number(_MONTH_DAYS),
    "nth": _number(NTH),
    "left_out": _dates,
    "until": _date,
    "count": _number(range(1, MOST_COUNT + 1)),
}
_REQUIRED = frozenset({"frequency", "first", "at"})
_DATES = frozenset({"first", "until", "left_out"})


def _unread(pointer: str, name: str) -> FieldError:
    return (
        FieldError(pointer, "recurrence-date") if name in _DATES else FieldError(pointer, "recurrence-value")
    )


def _faults(values: Json, at: str) -> Iterator[FieldError]:
    """What does not go together."""
    weekdays, nth, day = (values.get(name) for name in ("weekdays", "nth", "month_day"))
    if values["frequency"] is Frequency.WEEKLY:
        if not weekdays:
            yield FieldError(f"{at}/weekdays", "missing")
        for name in ("nth", "month_day"):
            if values.get(name):
                yield FieldError(f"{at}/{name}", "recurrence-weekly")
    elif (day is None) == (nth is None):
        yield FieldError(f"{at}/month_day", "recurrence-monthly")
    elif (nth is None) != (not weekdays) or (nth is not None and len(weekdays or ()) != 1):
        yield FieldError(f"{at}/weekdays", "recurrence-nth")
    yield from _end_faults(values, at)


def _end_faults(values: Json, at: str) -> Iterator[FieldError]:
    until = values.get("until")
    if (until is None) == (values.get("count") is None):
        yield FieldError(f"{at}/until", "recurrence-end")
    elif until is not None and until < values["first"]:
        yield FieldError(f"{at}/until", "recurrence-until-before")
    elif until is not None and until > values["first"] + LONGEST:
        yield FieldError(f"{at}/until", "recurrence-too-long")


def rule_faults(one: Recurrence, at: str = "/recurrence") -> Iterator[FieldError]:
    """What only the computed dates tell. Asked by whoever takes a new rule, not of a stored one."""
    if not one.begins_with_first():
        yield FieldError(f"{at}/first", "recurrence-first")
    elif next(one.days(), None) is None:
        yield FieldError(f"{at}/left_out", "recurrence-none")
