"""What an import says while it runs and at its end."""

from __future__ import annotations

import csv
import json
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from manage.areas.registers.faults import Rejection
from manage.areas.survey import Survey
from manage.areas.writing import Written

EVERY_S, EVERY_ON_TERMINAL_S = 2.0, 0.2  # between two lines of progress
BAR = 30  # characters
STATUS = Path("/proc/self/status")
SHOWN = 20  # rejected rows that are printed when no file is named for them


class Progress:
    """Work that takes long: a line that changes on a terminal, elsewhere a line now and then."""

    def __init__(self, clock: Callable[[], float] = monotonic, to: TextIO | None = None) -> None:
        self._clock, self._to = clock, to or sys.stderr
        self._terminal = self._to.isatty()
        self._started = self._said = clock()

    def __call__(self, file: str, rows: int) -> None:
        """Of a file it is not known how many rows there will be."""
        if rows % 1_000 == 0:
            self._say(f"{file}: {rows:,} rows")

    def writing(self, done: int, size: int) -> None:
        filled = BAR * done // max(size, 1)
        bar = "#" * filled + "." * (BAR - filled)
        self._say(f"writing [{bar}] {done:,} of {size:,} documents", last=done == size)

    def _say(self, text: str, last: bool = False) -> None:
        every = EVERY_ON_TERMINAL_S if self._terminal else EVERY_S
        if not last and self._clock() - self._said < every:
            return
        self._said = self._clock()
        if self._terminal:
            print(f"\r\x1b[K{text}", end="\n" if last else "", file=self._to, flush=True)
        else:
            print(text, file=self._to, flush=True)

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


def summary(found: Survey, seconds: float, written: Sequence[Written] = ()) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for file in found.files:
        counts[file.kind] = counts.get(file.kind, 0) + file.rows.total()
    return {
        "counts": counts,
        "files": [
            {"file": file.name, "kind": file.kind, "rows": dict(file.rows), "unknown": file.unknown}
            for file in found.files
        ],
        "municipalities": [one.counts() for one in written],
        "rejected": found.rejected,
        "refused": [{"file": one.file, "row": one.row, "reason": one.reason} for one in found.refusals],
        "seconds": round(seconds, 1),
        "peak_mb": peak_mb(),
    }


def print_report(found: Survey, seconds: float, written: Sequence[Written] = ()) -> None:
    """For people, then the same as one line of JSON."""
    for line in (*_read(found), *map(_municipality, written)):
        print(line)
    print(f"{found.rejected:,} rows rejected; {seconds:.1f} s, at most {peak_mb()} MB of memory")
    print(json.dumps(summary(found, seconds, written), ensure_ascii=False))


def _read(found: Survey) -> Iterator[str]:
    for file in found.files:
        kinds = ", ".join(f"{count:,} {kind or 'without a kind'}" for kind, count in file.rows.most_common())
        yield f"{file.name}: {file.kind}, {file.rows.total():,} rows ({kinds})"
        if file.unknown:
            yield f"  {file.unknown:,} of them lie in what is in no file given"
    for name in found.passed_over:
        yield f"passed over: {name}, no register"
    for one in found.refusals:
        yield f"refused: {one.file}{f', row {one.row}' if one.row else ''}: {one.reason}"


def _municipality(one: Written) -> str:
    counts = one.counts()
    there = (
        f"{counts['localities']} localities, {counts['streets']:,} streets, {counts['addresses']:,} addresses"
    )
    if not one.plan.size:
        return f"{counts['terc']}: {there}; nothing has changed, nothing was written"
    what = f"{counts['written']:,} documents written, {counts['deleted']:,} of them deleted"
    return f"{counts['terc']}: {there}; {what}, {counts['retired']:,} units kept for alerts that name them"
