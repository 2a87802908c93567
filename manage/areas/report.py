"""What an import says while it runs and at its end."""

from __future__ import annotations

import csv
import json
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from manage.areas.registers.faults import Rejection
from manage.areas.survey import Survey

EVERY_S = 2.0  # between two lines of progress
STATUS = Path("/proc/self/status")
SHOWN = 20  # rejected rows that are printed when no file is named for them


class Progress:
    """A line now and then on work that takes long."""

    def __init__(self, clock: Callable[[], float] = monotonic, to: TextIO | None = None) -> None:
        self._clock, self._to = clock, to or sys.stderr
        self._started = self._said = clock()

    def __call__(self, file: str, rows: int) -> None:
        if rows % 1_000 or self._clock() - self._said < EVERY_S:
            return
        self._said = self._clock()
        print(f"{file}: {rows:,} rows", file=self._to, flush=True)

    @property
    def seconds(self) -> float:
        return self._clock() - self._started


@contextmanager
def rejections(path: Path | None) -> Iterator[Callable[[Rejection], None]]:
    """Into a CSV of file, row and reason; without one the first are printed."""
    if path is None:
        yield _printed()
        return
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(("file", "row", "reason"))
        yield lambda one: lines.writerow((one.file, one.row, one.reason))


def _printed() -> Callable[[Rejection], None]:
    shown: list[Rejection] = []

    def reject(one: Rejection) -> None:
        if len(shown) < SHOWN:
            shown.append(one)
            print(f"rejected: {one.file}, row {one.row}: {one.reason}", file=sys.stderr)

    return reject


def peak_mb() -> int:
    """Most memory of this process so far: VmHWM (proc(5)), since ru_maxrss is its parent's at first.

    ru_maxrss, in bytes, where there is no /proc: macOS.
    """
    if not STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024**2
    [line] = [line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) // 1024


def summary(found: Survey, seconds: float) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for file in found.files:
        counts[file.kind] = counts.get(file.kind, 0) + file.rows.total()
    return {
        "counts": counts,
        "files": [
            {"file": file.name, "kind": file.kind, "rows": dict(file.rows), "unknown": file.unknown}
            for file in found.files
        ],
        "rejected": found.rejected,
        "refused": [{"file": one.file, "row": one.row, "reason": one.reason} for one in found.refusals],
        "seconds": round(seconds, 1),
        "peak_mb": peak_mb(),
    }


def print_report(found: Survey, seconds: float) -> None:
    """For people, then the same as one line of JSON."""
    for file in found.files:
        kinds = ", ".join(f"{count:,} {kind or 'without a kind'}" for kind, count in file.rows.most_common())
        print(f"{file.name}: {file.kind}, {file.rows.total():,} rows ({kinds})")
        if file.unknown:
            print(f"  {file.unknown:,} of them lie in what is in no file given")
    for name in found.passed_over:
        print(f"passed over: {name}, no register")
    for one in found.refusals:
        print(f"refused: {one.file}{f', row {one.row}' if one.row else ''}: {one.reason}")
    print(f"{found.rejected:,} rows rejected; {seconds:.1f} s, at most {peak_mb()} MB of memory")
    print(json.dumps(summary(found, seconds), ensure_ascii=False))
