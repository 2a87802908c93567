"""Entries of the audit as files: JSON with everything that verifies them, CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from shared.domain.audit import AuditEntry
from shared.formats.audit_json import entry_json, words_text

COLUMNS = (
    "seq", "at", "action", "outcome", "uid", "name", "about", "why", "where", "before", "after", "happened",
    "key", "prev", "prev_at", "mac",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, "CSV Injection": what a spreadsheet would work out


def exported_json(
    terc: str, entries: Iterable[AuditEntry], following: str | None = None, unreadable: int = 0
) -> str:
    """`following`: where older entries go on, which are not here; `unreadable`: how many are left out."""
    rows = [entry_json(terc, entry) for entry in entries]
    told = {"terc": terc, "next": following, "unreadable": unreadable, "entries": rows}
    return json.dumps(told, ensure_ascii=False, indent=1)


def exported_csv(
    terc: str, entries: Iterable[AuditEntry], following: str | None = None, unreadable: int = 0
) -> str:
    """With a byte order mark, by which spreadsheets know UTF-8; what is missing is told in last lines."""
    file = io.StringIO(newline="")
    lines = csv.writer(file)
    lines.writerow(COLUMNS)
    lines.writerows(_row(entry_json(terc, entry)) for entry in entries)
    lines.writerows([line] for line in _missing(following, unreadable))
    return "\ufeff" + file.getvalue()


def _missing(following: str | None, unreadable: int) -> Iterator[str]:
    if unreadable:
        yield f"# NOT COMPLETE: {unreadable} entries cannot be read and are left out"
    if following is not None:
        yield f"# NOT COMPLETE: older entries go on in the next file (after={following})"


def _row(entry: dict[str, Any]) -> list[str]:
    by = entry["by"] or {"uid": "", "name": ""}
    told = entry | {
        "uid": by["uid"],
        "name": by["name"],
        "before": words_text(entry["before"]),
        "after": words_text(entry["after"]),
    }
    return [_cell(told[column]) for column in COLUMNS]


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
