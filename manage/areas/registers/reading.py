"""What a file is, by its content and never by its name, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from manage.areas.registers import addresses, addresses_gml, boundaries
from manage.areas.registers.coordinates import METRES
from manage.areas.registers.faults import FileFault, NoRegister, Reject, RowFault
from manage.areas.registers.keys import Keys
from manage.areas.registers.layers import Layer, layer, records
from manage.areas.registers.rows import Row
from manage.areas.registers.sources import Source
from manage.areas.registers.tables import Numbered, csv_header, csv_rows, require_columns, xml_rows
from manage.areas.registers.teryt import Register, register_with

ADDRESSES = "addresses"
BOUNDARIES = "boundaries"
_GML_OPTIONS = {"WRITE_GFS": "NO"}  # GDAL would leave a file beside the one it reads
_FEATURES = b"FeatureCollection"


@dataclass(frozen=True)
class Codes:
    """Of a file's rows; see Reading."""

    keys: Keys = field(default_factory=Keys)
    outside: Keys = field(default_factory=Keys)
    holds: Keys = field(default_factory=Keys)


@dataclass(frozen=True)
class Reading:
    """Rows with their numbers, read as they are asked for; whoever asks may be told a FileFault at any row.

    `key` is what a row is known by in its file, `parent` the key of another row there, empty for none;
    `outside` is the code of what it lies in, by another register; `holds` that by which others name it.
    """

    kind: str
    rows: Iterator[tuple[int, Row]]
    key: Callable[[Any], str]
    parent: Callable[[Any], str]
    outside: Callable[[Any], str]
    holds: Callable[[Any], str]
    count_as: Callable[[Any], str]

    def checked(self, codes: Codes) -> Iterator[Row]:
        """Each row once its codes are noted. Raises FileFault, after the last row too: for a key that is
        there twice and for a parent that is not there."""
        keys, parents = codes.keys, Keys()
        for number, row in self.rows:
            keys.add(self.key(row), number)
            if parent := self.parent(row):
                parents.add(parent, number)
            if code := self.outside(row):
                codes.outside.add(code, number)
            if name := self.holds(row):
                codes.holds.add(name, number)
            yield row
        if (again := keys.repeated()) is not None:
            raise FileFault("the key stood in an earlier row", again)
        if lost := parents.missing_from(keys):
            raise FileFault("what it is a part of is not in the file", lost[0])
        if not len(keys):
            raise FileFault("no row that can be used")


def reading(source: Source, reject: Reject) -> Reading:
    """Raises FileFault for what is no register, or lacks a column."""
    head = source.head()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if source.is_shape or start.startswith(b"{"):
        return _layer(layer(source), reject)
    if not start.startswith(b"<"):
        return _csv(source, head, reject)
    if (model := addresses_gml.model_of(head)) is not None:
        return _addresses(METRES, addresses_gml.points(source, model, reject), reject)
    if _FEATURES in head:
        return _layer(layer(source, _GML_OPTIONS), reject)
    return _xml(source, reject)


def _csv(source: Source, head: bytes, reject: Reject) -> Reading:
    delimiter, columns = csv_header(head)
    if (register := register_with(columns)) is not None:
        if delimiter != ";":
            raise FileFault(f"the delimiter is {delimiter!r}, not ';'", 1)
        require_columns(columns, register.columns)
        return _teryt(register, csv_rows(source, delimiter, reject, quoted=False), reject)
    if addresses.is_addresses(columns):
        rows = csv_rows(source, delimiter, reject, quoted=True)
        points = addresses.table_points(rows, columns, reject)
        return _addresses(addresses.system_of(columns), points, reject)
    raise NoRegister(f"no register that is known, by its columns: {', '.join(columns)[:200]!r}", 1)


def _xml(source: Source, reject: Reject) -> Reading:
    rows = xml_rows(source)
    first = next(rows, None)
    if first is None:
        raise NoRegister("XML without a register's rows")
    register = register_with(first[1])
    if register is None:
        raise NoRegister(f"no register that is known, by its elements: {', '.join(first[1])[:200]!r}", 1)
    require_columns(first[1], register.columns)
    return _teryt(register, chain([first], rows), reject)


def _teryt(register: Register[Any], rows: Iterable[Numbered], reject: Reject) -> Reading:
    def read() -> Iterator[tuple[int, Row]]:
        for number, fields in rows:
            try:
                yield number, register.read(fields)
            except RowFault as fault:
                reject(number, str(fault))
            except KeyError as missing:
                reject(number, f"without {missing.args[0]}")

    return Reading(
        register.name,
        read(),
        register.key,
        register.parent,
        register.outside,
        register.holds,
        register.count_as,
    )


def _addresses(system: str, points: Iterable[addresses.Point], reject: Reject) -> Reading:
    return Reading(
        ADDRESSES,
        addresses.addresses(system, points, reject),
        addresses.key,
        lambda _: "",
        lambda address: address.sym,
        lambda _: "",
        lambda address: "with a street's code" if address.sym_ul else "without a street's code",
    )


def _layer(of: Layer, reject: Reject) -> Reading:
    if of.of_points and addresses.is_addresses(of.columns):
        return _addresses(of.system, _layer_points(of, reject), reject)
    if boundaries.is_boundaries(of.columns):
        return Reading(
            BOUNDARIES,
            boundaries.boundaries(of, records(of, reject), reject),
            lambda boundary: boundary.code,
            lambda _: "",
            lambda boundary: boundary.code[:6],
            lambda _: "",
            lambda boundary: boundaries.LEVELS[len(boundary.code)],
        )
    raise NoRegister(f"no register that is known, by its columns: {', '.join(of.columns)[:200]!r}")


def _layer_points(of: Layer, reject: Reject) -> Iterator[addresses.Point]:
    known = addresses.require(of.columns)
    for record in records(of, reject):
        if record.shape.geom_type != "Point":
            reject(record.row, f"not a point but a {record.shape.geom_type}")
            continue
        fields = {ours: record.fields[theirs] for ours, theirs in known.items()}
        x, y = record.shape.coords[0]
        yield addresses.Point(record.row, fields, x, y)
