"""The last lines of the benchmarks, kept: one file each in benchmarks/results, which `make bench` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("results")


def kept(name: str) -> dict[str, Any] | None:
    """All that is known of a run: result, command, machine, seconds, exit."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def result_of(name: str) -> dict[str, Any] | None:
    run = kept(name)
    return None if run is None else run["result"]


def keep(name: str, run: dict[str, Any]) -> None:
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(run, ensure_ascii=False, indent=1)
    (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")
