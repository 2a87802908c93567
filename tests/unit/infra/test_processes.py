"""Programs of the local stack as the operating system sees them."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable

import psutil

from infra.local.processes import LOW_PRIORITY, Program

WAITING = (sys.executable, "-c", "import sys; sys.stdin.read(); import time; time.sleep(60)")


def test_a_program_that_gives_way_has_a_low_priority(tmp_path):
    program = Program("usual", WAITING, tmp_path / "log")
    program.give_way()
    try:
        assert os.getpriority(os.PRIO_PROCESS, program.pid) == LOW_PRIORITY
    finally:
        program.kill()


def test_a_halted_program_goes_on_and_ends_as_any_other(tmp_path):
    counts = "import itertools, time\nfor n in itertools.count():\n    print(n, flush=True); time.sleep(0.01)"
    program = Program("halted", (sys.executable, "-c", counts), tmp_path / "log")
    try:
        wait_until(lambda: program.tail(1) != "")
        program.send_signal(signal.SIGSTOP)
        wait_until(lambda: psutil.Process(program.pid).status() == psutil.STATUS_STOPPED)
        said = program.tail(1)
        program.send_signal(signal.SIGCONT)
        wait_until(lambda: program.tail(1) != said)
        program.send_signal(signal.SIGSTOP)
    finally:
        assert program.stop(60) == -signal.SIGTERM


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_other_programs_keep_the_priority_of_who_starts_them(tmp_path):
    program = Program("urgent", WAITING, tmp_path / "log")
    try:
        assert os.getpriority(os.PRIO_PROCESS, program.pid) == os.getpriority(os.PRIO_PROCESS, 0)
    finally:
        program.kill()
