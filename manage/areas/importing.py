"""Takes files of registers into the library: all of them are read and checked before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from manage.areas.kept_rows import ChosenRows, MunicipalRows
from manage.areas.library import Library, library
from manage.areas.registers.faults import Rejection
from manage.areas.stored import StoredLibrary
from manage.areas.survey import Refusal, Survey, survey
from manage.areas.writing import Written, plan, write
from shared.adapters.area_documents import document_above
from shared.domain.area_parts import Level
from shared.domain.register_unit import RegisterUnit
from shared.ports import AreaImportStore
from shared.ports.area_import import Change

MOST_REJECTED = 0.01  # of a file's rows; with more it is no register with a few faults
FEW_REJECTED = 10
LEAST_LEFT = 0.5  # of the addresses of before; with fewer it is no newer register
_LEVELS = {2: Level.VOIVODESHIP, 4: Level.POWIAT}


@dataclass(frozen=True)
class Wanted:
    """`as_of`: of addresses and boundaries, whose files seldom say it; `fewer`: many addresses may go;
    `name`: of the one municipality that is opened."""

    tercs: Sequence[str]
    as_of: str = ""
    fewer: bool = False
    name: str = ""
    opens: bool = False
    today: date = field(default_factory=date.today)


@dataclass(frozen=True)
class Telling:
    """Where an import says what it does."""

    reject: Callable[[Rejection], None]
    read: Callable[[str, int], None]
    written: Callable[[int, int], None]


@dataclass
class Imported:
    found: Survey
    municipalities: list[Written] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return any(one.plan.size for one in self.municipalities)


Beside = Callable[[Library], Iterable[Change]]


def import_registers(
    store: AreaImportStore,
    files: Sequence[Path],
    wanted: Wanted,
    telling: Telling,
    beside: Beside = lambda made: (),
) -> Imported:
    """Nothing is written when anything is refused; what is done already is not done again.

    `beside`: what is to be written in the commit that shows a library. Raises Conflict, Unavailable.
    """
    stored = {terc: StoredLibrary(terc, *store.documents(terc)) for terc in wanted.tercs}
    chosen = ChosenRows(wanted.tercs)
    for terc, known in stored.items():
        if known.gazetteer is not None:
            chosen.know(terc, (one.sym for one in known.gazetteer.localities))
    found = survey(files, telling.reject, telling.read, chosen.keep)
    _refuse(found, chosen, stored, wanted)
    imported = Imported(found)
    for terc, rows in chosen.municipalities.items() if not found.refusals else ():
        if rows.kinds:
            written = _taken(store, rows, stored[terc], chosen, wanted, telling, beside)
            imported.municipalities.append(written)
    return imported


def _taken(
    store: AreaImportStore,
    rows: MunicipalRows,
    stored: StoredLibrary,
    chosen: ChosenRows,
    wanted: Wanted,
    telling: Telling,
    beside: Beside,
) -> Written:
    days = {**stored.days, **_days(rows, chosen, wanted)}
    made = library(rows, _name(rows, stored, wanted), stored.gazetteer, stored.boundary, days)
    changes = [*_above(chosen, rows.terc), *beside(made)]
    named = partial(store.named_codes, rows.terc)
    planned = plan(made, stored, named, changes, wanted.today.isoformat())
    write(store, planned, stored, telling.written)
    return Written(made, planned)


def _name(rows: MunicipalRows, stored: StoredLibrary, wanted: Wanted) -> str:
    """Empty when nothing says it."""
    return wanted.name or stored.name or (rows.name and f"Gmina {rows.name}")


def _days(rows: MunicipalRows, chosen: ChosenRows, wanted: Wanted) -> Mapping[str, str]:
    teryt = {kind: day.isoformat() for kind, day in chosen.days.items() if kind in rows.kinds}
    others = {
        "addresses": wanted.as_of or rows.newest_address,
        "boundaries": wanted.as_of,
    }
    return {**teryt, **{kind: day for kind, day in others.items() if day and kind in rows.kinds}}


def _above(chosen: ChosenRows, terc: str) -> list[Change]:
    units = [chosen.above[code] for code in (terc[:2], terc[:4]) if code in chosen.above]
    return [
        Change(
            f"areas/{one.code}",
            document_above(
                RegisterUnit(_LEVELS[len(one.code)], one.code, one.name, one.parent), one.as_of.isoformat()
            ),
        )
        for one in units
    ]


def _refuse(found: Survey, chosen: ChosenRows, stored: Mapping[str, StoredLibrary], wanted: Wanted) -> None:
    for file in found.files:
        if file.rejected > max(FEW_REJECTED, MOST_REJECTED * file.rows.total()):
            found.refusals.append(Refusal(file.name, 0, f"{file.rejected} of its rows cannot be used"))
    for terc, rows in chosen.municipalities.items():
        known = stored[terc]
        for kind, day in _days(rows, chosen, wanted).items():
            if day < known.days.get(kind, ""):
                reason = f"of {day}, older than what is there, of {known.days[kind]}"
                found.refusals.append(Refusal(f"{kind} of {terc}", 0, reason))
        reasons = _lacks(rows, known, wanted) if rows.kinds else _lacks_all(wanted)
        found.refusals += [Refusal(terc, 0, reason) for reason in reasons]


def _lacks_all(wanted: Wanted) -> Iterator[str]:
    if wanted.opens:
        yield "no file says anything of it"


def _lacks(rows: MunicipalRows, stored: StoredLibrary, wanted: Wanted) -> Iterator[str]:
    before = sum(one.count for one in stored.gazetteer.localities) if stored.gazetteer else 0
    if rows.addresses and not wanted.fewer and len(rows.addresses) < LEAST_LEFT * before:
        yield f"{len(rows.addresses)} addresses instead of {before}; --fewer takes them"
    if not _name(rows, stored, wanted):
        yield "its name is not known: give TERC too"
    if rows.boundary is None and stored.boundary is None:
        yield "its boundary is not known: give A03 too"
    if not (rows.localities or rows.addresses or stored.gazetteer):
        yield "its localities are not known: give SIMC too"
