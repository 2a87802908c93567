"""Files of an export: JSON lines, CSV and GeoJSON, written as a stream and told apart by their SHA-256."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

MANIFEST = "manifest.json"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP, "CSV Injection": spreadsheets take these for formulas


@dataclass(frozen=True)
class Written:
    """`rows` of a GeoJSON file are its features; the line of headings of a CSV is none."""

    name: str
    rows: int
    bytes: int
    sha256: str


class Writing:
    """One file under way. It counts what it is given."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._out = file.open("wb")
        self._digest = hashlib.sha256()
        self._bytes = self.rows = 0

    def text(self, text: str) -> None:
        data = text.encode()
        self._out.write(data)
        self._digest.update(data)
        self._bytes += len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._out.close()

    @property
    def written(self) -> Written:
        return Written(self._file.name, self.rows, self._bytes, self._digest.hexdigest())


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_rows(
    folder: Path, name: str, rows: Iterable[tuple[str, Mapping[str, Any]]], columns: Mapping[str, str]
) -> list[Written]:
    """JSON lines of whole documents, each with its `path`; with `columns` a CSV table of them as well."""
    with Writing(folder / f"{name}.jsonl") as lines, Writing(folder / f"{name}.csv") as table:
        table.text("\ufeff" + csv_line(["path", *columns]))  # by which spreadsheets know UTF-8
        for path, fields in rows:
            lines.text(f"{json_text({'path': path, **fields})}\n")
            table.text(csv_line([path, *(cell(at(fields, field)) for field in columns.values())]))
            lines.rows += 1
            table.rows += 1
    if not columns:
        (folder / f"{name}.csv").unlink()
        return [lines.written]
    return [lines.written, table.written]


def write_features(folder: Path, name: str, features: Iterable[Mapping[str, Any]]) -> list[Written]:
    with Writing(folder / f"{name}.geojson") as file:
        file.text('{"type":"FeatureCollection","features":[')
        for feature in features:
            file.text(f"{',' if file.rows else ''}\n{json_text(feature)}")
            file.rows += 1
        file.text("\n]}\n")
    return [file.written]


def csv_line(cells: Iterable[str]) -> str:
    """RFC 4180."""
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def cell(value: object) -> str:
    """As people read it in a table; the whole value is in the JSON lines."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value if isinstance(value, str) else json_text(value)
    return f"'{text}" if text.startswith(FORMULA) and isinstance(value, str) else text


def at(fields: Mapping[str, Any], path: str) -> object:
    found: Any = fields
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def write_manifest(folder: Path, said: Mapping[str, object], files: Iterable[Written]) -> None:
    listed = [asdict(file) for file in files]
    text = json.dumps({**said, "files": listed}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """What of an export is not as its manifest says. Raises OSError, ValueError where there is none."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    listed = {file["name"]: file for file in manifest["files"]}
    there = {file.name for file in folder.iterdir()} - {MANIFEST}
    more = [f"{name} is not in the manifest" for name in sorted(there - listed.keys())]
    gone = [f"{name} is missing" for name in sorted(listed.keys() - there)]
    return (
        more + gone + [fault for name in sorted(listed.keys() & there) for fault in _of(folder, listed[name])]
    )


def _of(folder: Path, said: Mapping[str, Any]) -> list[str]:
    name = said["name"]
    with (folder / name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != said["sha256"]:
        return [f"{name} was changed"]
    rows = _rows(name)(folder / name)
    return [] if rows == said["rows"] else [f"{name} has {rows} rows, not {said['rows']}"]


def _rows(name: str) -> Callable[[Path], int]:
    return {"jsonl": _lines, "csv": _records, "geojson": _features}[name.rpartition(".")[2]]


def _lines(file: Path) -> int:
    with file.open(encoding="utf-8") as lines:
        return sum(1 for line in lines if json.loads(line) is not None)


def _records(file: Path) -> int:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return sum(1 for _ in csv.reader(lines)) - 1


def _features(file: Path) -> int:
    return len(json.loads(file.read_text(encoding="utf-8"))["features"])
