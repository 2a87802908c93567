"""Slices and the ledger as Firestore documents; the shapes are in docs/data.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from shared.adapters.stored_documents import needed, record
from shared.domain.delivery import Slice

Document = dict[str, Any]

# Fields of a slice's progress whose name and value are the same in its document.
_PLAIN = (
    "waves", "exhausted", "done", "stopped", "attempt", "retries", "resume_at", "held_until", "devices",
    "residents", "accepted", "in_doubt",
)  # fmt: skip


def plan_document(part: Slice, expire: datetime) -> Document:
    """Ranges are texts, since Firestore has no nested lists.

    Those of a plan by codes, and those of who was told before, have other names: a release that knows
    neither, and would send to others, finds the slice unreadable and leaves it to this one.
    """
    ranges = [f"{lo}-{hi}" for lo, hi in part.ranges]
    what = {"ranges": ranges} if part.code is None else {"code": part.code, "within": ranges}
    what = {"told": ranges} if part.told else what
    return {**what, "count": part.count, **progress(part), "expire": expire}


def progress(part: Slice) -> Document:
    """Everything of a slice that a worker changes."""
    return {
        **{name: getattr(part, name) for name in _PLAIN},
        "cursor": None if part.cursor is None else {"cell": part.cursor[0], "id": part.cursor[1]},
        "failed": dict(part.failed),
        "kinds": {kind: asdict(handed) for kind, handed in part.kinds.items()},
        "places": _packed_counts(part.places),
        "homes": _packed_counts(part.homes),
        "retry": packed(part.retry),
    }


def slice_of(index: int, document: Mapping[str, Any]) -> Slice:
    """Of any release: what is missing is as at the beginning. Raises Misfit."""
    cursor = document.get("cursor")
    told = document.get("told") is not None
    ranges = "told" if told else "ranges" if document.get("code") is None else "within"
    return record(
        Slice,
        document,
        index=index,
        ranges=tuple(_range(text) for text in needed(document, ranges)),
        cursor=None if cursor is None else (needed(cursor, "cell"), needed(cursor, "id")),
        places=_counts(document.get("places") or ""),
        homes=_counts(document.get("homes") or ""),
        retry=unpacked(document.get("retry") or ""),
        told=told,
    )


def ledger(outcomes: Mapping[str, str]) -> dict[str, str]:
    """The packed keys of each outcome: a thousand phones are some 35 KB."""
    keys: dict[str, list[str]] = {}
    for key, outcome in outcomes.items():
        keys.setdefault(outcome, []).append(key)
    return {outcome: packed(of_it) for outcome, of_it in keys.items()}


def packed(keys: list[str] | tuple[str, ...]) -> str:
    """One text, since a list would cost an index entry for each of its members."""
    return "\n".join(keys)


def unpacked(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def _packed_counts(counts: Mapping[str, int]) -> str:
    return packed([f"{cell} {count}" for cell, count in counts.items()])


def _counts(text: str) -> dict[str, int]:
    pairs = (line.split(" ") for line in unpacked(text))
    return {cell: int(count) for cell, count in pairs}


def _range(text: str) -> tuple[str, str]:
    lo, _, hi = text.partition("-")
    return lo, hi
