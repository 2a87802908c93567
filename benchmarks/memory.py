"""How much memory a piece of work needs on top of what the process holds."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")  # "5" resets the peak; Linux, proc(5)


def peak_megabytes(work: Callable[[str], object], argument: str) -> float:
    """The most that was resident during the work, less what was before it, in a fresh process.

    `work` is a function of a module, whose imports count as being there before.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(_peak, work, argument).result()


def _peak(work: Callable[[str], object], argument: str) -> float:
    before = resident("VmRSS")
    _CLEAR.write_text("5")
    work(argument)
    return max(0.0, resident("VmHWM") - before)


def resident(field: str = "VmRSS") -> float:
    """Megabytes; VmRSS: now, VmHWM: the most."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(f"{field}:"))
    return int(line.split()[1]) / 1024
