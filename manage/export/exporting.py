"""One municipality from its source into a folder, which is there whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from manage.export.files import Written, write_features, write_manifest, write_rows
from manage.export.parts import PARTS, Part, Source, Stored
from manage.export.shapes import SHAPES

FORMAT = 1  # of the manifest; another number when a reader of before would misread it
T = TypeVar("T")
Progress = Callable[[str, int], None]  # part, documents so far


@dataclass
class Tally:
    """What was left behind, by part."""

    kept_back: dict[str, int] = field(default_factory=dict)


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A folder beside it, which takes its name when all is done: what was cut off is no export.

    Raises FileExistsError for one that is there: an export is never mixed with another.
    """
    if folder.exists():
        raise FileExistsError(folder)
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    yield unfinished
    unfinished.rename(folder)


def export(
    source: Source,
    terc: str,
    folder: Path,
    said: dict[str, object],
    told: Progress,
    parts: tuple[Part, ...] = PARTS,
) -> list[Written]:
    """`said`: what the manifest says beside the files. Raises Unavailable, FileExistsError, OSError."""
    tally, files = Tally(), list[Written]()
    with whole(folder) as here:
        for part in parts:
            files += write_rows(here, part.name, _leaving(source, terc, part, tally, told), part.columns)
        for shapes in SHAPES:
            files += write_features(here, shapes.name, _counted(shapes.read(source, terc), shapes.name, told))
        write_manifest(here, {"format": FORMAT, "terc": terc, "kept_back": tally.kept_back, **said}, files)
    return files


def _leaving(source: Source, terc: str, part: Part, tally: Tally, told: Progress) -> Iterator[Stored]:
    for path, fields in _counted(part.read(source, terc), part.name, told):
        if part.kept_back(fields):
            tally.kept_back[part.name] = tally.kept_back.get(part.name, 0) + 1
        else:
            yield path, part.shown(fields)


def _counted(rows: Iterator[T], name: str, told: Progress) -> Iterator[T]:
    number = 0
    for number, row in enumerate(rows, start=1):
        told(name, number)
        yield row
    told(name, number)
