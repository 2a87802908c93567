"""Keeps the stack's programs running: waits until each answers, restarts what dies, ends all."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil

from infra.local.processes import Program, StartError
from infra.local.stack_processes import Process, ProcessRecord
from infra.local.stack_programs import Command
from infra.local.stack_state import State

LOOK_EVERY = 0.25  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before a restart; doubled each time
STEADY = 60.0  # a program that ran this long starts with the first pause again
START_SECONDS = 120  # seldom over 10; a machine with much else to do takes longer
STOP_SECONDS = 7  # a function's server takes up to 5 to finish its requests


@dataclass
class Child:
    program: Program
    command: Command | None  # None: nobody restarts it
    started: float  # monotonic
    pause: float = FIRST_PAUSE
    restart_at: float | None = None  # monotonic; it is down until then


class Supervisor:
    def __init__(
        self,
        state: State,
        record: ProcessRecord,
        report: Callable[[str], None],
        restart_pause: float | None = None,
    ) -> None:
        """`restart_pause`: seconds, always; None: longer from time to time."""
        self._state = state
        self._record = record
        self._report = report
        self._restart_pause = restart_pause
        self._children: dict[str, Child] = {}
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="supervisor", daemon=True)
        self.failed = threading.Event()  # something died that cannot be restarted

    def start(self, command: Command) -> None:
        """Starts and waits until it answers. Only then it gives way: starting ends on a busy machine, too.
        Raises StartError."""
        program = self._launch(command)
        self.adopt(command.name, program, command)
        _wait(program, command)
        if command.gives_way:
            program.give_way()

    def _launch(self, command: Command) -> Program:
        log = self._state.log(command.name)
        return Program(command.name, command.command, log, command.env, command.folder)

    def adopt(self, name: str, program: Program, command: Command | None = None) -> None:
        """Records the process first of all, so that it can be found whatever happens next."""
        with self._lock:
            if self._stopping.is_set():
                program.kill()
                raise StartError("The stack is stopping.")
            self._children[name] = Child(program, command, time.monotonic())
            self._write()

    def _write(self) -> None:
        running = []
        for name, child in self._children.items():
            with suppress(psutil.NoSuchProcess):
                if child.program.running:
                    running.append(Process.of(name, child.program.pid))
        self._record.write(running)

    def watch(self) -> None:
        """From now on a program that dies is reported and restarted."""
        self._watcher.start()

    def _watch(self) -> None:
        while not self._stopping.wait(LOOK_EVERY):
            with self._lock:
                for name, child in list(self._children.items()):
                    if not self._stopping.is_set():
                        self._look_after(name, child)

    def _look_after(self, name: str, child: Child) -> None:
        now = time.monotonic()
        if child.restart_at is not None:
            if now >= child.restart_at and child.command:
                child.program = self._launch(child.command)
                if child.command.gives_way:
                    child.program.give_way()
                child.started, child.restart_at = now, None
                self._write()
        elif not child.program.running and not self.failed.is_set():
            self._died(name, child, now)

    def _died(self, name: str, child: Child, now: float) -> None:
        if child.command is None:
            self._report(f"{name} ended by itself, and the stack with it. The end of {child.program.log}:")
            self._report(child.program.tail())
            self.failed.set()
            return
        pause = self._restart_pause
        if pause is None:
            pause = FIRST_PAUSE if now - child.started > STEADY else child.pause
            child.pause = min(pause * 2, LONGEST_PAUSE)
        child.restart_at = now + pause
        self._report(f"{name} ended by itself; it starts again in {pause:g} s. Its log: {child.program.log}")

    def kill(self, name: str) -> None:
        """SIGKILL, as a crash would; the watcher finds it dead."""
        self._children[name].program.kill()

    def send_signal(self, name: str, number: int) -> None:
        """To a program that is running; one that is down gets none."""
        with self._lock:
            child = self._children.get(name)
            if child and child.program.running:
                child.program.send_signal(number)

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Ends one program, and starts it again afterwards."""
        with self._lock:
            child = self._children.pop(name)
            self._write()
        child.program.stop(STOP_SECONDS)
        yield
        if child.command:
            self.start(child.command)

    def replace(self, command: Command) -> None:
        """Ends the program of that name, and starts this one instead."""
        with self._lock:
            child = self._children.pop(command.name)
            self._write()
        child.program.stop(STOP_SECONDS)
        self.start(command)

    def running(self, name: str) -> bool:
        with self._lock:
            child = self._children.get(name)
            return child is not None and child.restart_at is None and child.program.running

    def stop(self, keep: str | None = None) -> None:
        """Ends all programs at once, but the one named."""
        self._stopping.set()
        with self._lock:
            ending = [child.program for name, child in self._children.items() if name != keep]
        with ThreadPoolExecutor(max(1, len(ending))) as pool:
            list(pool.map(lambda program: program.stop(STOP_SECONDS), ending))


def _wait(program: Program, command: Command) -> None:
    if command.probe:
        program.wait_until_answers(command.probe, START_SECONDS)
        return
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and program.running:
        with suppress(OSError), socket.create_connection(("127.0.0.1", command.port), timeout=1):
            return
        time.sleep(0.05)
    raise StartError(f"{program.name} did not start. The end of {program.log}:\n{program.tail()}")
