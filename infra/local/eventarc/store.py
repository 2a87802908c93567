"""Events that are still to be delivered, in SQLite: they survive SIGKILL."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY, function TEXT NOT NULL, headers TEXT NOT NULL, body BLOB NOT NULL,
    received REAL NOT NULL, due REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS counts (
    function TEXT PRIMARY KEY, delivered INTEGER NOT NULL DEFAULT 0,
    retried INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0
);
"""
COUNTS = ("delivered", "retried", "failed")


@dataclass(frozen=True)
class Event:
    """One delivery to make; times in seconds since the epoch."""

    function: str
    headers: Mapping[str, str]
    body: bytes
    received: float
    due: float
    attempts: int = 0


class EventStore:
    """Changes are gathered for one turn of the event loop and committed together.

    SQLite runs on the loop itself: a statement takes less time than a change of threads. `synchronous=NORMAL`
    with a write-ahead log keeps every commit when the process dies (not when the machine does).
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + SCHEMA)
        self._commit: asyncio.Future[None] | None = None

    async def add(self, events: Iterable[Event]) -> list[int]:
        """The ids, once they are stored."""
        ids = [self._insert(event) for event in events]
        await self._committed()
        return ids

    def get(self, event_id: int) -> Event:
        """Raises KeyError."""
        row = self._db.execute(
            "SELECT function, headers, body, received, due, attempts FROM events WHERE id = ?", (event_id,)
        ).fetchone()
        if row is None:
            raise KeyError(event_id)
        return Event(row[0], json.loads(row[1]), *row[2:])

    def pending(self) -> Iterator[tuple[int, str, float]]:
        """Id, function and due time of each."""
        yield from self._db.execute("SELECT id, function, due FROM events")

    async def postpone(self, event_id: int, due: float) -> None:
        function = self.get(event_id).function
        self._write("UPDATE events SET due = ?, attempts = attempts + 1 WHERE id = ?", (due, event_id))
        self._count(function, "retried")
        await self._committed()

    async def finish(self, event_id: int, outcome: str) -> None:
        """`outcome`: "delivered", or "failed" for good."""
        function = self.get(event_id).function
        self._write("DELETE FROM events WHERE id = ?", (event_id,))
        self._count(function, outcome)
        await self._committed()

    def counts(self, function: str) -> dict[str, int]:
        waiting = self._db.execute("SELECT count(*) FROM events WHERE function = ?", (function,))
        row = self._db.execute(
            "SELECT delivered, retried, failed FROM counts WHERE function = ?", (function,)
        ).fetchone()
        return {"pending": waiting.fetchone()[0], **dict(zip(COUNTS, row or (0, 0, 0), strict=True))}

    def close(self) -> None:
        if self._commit:
            self._end_transaction()
        self._db.close()

    def _insert(self, event: Event) -> int:
        cursor = self._write(
            "INSERT INTO events (function, headers, body, received, due) VALUES (?, ?, ?, ?, ?)",
            (event.function, json.dumps(dict(event.headers)), event.body, event.received, event.due),
        )
        return int(cursor.lastrowid or 0)

    def _count(self, function: str, column: str) -> None:
        self._write("INSERT OR IGNORE INTO counts (function) VALUES (?)", (function,))
        self._write(f"UPDATE counts SET {column} = {column} + 1 WHERE function = ?", (function,))

    def _write(self, statement: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        if self._commit is None:
            loop = asyncio.get_running_loop()
            self._db.execute("BEGIN IMMEDIATE")
            self._commit = loop.create_future()
            loop.call_soon(self._end_transaction)
        return self._db.execute(statement, values)

    async def _committed(self) -> None:
        if self._commit:
            await asyncio.shield(self._commit)

    def _end_transaction(self) -> None:
        commit, self._commit = self._commit, None
        if commit is None:
            return
        try:
            self._db.execute("COMMIT")
            commit.set_result(None)
        except sqlite3.Error as error:
            self._db.execute("ROLLBACK")
            commit.set_exception(error)
