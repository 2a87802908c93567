"""Resource names of Cloud Tasks (documented with `Task.name` and `Queue.name`)."""

from __future__ import annotations

import re
import secrets

LOCATION = re.compile(r"projects/[A-Za-z0-9:.-]+/locations/[a-z0-9-]+")
QUEUE = re.compile(LOCATION.pattern + r"/queues/[A-Za-z0-9-]{1,100}")
TASK = re.compile(QUEUE.pattern + r"/tasks/[A-Za-z0-9_-]{1,500}")


def queue_of(task: str) -> str:
    return task.rpartition("/tasks/")[0]


def short(name: str) -> str:
    """The last part: the id of a queue or task."""
    return name.rpartition("/")[2]


def new_task(queue: str) -> str:
    """A name as Cloud Tasks makes them: a long random number."""
    return f"{queue}/tasks/{secrets.randbelow(9 * 10**19) + 10**19}"
