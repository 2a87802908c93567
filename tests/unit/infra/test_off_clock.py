"""A function's wall clock that is put wrong and right again while it runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.local.function_server import off_clock
from shared.adapters.clock import SystemClock

NEARLY = timedelta(seconds=60)  # a loaded machine may be slow


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(SystemClock, "now", SystemClock.now)  # put back afterwards
    return tmp_path / "clocks" / "sweep"


@pytest.mark.parametrize("seconds", [300, -300])
def test_a_clock_is_off_by_what_the_file_says_until_it_is_gone(file, seconds):
    clock = SystemClock()
    off_clock.follow(file)
    assert abs(clock.now() - datetime.now(UTC)) < NEARLY
    off_clock.put(file, seconds)
    assert abs(clock.now() - datetime.now(UTC) - timedelta(seconds=seconds)) < NEARLY
    off_clock.put(file, 0)
    assert abs(clock.now() - datetime.now(UTC)) < NEARLY


def test_durations_stay_right(file):
    off_clock.put(file, 300)
    off_clock.follow(file)
    before = SystemClock().monotonic()
    assert SystemClock().monotonic() - before < NEARLY.total_seconds()
