"""Reads registers' files without keeping them: what is in them, and whether they may be taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from manage.areas.registers.faults import FileFault, NoRegister, Rejection
from manage.areas.registers.keys import Keys
from manage.areas.registers.reading import ADDRESSES, Codes, Reading, reading
from manage.areas.registers.rows import Row
from manage.areas.registers.sources import Source, sources

Told = Callable[[str, int], None]  # file, rows so far
Keep = Callable[[str, Row], None]  # register, row
# What lies in what of another register: a file whose rows hang in the air is refused when both are given ...
_WITHIN = {"SIMC": "TERC", "ULIC": "SIMC", "addresses": "SIMC", "boundaries": "TERC"}
# ... but the PRG has another day than TERYT: there it is counted.
_ONLY_COUNTED = frozenset({"addresses", "boundaries"})


@dataclass
class FileSurvey:
    """One register's file; `rows` by what they are, `unknown` of them lie in what is in no file given."""

    name: str
    kind: str
    rows: Counter[str] = field(default_factory=Counter)
    codes: Codes = field(default_factory=Codes)
    unknown: int = 0
    rejected: int = 0


@dataclass(frozen=True)
class Refusal:
    """`row` is 0 where no row is to blame."""

    file: str
    row: int
    reason: str


@dataclass
class Survey:
    files: list[FileSurvey] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    rejected: int = 0


def survey(
    paths: Iterable[Path],
    reject: Callable[[Rejection], None],
    tell: Told,
    keep: Keep = lambda kind, row: None,
) -> Survey:
    """A refused file does not keep the others from being read, so that all faults are told at once.

    `keep` gets every row, those of a file that is refused in the end too.
    """
    found = Survey()
    for path in _addresses_last(paths):
        try:
            with sources(path) as members:
                _read_all(path.name, members, found, _Reader(reject, tell, keep))
        except FileFault as fault:
            found.refusals.append(Refusal(path.name, fault.row, fault.reason))
    _compare(found)
    return found


def _addresses_last(paths: Iterable[Path]) -> list[Path]:
    """Those of a file that names no gmina are known by their localities."""
    return sorted(paths, key=_has_addresses)


def _has_addresses(path: Path) -> bool:
    """What cannot be read is told when its turn comes."""
    try:
        with sources(path) as members:
            return any(reading(one, lambda row, reason: None).kind == ADDRESSES for one in members)
    except FileFault:
        return False


@dataclass(frozen=True)
class _Reader:
    reject: Callable[[Rejection], None]
    tell: Told
    keep: Keep


def _read_all(name: str, members: Iterable[Source], found: Survey, reader: _Reader) -> None:
    """Raises FileFault when none of them is a register."""
    others: list[NoRegister] = []
    before = len(found.files) + len(found.refusals)
    for source in members:
        try:
            _read(source, found, reader)
        except NoRegister as fault:
            found.passed_over.append(source.name)
            others.append(fault)
    if len(found.files) + len(found.refusals) == before:
        raise others[0] if others else FileFault("an empty archive")


def _read(source: Source, found: Survey, reader: _Reader) -> None:
    """Raises NoRegister."""

    before = found.rejected

    def reject_row(row: int, reason: str) -> None:
        found.rejected += 1
        reader.reject(Rejection(source.name, row, reason))

    try:
        file = _counted(source.name, reading(source, reject_row), reader)
        file.rejected = found.rejected - before
        found.files.append(file)
    except NoRegister:
        raise
    except FileFault as fault:
        found.refusals.append(Refusal(source.name, fault.row, fault.reason))


def _counted(name: str, of: Reading, reader: _Reader) -> FileSurvey:
    file = FileSurvey(name, of.kind)
    for row in of.checked(file.codes):
        file.rows[of.count_as(row)] += 1
        reader.keep(of.kind, row)
        reader.tell(name, len(file.codes.keys))
    return file


def _compare(found: Survey) -> None:
    """Across the files of one import, once all are read."""
    _refuse_repeated(found)
    for file in tuple(found.files):
        known = _known(found.files, _WITHIN.get(file.kind))
        lost = file.codes.outside.missing_from(known) if known is not None else []
        if not lost:
            continue
        file.unknown = len(lost)
        if file.kind not in _ONLY_COUNTED:
            found.files.remove(file)
            reason = f"lies in what is not in {_WITHIN[file.kind]}, with {len(lost) - 1} more rows"
            found.refusals.append(Refusal(file.name, lost[0], reason))


def _refuse_repeated(found: Survey) -> None:
    """What stands in an earlier file of the same register: which of both is meant is not known."""
    earlier: list[FileSurvey] = []
    for file in tuple(found.files):
        for one in (one for one in earlier if one.kind == file.kind):
            if again := file.codes.keys.common_with(one.codes.keys):
                found.files.remove(file)
                reason = f"the key stands in {one.name} too, with {len(again) - 1} more"
                found.refusals.append(Refusal(file.name, again[0], reason))
                break
        else:
            earlier.append(file)


def _known(files: Iterable[FileSurvey], register: str | None) -> Keys | None:
    """Of all files of that register together, None without one."""
    given = [file.codes.holds for file in files if file.kind == register]
    return Keys.joined(given) if given else None
