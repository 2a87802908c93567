"""What happened in a seed, a line a step, to be read by people and by the model.

Steps of the services, each at the moment when it took effect:

start          the alert is active, its deliveries are planned
begin          a delivery is sending, its slices are planned
claim, renew   of a slice's lease
look           a worker read the alert before a wave
send           a wave is about to go out, message by message
save           a wave is recorded, with what became of each message; `done`: it was the last one
halt           the slice is done before its last place, because the alert ended
handover       the rest is for the next task; `release`: it is for this one, once more
finish         a delivery is over; `fail`: its channel refused it
sweep_resume   a slice is given up for its worker, and asked for anew; `sweep_restart`: an alert or a delivery
cancel, expire of the alert
refused        a commit met a newer document

and of the world: "! crash", "! stop" (until "go") and so on are the faults, `end` the end of a worker's run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.explore.virtual import Schedule


class Step(NamedTuple):
    at: float  # seconds, true time
    worker: str
    step: str
    details: str  # words of the form name=value


class Trace:
    def __init__(self) -> None:
        self.steps: list[Step] = []

    def note(self, schedule: Schedule, step: str, details: str = "") -> None:
        worker = schedule.current
        self.steps.append(Step(schedule.now, worker.name if worker else "outside", step, details))

    def lines(self) -> Iterator[str]:
        for at, worker, step, details in self.steps:
            yield f"{at:12.3f}  {worker:<20} {step:<14} {details}".rstrip()


def exported(seed: int, trace: Trace) -> Iterator[str]:
    """Fields parted by tabs: seed, moment in seconds, worker, step, details."""
    for at, worker, step, details in trace.steps:
        yield f"{seed}\t{at:.6f}\t{worker}\t{step}\t{details}"
