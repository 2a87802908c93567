"""A digest of what an alert says to whom: two contents with the same one are the same to whoever gets it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from shared.domain.content import Content

FORM = "1"  # of the digest; one of another form is not compared, since a later release makes it of more
# Everything that decides what is said to whom. Times may be moved and extended under the same approval.
SAID = (
    "area", "parts", "area_name", "texts", "category", "severity", "event", "exercise", "urgency",
    "certainty", "response", "source", "contact", "on_behalf",
)  # fmt: skip


def content_digest(terc: str, content: Content) -> str:
    """Of area and text, for whom and by whom. What is not said is left out, so that a release that knows of
    a field more finds the same."""
    kept = {name: getattr(content, name) for name in SAID}
    text = "".join(_canonical({**kept, "terc": terc})).encode(errors="surrogatepass")
    return f"{FORM}:{hashlib.sha256(text).hexdigest()}"


def differs(digest: str, terc: str, content: Content) -> bool:
    """Whether the content is another than the one of this digest; never of one that cannot be compared."""
    if not digest.startswith(f"{FORM}:"):
        return False
    return digest != content_digest(terc, content)


def _canonical(value: Any) -> Iterator[str]:
    """Each text with its length, so that no two contents have the same; numbers as they are stored."""
    if isinstance(value, Mapping):
        told = {str(name): one for name, one in value.items() if _is_said(one)}
        yield "{"
        for name in sorted(told):
            yield from _text(name)
            yield from _canonical(told[name])
        yield "}"
    elif is_dataclass(value):
        yield from _canonical({one.name: getattr(value, one.name) for one in fields(value)})
    elif isinstance(value, (tuple, list)):
        yield "["
        for one in value:
            yield from _canonical(one)
        yield "]"
    else:
        yield from _text(_plain(value))


def _is_said(value: Any) -> bool:
    return value is not None and value is not False and value not in ("", (), {})


def _plain(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return repr(float(value))
    return str(value)


def _text(value: str) -> Iterator[str]:
    yield f"{len(value)}:{value}"
