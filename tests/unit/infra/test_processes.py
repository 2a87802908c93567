"""Programs of the local stack as the operating system sees them."""

from __future__ import annotations

import os
import sys

from infra.local.processes import LOW_PRIORITY, Program

WAITING = (sys.executable, "-c", "import sys; sys.stdin.read(); import time; time.sleep(60)")


def test_a_program_that_gives_way_has_a_low_priority(tmp_path):
    program = Program("usual", WAITING, tmp_path / "log")
    program.give_way()
    try:
        assert os.getpriority(os.PRIO_PROCESS, program.pid) == LOW_PRIORITY
    finally:
        program.kill()


def test_other_programs_keep_the_priority_of_who_starts_them(tmp_path):
    program = Program("urgent", WAITING, tmp_path / "log")
    try:
        assert os.getpriority(os.PRIO_PROCESS, program.pid) == os.getpriority(os.PRIO_PROCESS, 0)
    finally:
        program.kill()
