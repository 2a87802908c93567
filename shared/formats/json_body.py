"""A request body as JSON (RFC 8259), strictly: what readers disagree about is refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from shared.errors import FieldError, InvalidInput, Malformed

_HALF_PAIR = re.compile("[\ud800-\udfff]")  # half of a UTF-16 pair: not a character, no database stores it

MOST_FAULTS = 20  # of one kind, named in one answer
LONGEST_STEP = 80  # characters of a name that are said back

_Trail: TypeAlias = tuple["_Trail", "str | int"] | None  # the last step and, inside, those before it


def parse_json(raw: bytes) -> object:
    """The value. Raises Malformed, or InvalidInput naming numbers that are not finite (NaN, 1e999)."""
    try:
        value: object = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        raise Malformed("json-not-utf-8", at=error.start) from error
    except json.JSONDecodeError as error:
        raise Malformed("json-malformed", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise Malformed("json-too-deep") from error
    except ValueError as error:  # an integer of thousands of digits
        raise Malformed("json-number-too-long") from error
    _check_values(value)
    return value


def pointer(*path: str | int) -> str:
    """JSON pointer (RFC 6901); of a name that is longer than any of ours its beginning."""
    return "".join("/" + str(step)[:LONGEST_STEP].replace("~", "~0").replace("/", "~1") for step in path)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Malformed("json-name-twice", name=_first_twice(name for name, _ in pairs)[:80])
    return found


def _first_twice(names: Iterable[str]) -> str:
    met: set[str] = set()
    for name in names:
        if name in met:
            return name
        met.add(name)
    raise ValueError("no name stands twice")


def _check_values(value: object) -> None:
    endless: list[FieldError] = []
    for trail, leaf in _leaves(value):
        if isinstance(leaf, float) and not math.isfinite(leaf) and len(endless) < MOST_FAULTS:
            endless.append(FieldError(pointer(*_path(trail)), "number-not-finite"))
        if isinstance(leaf, str) and _HALF_PAIR.search(leaf):
            raise Malformed("json-half-character")
    if endless:
        raise InvalidInput(endless)


def _leaves(value: object) -> Iterator[tuple[_Trail, object]]:
    """Names and scalars with their trails, without recursion: the caller chose the depth."""
    stack: list[tuple[_Trail, object]] = [(None, value)]
    while stack:
        trail, item = stack.pop()
        if isinstance(item, dict):
            stack += [((trail, name), member) for name, member in item.items()]
            yield from ((trail, name) for name in item)
        elif isinstance(item, list):
            stack += [((trail, index), member) for index, member in enumerate(item)]
        else:
            yield trail, item


def _path(trail: _Trail) -> list[str | int]:
    steps: list[str | int] = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return steps[::-1]
