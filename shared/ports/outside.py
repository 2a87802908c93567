"""Queues, functions and phones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.delivery import PushAnswer, PushRequest


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
        """Start a function directly, not waiting for its end; False when it could not be reached."""


class PushSender(Protocol):
    def send(self, requests: Iterable[PushRequest], deadline: float) -> Iterator[PushAnswer]:
        """Send all, answers as they come; `deadline` on the monotonic clock, then Outcome.NETWORK."""

    def room(self) -> int:
        """How many pushes could begin at once, without waiting for this process's share of the quota."""
