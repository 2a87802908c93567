"""A sign of life through every queue, so that none falls asleep and an operator sees one that does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from shared.ports import Task
from shared.services.delivery.delivery_tasks import WAYS
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts

CURSOR = "heartbeat"
QUEUES = dict(WAYS)  # each queue and the function behind it; a test compares them with infra/functions.yaml


def send_heartbeats(run: Run, tally: Tally) -> None:
    """Once an hour: a queue idle for 30 days takes minutes to wake (Cloud Tasks API, Queue.state)."""
    ports = run.ports
    beat = hour(run.now, ports.limits.heartbeat)
    if ports.cursors.get(CURSOR) == beat:
        return
    run.each(tally, list(QUEUES.items()), lambda way: _send(ports, *way, beat))
    if not tally.failed and not tally.left:
        ports.cursors.put(CURSOR, beat)


def hour(now: datetime, every: timedelta) -> str:
    """The beginning of the present hour (or of another span), the same in every run of it."""
    seconds = every.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC).isoformat()


def _send(ports: SweepPorts, queue: str, function: str, beat: str) -> int:
    return int(ports.tasks.enqueue(Task(queue, function, f"heartbeat {queue} {beat}", {"heartbeat": beat})))
