"""What a step says beside itself: what the page had not shown, what was left unsaid knowingly, and the number
that was confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.approval import Confirmed, Unseen
from shared.errors import FieldError, InvalidInput
from shared.formats.json_body import pointer
from shared.formats.reason_json import read_reason

UNSEEN, ALL_THE_SAME, CONFIRMED = "unseen", "all_the_same", "confirmed"
_FIGURES = ("addresses", "residents", "phones")
MOST_TOLD = 100_000_000  # more than the country has


@dataclass(frozen=True)
class Tap:
    """`all_the_same`: the page named what the alert leaves unsaid, and the person went on."""

    unseen: tuple[Unseen, ...] = ()
    all_the_same: bool = False
    confirmed: Confirmed | None = None


def read_approval(body: object) -> Tap:
    """What was not seen each once, in the order of the words; nothing when there is no body.

    Raises InvalidInput.
    """
    return _read(body, (UNSEEN, ALL_THE_SAME, CONFIRMED))


def read_tap(body: object) -> Tap:
    """As `read_approval`, of a step that shows nothing. Raises InvalidInput."""
    return _read(body, (ALL_THE_SAME,))


def read_sending(body: object) -> Tap:
    """As `read_approval`, of who sends alone: their history tells nothing of what they did not see. Raises
    InvalidInput."""
    return _read(body, (ALL_THE_SAME, CONFIRMED))


def without_confirmed(body: object) -> tuple[object, Confirmed | None]:
    """The rest of the body, whoever reads that, and the number that was confirmed. Raises InvalidInput."""
    if not isinstance(body, dict) or CONFIRMED not in body:
        return body, None
    if errors := _number_faults(body):
        raise InvalidInput(errors)
    return {name: value for name, value in body.items() if name != CONFIRMED}, _confirmed(body)


def read_reasoned_tap(body: object) -> tuple[str, bool]:
    """The reason of one person who sends alone, and the tap. Raises InvalidInput."""
    given = body if isinstance(body, dict) else {}
    tap = read_tap({name: given[name] for name in (ALL_THE_SAME,) if name in given})
    rest = {name: told for name, told in given.items() if name != ALL_THE_SAME}
    return read_reason(rest if isinstance(body, dict) else body), tap.all_the_same


def _read(body: object, names: tuple[str, ...]) -> Tap:
    if body is None:
        return Tap()
    if not isinstance(body, dict):
        raise InvalidInput([FieldError("", "not-object")])
    errors = [FieldError(f"/{name}", "unknown-field") for name in body if name not in names]
    errors += _faults(body)
    if errors:
        raise InvalidInput(errors)
    told = body.get(UNSEEN, [])
    return Tap(tuple(one for one in Unseen if one in told), body.get(ALL_THE_SAME, False), _confirmed(body))


def _faults(body: Mapping[str, Any]) -> list[FieldError]:
    told = body.get(UNSEEN, [])
    errors = []
    if not isinstance(told, list) or not all(isinstance(one, str) and one in set(Unseen) for one in told):
        errors.append(FieldError(f"/{UNSEEN}", "unknown-value", {"known": ", ".join(Unseen)}))
    if not isinstance(body.get(ALL_THE_SAME, False), bool):
        errors.append(FieldError(f"/{ALL_THE_SAME}", "not-a-boolean"))
    return errors + _number_faults(body)


def _number_faults(body: Mapping[str, Any]) -> list[FieldError]:
    told = body.get(CONFIRMED)
    if told is None:
        return []
    if not isinstance(told, dict):
        return [FieldError(f"/{CONFIRMED}", "not-object")]
    errors = [FieldError(pointer(CONFIRMED, name), "unknown-field") for name in told if name not in _FIGURES]
    span: dict[str, str | int | float] = {"least": 0, "most": MOST_TOLD}
    wrong = (name for name in _FIGURES if not _is_figure(told.get(name)))
    return errors + [FieldError(f"/{CONFIRMED}/{name}", "not-a-number", span) for name in wrong]


def _is_figure(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOLD


def _confirmed(body: Mapping[str, Any]) -> Confirmed | None:
    told = body.get(CONFIRMED)
    return None if told is None else Confirmed(**{name: told.get(name) for name in _FIGURES})
