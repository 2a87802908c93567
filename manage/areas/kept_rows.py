"""Of the registers of the whole country, the rows of the municipalities that are served."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from sys import intern
from typing import NamedTuple

from manage.areas.registers.rows import Address, Boundary, Locality, Row, Street, Unit


class AddressPoint(NamedTuple):
    """An address of PRG as far as the library keeps it; what the file does not say is empty."""

    sym: str
    locality: str
    sym_ul: str
    street: str
    number: str
    lon: float
    lat: float


@dataclass
class MunicipalRows:
    """`terc` has seven digits, of which the registers are compared by six."""

    terc: str
    name: str = ""  # of the gmina, by TERC
    localities: list[Locality] = field(default_factory=list)
    streets: list[Street] = field(default_factory=list)
    addresses: list[AddressPoint] = field(default_factory=list)
    boundary: Boundary | None = None
    newest_address: str = ""  # ISO 8601, where a file says it

    @property
    def kinds(self) -> tuple[str, ...]:
        """The registers that say anything of it."""
        found = {
            "TERC": self.name,
            "SIMC": self.localities,
            "ULIC": self.streets,
            "addresses": self.addresses,
            "boundaries": self.boundary,
        }
        return tuple(kind for kind, rows in found.items() if rows)


class ChosenRows:
    """`keep` takes every row that was read and keeps those of `tercs`."""

    def __init__(self, tercs: Iterable[str]) -> None:
        self.municipalities = {terc: MunicipalRows(terc) for terc in tercs}
        self.above: dict[str, Unit] = {}  # voivodeships and powiats around them
        self.days: dict[str, date] = {}  # the newest day that a register of TERYT says of itself
        self._by_six = {terc[:6]: rows for terc, rows in self.municipalities.items()}
        self._around = {terc[:digits] for terc in self.municipalities for digits in (2, 4)}
        self._of_sym: dict[str, MunicipalRows] = {}

    def know(self, terc: str, syms: Iterable[str]) -> None:
        """Localities of an earlier import, for files of addresses that name no gmina."""
        self._of_sym.update(dict.fromkeys(syms, self.municipalities[terc]))

    def keep(self, kind: str, row: Row) -> None:
        match row:
            case Unit():
                self._keep_unit(row)
            case Locality() | Street():
                self._keep_named(row)
            case Address():
                self._keep_address(row)
            case Boundary() if len(row.code) >= 6 and row.code[:6] in self._by_six:
                self._by_six[row.code[:6]].boundary = row
        if isinstance(row, Unit | Locality | Street):
            self.days[kind] = max(row.as_of, self.days.get(kind, row.as_of))

    def _keep_unit(self, row: Unit) -> None:
        if row.code in self._around:
            self.above[row.code] = row
        rows = self._by_six.get(row.code[:6]) if len(row.code) == 7 else None
        if rows is not None and row.code[6] in "123":  # the whole gmina, not its town or its villages
            rows.name = row.name

    def _keep_named(self, row: Locality | Street) -> None:
        rows = self._by_six.get(row.gmina[:6])
        if rows is None:
            return
        self._of_sym[row.sym] = rows
        if isinstance(row, Locality):
            rows.localities.append(row)
        else:
            rows.streets.append(row)

    def _keep_address(self, row: Address) -> None:
        rows = self._by_six.get(row.gmina[:6]) if row.gmina else self._of_sym.get(row.sym)
        if rows is None:
            return
        sym, locality, sym_ul, street = map(intern, (row.sym, row.locality, row.sym_ul, row.street))
        number = "".join(row.number.split())
        rows.addresses.append(AddressPoint(sym, locality, sym_ul, street, number, row.lon, row.lat))
        rows.newest_address = max(rows.newest_address, row.version)
