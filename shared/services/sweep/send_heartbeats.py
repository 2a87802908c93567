"""A sign of life through every queue, so that none falls asleep and an operator sees one that does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from shared.domain.start import START
from shared.ports import Channel, Task, Way
from shared.services.calls.call_tasks import CALL
from shared.services.schedule.alert_tasks import EXPIRE
from shared.services.sweep.run import Run, Tally
from shared.services.sweep.sweep_ports import SweepPorts

CURSOR = "heartbeat"


def send_heartbeats(run: Run, tally: Tally) -> None:
    """Once an hour: a queue idle for 30 days takes minutes to wake (Cloud Tasks API, Queue.state)."""
    ports = run.ports
    beat = hour(run.now, ports.limits.heartbeat)
    if run.position(CURSOR) == beat:
        return
    run.each(tally, queues(ports.channels.values()), lambda way: _send(ports, *way, beat))
    if not tally.failed and not tally.left:
        run.move(CURSOR, beat)


def queues(channels: Iterable[Channel]) -> list[Way]:
    """Each queue with the function behind it; a test compares them with infra/functions.yaml."""
    ways = [*START.values(), EXPIRE, CALL]
    for channel in channels:
        for urgent in (False, True):
            ways += [channel.ways(urgent).begin, channel.ways(urgent).deliver]
    return list(dict.fromkeys(ways))


def hour(now: datetime, every: timedelta) -> str:
    """The beginning of the present hour (or of another span), the same in every run of it."""
    seconds = every.total_seconds()
    return datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC).isoformat()


def _send(ports: SweepPorts, queue: str, function: str, beat: str) -> int:
    return int(ports.tasks.enqueue(Task(queue, function, f"heartbeat {queue} {beat}", {"heartbeat": beat})))
