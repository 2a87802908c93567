"""What is read for a conditional write, or page by page.

A value read for a conditional write travels as `Versioned`: its token is whatever the store needs to
refuse a write over a newer value (Firestore: `update_time`). A refused write raises `errors.Conflict`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Versioned(Generic[T]):
    value: T
    token: object


@dataclass(frozen=True)
class Page(Generic[T]):
    items: tuple[T, ...]
    next: str | None
    unreadable: int = 0  # stored documents that belong to the page and that this release cannot read
