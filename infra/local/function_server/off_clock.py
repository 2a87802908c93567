"""A wall clock that is off: what an instance reads whose time was never set right."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.adapters.clock import SystemClock


def follow(file: Path) -> None:
    """From now on this process's wall clock is off by the seconds in the file; right while there is none."""

    def now(_: SystemClock) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=_seconds(file))

    setattr(SystemClock, "now", now)  # noqa: B010 - of every instance, also of those made before


def put(file: Path, seconds: float) -> None:
    """Whole at once: another process reads it at any time. 0: right again."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not seconds:
        file.unlink(missing_ok=True)
        return
    written = file.with_suffix(".new")
    written.write_text(str(seconds))
    written.replace(file)


def _seconds(file: Path) -> float:
    with suppress(FileNotFoundError):
        return float(file.read_text())
    return 0.0
