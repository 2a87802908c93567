"""The tables of docs/scale.md, from the kept results of `simulate` and `cost`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.outcome import result_of
from infra.local.processes import ROOT

PAGE = ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- {}: written by python -m benchmarks.page -->", "<!-- end -->"
SIZES = {
    "devices": "phones pushed",
    "counts": "counts of the plan",
    "slices": "slices",
    "largest_slice": "places in the largest slice",
    "tasks": "tasks",
    "instances": "instances started",
    "first_push_s": "first push after, s",
    "last_push_s": "last push after, s",
    "peak_per_minute": "pushes in the fullest minute",
    "refused": "refused by FCM (429)",
    "readable": "done while `read_time` is exactly readable",
}
STORM = ("first_push_median_s", "first_push_worst_s", "last_push_worst_s", "peak_per_minute", "refused")


def write() -> None:
    simulated, cost = result_of("simulate"), result_of("cost")
    if simulated is None or not PAGE.exists():
        return
    text = _replaced(PAGE.read_text(encoding="utf-8"), "sizes", _sizes(simulated, cost or {}))
    PAGE.write_text(_replaced(text, "storm", _storm(simulated)), encoding="utf-8")


def _replaced(text: str, name: str, lines: Iterable[str]) -> str:
    """Raises ValueError when the page has no such table."""
    begin = BEGIN.format(name)
    before, rest = text.split(begin, 1) if begin in text else (text, "")
    if not rest:
        raise ValueError(f"{PAGE.name} lacks {begin}")
    return f"{before}{begin}\n" + "\n".join(lines) + f"\n{END}" + rest.split(END, 1)[1]


def _sizes(simulated: Mapping[str, Any], cost: Mapping[str, Any]) -> Iterator[str]:
    cloud = simulated["cloud"]
    yield from _head("", [f"{int(size):,}" for size in cloud])
    for key, words in SIZES.items():
        yield _row(words, [found[key] for found in cloud.values()])
    yield _row("USD (`cost`, in proportion)", [_usd(cost, int(size)) for size in cloud])


def _usd(cost: Mapping[str, Any], devices: int) -> object:
    """In proportion to the nearest size that `cost` counts."""
    if not cost:
        return "-"
    size = "18000" if devices < 100_000 else "1000000"
    return round(cost["usd"][size] / cost["phones"][size] * devices, 3)


def _storm(simulated: Mapping[str, Any]) -> Iterator[str]:
    yield from _head("300 alerts within a minute", [key.replace("_", " ") for key in STORM])
    for name, found in simulated["storm"].items():
        yield _row(name.replace("_", " "), [found[key] for key in STORM])


def _head(first: str, columns: Sequence[str]) -> Iterator[str]:
    yield _row(first, columns)
    yield "|---" * (len(columns) + 1) + "|"


def _row(first: str, values: Sequence[object]) -> str:
    return "| " + " | ".join([first, *map(_text, values)]) + " |"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int | float) else str(value)
