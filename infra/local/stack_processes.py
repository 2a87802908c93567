"""The record of what the stack started, so that nothing of it stays behind, whatever became of the stack."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psutil

from infra.local.processes import StartError

_SAME_START = 2.0  # seconds; start times count from a boot time that moves when the clock is set


@dataclass(frozen=True)
class Process:
    """A pid alone may belong to somebody else by now; with the start time it does not."""

    name: str
    pid: int
    started: float

    @classmethod
    def of(cls, name: str, pid: int) -> Process:
        return cls(name, pid, psutil.Process(pid).create_time())

    @property
    def running(self) -> bool:
        try:
            found = psutil.Process(self.pid)
            same = abs(found.create_time() - self.started) < _SAME_START
            return same and found.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False


def _group(leader: Process) -> list[psutil.Process]:
    """The leader and what it started, as long as its process group is still its own."""
    if psutil.pid_exists(leader.pid) and not leader.running:
        return []
    members = []
    for process in psutil.process_iter():
        with suppress(OSError, psutil.Error):
            if os.getpgid(process.pid) == leader.pid and process.status() != psutil.STATUS_ZOMBIE:
                members.append(process)
    return members


def end(leaders: Iterable[Process], seconds: float = 5) -> list[str]:
    """SIGTERM to each group, then SIGKILL; answers the names of those that were still there."""
    groups = {leader.name: _group(leader) for leader in leaders}
    members = [process for group in groups.values() for process in group]
    for process in members:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGTERM)
    _, alive = psutil.wait_procs(members, seconds)
    for process in alive:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(alive, 5)
    return [name for name, group in groups.items() if group]


class ProcessRecord:
    """A file with the stack's own process and its children, and a lock that is held while the stack runs."""

    def __init__(self, file: Path, lock: Path) -> None:
        self._file = file
        self._lock_file = lock
        self._lock: IO[str] | None = None

    def acquire(self) -> None:
        """Raises StartError while another stack uses the same state."""
        self._lock_file.parent.mkdir(parents=True, exist_ok=True)
        handle = self._lock_file.open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            raise StartError("The stack is running already; `make down` ends it.") from None
        self._lock = handle

    def release(self) -> None:
        self._file.unlink(missing_ok=True)
        if self._lock:
            self._lock.close()

    def read(self) -> tuple[Process | None, list[Process]]:
        """The stack's own process and the children."""
        try:
            saved = json.loads(self._file.read_text())
        except (FileNotFoundError, ValueError):
            return None, []
        return Process(**saved["stack"]), [Process(**child) for child in saved["children"]]

    def write(self, children: Iterable[Process]) -> None:
        own = Process.of("stack", os.getpid())
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps({"stack": asdict(own), "children": [asdict(child) for child in children]}))
        new.replace(self._file)


def end_stack(record: ProcessRecord, seconds: float = 20) -> list[str]:
    """Ends a running stack in order; after a crash of it, what it left. Answers what was ended."""
    own, children = record.read()
    if own and own.running and own.pid != os.getpid():
        os.kill(own.pid, signal.SIGTERM)
        limit = time.monotonic() + seconds
        while own.running and time.monotonic() < limit:
            time.sleep(0.1)
        if not own.running:
            end(children)
            return ["stack"]
        os.kill(own.pid, signal.SIGKILL)
    return end(children)
