"""What a step says beside itself: what the page had not shown, and what was left unsaid knowingly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.approval import Unseen
from shared.errors import FieldError, InvalidInput
from shared.formats.reason_json import read_reason

UNSEEN, ALL_THE_SAME = "unseen", "all_the_same"


@dataclass(frozen=True)
class Tap:
    """`all_the_same`: the page named what the alert leaves unsaid, and the person went on."""

    unseen: tuple[Unseen, ...] = ()
    all_the_same: bool = False


def read_approval(body: object) -> Tap:
    """What was not seen each once, in the order of the words; nothing when there is no body.

    Raises InvalidInput.
    """
    return _read(body, (UNSEEN, ALL_THE_SAME))


def read_tap(body: object) -> Tap:
    """As `read_approval`, of a step that shows nothing. Raises InvalidInput."""
    return _read(body, (ALL_THE_SAME,))


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
    return Tap(tuple(one for one in Unseen if one in told), body.get(ALL_THE_SAME, False))


def _faults(body: Mapping[str, Any]) -> list[FieldError]:
    told = body.get(UNSEEN, [])
    errors = []
    if not isinstance(told, list) or not all(isinstance(one, str) and one in set(Unseen) for one in told):
        errors.append(FieldError(f"/{UNSEEN}", "unknown-value", {"known": ", ".join(Unseen)}))
    if not isinstance(body.get(ALL_THE_SAME, False), bool):
        errors.append(FieldError(f"/{ALL_THE_SAME}", "not-a-boolean"))
    return errors
