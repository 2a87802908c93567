"""Queues and functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Task:
    """One call of a function, later or soon; the same `name` is never run twice."""

    queue: str
    function: str
    name: str
    payload: Mapping[str, str | int]
    at: datetime | None = None


class TaskQueue(Protocol):
    def enqueue(self, task: Task) -> bool:
        """False when a task of that name exists or existed. Raises Unavailable."""


class FunctionCaller(Protocol):
    def call(self, function: str, payload: Mapping[str, str | int]) -> bool:
        """Start a function directly; False when it could not be reached.

        Answers within a second: what takes longer is not broken off, and logged when it fails.
        """
