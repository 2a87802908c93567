"""What happened in a seed, a line a step, to be read by people and by the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.explore.virtual import Schedule


class Step(NamedTuple):
    """`step`: named as the services are. `details`: words of the form name=value."""

    at: float  # seconds, true time
    worker: str
    step: str
    details: str


class Trace:
    def __init__(self) -> None:
        self.steps: list[Step] = []

    def note(self, schedule: Schedule, step: str, details: str = "") -> None:
        worker = schedule.current
        self.steps.append(Step(schedule.now, worker.name if worker else "outside", step, details))

    def lines(self) -> Iterator[str]:
        for at, worker, step, details in self.steps:
            yield f"{at:12.3f}  {worker:<20} {step:<14} {details}".rstrip()
