"""The four registers of TERYT by their columns, and how they are known by them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from manage.areas.registers import simc, terc, ulic, wmrodz
from manage.areas.registers.rows import Locality, LocalityKind, Row, Street, Unit
from manage.areas.registers.tables import Fields

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Register(Generic[R]):
    """How a row is read and counted, and by which codes it is known; what these are, Reading says."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[Fields], R]
    count_as: Callable[[R], str]
    key: Callable[[R], str]
    parent: Callable[[R], str] = field(default=lambda _: "")
    outside: Callable[[R], str] = field(default=lambda _: "")
    holds: Callable[[R], str] = field(default=lambda _: "")


TERC = Register[Unit](
    "TERC",
    terc.COLUMNS,
    terc.unit,
    count_as=lambda row: row.kind,
    key=lambda row: row.code,
    parent=lambda row: row.parent,
    holds=lambda row: row.code[:6],
)
SIMC = Register[Locality](
    "SIMC",
    simc.COLUMNS,
    simc.locality,
    count_as=lambda row: row.kind,
    key=lambda row: row.sym,
    parent=lambda row: row.within,
    outside=lambda row: row.gmina[:6],  # the seventh digit, its kind, changes over the years
    holds=lambda row: row.sym,
)
ULIC = Register[Street](
    "ULIC",
    ulic.COLUMNS,
    ulic.street,
    count_as=lambda row: row.feature,
    key=lambda row: f"{row.sym}:{row.sym_ul}",
    outside=lambda row: row.sym,
)
WMRODZ = Register[LocalityKind](
    "WMRODZ", wmrodz.COLUMNS, wmrodz.locality_kind, count_as=lambda _: "kind", key=lambda row: row.code
)
REGISTERS: tuple[Register[Any], ...] = (TERC, SIMC, ULIC, WMRODZ)


def register_with(columns: Collection[str]) -> Register[Any] | None:
    """The one that most of these columns are of; some may be missing, others may be there besides."""

    def matching(register: Register[Any]) -> int:
        return len(set(columns) & set(register.columns))

    best = max(REGISTERS, key=lambda register: (matching(register), -len(register.columns)))
    return best if 2 * matching(best) > len(best.columns) else None
