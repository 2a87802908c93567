"""Queues, tasks and used names in SQLite; every method returns when its change is stored."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from google.cloud.tasks_v2.types import Queue, Task

from infra.local.cloud_tasks import names

SCHEMA = """
CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, queue BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS tasks (
    name TEXT PRIMARY KEY, queue TEXT NOT NULL, task BLOB NOT NULL,
    executions INTEGER NOT NULL DEFAULT 0, previous INTEGER
);
CREATE INDEX IF NOT EXISTS tasks_by_queue ON tasks (queue, name);
CREATE TABLE IF NOT EXISTS used_names (name TEXT PRIMARY KEY, until REAL NOT NULL);
"""


@dataclass(frozen=True)
class Stored:
    """A task, and what its message has no field for: answers other than 5xx so far, the last HTTP status."""

    task: Task
    executions: int = 0
    previous: int | None = None


class NameTaken(Exception):
    """A task of that name exists, or did until recently."""


class TaskStore:
    """SQLite on the event loop: a statement takes less time than a change of threads.

    `synchronous=NORMAL` with a write-ahead log keeps every commit when the process dies.
    """

    def __init__(self, path: Path, name_seconds: float) -> None:
        """`name_seconds`: how long the name of a finished or deleted task stays taken."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._name_seconds = name_seconds
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)
        self._db.execute("DELETE FROM used_names WHERE until <= ?", (time.time(),))

    def put_queue(self, queue: Queue) -> None:
        self._db.execute("INSERT OR REPLACE INTO queues VALUES (?, ?)", (queue.name, Queue.serialize(queue)))

    def queues(self) -> list[Queue]:
        rows = self._db.execute("SELECT queue FROM queues ORDER BY name")
        return [Queue.deserialize(row[0]) for row in rows]

    def add(self, task: Task) -> None:
        """Raises NameTaken."""
        used = self._db.execute(
            "SELECT 1 FROM used_names WHERE name = ? AND until > ?", (task.name, time.time())
        )
        if used.fetchone():
            raise NameTaken(task.name)
        try:
            self._db.execute(
                "INSERT INTO tasks (name, queue, task) VALUES (?, ?, ?)",
                (task.name, names.queue_of(task.name), Task.serialize(task)),
            )
        except sqlite3.IntegrityError:
            raise NameTaken(task.name) from None

    def get(self, name: str) -> Stored | None:
        row = self._db.execute(
            "SELECT task, executions, previous FROM tasks WHERE name = ?", (name,)
        ).fetchone()
        return Stored(Task.deserialize(row[0]), row[1], row[2]) if row else None

    def update(self, stored: Stored) -> None:
        """Nothing happens when the task is gone."""
        self._db.execute(
            "UPDATE tasks SET task = ?, executions = ?, previous = ? WHERE name = ?",
            (Task.serialize(stored.task), stored.executions, stored.previous, stored.task.name),
        )

    def remove(self, name: str) -> bool:
        """Done or deleted, its name stays taken; False when there was none."""
        until = time.time() + self._name_seconds
        with self._transaction():
            if not self._db.execute("DELETE FROM tasks WHERE name = ?", (name,)).rowcount:
                return False
            self._db.execute("INSERT OR REPLACE INTO used_names VALUES (?, ?)", (name, until))
        return True

    def tasks(self, queue: str, limit: int = -1, after: str = "") -> Iterator[Task]:
        """In the order of their names."""
        rows = self._db.execute(
            "SELECT task FROM tasks WHERE queue = ? AND name > ? ORDER BY name LIMIT ?", (queue, after, limit)
        )
        return (Task.deserialize(row[0]) for row in rows)

    def count(self, queue: str) -> int:
        row = self._db.execute("SELECT count(*) FROM tasks WHERE queue = ?", (queue,)).fetchone()
        return int(row[0])

    def purge(self, queue: str) -> None:
        until = time.time() + self._name_seconds
        with self._transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO used_names SELECT name, ? FROM tasks WHERE queue = ?", (until, queue)
            )
            self._db.execute("DELETE FROM tasks WHERE queue = ?", (queue,))

    def close(self) -> None:
        self._db.close()

    def _transaction(self) -> sqlite3.Connection:
        self._db.execute("BEGIN IMMEDIATE")
        return self._db
