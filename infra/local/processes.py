"""Starting and ending the programs of the local stack."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from itertools import count, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FREE_PORTS = [range(first, first + 200) for first in range(20_000, 32_000, 200)]  # one range per process
_turns = count()  # no port comes twice soon
LOW_PRIORITY = 10  # a tenth of the usual share, when the processor is short: not nothing


class StartError(RuntimeError):
    """A program of the stack did not come up; the text says which, and what to do."""


def free_port() -> int:
    """A port that is free now on 127.0.0.1, and that nobody else takes before it is used: not the system for
    an outgoing connection (those begin at 32768, ip(7)), nor another process with free ports of its own."""
    own = FREE_PORTS[os.getpid() % len(FREE_PORTS)]
    for port in islice(_turns, len(own)):
        if is_free(own[port % len(own)]):
            return own[port % len(own)]
    raise StartError(f"No port from {own.start} to {own.stop - 1} is free: end the programs that use them.")


def is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Program:
    """A child process in its own group, with its output in a file."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        log: Path,
        env: Mapping[str, str] | None = None,
        folder: Path = ROOT,
    ) -> None:
        self.name = name
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                list(command),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                start_new_session=True,
            )
        self.pid = self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def wait_until_answers(self, url: str, seconds: float = 120) -> None:
        """Any HTTP answer counts. Raises StartError with the end of the log."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.running:
            try:
                urllib.request.urlopen(url, timeout=2).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        raise StartError(f"{self.name} did not start. The end of {self.log}:\n{self.tail()}")

    def give_way(self) -> None:
        """To other programs, when they want the processor, too, with all its threads. Linux
        compares processes of different sessions by that of their session (sched(7))."""
        with suppress(OSError):  # a system without it shares evenly
            os.setpriority(os.PRIO_PGRP, self.pid, LOW_PRIORITY)
            Path(f"/proc/{self.pid}/autogroup").write_text(str(LOW_PRIORITY))

    def tail(self, lines: int = 20) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def send_signal(self, number: int) -> None:
        """To the whole group, if it is there."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def stop(self, seconds: float = 10) -> int:
        """SIGTERM, also to one that is halted, then SIGKILL; the exit status, -9 if it had to be killed."""
        self.send_signal(signal.SIGTERM)
        self.send_signal(signal.SIGCONT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self.kill()

    def kill(self) -> int:
        self.send_signal(signal.SIGKILL)
        return self._process.wait()
