"""How figures are printed: the machine they were taken on, and tables."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path


def machine() -> str:
    """Cores that this process may use and the processor's model."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.exists() else []
    model = next(
        (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown"
    )
    cores = len(os.sched_getaffinity(0))
    return f"{cores} core{'s' if cores > 1 else ''}, {model}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The first column to the left, figures to the right; floats with the digits they need."""
    cells = [[str(title) for title in head], *([_text(value) for value in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            text.rjust(width) if column else text.ljust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    )


def median_ratio(above: Sequence[float], below: Sequence[float], digits: int = 3) -> float:
    """The median of the ratios of each round: what slows a round down slows both of its sides."""
    return round(statistics.median(a / b for a, b in zip(above, below, strict=True)), digits)


def _text(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
