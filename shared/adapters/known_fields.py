"""Values out of documents that another release may have written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def known_fields(kind: type[T], document: Mapping[str, Any]) -> T:
    """The dataclass of those fields that it has; what is missing takes its default, if there is one.

    Raises TypeError when a field without a default is missing.
    """
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in document.items() if name in names})
